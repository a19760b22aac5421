"""Runs the watch in the background: one process at a time polls a source, and one at a time tells people.

The leases keep several processes from doing the same work; that nothing is lost or doubled does not rest on them.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.background import rest
from bot.delivery.ports import Clock, Sleep, Transactions
from bot.dossiers.sources.by_agency import ByAgency, Remote
from bot.dossiers.watching import poll_store
from bot.dossiers.watching.polling import Polling
from bot.dossiers.watching.reaching import Reaching
from bot.dossiers.watching.store import Watch, WatchStore
from bot.dossiers.watching.telling import Manners, Teller
from nlu.codes import parse_dossier_code

logger = logging.getLogger(__name__)

PAUSE = 20.0
"""Seconds between two rounds of telling."""
POLL_PAUSE = 15.0
"""Seconds between two looks when nothing is due at a source."""
LEASE = timedelta(minutes=5)
"""After so long in silence another process takes the work over: longer than one handful takes."""
PROBE = timedelta(minutes=2)
"""Between two questions whether a source that was down is back."""
TELLING = "tell"


class DossierWatch:
    """Everything that runs in the background."""

    def __init__(
        self,
        transactions: Transactions,
        watches: WatchStore,
        sources: ByAgency,
        polling: Polling,
        teller: Teller,
        reaching: Reaching,
        manners: Manners,
        clock: Clock,
    ) -> None:
        """Take the parts."""
        self._transactions = transactions
        self._watches = watches
        self._sources = sources
        self._polling = polling
        self._teller = teller
        self._reaching = reaching
        self._manners = manners
        self._clock = clock
        self._me = str(uuid.uuid4())
        self._probed: dict[str, datetime] = {}

    async def run(self, sleep: Sleep = rest) -> None:
        """Work until cancelled; then give the work back for other processes."""
        try:
            await self._try(self._polling.begin)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._for_ever(self.tell, PAUSE, sleep))
                for remote in self._sources.remotes:
                    group.create_task(self._for_ever(self._polls(remote), POLL_PAUSE, sleep))
        finally:
            await self._try(self._let_go)

    async def tell(self) -> bool:
        """Make one round of telling; false, for there is always a pause after it."""
        if await self._mine(TELLING):
            await self._polling.assign()
            told = await self._teller.look()
            if told:
                logger.info("Wrote %d notices about watched dossiers.", told)
            await self._tell_of_sources()
            await self._reaching.look()
            async with self._transactions.write() as session:
                await self._watches.expire(session, self._clock())
        return False

    async def poll(self, remote: Remote) -> bool:
        """Ask a source for one handful; true when there may be more at once."""
        if not await self._mine(f"poll:{remote.name}"):
            return False
        polled = await self._polling.look(remote)
        return polled.asked > 0 and remote.health.up is not False

    def _polls(self, remote: Remote) -> Callable[[], Awaitable[bool]]:
        return lambda: self.poll(remote)

    async def _tell_of_sources(self) -> None:
        """Tell those who wait for a source that it is back."""
        if self._manners.quiet.at(self._clock()):
            return
        async with self._transactions.read() as session:
            waiting = await self._watches.waiting_for_sources(session, self._manners.channels)
        by_source: dict[str, list[Watch]] = {}
        for watch in waiting:
            by_source.setdefault(self._polling.source(watch.code), []).append(watch)
        for name, watches in by_source.items():
            for watch in watches if await self._is_back(name, watches[0]) else ():
                await self._teller.back(watch)

    async def _is_back(self, name: str, first: Watch) -> bool:
        remote = next((one for one in self._sources.remotes if one.name == name), None)
        if remote is None:
            # The database answers, or we would not be here.
            return True
        now, health = self._clock(), remote.health
        if health.up and health.last_answer_at is not None and health.last_answer_at > now - PROBE:
            return True
        last = self._probed.get(name)
        if last is not None and now - last < PROBE:
            return False
        self._probed[name] = now
        return await remote.probe(parse_dossier_code(first.code))

    async def _mine(self, name: str) -> bool:
        now = self._clock()
        async with self._transactions.write() as session:
            return await poll_store.lease(session, name, self._me, now, now + LEASE)

    async def _let_go(self) -> None:
        async with self._transactions.write() as session:
            await poll_store.release(session, self._me, self._clock())

    async def _for_ever(self, work: Callable[[], Awaitable[bool]], seconds: float, sleep: Sleep) -> None:
        while True:
            if not await self._try(work):
                await sleep(seconds)

    async def _try(self, work: Callable[[], Awaitable[object]]) -> bool:
        try:
            return bool(await work())
        except Exception:
            # A database that is away is asked again in the next round.
            logger.exception("The watch of dossiers stumbled; it goes on.")
            return False
