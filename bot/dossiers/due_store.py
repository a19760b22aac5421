"""Finds the dossiers that are due, within the caller's transaction."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, false, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.agencies import unit_path
from bot.dossiers.record import Status
from bot.dossiers.store import OPENED, DossierStore, Kept
from bot.dossiers.tables import OPEN, dossier
from nlu.text import fold

AT_ONCE = 150
"""Rows asked for in one statement: a little more than a page shows, since each brings its sealed body along.

They are not streamed: on SQLite a statement fetches all of its rows before the first one is seen (``bot.sqlite_driver``).
"""

_CODE = re.compile(r"[A-Y]\d\d(\.\d+)*|\d+(\.\d+)*\.[A-Y]\d\d", re.ASCII)
"""The unit of a dossier's code, in either order."""


@dataclass(frozen=True)
class Due:
    """A dossier that is due, not opened yet: that takes longer than all else."""

    code: str
    appointment: datetime
    open: Callable[[], Kept]
    """Raises ``UnreadableError`` when it was sealed with another key."""


async def due_before(
    session: AsyncSession,
    store: DossierStore,
    before: datetime,
    statuses: Sequence[Status],
    since: datetime | None = None,
    after: tuple[datetime, str] | None = None,
    unit: str = "",
) -> AsyncIterator[Due]:
    """Yield the dossiers of some statuses, none of which is an end, by appointment, the most urgent first.

    Args:
        session: to read in.
        store: opens them.
        before: their appointment lies before this.
        statuses: of which they are.
        since: their appointment lies at or after this, where given.
        after: appointment and code of the last one that was seen; what follows it is wanted.
        unit: only of this unit: its code, the beginning of it, or a part of its name; of all for none.
    """
    order = dossier.c.due_at, dossier.c.code
    found = select(dossier.c.code).where(dossier.c.due_at < before, OPEN, dossier.c.status.in_(map(int, statuses)))
    if since is not None:
        found = found.where(dossier.c.due_at >= since)
    if unit:
        found = found.where(await _of_unit(session, unit))
    while True:
        # Twice the same, once so that the index finds the place.
        place = [dossier.c.due_at >= after[0], tuple_(*order) > after] if after else []
        # The index alone says which: bodies are read of these only.
        codes = found.where(*place).order_by(*order).limit(AT_ONCE)
        chosen = select(*OPENED, dossier.c.due_at).where(dossier.c.code.in_(codes)).order_by(*order)
        rows = (await session.execute(chosen)).mappings().all()
        for row in rows:
            yield Due(row["code"], row["due_at"], partial(store.opened, row))
        if len(rows) < AT_ONCE:
            return
        after = rows[-1]["due_at"], rows[-1]["code"]


async def _of_unit(session: AsyncSession, typed: str) -> ColumnElement[bool]:
    """Return what chooses a unit: by its code or the beginning of it, or by a part of its name, accents aside."""
    chosen: list[ColumnElement[bool]] = []
    if names := [one for one in await unit_names(session) if fold(typed) in fold(one)]:
        chosen.append(dossier.c.unit.in_(names))
    if _CODE.fullmatch(typed.upper()):
        path = unit_path(typed.upper())
        # The sign behind the dot: in between lies the unit itself, and what is below it.
        chosen.append((dossier.c.office >= path) & (dossier.c.office < f"{path}/"))
    return or_(false(), *chosen)


async def unit_names(session: AsyncSession) -> Sequence[str]:
    """Return the names of the units that have dossiers which have not ended, each once."""
    least = func.min(dossier.c.unit)
    each = select(least.label("unit")).where(OPEN).cte("each", recursive=True)
    # From one to the next in the index: there are a few hundred, and many thousand dossiers.
    following = select(least).where(OPEN, dossier.c.unit > each.c.unit).correlate(each).scalar_subquery()
    each = each.union_all(select(following).select_from(each).where(each.c.unit.is_not(None)))
    return list(await session.scalars(select(each.c.unit).where(each.c.unit.is_not(None))))
