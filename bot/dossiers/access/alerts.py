"""Notices when somebody seems to try codes or facts out, and tells operators, never who it is."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.access.alert_store import Alert, AlertKind, AlertStore, Whose
from bot.dossiers.access.limits import Amounts, day_of
from bot.dossiers.access.marks import SHORT, Marks
from bot.dossiers.desk import Asker
from nlu.codes import DossierCode

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Watched:
    """Something that is counted in a day for operators."""

    kind: AlertKind
    whose: Whose
    counted: bytes
    """Keyed hash under which it is counted."""
    about: bytes
    """Keyed hash of whom or what it is about: one for all its alerts, so that they can be read together."""


class Alarm:
    """Tells from what people did in a day whether somebody tries codes or facts out: limits slow down, this one tells."""

    def __init__(self, marks: Marks, store: AlertStore, amounts: Amounts) -> None:
        """Take keyed hashes, where alerts are kept, and from when on there is one."""
        self._marks = marks
        self._store = store
        self._amounts = amounts

    def asked(self, asker: Asker, code: DossierCode) -> list[Watched]:
        """Return what to count when a code is asked about that this person had not asked about today."""
        return self._watched(AlertKind.SERIES, asker, within=f"{code.unit}-{code.day:%Y%m%d}")

    def unknown(self, asker: Asker, code: DossierCode) -> list[Watched]:
        """Return what to count when no source knows a code."""
        return self._watched(AlertKind.UNKNOWN, asker, (Whose.UNIT, code.unit))

    def tried(self, asker: Asker, code: DossierCode) -> list[Watched]:
        """Return what to count when a second fact is tried, right or not."""
        return self._watched(AlertKind.FACTS, asker, (Whose.DOSSIER, code.text))

    async def tell(
        self,
        session: AsyncSession,
        watched: Sequence[Watched],
        amounts: Mapping[bytes, int],
        asker: Asker,
        code: DossierCode,
        now: datetime,
    ) -> None:
        """Note an alert for each that was counted too often."""
        for one in watched:
            amount, most = amounts[one.counted], self._most(one.kind, one.whose)
            if amount < most:
                continue
            told = Alert(one.kind, one.whose, one.about, code.unit, asker.ref.channel, amount, now, now)
            await self._store.raise_(session, told, day_of(now))
            if amount == most or amount % (10 * most) == 0:
                logger.warning(
                    "Dossiers: %s codes or facts tried out by one %s (%s) on %s, last of unit %s: %d today.",
                    one.kind.value,
                    one.whose.value,
                    one.about.hex()[:SHORT],
                    asker.ref.channel,
                    code.unit,
                    amount,
                )

    def _watched(
        self, kind: AlertKind, asker: Asker, also: tuple[Whose, str] | None = None, within: str = ""
    ) -> list[Watched]:
        subjects = [(Whose.PERSON, self._marks.person(asker.ref).hex())]
        if asker.source:
            subjects.append((Whose.SOURCE, asker.source))
        if also:
            subjects.append(also)
        return [
            Watched(
                kind,
                whose,
                self._marks.of("alert", kind, whose, subject, within),
                self._marks.of("alert", whose, subject),
            )
            for whose, subject in subjects
        ]

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
