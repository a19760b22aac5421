"""The weekly summary for organisations that asked for it: once a week, by day, and stopped with one tap."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.channels.contract import Ref, Reply, Template
from bot.delivery.errors import ChannelOffError, UnreadableError
from bot.delivery.ports import Clock, Transactions
from bot.dialogue.say_batch import BatchVoice
from bot.dialogue.texts import Texts
from bot.dossiers.organisations.asking import Asking
from bot.dossiers.organisations.overview import Group
from bot.dossiers.organisations.store import Subscriber
from bot.dossiers.organisations.weeks import week_of
from feedback.working_time.zone import here

logger = logging.getLogger(__name__)

AT_ONCE = 20
"""Summaries of one transaction."""
PAUSE = 900.0
"""Seconds between two looks."""
FROM, UNTIL = time(8), time(18)
"""When summaries are sent, by Vietnamese clocks."""

Notify = Callable[[AsyncSession, Ref, Reply, str, Template | None], Awaitable[bool]]
"""Says something first, once per key, where need be by an approved form."""


@dataclass(frozen=True)
class Digests:
    """Sends the summaries of a week."""

    asking: Asking
    transactions: Transactions
    texts: Texts
    notify: Notify
    clock: Clock

    async def send_digests(self, session: AsyncSession, now: datetime) -> tuple[int, int]:
        """Send some of the summaries that this week still lacks; tell how many were due, and how many were sent."""
        store, week, sent = self.asking.store, week_of(now), 0
        subscribers = await store.subscribers(session, now, week, AT_ONCE)
        for one in subscribers:
            sent += await self._sent(session, one, now)
            await store.digested(session, one.ref, week)
        return len(subscribers), sent

    async def look(self) -> int:
        """Send all summaries that this week still lacks, unless it is night; tell how many were sent."""
        told = 0
        while FROM <= here(self.clock()).time() < UNTIL:
            async with self.transactions.write() as session:
                due, sent = await self.send_digests(session, self.clock())
            told += sent
            if due < AT_ONCE:
                break
        return told

    async def run(self, sleep: Callable[[float], Awaitable[None]] = rest) -> None:
        """Look again and again until cancelled."""
        while True:
            try:
                told = await self.look()
                if told:
                    logger.info("Sent %d weekly summaries to organisations.", told)
            except Exception:
                logger.exception("Weekly summaries could not be sent; it is tried again.")
            await sleep(PAUSE)

    async def _sent(self, session: AsyncSession, one: Subscriber, now: datetime) -> bool:
        try:
            overview = await self.asking.look(session, one.organisation, (), now)
            if not overview.rows:
                return False
            await self.asking.note(session, overview, one.ref.channel, now)
            name, counts = one.organisation.name, overview.counts
            reply = BatchVoice(self.texts.speaking(one.language)).weekly(name, overview, now)
            values = {"organisation": name, "count": str(len(overview.rows)), "late": str(counts.get(Group.LATE, 0))}
            template = Template("organisation_digest", values)
            return await self.notify(session, one.ref, reply, _key(one.ref, week_of(now)), template)
        except ChannelOffError:
            return False
        except UnreadableError:
            # Without the exception's own words: they name the dossier.
            logger.error("Dossiers of organisation %d cannot be opened.", one.organisation.id)
            return False


def _key(ref: Ref, week: str) -> str:
    place = hashlib.sha256(repr(ref).encode()).hexdigest()[:16]
    return f"digest:{place}:{week}"
