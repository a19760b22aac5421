"""Looks at tries in the background and sends one-time codes, whatever becomes of the process meanwhile.

A try is a row: a crash before the answer leaves none, a crash after it leaves it to the next start. The code follows from
the row, so that sending it twice sends the same one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.background import rest
from bot.delivery.ports import Clock, Transactions
from bot.dossiers.access.challenge_store import Challenge
from bot.dossiers.access.desk import Stores
from bot.dossiers.access.facts import Facts
from bot.dossiers.access.limiting import Limits
from bot.dossiers.ports import SendsCodes, SourceDownError
from nlu.codes import parse_dossier_code

logger = logging.getLogger(__name__)

SHORTEST_PAUSE, LONGEST_PAUSE = 0.4, 1.2
"""Seconds between two rounds, drawn anew each time: when a round falls says nothing about any one try."""
ATTEMPTS = 5
BACKOFF = timedelta(seconds=5)
"""Before sending again; doubled each time."""


class CodePost:
    """One per process; several share the work."""

    def __init__(
        self,
        *,
        stores: Stores,
        facts: Facts,
        limits: Limits,
        sender: SendsCodes,
        transactions: Transactions,
        clock: Clock,
        random: Callable[[], float],
    ) -> None:
        """Put it together; ``random`` gives a number from 0 to 1."""
        self._stores = stores
        self._facts = facts
        self._limits = limits
        self._sender = sender
        self._transactions = transactions
        self._clock = clock
        self._random = random

    async def run(self, sleep: Callable[[float], Awaitable[None]] = rest) -> None:
        """Make rounds until cancelled."""
        while True:
            try:
                await self.round()
            except Exception:
                logger.exception("One-time codes could not be looked after; it is tried again.")
            await sleep(SHORTEST_PAUSE + (LONGEST_PAUSE - SHORTEST_PAUSE) * self._random())

    async def round(self) -> int:
        """Look at what waits; tell how many codes were sent."""
        async with self._transactions.read() as session:
            if not await self._stores.challenges.any_due(session, self._clock()):
                return 0
        async with self._transactions.write() as session:
            taken = await self._stores.challenges.claim(session, self._clock())
        # Side by side: a source that is slow to answer for one must not keep the others waiting.
        return sum(await asyncio.gather(*(self._safely(one) for one in taken)))

    async def _safely(self, one: Challenge) -> bool:
        try:
            return await self._one(one)
        except Exception:
            logger.exception("A try to prove oneself could not be looked at; it is tried again.")
            await self._later(one, None, BACKOFF * 2**one.attempts)
            return False

    async def _one(self, one: Challenge) -> bool:
        code = parse_dossier_code(one.wanted.code)
        try:
            matched = (await self._facts.compare(code, one.wanted.fact, "")).fact
            phone = await self._facts.phone(code) if matched else ""
        except SourceDownError:
            await self._later(one, None, BACKOFF * 2**one.attempts)
            return False
        if not phone:
            return await self._done(one, matched=matched)
        async with self._transactions.write() as session:
            # One that failed to be sent was counted at its first attempt.
            until = None if one.matched else await self._limits.tell(session, one.code, self._clock())
        if until is not None:
            async with self._transactions.write() as session:
                await self._stores.challenges.later(session, one.id, None, until, again=True)
            return False
        marks = self._stores.marks
        if await self._sender.send(phone, marks.one_time(one.nonce), marks.message(one.nonce)):
            return await self._done(one, matched=True, sent=True)
        logger.warning("A one-time code was not taken by the gateway (attempt %d).", one.attempts + 1)
        await self._later(one, True, BACKOFF * 2**one.attempts)
        return False

    async def _done(self, one: Challenge, *, matched: bool, sent: bool = False) -> bool:
        async with self._transactions.write() as session:
            sent_at = self._clock() if sent else None
            await self._stores.challenges.done(session, one.id, matched=matched, sent_at=sent_at)
        return sent

    async def _later(self, one: Challenge, matched: bool | None, pause: timedelta) -> None:
        if one.attempts + 1 >= ATTEMPTS:
            logger.error("A one-time code could not be sent in %d attempts; it is given up.", ATTEMPTS)
            await self._done(one, matched=bool(matched))
            return
        async with self._transactions.write() as session:
            await self._stores.challenges.later(session, one.id, matched, self._clock() + pause)
