"""Looks after notices that do not arrive: another way where there is one, else an honest word when the person is back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.errors import ChannelOffError
from bot.delivery.notice_store import fates, spoke_last
from bot.delivery.ports import Clock, Transactions
from bot.delivery.tables import OutboxState
from bot.dossiers.watching.notice_store import (
    Notice,
    State,
    drop,
    forget,
    look_again,
    missed_ones,
    move,
    open_ones,
)
from bot.dossiers.watching.telling import Manners
from bot.dossiers.watching.texting import Texting

logger = logging.getLogger(__name__)

BATCH = 500
WAITING = timedelta(minutes=5)
"""Between two looks at a notice that has still to leave."""
PATIENCE = timedelta(minutes=15)
"""How long a notice stands on a page before an SMS is sent to who allowed it and did not write meanwhile."""
SILENT = timedelta(minutes=1)
"""Between two looks whether a person is back."""
LONGEST = timedelta(days=60)
"""After so long an apology for a notice would be stranger than none."""
_ARRIVED = (OutboxState.DELIVERED, OutboxState.HELD)
_ON_ITS_WAY = (OutboxState.WAITING, OutboxState.SENDING)


class Reaching:
    """Finds out what became of notices."""

    def __init__(
        self, transactions: Transactions, manners: Manners, clock: Clock, texting: Texting | None = None
    ) -> None:
        """Take how people are written to, and another way to reach them."""
        self._transactions = transactions
        self._manners = manners
        self._clock = clock
        self._texting = texting

    async def look(self) -> None:
        """Look at the notices whose fate is open, and for people who are back."""
        now = self._clock()
        async with self._transactions.read() as session:
            found = await open_ones(session, now, BATCH)
            states = await fates(session, [notice.key for notice in found])
            held = await self._not_fetched(session, [one for one in found if states.get(one.key) is OutboxState.HELD])
        kept = {one.key for one in held}
        arrived = [one.key for one in found if states.get(one.key) in _ARRIVED and one.key not in kept]
        early = [one.key for one in held if now - one.at < PATIENCE]
        waiting = [one.key for one in found if states.get(one.key) in _ON_ITS_WAY]
        if arrived or waiting or early:
            async with self._transactions.write() as session:
                await drop(session, arrived)
                await look_again(session, [*waiting, *early], now + WAITING)
        if not self._manners.quiet.at(now):
            for notice in found:
                if notice.key not in (*arrived, *waiting, *early):
                    await self._missed(notice)
        if self._texting is not None:
            await self._texting.look()
        await self._tell_those_who_are_back()
        async with self._transactions.write() as session:
            await forget(session, now - LONGEST)

    async def _not_fetched(self, session: AsyncSession, held: Sequence[Notice]) -> Sequence[Notice]:
        """Return the notices on a page that nobody seems to have open, of those who allowed an SMS."""
        if self._texting is None or not held:
            return []
        spoke = await spoke_last(session, {notice.ref for notice in held})
        silent = [one for one in held if one.ref not in spoke or spoke[one.ref] <= one.at]
        return [one for one in silent if await self._texting.may(session, one)]

    async def _missed(self, notice: Notice) -> None:
        async with self._transactions.write() as session:
            if self._texting is not None and await self._texting.may(session, notice):
                await move(session, notice, State.TEXT, self._clock())
            else:
                await move(session, notice, State.MISSED, self._clock() + SILENT)

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
