"""Asks remote sources again for the dossiers that somebody watches, a handful at a time and at the source's own pace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from bot.delivery.ports import Clock, Transactions
from bot.dossiers.batching import Stored
from bot.dossiers.ports import PollsDossiers, Sighting
from bot.dossiers.record import Record
from bot.dossiers.sources.by_agency import ByAgency, Remote
from bot.dossiers.store import DossierStore
from bot.dossiers.watching import poll_store
from bot.dossiers.watching.pace import Next, after_failure, next_look
from bot.dossiers.watching.poll_store import Due
from nlu.codes import CodeError, DossierCode, parse_dossier_code

logger = logging.getLogger(__name__)

WRITTEN_TOGETHER = 25
ASSIGNED_TOGETHER = 1000


@dataclass(frozen=True)
class Polled:
    """What came of one handful."""

    asked: int = 0
    stored: Stored = field(default_factory=Stored)


class Polling:
    """Keeps what is known of watched dossiers fresh."""

    def __init__(
        self,
        transactions: Transactions,
        store: DossierStore,
        sources: ByAgency,
        clock: Clock,
        random: Callable[[], float],
    ) -> None:
        """Take where dossiers are kept and who is asked for them."""
        self._transactions = transactions
        self._store = store
        self._sources = sources
        self._clock = clock
        self._random = random

    async def begin(self) -> None:
        """Have it looked up anew who is asked for each dossier; call once after a start."""
        async with self._transactions.write() as session:
            await poll_store.reassign(session)

    async def assign(self) -> None:
        """Look up who is asked for the dossiers that were newly watched."""
        polled = {remote.name for remote in self._sources.remotes}
        while True:
            async with self._transactions.read() as session:
                codes = await poll_store.unassigned(session, ASSIGNED_TOGETHER)
            if not codes:
                return
            async with self._transactions.write() as session:
                await poll_store.assign(session, {code: self.source(code) for code in codes}, polled, self._clock())

    async def look(self, remote: Remote) -> Polled:
        """Ask a source for the next handful of dossiers that are due."""
        async with self._transactions.read() as session:
            found = await poll_store.due(session, remote.name, self._clock(), remote.handful)
        if not found:
            return Polled()
        left = {one.code: one for one in found}
        total = Stored()
        together: list[Sighting] = []
        async with aclosing(remote.poll([parse_dossier_code(code) for code in left])) as sightings:
            async for sighting in sightings:
                together.append(sighting)
                if len(together) >= WRITTEN_TOGETHER:
                    total += await self._write(remote, together, left)
                    together = []
        total += await self._write(remote, together, left)
        await self._put_off(list(left.values()))
        return Polled(len(found), total)

    async def _write(self, remote: PollsDossiers, sightings: Sequence[Sighting], left: dict[str, Due]) -> Stored:
        """Keep what was said, and when each of them is asked for again, together."""
        given = [(one.record, one.as_of) for one in sightings if one.record is not None]
        if not given:
            return Stored()
        following = {record.code: self._next(record) for record, _ in given}
        async with self._transactions.write() as session:
            stored = await self._store.put(session, remote.name, given)
            await poll_store.looked(session, following, {})
        for code in following:
            left.pop(code, None)
        return stored

    async def _put_off(self, missing: Sequence[Due]) -> None:
        """Ask later for what did not come, or is not there."""
        if not missing:
            return
        failures = {one.code: min(one.failures + 1, 1000) for one in missing}
        now = self._clock()
        following = {code: after_failure(count, now, self._random()) for code, count in failures.items()}
        async with self._transactions.write() as session:
            await poll_store.looked(session, following, failures)

    def _next(self, record: Record) -> Next:
        return next_look(record, self._clock(), self._random())

    def source(self, code: str) -> str:
        """Return the name of who answers for a code."""
        parsed = _parsed(code)
        return self._sources.source_of(parsed).name if parsed is not None else "database"


def _parsed(code: str) -> DossierCode | None:
    try:
        return parse_dossier_code(code)
    except CodeError:
        return None
