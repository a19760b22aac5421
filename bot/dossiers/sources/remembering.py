"""A remote source with a memory: what it said is kept, not asked again while fresh, and shown with its time when it is down.

A dossier that exists and one that does not are treated alike: both are looked for in what is kept, asked for once however
many want it, and remembered for the same time.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.errors import UnreadableError
from bot.delivery.pacing import Buckets, Rate
from bot.delivery.ports import Clock, Sleep, Transactions
from bot.dossiers.ports import Sighting, SourceDownError
from bot.dossiers.record import Record
from bot.dossiers.sources.errors import NonsenseError
from bot.dossiers.sources.health import Health, Pulse
from bot.dossiers.sources.ports import Asks, Keeps
from nlu.codes import DossierCode

HANDFUL = 50
MISSES = 10_000
"""Codes without a dossier that are remembered."""


@dataclass(frozen=True)
class Manner:
    """How often a source is asked."""

    name: str
    agencies: tuple[str, ...]
    fresh: timedelta
    """How long what it said is not asked again."""
    polls_per_second: float
    side_by_side: int = 4


@dataclass(frozen=True)
class Moments:
    """Time."""

    clock: Clock
    sleep: Sleep
    ticks: Callable[[], float]


class RemoteSource:
    """Implements ``DossierSource`` and ``PollsDossiers``. Call it outside of any open transaction: it writes in its own."""

    def __init__(
        self, manner: Manner, client: Asks, store: Keeps, transactions: Transactions, moments: Moments
    ) -> None:
        """Take who asks, and where what is said is kept."""
        self.name = manner.name
        self._manner = manner
        self._client = client
        self._store = store
        self._transactions = transactions
        self._moments = moments
        self._pulse = Pulse(manner.name, manner.agencies, moments.clock)
        self._polls = Buckets(Rate(1, 1 / manner.polls_per_second), moments.ticks)
        self._misses: OrderedDict[str, datetime] = OrderedDict()
        self._asking: dict[str, asyncio.Task[Sighting]] = {}

    @property
    def health(self) -> Health:
        """How the source fares."""
        return self._pulse.health

    @property
    def handful(self) -> int:
        """How many dossiers are polled in one go: those of a minute, and not too many to be lost in a crash."""
        return max(1, min(HANDFUL, int(60 * self._manner.polls_per_second)))

    async def find(self, code: DossierCode) -> Sighting:
        """See ``DossierSource.find``."""
        known = await self._known(code.text)
        if known is not None and self._moments.clock() - known.as_of < self._manner.fresh:
            self._pulse.remembered()
            return known
        try:
            return await self._together(code)
        except SourceDownError:
            if known is None:
                raise
            return Sighting(known.record, known.as_of, down=True)

    async def poll(self, codes: Sequence[DossierCode]) -> AsyncGenerator[Sighting, None]:
        """See ``PollsDossiers.poll``; once the source is down the others are left out too."""
        # Half of the places are left for people who wait.
        places = max(1, self._manner.side_by_side // 2)
        waiting = iter(codes)
        running: set[asyncio.Task[Sighting | None]] = set()
        try:
            while True:
                while len(running) < places and (code := next(waiting, None)) is not None:
                    await self._moments.sleep(self._polls.reserve(""))
                    running.add(asyncio.create_task(self._polled(code)))
                if not running:
                    return
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    if (sighting := task.result()) is not None:
                        yield sighting
                if self.health.up is False:
                    waiting = iter(())
        finally:
            for task in running:
                task.cancel()

    async def probe(self, code: DossierCode) -> bool:
        """Ask the source itself; tell whether it answers, be it that there is no such dossier."""
        try:
            await self._ask(code)
        except NonsenseError:
            return True
        except SourceDownError:
            return False
        return True

    async def _polled(self, code: DossierCode) -> Sighting | None:
        try:
            record = await self._ask(code)
        except SourceDownError:
            return None
        return Sighting(record, self._moments.clock())

    async def _known(self, code: str) -> Sighting | None:
        """Return what the source said last."""
        missed_at = self._misses.get(code)
        async with self._transactions.read() as session:
            try:
                kept = await self._store.get(session, code)
            except UnreadableError:
                kept = None
        if missed_at is not None and (kept is None or missed_at >= kept.as_of):
            return Sighting(None, missed_at)
        return Sighting(kept.record, kept.as_of) if kept is not None else None

    async def _together(self, code: DossierCode) -> Sighting:
        """Ask once for all who want the same dossier now; one who goes away does not stop it for the others."""
        task = self._asking.get(code.text)
        if task is None:
            task = asyncio.create_task(self._fetched(code), name="dossier source")
            self._asking[code.text] = task
            task.add_done_callback(lambda ended: self._ended(code.text, ended))
        return await asyncio.shield(task)

    def _ended(self, code: str, task: asyncio.Task[Sighting]) -> None:
        self._asking.pop(code, None)
        if not task.cancelled():
            task.exception()  # Looked at, for those who went away do not.

    async def _fetched(self, code: DossierCode) -> Sighting:
        record = await self._ask(code)
        now = self._moments.clock()
        if record is not None:
            async with self._transactions.write() as session:
                await self._store.put(session, self.name, [(record, now)])
        return Sighting(record, now)

    async def _ask(self, code: DossierCode) -> Record | None:
        try:
            record = await self._client.ask(code)
        except SourceDownError as error:
            self._pulse.failed(str(error), down=not isinstance(error, NonsenseError))
            raise
        self._pulse.answered()
        self._misses.pop(code.text, None)
        if record is None:
            self._misses[code.text] = self._moments.clock()
            if len(self._misses) > MISSES:
                self._misses.popitem(last=False)
        return record

    async def close(self) -> None:
        """Wait for what is being asked; call before the database and the client session close."""
        if self._asking:
            await asyncio.wait(set(self._asking.values()))
