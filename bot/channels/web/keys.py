"""Who may read a conversation: whoever holds the secret key under which it was begun; its name alone opens nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable

RANDOM_BYTES = 24
MAC_BYTES = 16
MARK_LENGTH = 32
KEY_LENGTH = 4 * -(-RANDOM_BYTES // 3) + 1 + 22
"""Characters of a key: the random part, a dot, and the proof that we made it."""


class ConversationKeys:
    """Makes, recognises and uses keys; keeps none."""

    def __init__(self, signing_key: str, random: Callable[[int], bytes] = os.urandom) -> None:
        """Take the secret that proves a key to be ours, and the source of new ones."""
        self._secret = signing_key.encode()
        self._random = random

    def issue(self) -> str:
        """Return a new key."""
        body = _written(self._random(RANDOM_BYTES))
        return f"{body}.{self._proof(body)}"

    def valid(self, key: str) -> bool:
        """Tell whether we made this key."""
        body, dot, proof = key.partition(".")
        if len(key) != KEY_LENGTH or not dot or not key.isascii():
            return False
        return hmac.compare_digest(proof, self._proof(body))

    def address(self, key: str, name: str) -> str:
        """Return the conversation's id: the same for the same key and name, and telling nothing about either."""
        return self._mac("conversation", key, name).hex()

    def mark(self, kind: str, value: str) -> str:
        """Return a hash by which something can be known again, and which tells nothing about it."""
        return self._mac(kind, value).hex()[:MARK_LENGTH]

    def _proof(self, body: str) -> str:
        return _written(self._mac("key", body)[:MAC_BYTES])

    def _mac(self, *parts: str) -> bytes:
        return hmac.new(self._secret, "\0".join(parts).encode(), hashlib.sha256).digest()


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
