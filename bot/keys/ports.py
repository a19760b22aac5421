"""What every place of sealed values implements, so that all of them can be sealed with a new key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

Key = tuple[Any, ...]
"""Of a row, or of a file."""


@dataclass(frozen=True)
class Value:
    """One sealed value as it was read."""

    key: Key
    sealed: bytes = field(repr=False)
    about: str
    """The place it is bound to."""


class Reseals(Protocol):
    """Keeps sealed values: a column of a table, or a folder of files. A test holds every sealed column to being listed."""

    @property
    def name(self) -> str:
        """As it is shown to the operator."""
        ...

    async def size(self, session: AsyncSession) -> int:
        """Return how many values there are about."""
        ...

    async def page(self, session: AsyncSession, after: Key | None) -> Sequence[Value]:
        """Return some values behind a key (``None``: from the start), in the order of their keys; empty at the end."""
        ...

    async def swap(self, session: AsyncSession, value: Value, sealed: bytes) -> bool:
        """Put other bytes in place of those that were read; false when they are not there any more."""
        ...


class KnowsKeys(Protocol):
    """Seals with the newest key and opens with the ones before it too; see ``bot.delivery.cipher.AesGcmCipher``."""

    def seal(self, plain: bytes, about: str) -> bytes:
        """Seal with the newest key."""
        ...

    def open(self, sealed: bytes, about: str) -> bytes:
        """Open with any key; raises ``UnreadableError``."""
        ...

    def is_newest(self, sealed: bytes, about: str) -> bool:
        """Tell whether a value is sealed with the newest key."""
        ...
