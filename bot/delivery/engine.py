"""The durable conversation engine: takes messages in, has them answered in order, and keeps what was said.

A message counts as taken in only when it is committed to the inbox; its replies and the conversation's new state are
committed together. Whatever the process was doing when it died, the next start takes up where the database stands.
"""

from __future__ import annotations

import asyncio
import logging
import random as chances
import time
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, Ref, Reply, Template
from bot.delivery.alone import Alone
from bot.delivery.courtesy import Courtesy
from bot.delivery.errors import DifferentMessageError
from bot.delivery.group_commit import GroupCommit
from bot.delivery.mailboxes import Mailboxes
from bot.delivery.notices import Notices, Told
from bot.delivery.pacing import Pacing
from bot.delivery.ports import Clock, Sleep, Sorry, Transactions
from bot.delivery.records import Added, Answer, Arrival, Cursor, History, Received
from bot.delivery.sender import Chance, Sender, SendLimits
from bot.delivery.sharing import Share, Workers
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets, TurnLimits, Turns
from bot.delivery.waiting import Waiting
from bot.dialogue.turn import Dialogue

logger = logging.getLogger(__name__)

HISTORY_LINES = 200
"""How much of a conversation a client gets back at once, of each side."""


class Engine:
    """One per process; on SQLite one process per database."""

    def __init__(
        self,
        *,
        dialogue: Dialogue,
        outlets: Outlets,
        store: DeliveryStore,
        transactions: Transactions,
        sorry: Sorry,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        random: Callable[[], float] = chances.random,
        ticks: Callable[[], float] = time.monotonic,
        limits: TurnLimits | None = None,
        send_limits: SendLimits | None = None,
        share: Share | None = None,
    ) -> None:
        """Put the engine together.

        Args:
            dialogue: Decides what to answer.
            outlets: The channels, by name.
            store: Reads and writes the delivery tables.
            transactions: The unit of work.
            sorry: What a citizen is told when every try failed.
            clock: The present moment.
            sleep: Waits between tries.
            random: Gives a number from 0 to 1.
            ticks: A clock in seconds that never goes back.
            limits: How long and how often a turn is tried.
            send_limits: How long and how often a message is sent.
            share: Which conversations are this process's; all of them by default.
        """
        self._store = store
        self._transactions = transactions
        self._clock = clock
        self._sleep = sleep
        self._waiting = Waiting()
        self._writer = GroupCommit(transactions)
        self._courtesy = Courtesy()
        self._share = share or Alone(store, transactions)
        self._pacing = Pacing(outlets.paces, ticks)
        self._sender = Sender(
            channels=outlets.pushing,
            store=store.outbox,
            transactions=transactions,
            writer=self._writer,
            pacing=self._pacing,
            chance=Chance(clock, sleep, random, ticks),
            limits=send_limits or SendLimits(),
            owner=self._share.owner,
            left=self._share.left,
            calm=self._courtesy.wait,
        )
        self._turns = Turns(
            dialogue=dialogue,
            outlets=outlets,
            store=store,
            transactions=transactions,
            writer=self._writer,
            waiting=self._waiting,
            sorry=sorry,
            clock=clock,
            sleep=sleep,
            limits=limits or TurnLimits(),
            queued=self._sender.wake,
            finish=self._share.finish,
        )
        self._notices = Notices(outlets=outlets, store=store.outbox, clock=clock, committed=self._announced)
        self._mailboxes = Mailboxes(
            self._turns.handle, ours=lambda ref: self._share.owner(ref) is not None, calm=self._courtesy.wait
        )
        self._channels = frozenset(outlets.channels)
        self._pushing = frozenset(outlets.pushing)
        self._started = False
        self._stopping = False

    async def start(self) -> None:
        """Take up what an earlier process left unfinished; call before any message is received."""
        self._started = True
        self._writer.start()
        await self._share.start(
            Workers(
                post=self._post,
                known=self._mailboxes.known,
                wake=self._sender.wake,
                busy=lambda ref: self._mailboxes.busy(ref) or self._sender.busy(ref),
                forget=self._turns.forget,
                writer=self._writer,
                waiting=self._waiting,
                channels=self._channels,
                pushing=self._pushing,
                processes=self._pacing.share,
            )
        )

    async def broken(self) -> None:
        """Return when nothing can be taken in any more, though nobody stopped the engine."""
        await self._writer.ended()

    async def stop(self) -> None:
        """Finish the turns and the calls in hand, write them, and let go of all who wait."""
        self._stopping = True
        self._mailboxes.close()
        self._turns.stop()
        if self._started:
            self._started = False
            await self._share.quiet()
            await self._mailboxes.stop()
            await self._sender.stop()
            await self._writer.close()
            await self._share.stop()
        self._waiting.release()

    async def receive(self, inbound: Inbound) -> Received:
        """Take a message in; on return it is committed and will be answered.

        A message whose id is known already has no second effect.

        Raises:
            DifferentMessageError: The id is known with another content.
            StoppedError: The engine is stopping.
        """

        def committed(added: Added) -> None:
            self._share.taken(added)
            if added.new:
                self._waiting.expect(added.received)
            for one in added.work:
                self._post(one)

        with self._courtesy.arriving():
            arrival = Arrival(inbound, self._clock())
            added = await self._writer.run(self._share.add, arrival, committed, urgent=True)
        received = added.received
        if _content(received.inbound) != _content(inbound):
            raise DifferentMessageError(f"Message {received.id} was received before with another content.")
        return received

    async def answer(self, received: Received, seconds: float) -> Answer:
        """Wait at most so many seconds for what comes of a message; then say that it is not finished."""
        answer = await self._waiting.end(received.id, seconds)
        if answer is not None:
            return answer
        async with self._transactions.read() as session:
            return await self._store.answer_to(session, received.id)

    def answering(self, received: Received) -> bool:
        """Tell whether this process has still to answer a message; asks no database."""
        return self._waiting.expects(received.id)

    async def history(
        self,
        ref: Ref,
        after: Cursor | None = None,
        seconds: float = 0.0,
        lines: int = HISTORY_LINES,
    ) -> History:
        """Return what was said in a conversation beyond a place in it.

        Args:
            ref: The conversation.
            after: Where the client stands; ``None`` for the beginning.
            seconds: How long to wait for news when there is nothing to tell yet.
            lines: The most of each side; older ones are left out.
        """
        start = after or Cursor()
        with self._waiting.listening(ref) as news:
            found = await self._read(ref, start, lines)
            if found.said or seconds <= 0 or self._stopping:
                return found
            try:
                async with asyncio.timeout(seconds):
                    await news.wait()
            except TimeoutError:
                return found
        return await self._read(ref, start, lines)

    async def _read(self, ref: Ref, after: Cursor, lines: int) -> History:
        # Asked before reading: an answer committed in between is then shown twice rather than missed.
        async with self._transactions.read() as session:
            pending = await self._share.pending(session, ref)
            return await self._store.history(session, ref, after, lines, pending)

    async def notify(
        self, session: AsyncSession, ref: Ref, reply: Reply, key: str, template: Template | None = None
    ) -> bool:
        """Say something first, once per key; see ``Notices.notify``."""
        new = await self._notices.notify(session, ref, reply, key, template)
        if new:
            await self._share.announced(session, ref)
        return new

    async def told(self, session: AsyncSession, key: str) -> Told | None:
        """Tell what became of a notice; see ``Notices.told``."""
        return await self._notices.told(session, key)

    def _announced(self, ref: Ref) -> None:
        self._waiting.news(ref)
        self._sender.wake(ref)

    def _post(self, received: Received) -> None:
        self._waiting.expect(received)
        self._mailboxes.post(received)


def _content(inbound: Inbound) -> tuple[str, str, str, dict[str, object]]:
    return inbound.kind, inbound.text, inbound.payload, dict(inbound.data)
