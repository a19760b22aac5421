"""How passwords are kept: argon2id, off the event loop, at the strength that OWASP's cheat sheet asks for."""

from __future__ import annotations

import asyncio
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Hashes that are computed at once: each takes 19 MiB, and a crowd at the door must not starve the citizens' talk."""


def owasp_hasher() -> PasswordHasher:
    """Return what computes hashes: argon2id with 19 MiB, two rounds, one lane."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


class PasswordHashes:
    """Makes hashes and compares passwords with them."""

    def __init__(self, hasher: PasswordHasher) -> None:
        """Take what computes; tests take a cheap one."""
        self._hasher = hasher
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def make(self, password: str) -> str:
        """Return the hash to keep."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, _plain(password))

    async def fits(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the kept one; takes as long where there is none to compare with."""
        async with self._turns:
            return await asyncio.to_thread(self._fits, kept, _plain(password))

    def is_old(self, kept: str) -> bool:
        """Tell whether a hash was made with other strength than ours."""
        return self._hasher.check_needs_rehash(kept)

    def _fits(self, kept: str | None, password: str) -> bool:
        try:
            return self._hasher.verify(kept or self._nobodys, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("no account has this password")


def _plain(password: str) -> str:
    """Return the one spelling of what keyboards write in several ways (ấ as one sign or as three)."""
    return unicodedata.normalize("NFKC", password)
