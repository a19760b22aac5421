"""Keeps letters to officials until they are in the outbox, within the caller's transaction; never commits."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy import CursorResult, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.tables import official_letter as table
from bot.delivery.cipher import Cipher
from feedback.sealed import SealedColumn, tried


class _Body(msgspec.Struct, array_like=True):
    to: str
    words: str


@dataclass(frozen=True)
class Letter:
    """A letter that waits."""

    id: str
    to: str = field(repr=False)
    words: str = field(repr=False)
    """Its first line is the subject."""


class LetterStore:
    """The letters of one database."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for addresses and words."""
        self._cipher = cipher

    async def add(self, session: AsyncSession, to: str, words: str, at: datetime) -> None:
        """Let a letter wait."""
        id = secrets.token_hex(16)
        body = self._cipher.seal(msgspec.msgpack.encode(_Body(to, words)), _about(id))
        await session.execute(insert(table).values(id=id, body=body, made_at=at))

    async def waiting(self, session: AsyncSession, most: int) -> Sequence[Letter]:
        """Return the letters that wait, the oldest first; one that cannot be opened keeps none of the others back."""
        rows = await session.execute(select(table).order_by(table.c.made_at, table.c.id).limit(most))
        opened = [(row.id, tried(self._opened, row.id, row.body)) for row in rows]
        return [Letter(id, body.to, body.words) for id, body in opened if body is not None]

    async def drop(self, session: AsyncSession, id: str) -> bool:
        """Forget a letter; false when another process did so before."""
        gone = await session.execute(delete(table).where(table.c.id == id))
        return isinstance(gone, CursorResult) and gone.rowcount == 1

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Delete letters that nobody took out since; tell how many."""
        gone = await session.execute(delete(table).where(table.c.made_at < before))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    def _opened(self, id: str, body: bytes) -> _Body:
        return msgspec.msgpack.decode(self._cipher.open(body, _about(id)), type=_Body)


def _about(id: str) -> str:
    return f"official letter {id}"


SEALED = (SealedColumn(table, "body", lambda row: _about(row.id)),)
