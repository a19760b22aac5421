"""Notices when somebody seems to try codes or facts out, and tells operators, never who it is."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.access.alert_store import Alert, AlertKind, AlertStore, Whose
from bot.dossiers.access.counting_store import CountingStore
from bot.dossiers.access.limits import Amounts, day_of
from bot.dossiers.access.marks import SHORT, Marks
from bot.dossiers.desk import Asker
from nlu.codes import DossierCode

logger = logging.getLogger(__name__)


class Alarm:
    """Counts what people do in a day, beside their limits: limits slow down, this one tells."""

    def __init__(self, marks: Marks, counting: CountingStore, store: AlertStore, amounts: Amounts) -> None:
        """Take what counts, where alerts are kept, and from when on there is one."""
        self._marks = marks
        self._counting = counting
        self._store = store
        self._amounts = amounts

    async def asked(self, session: AsyncSession, asker: Asker, code: DossierCode, now: datetime) -> None:
        """Note that a code was asked about that this person had not asked about today."""
        series = f"{code.unit}-{code.day:%Y%m%d}"
        await self._count(session, AlertKind.SERIES, Whose.PERSON, self._person(asker), asker, code, now, series)
        if asker.source:
            await self._count(session, AlertKind.SERIES, Whose.SOURCE, asker.source, asker, code, now, series)

    async def unknown(self, session: AsyncSession, asker: Asker, code: DossierCode, now: datetime) -> None:
        """Note that no source knows a code."""
        await self._count(session, AlertKind.UNKNOWN, Whose.PERSON, self._person(asker), asker, code, now)
        if asker.source:
            await self._count(session, AlertKind.UNKNOWN, Whose.SOURCE, asker.source, asker, code, now)
        await self._count(session, AlertKind.UNKNOWN, Whose.UNIT, code.unit, asker, code, now)

    async def tried(self, session: AsyncSession, asker: Asker, code: DossierCode, now: datetime) -> None:
        """Note that a second fact was tried, right or not."""
        await self._count(session, AlertKind.FACTS, Whose.PERSON, self._person(asker), asker, code, now)
        if asker.source:
            await self._count(session, AlertKind.FACTS, Whose.SOURCE, asker.source, asker, code, now)
        await self._count(session, AlertKind.FACTS, Whose.DOSSIER, code.text, asker, code, now)

    async def _count(
        self,
        session: AsyncSession,
        kind: AlertKind,
        whose: Whose,
        subject: str,
        asker: Asker,
        code: DossierCode,
        now: datetime,
        within: str = "",
    ) -> None:
        mark = self._marks.of("alert", kind, whose, subject, within)
        amount = await self._counting.add(session, mark, day_of(now))
        most = self._most(kind, whose)
        if amount < most:
            return
        # Whom it is about keeps one mark over all its agencies' days: its lines can be read together.
        about = self._marks.of("alert", whose, subject)
        told = Alert(kind, whose, about, code.unit, asker.ref.channel, amount, now, now)
        await self._store.raise_(session, told, day_of(now))
        if amount == most or amount % (10 * most) == 0:
            logger.warning(
                "Dossiers: %s codes or facts tried out by one %s (%s) on %s, last of unit %s: %d today.",
                kind.value,
                whose.value,
                about.hex()[:SHORT],
                asker.ref.channel,
                code.unit,
                amount,
            )

    def _person(self, asker: Asker) -> str:
        return self._marks.person(asker.ref).hex()

    def _most(self, kind: AlertKind, whose: Whose) -> int:
        amounts = self._amounts
        return {
            (AlertKind.UNKNOWN, Whose.PERSON): amounts.person_unknown,
            (AlertKind.UNKNOWN, Whose.SOURCE): amounts.source_unknown,
            (AlertKind.UNKNOWN, Whose.UNIT): amounts.unit_unknown,
            (AlertKind.SERIES, Whose.PERSON): amounts.person_series,
            (AlertKind.SERIES, Whose.SOURCE): amounts.source_series,
            (AlertKind.FACTS, Whose.PERSON): amounts.person_tries,
            (AlertKind.FACTS, Whose.SOURCE): amounts.source_tries,
            (AlertKind.FACTS, Whose.DOSSIER): amounts.code_tries,
        }[kind, whose]
