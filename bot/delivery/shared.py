"""One of several processes on a PostgreSQL database: each conversation is worked on by one of them at a time.

A process holds the conversations that it works on, as long as it says again and again that it lives. What it holds it may
keep in memory; whatever it does not hold it leaves alone, and has the others know of messages that it took in for them.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery import lease_store as leases
from bot.delivery.holding import Holding
from bot.delivery.patrol import Patrol
from bot.delivery.ports import Signals, Transactions
from bot.delivery.records import Added, Arrival, FinishedTurn, Received
from bot.delivery.sharing import Workers
from bot.delivery.store import DeliveryStore
from bot.delivery.tables import InboxState

logger = logging.getLogger(__name__)

UNUSED = 0.2
"""Part of a lease in which no call may be on its way any more: others may send soon."""


@dataclass(frozen=True)
class ShareTimes:
    """How patient processes are with each other."""

    lease: float = 10.0
    """Seconds for which a process may be silent before the others take over what it holds."""
    look: float = 1.0
    """Seconds between two looks for work that no signal told of."""
    idle: float = 3.0
    """Seconds for which a conversation without work is kept; its next message is quick then."""


@dataclass(frozen=True)
class _Found:
    """What one look for work brought."""

    messages: tuple[Received, ...]
    unsent: tuple[Ref, ...]
    held: tuple[Ref, ...]
    """Conversations of which the database says that they are ours."""
    me: str


class Shared:
    """See ``Share``."""

    def __init__(
        self,
        *,
        store: DeliveryStore,
        transactions: Transactions,
        signals: Signals,
        ticks: Callable[[], float],
        new_name: Callable[[], str],
        times: ShareTimes | None = None,
    ) -> None:
        """Take the tables, the way to hear of the others, and a source of names that no other process draws."""
        self._store = store
        self._transactions = transactions
        self._signals = signals
        self._ticks = ticks
        self._new_name = new_name
        self._times = times or ShareTimes()
        self._holding = Holding(ticks)
        self._workers: Workers | None = None
        self._processes = 2
        self._unreadable: set[int] = set()
        self._heart = Patrol(self._beat, self._times.lease / 3)
        self._rounds = Patrol(self._look, self._times.look)

    async def start(self, workers: Workers) -> None:
        """See ``Share.start``."""
        self._workers = workers
        await self._enter()
        # Heard before anything is held: what comes for a conversation is told once.
        await self._signals.start(self._hear)
        # Free what the dead held and take it up before anybody asks for it.
        await self._beat()
        await self._look()
        self._heart.start()
        self._rounds.start()

    async def quiet(self) -> None:
        """See ``Share.quiet``."""
        await self._rounds.stop()

    async def stop(self) -> None:
        """Let the others have what this process held."""
        await self._signals.stop()
        await self._heart.stop()
        try:
            async with self._transactions.write() as session:
                await leases.leave(session, self._holding.me)
                await self._signal(session, free=True)
        except (SQLAlchemyError, OSError) as error:
            logger.warning("Conversations could not be given back (%s); they are free soon.", type(error).__name__)

    def owner(self, ref: Ref) -> str | None:
        """See ``Share.owner``."""
        return self._holding.me if self._holding.holds(ref) else None

    def left(self, ref: Ref) -> float:
        """See ``Share.left``; the last part of the lease is kept free, for calls that arrive late."""
        return self._holding.left(ref) - self._times.lease * UNUSED

    async def add(self, session: AsyncSession, arrivals: Sequence[Arrival]) -> list[Added]:
        """See ``Share.add``; a free conversation is taken in the same transaction."""
        added = await self._store.add(session, arrivals)
        refs = {one.received.inbound.ref for one in added if one.new}
        kept = {ref for ref in refs if self._holding.keep(ref)}
        me = self._holding.me
        taken = await leases.claim(session, me, refs - kept)
        ours = kept | taken
        others = [one.received for one in added if one.new and one.received.inbound.ref not in ours]
        if others:
            await self._signal(session, came=[(one.id, _tag(one.inbound.ref)) for one in others])
        before = await self._unknown(session, await leases.waiting_in(session, ours), added)
        return [_here(one, ours, before, me if one.received.inbound.ref in taken else "") for one in added]

    def taken(self, added: Added) -> None:
        """See ``Share.taken``; not before the commit, and not under a name that is no longer ours."""
        if added.taken_by and added.taken_by == self._holding.me:
            self._take({added.received.inbound.ref})

    async def finish(self, session: AsyncSession, turns: Sequence[FinishedTurn]) -> list[None]:
        """See ``Share.finish``."""
        done = await self._store.finish(session, turns)
        if self._processes == 1:
            return done
        tags = [_tag(turn.received.inbound.ref) for turn in turns]
        await self._signal(session, ended=[turn.received.id for turn in turns], news=tags)
        return done

    async def announced(self, session: AsyncSession, ref: Ref) -> None:
        """See ``Share.announced``."""
        await self._signal(session, queued=[_tag(ref)], news=[_tag(ref)])

    async def pending(self, session: AsyncSession, ref: Ref) -> bool:
        """See ``Share.pending``."""
        return bool(await leases.waiting_in(session, [ref]))

    async def _enter(self) -> None:
        name, began = self._new_name(), self._ticks()
        async with self._transactions.write() as session:
            await leases.enter(session, name, self._times.lease)
            await leases.signal(session, {"by": name, "hello": True})
        self._holding.begin(name, began + self._times.lease)

    async def _beat(self) -> None:
        began, me = self._ticks(), self._holding.me
        async with self._transactions.write() as session:
            beat = await leases.beat(session, me, self._times.lease)
        self._processes = beat.processes
        self._the().processes(beat.processes)
        if beat.alive:
            self._holding.prolong(began + self._times.lease)
            return
        logger.warning("This process was silent for too long; others may have taken its conversations over.")
        for ref in self._holding.all():
            self._the().forget(ref)
        await self._enter()
        self._rounds.hurry()

    async def _look(self) -> None:
        """Take up what nobody told us of: through the writer, so that nothing is in between."""
        await self._the().writer.run(self._search, None, self._found)
        elsewhere = [one for one in self._the().waiting.expected() if not self._the().known(one.id)]
        if elsewhere:
            async with self._transactions.read() as session:
                done = await leases.finished_of(session, [one.id for one in elsewhere])
            await self._ended(done)

    async def _search(self, session: AsyncSession, entries: Sequence[None]) -> list[_Found]:
        workers, me = self._the(), self._holding.me
        idle = self._holding.drop_idle(self._times.idle, workers.busy)
        await leases.release(session, me, idle)
        free = await leases.free_ones(session, workers.channels, workers.pushing)
        taken = await leases.claim(session, me, free)
        await self._store.note_recovery(session, workers.channels, taken)
        found = await leases.open_messages(session, me, workers.channels)
        unsent = await leases.unsent_ones(session, me, workers.pushing)
        messages = await self._unknown(session, found, ())
        held = {*unsent, *(ref for _, ref in found)}
        return [_Found(tuple(messages), tuple(unsent), tuple(held), me)] * len(entries)

    def _found(self, found: _Found) -> None:
        if found.me != self._holding.me:
            return
        self._take({ref for ref in found.held if not self._holding.holds(ref)})
        for received in found.messages:
            self._the().post(received)
        for ref in found.unsent:
            if not self._the().busy(ref):
                self._the().wake(ref)

    def _take(self, refs: set[Ref]) -> None:
        """Note what is ours from now on; what is remembered of it may be old."""
        for ref in refs:
            self._holding.take(ref)
            self._the().forget(ref)

    async def _unknown(
        self, session: AsyncSession, found: Sequence[tuple[int, Ref]], added: Sequence[Added]
    ) -> list[Received]:
        here = {one.received.id for one in added} | self._unreadable
        wanted = {number for number, _ in found if number not in here and not self._the().known(number)}
        loaded = await self._store.load(session, wanted)
        # Told of once, not at every look.
        self._unreadable |= wanted - {one.id for one in loaded}
        return loaded

    async def _signal(self, session: AsyncSession, **content: Any) -> None:
        await leases.signal(session, {"by": self._holding.me, **content})

    async def _hear(self, raw: str) -> None:
        """Do what another process tells."""
        told = json.loads(raw)
        if told["by"] == self._holding.me:
            return
        if told.get("hello"):
            self._heart.hurry()
        if told.get("free"):
            self._rounds.hurry()
        await self._came(told.get("came", ()))
        await self._ended(set(told.get("ended", ())))
        for ref in self._named(told.get("queued", ()), self._holding.all()):
            self._the().wake(ref)
        for ref in self._named(told.get("news", ()), self._the().waiting.listeners()):
            self._the().waiting.news(ref)

    async def _came(self, told: Sequence[tuple[int, str]]) -> None:
        """Take up messages of our conversations that others took in; those of nobody are found by looking.

        Whatever else waits there is taken up with them: a signal before this one may have been lost, or have come while
        we did not hold the conversation, and a message must not be answered before an older one.
        """
        here = self._named([tag for _, tag in told], self._holding.all())
        if not here:
            return
        async with self._transactions.read() as session:
            found = await self._unknown(session, await leases.waiting_in(session, here), ())
        for received in found:
            if received.state is InboxState.NEW and self._holding.keep(received.inbound.ref):
                self._the().post(received)

    def _named(self, tags: Sequence[str], refs: Sequence[Ref]) -> list[Ref]:
        return [ref for ref in refs if _tag(ref) in tags] if tags else []

    async def _ended(self, ids: set[int]) -> None:
        """Wake those who wait here for messages that were answered elsewhere."""
        waiting = self._the().waiting
        for received in waiting.expected() if ids else ():
            if received.id in ids and not self._the().known(received.id):
                async with self._transactions.read() as session:
                    answer = await self._store.answer_to(session, received.id)
                if answer.finished:
                    waiting.ended(received, answer)

    def _the(self) -> Workers:
        if self._workers is None:
            raise RuntimeError("The engine was not started.")
        return self._workers


def _here(added: Added, ours: set[Ref], before: Sequence[Received], taken_by: str) -> Added:
    """Return an added message with what is to be answered here in its conversation, itself included, in order."""
    ref = added.received.inbound.ref
    if ref not in ours:
        return replace(added, work=())
    work = (*(one for one in before if one.inbound.ref == ref), *added.work)
    return replace(added, work=tuple(sorted(work, key=lambda one: one.id)), taken_by=taken_by)


@lru_cache(maxsize=8192)
def _tag(ref: Ref) -> str:
    """Return a conversation's name for signals, which tells nothing of it."""
    return hashlib.sha256(f"{ref.channel}:{ref.account}:{ref.conversation}".encode()).hexdigest()[:12]
