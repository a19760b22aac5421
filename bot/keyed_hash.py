"""Hashes under a key of our own, by which rows are found again that name nobody: who reads the tables can try nothing out."""

from __future__ import annotations

import hashlib
import hmac


class KeyedHash:
    """HMAC-SHA256 under a key for one purpose: for two purposes the same words have two hashes, which nobody can bring together."""

    def __init__(self, purpose: str, key: str) -> None:
        """Derive the key from the operator's signing key; under another name of the purpose nothing kept is found again."""
        self._key = hashlib.sha256(f"motcua: {purpose}{key}".encode()).digest()

    def of(self, *parts: str) -> bytes:
        """Return the hash of some words."""
        return self.of_bytes("\0".join(parts).encode())

    def of_bytes(self, plain: bytes) -> bytes:
        """Return the hash of anything else."""
        return hmac.digest(self._key, plain, "sha256")
