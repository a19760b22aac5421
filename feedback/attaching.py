"""What the steps of a record need of its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession


class KeptFile(Protocol):
    """An attachment that is kept."""

    @property
    def id(self) -> str:
        """Not guessable."""
        ...


class AdoptsAttachments(Protocol):
    """Attachments of drafts and records."""

    async def of_record(self, session: AsyncSession, record: int, /) -> Sequence[KeptFile]:
        """Return those of a record that may be passed on."""
        ...

    async def adopt(self, session: AsyncSession, draft: str, record: int, /) -> object:
        """Give a draft's attachments to a record."""
        ...
