"""How what citizens write is made unreadable in the database (AES-256-GCM)."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.delivery.errors import UnreadableError

FORMAT = b"\x01"
"""First byte of every sealed value, so that a later format or key can be told apart."""
NONCE_BYTES = 12
SHORTEST_SECRET = 32


class Cipher(Protocol):
    """Seals and opens what is kept at rest."""

    def seal(self, plain: bytes, about: str) -> bytes:
        """Make ``plain`` unreadable; ``about`` names its place, and only there can it be opened."""
        ...

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed.

        Raises:
            UnreadableError: The key or the place is another one, or the bytes were changed.
        """
        ...


class AesGcmCipher:
    """AES-256-GCM with a random nonce per value; keys are derived from the operator's secrets.

    The first secret seals; the others only open what was sealed before they were replaced.
    """

    def __init__(self, secret: str, random: Callable[[int], bytes] = os.urandom) -> None:
        """Derive the key.

        Args:
            secret: ``MOTCUA_ENCRYPTION_KEY``, at least 32 characters; on further lines the ones before it.
            random: Source of nonces; gives as many random bytes as asked.

        Raises:
            ValueError: A secret is too short.
        """
        secrets = secret.split("\n")
        if min(map(len, secrets)) < SHORTEST_SECRET:
            raise ValueError(f"The encryption key needs at least {SHORTEST_SECRET} characters; make a new one.")
        self._aeads = [AESGCM(_derived(one)) for one in secrets]
        self._random = random

    def seal(self, plain: bytes, about: str) -> bytes:
        """See ``Cipher.seal``."""
        nonce = self._random(NONCE_BYTES)
        return FORMAT + nonce + self._aeads[0].encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """See ``Cipher.open``."""
        start = len(FORMAT) + NONCE_BYTES
        if sealed[: len(FORMAT)] != FORMAT or len(sealed) < start:
            raise UnreadableError(f"{about}: not in a known sealed format.")
        for aead in self._aeads:
            with contextlib.suppress(InvalidTag):
                return aead.decrypt(sealed[len(FORMAT) : start], sealed[start:], about.encode())
        raise UnreadableError(f"{about}: sealed with another key, or changed since.")

    def is_newest(self, sealed: bytes, about: str) -> bool:
        """Tell whether a value is sealed with the newest key; what is not can be sealed anew."""
        try:
            start = len(FORMAT) + NONCE_BYTES
            self._aeads[0].decrypt(sealed[len(FORMAT) : start], sealed[start:], about.encode())
        except InvalidTag:
            return False
        return True


def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"motcua: kept at rest").derive(secret.encode())
