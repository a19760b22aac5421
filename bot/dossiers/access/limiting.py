"""Lets people ask and try within their limits: counted before anything is answered, in one transaction per question.

Why the limits are what they are. Codes can be guessed by counting on, so that ten a day per conversation make a
conversation useless for it; on the web a new conversation costs nothing, hence the limits per network and for all of the
web together. A second fact has ten thousand values. Where a one-time code must follow, a tried fact tells nothing by
itself, so that no number of strangers' tries has to shut the owner out, and none does: only what one person and one
network may begin is slowed down, and what one dossier's telephone gets. Where an agency lets the fact alone be enough,
a guess hits once in five thousand: there tries are slowed down per dossier and channel (a stranger on the web does not
slow down the owner on Telegram or Zalo), never for more than an hour at a time, and meanwhile the stronger way, by
one-time code or shared contact, stays open to the owner. A try that proves to be the owner's is given back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.access.alerts import Alarm, Watched
from bot.dossiers.access.counting_store import CountingStore
from bot.dossiers.access.limits import (
    CODE,
    GUESSED,
    PERSON,
    SOURCE,
    TOLD,
    Amounts,
    Slope,
    day_of,
    hour_of,
    next_day,
)
from bot.dossiers.access.marks import Marks
from bot.dossiers.desk import Asker
from nlu.codes import DossierCode


class Way(StrEnum):
    """How a try may go on."""

    FACT = "fact"
    """The fact alone is enough."""
    STRONG = "strong"
    """A one-time code or the channel's contact must follow."""
    NONE = "none"
    """Nothing here can prove anybody."""
    WAIT = "wait"


@dataclass(frozen=True)
class Admitted:
    """What a try may do, counted already."""

    way: Way
    until: datetime | None = None
    """When the next try counts, if this one did not."""


class TooManyError(Exception):
    """A limit is reached: what was counted on the way there must not stay counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many")
        self.until = until


class Limits:
    """Within the caller's transaction, which must be committed before anything is answered."""

    def __init__(
        self, marks: Marks, counting: CountingStore, alarm: Alarm, amounts: Amounts, open_channels: frozenset[str]
    ) -> None:
        """Take what counts.

        Args:
            marks: keyed hashes.
            counting: keeps the counts.
            alarm: is told of what looks like trying out.
            amounts: the limits.
            open_channels: on which anybody may begin as many conversations as they like.
        """
        self._marks = marks
        self._counting = counting
        self._alarm = alarm
        self._amounts = amounts
        self._open = open_channels

    async def ask(self, session: AsyncSession, asker: Asker, code: DossierCode, now: datetime) -> None:
        """Count a code that somebody asks about; the same one again today costs nothing.

        Raises:
            TooManyError: a limit is reached.
        """
        person, day = self._marks.person(asker.ref), day_of(now)
        if not await self._counting.ask(session, person, self._marks.dossier(code.text), day):
            return
        limits = self._limits_of_asking(asker, person, now)
        watched = self._alarm.asked(asker, code)
        counted = {one: since for one, (_, since, _) in limits.items()} | {one.counted: day for one in watched}
        amounts = await self._counting.add(session, counted)
        for one, (most, _, until) in limits.items():
            if amounts[one] > most:
                raise TooManyError(until)
        await self._alarm.tell(session, watched, amounts, asker, code, now)

    async def unknown(self, session: AsyncSession, asker: Asker, code: DossierCode, now: datetime) -> None:
        """Note that no source knows a code."""
        await self._tell(session, self._alarm.unknown(asker, code), asker, code, now)

    async def try_fact(
        self, session: AsyncSession, asker: Asker, code: DossierCode, now: datetime, *, alone: bool, strong: bool
    ) -> Admitted:
        """Count a second fact before it is looked at; nothing here depends on whether the dossier is known.

        Args:
            session: of a transaction of its own.
            asker: who tries.
            code: of the dossier.
            now: the present moment.
            alone: whether the agency lets the fact alone be enough.
            strong: whether a one-time code or a contact can follow here.
        """
        always, guessing = self._always(asker), self._guessing(asker, code)
        held = await self._counting.tries(session, [*always, *guessing], now)
        until = max(held[one].until for one in always)
        if until > now:
            return Admitted(Way.WAIT, until)
        tired = max(held[one].until for one in guessing)
        way = Way.STRONG if strong else Way.NONE
        if alone and tired <= now and await self._guess(session, asker, now):
            way = Way.FACT
        elif alone and not strong:
            return Admitted(Way.WAIT, max(tired, now + CODE.first))
        await self._counting.try_again(session, held, always | (guessing if way is Way.FACT else {}), now)
        await self._tell(session, self._alarm.tried(asker, code), asker, code, now)
        return Admitted(way)

    async def try_contact(self, session: AsyncSession, asker: Asker, now: datetime) -> datetime | None:
        """Count a shared contact before it is looked at; returns when the next one counts if this one does not."""
        always = self._always(asker)
        held = await self._counting.tries(session, list(always), now)
        until = max(one.until for one in held.values())
        if until > now:
            return until
        await self._counting.try_again(session, held, always, now)
        return None

    async def proven(
        self, session: AsyncSession, asker: Asker, code: DossierCode, now: datetime, *, alone: bool
    ) -> None:
        """Give back what was counted of a try that proved to be the owner's, be it by the fact alone or otherwise."""
        guessing = self._guessing(asker, code) if alone else {}
        await self._counting.give_back(session, self._always(asker) | guessing, now)

    async def tell(self, session: AsyncSession, code: bytes, now: datetime) -> datetime | None:
        """Count a one-time code that is to be sent for a dossier; returns when it may be if not now."""
        subject = self._marks.of("told", code.hex())
        held = await self._counting.tries(session, [subject], now)
        if held[subject].until > now:
            return held[subject].until
        await self._counting.try_again(session, held, {subject: TOLD}, now)
        return None

    async def _guess(self, session: AsyncSession, asker: Asker, now: datetime) -> bool:
        """Count a fact that alone would be enough; false when all of the open channels have had their share."""
        if asker.ref.channel not in self._open:
            return True
        mark = self._marks.of("guessed on open channels")
        counted = await self._counting.add(session, {mark: hour_of(now)})
        return counted[mark] <= self._amounts.open_guesses_an_hour

    async def _tell(
        self, session: AsyncSession, watched: Sequence[Watched], asker: Asker, code: DossierCode, now: datetime
    ) -> None:
        amounts = await self._counting.add(session, {one.counted: day_of(now) for one in watched})
        await self._alarm.tell(session, watched, amounts, asker, code, now)

    def _limits_of_asking(
        self, asker: Asker, person: bytes, now: datetime
    ) -> dict[bytes, tuple[int, datetime, datetime]]:
        """Return how many codes may be asked about, in the time that began when, and when the next one begins."""
        day, hour, own = (day_of(now), next_day(now)), hour_of(now), self._amounts
        limits = {self._marks.of("asked", person.hex()): (own.codes_a_day, *day)}
        if asker.source:
            limits[self._marks.of("asked by source", asker.source)] = (own.source_codes_a_day, *day)
        if asker.ref.channel in self._open:
            mark = self._marks.of("asked on open channels")
            limits[mark] = (own.open_codes_an_hour, hour, hour + timedelta(hours=1))
        return limits

    def _always(self, asker: Asker) -> dict[bytes, Slope]:
        person = {self._marks.of("tried", self._marks.person(asker.ref).hex()): PERSON}
        return person | ({self._marks.of("tried by source", asker.source): SOURCE} if asker.source else {})

    def _guessing(self, asker: Asker, code: DossierCode) -> dict[bytes, Slope]:
        lane = {self._marks.of("guessed", code.text, asker.ref.channel): CODE}
        return lane | ({self._marks.of("guessed by source", asker.source): GUESSED} if asker.source else {})
