"""Writes the notices about watched dossiers, each in the transaction that marks it as told.

A crash before the commit leaves both undone, one after it leaves both done: nothing is lost and nothing said twice. Two
processes at once meet at the mark and at the notice's key; whoever comes second undoes what it wrote.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import ChannelOffError, UnreadableError
from bot.delivery.ports import Clock, Transactions
from bot.dossiers.agencies import office_code
from bot.dossiers.record import ENDED, Record, Status
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.news import Told, news_of
from bot.dossiers.watching.notice_store import Notice, note
from bot.dossiers.watching.pace import FINAL
from bot.dossiers.watching.ports import Language, Notify
from bot.dossiers.watching.quiet import QuietHours
from bot.dossiers.watching.store import LONGEST, Watch, WatchStore
from bot.dossiers.watching.wording import Said, Voice
from bot.errors import BotError
from feedback.working_time.loading import WorkingTime
from feedback.working_time.zone import VIETNAM, here
from nlu.codes import parse_dossier_code

logger = logging.getLogger(__name__)

BATCH = 500
"""Watches looked at together."""
FIRST_CHECK = timedelta(minutes=1)
"""When it is first looked at whether a notice arrived."""
AFTER_FINAL = timedelta(days=7)
"""How long a watch lasts once nothing more can follow."""


Say = Callable[[AsyncSession, Watch], Awaitable[int]]
"""Writes what there is to say and marks it as told; tells how many notices that were."""


class OvertakenError(BotError):
    """Somebody else told it, or the person stopped watching, in between."""


@dataclass(frozen=True)
class Manners:
    """How people are written to."""

    voice: Voice
    notify: Notify
    language: Language
    channels: Collection[str]
    """That are switched on."""
    quiet: QuietHours
    after_done: timedelta
    """How long a watch lasts once the result is ready."""


class Teller:
    """Tells what there is to tell."""

    def __init__(
        self,
        transactions: Transactions,
        watches: WatchStore,
        dossiers: DossierStore,
        manners: Manners,
        time: WorkingTime,
        clock: Clock,
    ) -> None:
        """Take where watches and dossiers are kept and how people are written to."""
        self._transactions = transactions
        self._watches = watches
        self._dossiers = dossiers
        self._manners = manners
        self._time = time
        self._clock = clock

    async def look(self) -> int:
        """Tell everything that is to be told now; tell how many notices that were. In quiet hours it waits."""
        if self._manners.quiet.at(self._clock()):
            return 0
        return await self._changes() + await self._reminders() + await self._late()

    async def back(self, watch: Watch) -> bool:
        """Tell that the source of a dossier answers again; false when that was told already."""
        return await self._one(watch, self._say_back) > 0

    async def _changes(self) -> int:
        told, after = 0, 0
        while True:
            async with self._transactions.read() as session:
                found = await self._watches.behind(session, self._manners.channels, BATCH, after)
            for watch in found:
                told += await self._one(watch, self._say_changes)
            if len(found) < BATCH:
                return told
            after = found[-1].id

    async def _say_changes(self, session: AsyncSession, watch: Watch) -> int:
        known = watch.told if watch.told < watch.revision else 0
        history = await self._dossiers.history(session, watch.code)
        changes = [one for one in history if known < one.revision <= watch.revision]
        news = news_of(changes, watch.level)
        record = await self._record(session, watch.code) if news else None
        language = await self._manners.language(session, watch.ref) if news else ""
        for one in news:
            said = self._manners.voice.news(one, watch.code, record, watch.level, language)
            await self._write(session, watch, said, f"w:{watch.id}:{one.revision}:{one.told.value}")
        ends_at = self._ends_at(changes[-1].to_status) if changes else None
        if not await self._watches.told(session, watch, ends_at):
            raise OvertakenError
        return len(news)

    async def _reminders(self) -> int:
        today = here(self._clock()).date()
        tomorrow = today + timedelta(days=1)
        latest = max(calendar.on_or_after(tomorrow) for calendar in self._time.calendars)
        first, last = _midnight(tomorrow), _midnight(latest + timedelta(days=1))
        async with self._transactions.read() as session:
            found = await self._watches.before_appointments(
                session, self._manners.channels, first - _MOMENT, last - _MOMENT, _midnight(today)
            )
        say = self._appointment(Told.DAY_BEFORE, self._watches.reminded)
        return sum([await self._one(watch, say) for watch in found if self._is_next(watch, tomorrow)])

    def _is_next(self, watch: Watch, tomorrow: date) -> bool:
        """Tell whether an appointment is on the next working day of its office: provinces have days off of their own."""
        calendar = self._time.hours(office_code(parse_dossier_code(watch.code))).calendar
        return watch.due_at is not None and here(watch.due_at).date() <= calendar.on_or_after(tomorrow)

    async def _late(self) -> int:
        async with self._transactions.read() as session:
            found = await self._watches.late(session, self._manners.channels, self._clock())
        say = self._appointment(Told.LATE, self._watches.told_late)
        return sum([await self._one(watch, say) for watch in found])

    def _appointment(self, told: Told, mark: Callable[[AsyncSession, Watch], Awaitable[bool]]) -> Say:
        async def say(session: AsyncSession, watch: Watch) -> int:
            assert watch.due_at is not None
            language = await self._manners.language(session, watch.ref)
            record = await self._record(session, watch.code)
            said = self._manners.voice.appointment(told, watch.code, record, watch.due_at, language)
            # The appointment is part of the key: another one is told again.
            await self._write(session, watch, said, f"w:{watch.id}:{told.value}:{watch.due_at.timestamp():.0f}")
            if not await mark(session, watch):
                raise OvertakenError
            return 1

        return say

    async def _say_back(self, session: AsyncSession, watch: Watch) -> int:
        said = self._manners.voice.back(watch.code, await self._manners.language(session, watch.ref))
        await self._write(session, watch, said, f"w:{watch.id}:back")
        if not await self._watches.finish(session, watch):
            raise OvertakenError
        return 1

    async def _one(self, watch: Watch, say: Say) -> int:
        """Say it in a transaction of its own, that waits for no other conversation and is undone for none.

        A round of many notices takes minutes: what is left of it when the quiet hours begin waits like all else.
        """
        if self._manners.quiet.at(self._clock()):
            return 0
        try:
            async with self._transactions.write() as session:
                return await say(session, watch)
        except (OvertakenError, ChannelOffError):
            return 0
        except Exception:
            # One conversation that cannot be told keeps no other one waiting; it is tried again.
            logger.exception("A notice about a watched dossier could not be written.")
            return 0

    async def _write(self, session: AsyncSession, watch: Watch, said: Said, key: str) -> None:
        # A known key is said already; who said it has marked it too, which is met at the mark.
        if not await self._manners.notify(session, watch.ref, said, key):
            return
        now = self._clock()
        notice = Notice(key, watch.ref, watch.code, watch.level, now, said.kind)
        await note(session, notice, now + FIRST_CHECK)

    async def _record(self, session: AsyncSession, code: str) -> Record | None:
        try:
            kept = await self._dossiers.get(session, code)
        except UnreadableError:
            return None
        return kept.record if kept is not None else None

    def _ends_at(self, status: Status) -> datetime:
        if status in FINAL:
            return self._clock() + AFTER_FINAL
        return self._clock() + (self._manners.after_done if status in ENDED else LONGEST)


_MOMENT = timedelta(microseconds=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
