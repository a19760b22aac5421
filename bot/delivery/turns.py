"""One message through the dialogue, and everything that comes of it into one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.channels.contract import Channel, Ref, Reply
from bot.delivery.errors import StaleStateError, StoppedError
from bot.delivery.group_commit import GroupCommit, Write
from bot.delivery.pacing import PACES, Pace
from bot.delivery.ports import Clock, Sleep, Sorry, Transactions
from bot.delivery.records import Answer, FinishedTurn, Received, StoredCall, StoredState
from bot.delivery.state_cache import StateCache
from bot.delivery.store import DeliveryStore
from bot.delivery.tables import InboxState
from bot.delivery.waiting import Waiting
from bot.dialogue.turn import Dialogue, TurnResult
from bot.tracebacks import where

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TurnLimits:
    """How long and how often a turn is tried."""

    seconds: float = 30.0
    """A turn that takes longer counts as failed."""
    tries: int = 3
    """How often a message is tried before the citizen is told that it went wrong."""
    recoveries: int = 10
    """How many starts may find the same message unfinished; beyond that it is held to bring the process down."""
    pause: float = 0.2
    """Seconds before the second try; doubled before each further one."""
    longest_pause: float = 10.0
    """Seconds between tries while the database refuses to store anything."""
    keep_trace: bool = False
    """Whether the dialogue's trace is stored with the message (``--trace``)."""


@dataclass(frozen=True)
class Outlets:
    """The channels that replies leave by."""

    channels: Mapping[str, Channel]
    """By name."""
    pulled: frozenset[str] = frozenset()
    """Names of those whose clients fetch their replies themselves."""
    paces: Mapping[str, Pace] = field(default_factory=lambda: PACES)
    """How fast each lets us send, by name."""

    @property
    def pushing(self) -> Mapping[str, Channel]:
        """Return the channels to which we send."""
        return {name: channel for name, channel in self.channels.items() if name not in self.pulled}


class Turns:
    """Answers messages; one call at a time per conversation."""

    def __init__(
        self,
        *,
        dialogue: Dialogue,
        outlets: Outlets,
        store: DeliveryStore,
        transactions: Transactions,
        writer: GroupCommit,
        waiting: Waiting,
        sorry: Sorry,
        clock: Clock,
        sleep: Sleep,
        limits: TurnLimits,
        queued: Callable[[Ref], None],
        finish: Write[FinishedTurn, None],
    ) -> None:
        """Take the dialogue, what it is stored with, and who is woken by the outcome; ``queued`` by calls to send."""
        self._write_end = finish
        self._dialogue = dialogue
        self._outlets = outlets
        self._store = store
        self._transactions = transactions
        self._writer = writer
        self._waiting = waiting
        self._sorry = sorry
        self._clock = clock
        self._sleep = sleep
        self._limits = limits
        self._queued = queued
        self._states = StateCache()
        self._stopping = False

    def stop(self) -> None:
        """Give no message a further try; what is not stored by then is left for the next start."""
        self._stopping = True

    def forget(self, ref: Ref) -> None:
        """Read the conversation's state anew next time: another process may have changed it."""
        self._states.forget(ref)

    async def handle(self, received: Received) -> None:
        """Answer one message and wake those who wait for it. Never raises."""
        if received.recoveries <= self._limits.recoveries:
            for number in range(self._limits.tries):
                if await self._attempt(received, number):
                    return
                if self._stopping:
                    break
        number = 0
        while not self._stopping:
            if await self._attempt(received, number, giving_up=True):
                return
            number += 1
        self._waiting.ended(received, None)

    async def _attempt(self, received: Received, number: int, giving_up: bool = False) -> bool:
        """Try once; tell whether the message has come to its end."""
        try:
            return await self._once(received, giving_up)
        except Exception as error:
            # Whatever it was, it must not stop the conversation.
            self._states.forget(received.inbound.ref)
            _report(received, number, error)
            await self._sleep(min(self._limits.pause * 2**number, self._limits.longest_pause))
            return False

    async def _once(self, received: Received, giving_up: bool) -> bool:
        try:
            await (self._apologise(received) if giving_up else self._answer(received))
        except StaleStateError:
            self._states.forget(received.inbound.ref)
            return await self._ended_elsewhere(received)
        return True

    async def _answer(self, received: Received) -> None:
        before = await self._state(received.inbound.ref)
        async with asyncio.timeout(self._limits.seconds):
            result = await self._dialogue.turn(before.state, received.inbound)
        await self._finish(received, before, result, InboxState.DONE)

    async def _apologise(self, received: Received) -> None:
        before = await self._state(received.inbound.ref)
        result = TurnResult(replies=(self._sorry(before.state),), state=before.state)
        await self._finish(received, before, result, InboxState.FAILED)

    async def _finish(
        self,
        received: Received,
        before: StoredState,
        result: TurnResult,
        state: InboxState,
    ) -> None:
        ref = received.inbound.ref
        turn = FinishedTurn(
            received=received,
            before=before,
            after=result.state,
            calls=self._calls(received, result.replies),
            held=ref.channel in self._outlets.pulled,
            state=state,
            at=self._clock(),
            trace=result.trace if self._limits.keep_trace else None,
            review=result.review,
            effects=result.effects,
            outcome=result.outcome,
        )

        def committed(_: None) -> None:
            self._states.put(ref, StoredState(before.version + 1, result.state))
            self._waiting.ended(received, Answer(finished=True, calls=turn.calls, trace=turn.trace))
            if turn.calls and not turn.held:
                self._queued(ref)

        await self._writer.run(self._write_end, turn, committed)

    def _calls(self, received: Received, replies: tuple[Reply, ...]) -> tuple[StoredCall, ...]:
        ref = received.inbound.ref
        channel = self._outlets.channels[ref.channel]
        now = self._clock()
        calls = [call for reply in replies for call in channel.render(ref, reply, received.inbound.shown)]
        return tuple(StoredCall(f"{received.id}.{ordinal}", call, now) for ordinal, call in enumerate(calls))

    async def _state(self, ref: Ref) -> StoredState:
        kept = self._states.get(ref)
        if kept is not None:
            return kept
        async with self._transactions.read() as session:
            return await self._store.state_of(session, ref)

    async def _ended_elsewhere(self, received: Received) -> bool:
        """Tell whether the message itself was finished by another turn; only then is there nothing left to do."""
        async with self._transactions.read() as session:
            answer = await self._store.answer_to(session, received.id)
        if answer.finished:
            self._waiting.ended(received, answer)
        return answer.finished


def _report(received: Received, number: int, error: Exception) -> None:
    """Log where a turn failed."""
    if isinstance(error, StoppedError):
        return
    logger.error("Message %d, try %d: %s\n%s", received.id, number + 1, type(error).__name__, where(error))
