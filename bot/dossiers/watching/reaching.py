"""Looks after notices that do not arrive: another way where there is one, else an honest word when the person is back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from bot.channels.contract import Ref
from bot.delivery.errors import ChannelOffError, UnreadableError
from bot.delivery.notice_store import fates, spoke_last
from bot.delivery.ports import Clock, Transactions
from bot.delivery.tables import OutboxState
from bot.dossiers.disclosure import Level
from bot.dossiers.facts import e164
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.notice_store import (
    Notice,
    drop,
    forget,
    look_again,
    mark_missed,
    missed_ones,
    open_ones,
)
from bot.dossiers.watching.ports import ReachesOtherwise
from bot.dossiers.watching.telling import Manners

logger = logging.getLogger(__name__)

BATCH = 500
WAITING = timedelta(minutes=5)
"""Between two looks at a notice that has still to leave."""
SILENT = timedelta(minutes=1)
"""Between two looks whether a person is back."""
LONGEST = timedelta(days=60)
"""After so long an apology for a notice would be stranger than none."""
_ARRIVED = (OutboxState.DELIVERED, OutboxState.HELD)
_ON_ITS_WAY = (OutboxState.WAITING, OutboxState.SENDING)


class Reaching:
    """Finds out what became of notices."""

    def __init__(
        self,
        transactions: Transactions,
        dossiers: DossierStore,
        manners: Manners,
        clock: Clock,
        otherwise: ReachesOtherwise | None = None,
    ) -> None:
        """Take how people are written to, and another way to reach them."""
        self._transactions = transactions
        self._dossiers = dossiers
        self._manners = manners
        self._clock = clock
        self._otherwise = otherwise

    async def look(self) -> None:
        """Look at the notices whose fate is open, and for people who are back."""
        now = self._clock()
        async with self._transactions.read() as session:
            found = await open_ones(session, now, BATCH)
            states = await fates(session, [notice.key for notice in found])
        arrived = [one.key for one in found if states.get(one.key) in _ARRIVED]
        waiting = [one.key for one in found if states.get(one.key) in _ON_ITS_WAY]
        if arrived or waiting:
            async with self._transactions.write() as session:
                await drop(session, arrived)
                await look_again(session, waiting, now + WAITING)
        if not self._manners.quiet.at(now):
            for notice in found:
                if notice.key not in arrived and notice.key not in waiting:
                    await self._missed(notice)
        await self._tell_those_who_are_back()
        async with self._transactions.write() as session:
            await forget(session, now - LONGEST)

    async def _missed(self, notice: Notice) -> None:
        async with self._transactions.write() as session:
            # Written down before the other way is tried: after a crash it is not tried twice.
            if not await mark_missed(session, notice.key, self._clock() + SILENT):
                return
            language = await self._manners.language(session, notice.ref)
        if self._otherwise is None or notice.level < Level.APPLICANT:
            return
        phone = await self._phone(notice.code)
        if phone and await self._otherwise.reach(phone, self._manners.voice.short(notice.code, language)):
            async with self._transactions.write() as session:
                await drop(session, [notice.key])

    async def _phone(self, code: str) -> str | None:
        async with self._transactions.read() as session:
            try:
                owner = await self._dossiers.owner(session, code)
            except UnreadableError:
                return None
        return e164(owner.phone) if owner is not None and owner.phone else None

    async def _tell_those_who_are_back(self) -> None:
        now = self._clock()
        async with self._transactions.read() as session:
            found = await missed_ones(session, now, BATCH)
            spoke = await spoke_last(session, {notice.ref for notice in found})
        silent = [one.key for one in found if one.ref not in spoke or spoke[one.ref] <= one.at]
        if silent:
            async with self._transactions.write() as session:
                await look_again(session, silent, now + SILENT)
        back: dict[tuple[Ref, str], list[Notice]] = {}
        for notice in found:
            if notice.key not in silent:
                back.setdefault((notice.ref, notice.code), []).append(notice)
        for notices in back.values():
            await self._say_missed(sorted(notices, key=lambda notice: notice.at))

    async def _say_missed(self, notices: Sequence[Notice]) -> None:
        """Say once for a dossier, naming the latest day, that news could not be brought."""
        last = notices[-1]
        try:
            async with self._transactions.write() as session:
                language = await self._manners.language(session, last.ref)
                said = self._manners.voice.missed(last.code, last.at, language)
                await self._manners.notify(session, last.ref, said, f"m{last.key}"[:56])
                await drop(session, [notice.key for notice in notices])
        except ChannelOffError:
            return
        except Exception:
            logger.exception("A person could not be told of a notice that they missed.")
