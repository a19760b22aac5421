"""The sealed files of feedback's attachments, as one more place of sealed values."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.keys.ports import Key, Value
from feedback.attachments.files import SealedFiles

AT_ONCE = 4
"""Files in memory at the same time; each may have some megabytes."""


@dataclass(frozen=True)
class FileValues:
    """See ``Reseals``."""

    files: SealedFiles
    name: str = "files of attachments"

    async def size(self, session: AsyncSession) -> int:
        """See ``Reseals.size``."""
        return len(await asyncio.to_thread(self.files.ids))

    async def page(self, session: AsyncSession, after: Key | None) -> Sequence[Value]:
        """See ``Reseals.page``."""
        return await asyncio.to_thread(self._page, after[0] if after else "")

    async def swap(self, session: AsyncSession, value: Value, sealed: bytes) -> bool:
        """See ``Reseals.swap``; the file is replaced whole or not at all, whatever becomes of the transaction."""
        return await asyncio.to_thread(self.files.replace, value.key[0], value.sealed, sealed)

    def _page(self, after: str) -> list[Value]:
        found: list[Value] = []
        for id in self.files.ids():
            if id > after and (sealed := self.files.sealed(id)) is not None:
                found.append(Value((id,), sealed, self.files.about(id)))
                if len(found) == AT_ONCE:
                    break
        return found
