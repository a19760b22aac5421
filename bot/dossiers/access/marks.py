"""Keyed hashes by which persons, dossiers and pages are known again in the tables, which name none of them. Pure."""

from __future__ import annotations

import base64

from bot.channels.contract import Ref
from bot.keyed_hash import KeyedHash

CODE_DIGITS = 6
TOKEN_BYTES = 18
SHORT = 8
"""Letters of a hash by which an operator may tell two subjects apart."""


class Marks:
    """Hashes under a key of our own: who reads the tables can try nothing out."""

    def __init__(self, key: str) -> None:
        """Derive the key from the operator's signing key."""
        self._hashed = KeyedHash("access to dossiers", key)

    def person(self, ref: Ref) -> bytes:
        """Return the mark of whoever speaks in a conversation."""
        return self.of("person", ref.channel, ref.account, ref.conversation)

    def dossier(self, code: str) -> bytes:
        """Return the mark of a dossier, known or not."""
        return self.of("dossier", code)

    def of(self, kind: str, *parts: str) -> bytes:
        """Return the mark of anything else."""
        return self._hashed.of(kind, *parts)

    def token(self, nonce: bytes) -> str:
        """Return the last part of a one-time page's address. It is kept nowhere: it follows from the nonce and our key."""
        return base64.urlsafe_b64encode(self._from(b"page", nonce)[:TOKEN_BYTES]).decode()

    def page(self, token: str) -> bytes:
        """Return the mark under which a page is found."""
        return self.of("page", token)

    def one_time(self, nonce: bytes) -> str:
        """Return a one-time code. It is kept nowhere: it follows from the nonce and our key, each time anew."""
        number = int.from_bytes(self._from(b"code", nonce)[:16], "big") % 10**CODE_DIGITS
        return f"{number:0{CODE_DIGITS}}"

    def message(self, nonce: bytes) -> str:
        """Return what the SMS gateway knows a code's message by when it is sent again."""
        return self._from(b"message", nonce)[:16].hex()

    def _from(self, purpose: bytes, nonce: bytes) -> bytes:
        return self._hashed.of_bytes(b"nonce\0" + purpose + b"\0" + nonce)
