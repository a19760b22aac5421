"""Counts the dossiers of a period for the forecast of indicator 5.4; see ``feedback.ports.CountsDossiers``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.rating.answers import Attitude
from bot.dossiers.rating.store import RatingStore
from bot.dossiers.tables import dossier
from feedback.ports import DossierCounts

_PAGE = 500


@dataclass(frozen=True)
class DossiersOfPeriod:
    """Over the dossiers that sources told of, samples left out."""

    ratings: RatingStore

    async def count(self, session: AsyncSession, agency: str, since: datetime, until: datetime) -> DossierCounts:
        """See ``CountsDossiers.count``."""
        total = overdue = disliked = 0
        after = ""
        while True:
            chosen = select(dossier.c.code, dossier.c.due_at, dossier.c.ended_at).where(
                dossier.c.ended_at >= since,
                dossier.c.ended_at < until,
                dossier.c.code > after,
                dossier.c.sample.is_(False),
            )
            if agency:
                own = (dossier.c.code.startswith(f"{agency}{sign}", autoescape=True) for sign in "-.")
                chosen = chosen.where(or_(*own))
            rows = (await session.execute(chosen.order_by(dossier.c.code).limit(_PAGE))).all()
            late = {row.code for row in rows if row.due_at is not None and row.ended_at > row.due_at}
            rated = await self.ratings.of(session, [row.code for row in rows])
            bad = {code for code, one in rated.items() if one.attitude is Attitude.BAD}
            total, overdue, disliked = total + len(rows), overdue + len(late), disliked + len(bad - late)
            if len(rows) < _PAGE:
                return DossierCounts(total, overdue, disliked)
            after = rows[-1].code
