"""Blanks and deletes dossiers that ended long ago, within the caller's transaction; never commits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import CursorResult, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import UnreadableError
from bot.dossiers.record import Owner
from bot.dossiers.sealing import NO_OWNER, Row, Sealing
from bot.dossiers.tables import dossier, dossier_change

AT_ONCE = 5000
"""Rows of one look: nobody who writes waits long for it.

They are held until the end of the transaction, and those that somebody else writes at this moment are left for the next
look: a source may just have opened the dossier again.
"""


async def blank_old(session: AsyncSession, sealing: Sealing, before: datetime) -> int:
    """Blank the owners of dossiers that ended before a moment; tell how many."""
    chosen = select(dossier.c.code, dossier.c.body).where(dossier.c.ended_at < before, dossier.c.contact.is_not(None))
    oldest = chosen.order_by(dossier.c.ended_at).limit(AT_ONCE)
    found = (await session.execute(oldest.with_for_update(skip_locked=True))).all()
    if not found:
        return 0
    rows: list[Row] = [{"at_code": code, "body": _nameless(sealing, code, body), **NO_OWNER} for code, body in found]
    written: Row = {name: bindparam(name) for name in rows[0] if name != "at_code"}
    await session.execute(update(dossier).where(dossier.c.code == bindparam("at_code")).values(written), rows)
    return len(rows)


async def delete_old(session: AsyncSession, before: datetime) -> int:
    """Delete dossiers that ended, or were last spoken of, before a moment; tell how many."""
    ended = select(dossier.c.code).where(dossier.c.ended_at < before).limit(AT_ONCE)
    codes = list(await session.scalars(ended.with_for_update(skip_locked=True)))
    for source in list(await session.scalars(select(dossier.c.source).distinct())):
        silent = select(dossier.c.code).where(dossier.c.source == source, dossier.c.as_of < before)
        codes += await session.scalars(silent.limit(AT_ONCE).with_for_update(skip_locked=True))
    await session.execute(delete(dossier_change).where(dossier_change.c.code.in_(codes)))
    gone = await session.execute(delete(dossier).where(dossier.c.code.in_(codes)))
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def _nameless(sealing: Sealing, code: str, body: bytes) -> bytes:
    try:
        return sealing.body(replace(sealing.record(code, body), owner=Owner()))
    except UnreadableError:
        # Sealed under a key that is gone: nobody can read the name in it.
        return body
