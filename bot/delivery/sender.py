"""Sends what waits in the outbox: in order within a conversation, many conversations side by side.

Before a call is handed to a platform that is written down. A crash between the platform's acceptance and our record of
it then sends that one message again; anything else is sent once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.contract import Channel, Ref, SendStatus, Sent
from bot.delivery.accounts import Accounts
from bot.delivery.errors import StoppedError
from bot.delivery.fence import Fence, LostError
from bot.delivery.group_commit import Entry, GroupCommit, Result, Write
from bot.delivery.outbox_store import AT_ONCE, OutboxStore
from bot.delivery.outgoing import Attempt, Outcome, Outgoing
from bot.delivery.pacing import Pacing
from bot.delivery.ports import Clock, Sleep, Transactions
from bot.delivery.tables import OutboxState
from bot.tracebacks import where

logger = logging.getLogger(__name__)

READ_SIDE_BY_SIDE = 4
"""Conversations that read the outbox at once: after a start there may be thousands, and connections are few."""
DETAIL_OF_UNREADABLE = "its content cannot be opened; was the encryption key changed?"


@dataclass(frozen=True)
class SendLimits:
    """How long and how often a call is tried."""

    attempts: int = 20
    """Then it is given up and waits for a person (``motcua outbox``)."""
    first_pause: float = 1.0
    """The longest pause after the first attempt; doubled after each further one. A random part of it is taken."""
    longest_pause: float = 3600.0
    refused_pause: float = 60.0
    """Between two tries with an account that the platform refuses."""
    seconds: float = 30.0
    """A call that takes longer counts as not made, though it may have been."""
    side_by_side: int = 16
    """Calls of one channel at once, until they are recorded; a crash sends at most so many twice, one in each
    conversation.

    With 1 it is at most one per crash, and a process then makes no more calls a second than one of the platform's round
    trips and one commit allow: about ten with a platform 100 ms away. Nothing in between is possible: whatever is on its way may
    have been accepted, and no platform lets a call be made conditionally or asks for a key. The outcome goes first in
    line for the next commit, so that beyond the way back from the platform the window is one commit long.
    """
    trouble_pause: float = 2.0
    """After a failure of the database."""


@dataclass(frozen=True)
class Chance:
    """Time and chance, so that tests need neither."""

    clock: Clock
    sleep: Sleep
    random: Callable[[], float]
    """Gives a number from 0 to 1."""
    ticks: Callable[[], float]
    """A clock in seconds that never goes back."""


class Sender:
    """One per process; one conversation is worked on by one task at a time."""

    def __init__(
        self,
        *,
        channels: Mapping[str, Channel],
        store: OutboxStore,
        transactions: Transactions,
        writer: GroupCommit,
        pacing: Pacing,
        chance: Chance,
        limits: SendLimits,
        owner: Callable[[Ref], str | None],
        left: Callable[[Ref], float],
        calm: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Put the sender together.

        Args:
            channels: those that push, by name.
            store: reads and writes the outbox.
            transactions: the unit of work.
            writer: what is written goes through it.
            pacing: how fast the platforms let us send.
            chance: time and chance.
            limits: how long and how often a call is tried.
            owner: tells in whose name a conversation is held, "" where nobody else could hold it; ``None`` when it
                is not ours.
            left: tells for how many seconds calls to a conversation may be on their way.
            calm: waits before each call, for what goes first.
        """
        self._channels = channels
        self._store = store
        self._transactions = transactions
        self._writer = writer
        self._pacing = pacing
        self._chance = chance
        self._limits = limits
        self._owner = owner
        self._fence = Fence(owner, left)
        self._calm = calm
        self._accounts = Accounts(limits.refused_pause, chance.ticks)
        self._slots = {name: asyncio.Semaphore(limits.side_by_side) for name in channels}
        self._reading = asyncio.Semaphore(READ_SIDE_BY_SIDE)
        self._tasks: dict[Ref, asyncio.Task[None]] = {}
        self._again: set[Ref] = set()
        self._stopped = asyncio.Event()

    def wake(self, ref: Ref) -> None:
        """Send what waits in a conversation; without effect for a channel whose clients fetch."""
        if ref.channel not in self._channels or self._stopped.is_set():
            return
        if ref in self._tasks:
            self._again.add(ref)
            return
        self._tasks[ref] = asyncio.create_task(self._work(ref), name="sending")

    def busy(self, ref: Ref) -> bool:
        """Tell whether something of the conversation is being sent or waits here for its time."""
        return ref in self._tasks

    async def stop(self) -> None:
        """Finish the calls in hand and begin no other."""
        self._stopped.set()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _work(self, ref: Ref) -> None:
        try:
            while self._mine(ref):
                self._again.discard(ref)
                try:
                    done = await self._empty(ref)
                except StoppedError:
                    return
                except Exception as error:
                    # Whatever it was, the conversation is taken up again.
                    _report(ref.channel, error)
                    await self._rest(self._limits.trouble_pause)
                    continue
                if done and ref not in self._again:
                    return
        finally:
            # Here and not in a callback: who wakes the conversation from now on gets a new task.
            del self._tasks[ref]
            self._again.discard(ref)

    async def _empty(self, ref: Ref) -> bool:
        """Send a conversation's next calls; tell whether none is left."""
        async with self._reading, self._transactions.read() as session:
            found = await self._store.next(session, ref)
        for outgoing in found:
            if not await self._ready(outgoing) or not await self._deliver(outgoing):
                return False
        # Fewer than were asked for are all: what was added meanwhile wakes the conversation anew.
        return len(found) < AT_ONCE

    async def _ready(self, outgoing: Outgoing) -> bool:
        """Wait until a call may be made; tell whether it is still ours then."""
        ref = outgoing.ref
        if outgoing.due_at is not None:
            await self._rest((outgoing.due_at - self._chance.clock()).total_seconds())
        while (seconds := self._accounts.wait(ref)) > 0 and self._mine(ref):
            await self._rest(seconds)
        await self._rest(self._pacing.reserve(ref))
        if self._calm is not None:
            await self._calm()
        return self._mine(ref)

    async def _deliver(self, outgoing: Outgoing) -> bool:
        """Make one call; tell whether the next one of the conversation may follow at once."""
        async with self._slots[outgoing.ref.channel]:
            owner = self._owner(outgoing.ref)
            if owner is None or self._stopped.is_set():
                return False
            attempt = Attempt(outgoing, owner)
            began_at = self._chance.clock()
            if not await self._writer.run(self._store.begin, attempt, _nothing):
                await self._rest(self._limits.trouble_pause)
                return False
            try:
                sent = await self._call(attempt)
            except LostError:
                # This process stood still, or could not say that it lives: another one sends it, and what follows.
                return False
            outcome = self._outcome(attempt, sent, began_at)
            self._tell(outcome, sent)
            # Still in its place: so many calls and no more can be made and not yet recorded when the process dies.
            await self._insist(self._store.end, outcome)
        return outcome.state in (OutboxState.DELIVERED, OutboxState.DEAD)

    async def _call(self, attempt: Attempt) -> Sent:
        ref, call = attempt.outgoing.ref, attempt.outgoing.call
        if call is None:
            return Sent(SendStatus.BUG, detail=DETAIL_OF_UNREADABLE)
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._fence.within(ref, attempt.owner, lambda: self._channels[ref.channel].send(call))
        except LostError:
            raise
        except Exception as error:
            # A channel that breaks its promise not to raise must not stop the conversation.
            _report(ref.channel, error)
            return Sent(SendStatus.RETRY, detail=f"raised {type(error).__name__}")

    def _outcome(self, attempt: Attempt, sent: Sent, began_at: datetime) -> Outcome:
        number, now = attempt.number, self._chance.clock()
        state, attempts, pause = OutboxState.WAITING, number, 0.0
        if sent.status is SendStatus.OK:
            state = OutboxState.DELIVERED
        elif sent.status in (SendStatus.UNREACHABLE, SendStatus.CLOSED):
            state = OutboxState.UNREACHABLE
        elif sent.status is SendStatus.AUTH:
            attempts, pause = number - 1, self._limits.refused_pause
        elif sent.status is SendStatus.BUG or number >= self._limits.attempts:
            state = OutboxState.DEAD
        else:
            pause = self._pause(number) if sent.retry_after is None else sent.retry_after
        return Outcome(
            outgoing=attempt.outgoing,
            number=number,
            state=state,
            attempts=attempts,
            began_at=began_at,
            at=now,
            due_at=now + timedelta(seconds=pause) if state is OutboxState.WAITING else None,
            sent_id=sent.id,
            detail=sent.detail if state is not OutboxState.DELIVERED else "",
            alone=sent.status is SendStatus.CLOSED,
        )

    def _pause(self, number: int) -> float:
        most = min(self._limits.longest_pause, self._limits.first_pause * 2.0 ** (number - 1))
        return self._chance.random() * most

    def _tell(self, outcome: Outcome, sent: Sent) -> None:
        """Note what an attempt says of the account, and say aloud what a person must know."""
        ref = outcome.outgoing.ref
        if sent.status is SendStatus.AUTH:
            if self._accounts.refused(ref):
                logger.error("%s refuses our account %s: %s. Messages wait.", ref.channel, ref.account, sent.detail)
        elif sent.status is not SendStatus.RETRY and self._accounts.accepted(ref):
            logger.warning("%s accepts our account %s again.", ref.channel, ref.account)
        if outcome.state is OutboxState.DEAD:
            logger.error(
                "Message %d on %s is given up after %d attempts: %s. See `motcua outbox list`.",
                *(outcome.outgoing.id, ref.channel, outcome.number, sent.detail),
            )

    async def _insist(self, write: Write[Entry, Result], entry: Entry) -> None:
        """Write an outcome whatever it takes: forgetting it would send the message again."""
        while True:
            try:
                # First in line: until it is written a crash sends the message again.
                await self._writer.run(write, entry, _nothing, urgent=True)
                return
            except StoppedError:
                raise
            except Exception as error:
                if self._stopped.is_set():
                    raise
                _report("outbox", error)
                await self._rest(self._limits.trouble_pause)

    def _mine(self, ref: Ref) -> bool:
        return not self._stopped.is_set() and self._owner(ref) is not None

    async def _rest(self, seconds: float) -> None:
        """Wait, but not beyond the end of work."""
        if seconds <= 0 or self._stopped.is_set():
            return
        nap, end = asyncio.ensure_future(self._chance.sleep(seconds)), asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({nap, end}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in (nap, end):
                one.cancel()


def _nothing(_: object) -> None:
    """Wait for no commit: the caller does."""


def _report(channel: str, error: Exception) -> None:
    """Log where something failed."""
    logger.error("Sending on %s: %s\n%s", channel, type(error).__name__, where(error))
