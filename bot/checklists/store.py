"""Keeps the checklists of conversations within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import CursorResult, and_, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.channels.contract import Ref
from bot.checklists.tables import saved_checklist
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.privacy.held import Held
from bot.resume.snapshot import Ticked
from feedback.sealed import SealedColumn


@dataclass(frozen=True)
class Saved:
    """A checklist as it is kept."""

    ref: Ref
    ticked: Ticked
    updated_at: datetime


class ChecklistStore:
    """One checklist per conversation, sealed; also what ``bot.privacy`` asks about them."""

    name = "checklists"
    tables = frozenset({saved_checklist.name})

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is kept at rest."""
        self._cipher = cipher

    async def keep(self, session: AsyncSession, ref: Ref, ticked: Ticked, compared: int, now: datetime) -> None:
        """Keep a conversation's checklist in place of an earlier one."""
        values = {
            "body": self._cipher.seal(msgspec.json.encode(ticked), _about(ref)),
            "fingerprint": ticked.fingerprint,
            "compared": compared,
            "updated_at": now,
        }
        changed = await session.execute(update(saved_checklist).where(_at(ref)).values(**values))
        if not (isinstance(changed, CursorResult) and changed.rowcount):
            # Two turns of one conversation never run at once, so nobody else can have put it there meanwhile.
            await session.execute(insert(saved_checklist).values(**_columns(ref), **values))

    async def of(self, session: AsyncSession, ref: Ref) -> Saved | None:
        """Return a conversation's checklist."""
        row = (await session.execute(select(saved_checklist).where(_at(ref)))).mappings().first()
        return self._opened(row) if row is not None else None

    async def not_compared(self, session: AsyncSession, version: int, limit: int) -> Sequence[tuple[Ref, Saved | None]]:
        """Return checklists that were last compared with another version; ``None`` for what cannot be opened.

        They are locked: one that its person deletes or changes meanwhile would be put back as it was.
        """
        chosen = select(saved_checklist).where(saved_checklist.c.compared != version).limit(limit)
        ordered = chosen.order_by(*saved_checklist.primary_key)
        rows = (await session.execute(ordered.with_for_update())).mappings()
        return [(Ref(row["channel"], row["account"], row["conversation"]), self._opened(row)) for row in rows]

    async def after(self, session: AsyncSession, mark: Ref | None, limit: int) -> Sequence[tuple[Ref, Saved | None]]:
        """Return the checklists behind one, in a fixed order; ``None`` for what cannot be opened."""
        key = saved_checklist.primary_key.columns
        query = select(saved_checklist).order_by(*key).limit(limit)
        if mark is not None:
            query = query.where(tuple_(*key) > tuple_(mark.channel, mark.account, mark.conversation))
        rows = (await session.execute(query)).mappings()
        return [(Ref(row["channel"], row["account"], row["conversation"]), self._opened(row)) for row in rows]

    async def compared(self, session: AsyncSession, ref: Ref, version: int) -> None:
        """Note that a checklist was compared with a version."""
        await session.execute(update(saved_checklist).where(_at(ref)).values(compared=version))

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        saved = await self.of(session, ref)
        return [Held("utter_held_list", {"name": saved.ticked.name or saved.ticked.procedure})] if saved else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        await session.execute(delete(saved_checklist).where(_at(ref)))

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Delete the checklists that were last touched before a day; tell how many."""
        gone = await session.execute(delete(saved_checklist).where(saved_checklist.c.updated_at < before))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    def _opened(self, row: Any) -> Saved | None:
        ref = Ref(row["channel"], row["account"], row["conversation"])
        try:
            ticked = msgspec.json.decode(self._cipher.open(row["body"], _about(ref)), type=Ticked)
        except (UnreadableError, msgspec.MsgspecError):
            return None
        return Saved(ref, ticked, row["updated_at"])


def _about(ref: Ref) -> str:
    return f"checklist:{ref.channel}:{ref.account}:{ref.conversation}"


def _columns(ref: Ref) -> dict[str, str]:
    return {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}


def _at(ref: Ref) -> ColumnElement[bool]:
    return and_(*(saved_checklist.c[name] == value for name, value in _columns(ref).items()))


SEALED = (SealedColumn(saved_checklist, "body", lambda row: _about(Ref(row.channel, row.account, row.conversation))),)
