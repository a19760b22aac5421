"""Sends an SMS to who allowed it and whom a notice did not reach, whatever becomes of the process meanwhile.

The state is written down before the gateway is asked. After a crash in between nobody knows whether it took the message:
one that knows keys is given the same key again, and another one is not asked again: the person is told when they are back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import UnreadableError
from bot.delivery.notice_store import fates
from bot.delivery.ports import Clock, Transactions
from bot.delivery.tables import OutboxState
from bot.dossiers.disclosure import Level
from bot.dossiers.facts import e164
from bot.dossiers.sms.gateway import Outcome
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.notice_store import Notice, State, drop, move, texts
from bot.dossiers.watching.ports import ReachesOtherwise
from bot.dossiers.watching.store import WatchStore
from bot.dossiers.watching.telling import Manners

logger = logging.getLogger(__name__)

BATCH = 20
"""Sent side by side in one round: a gateway that is slow keeps what else is told waiting for one message's time alone."""
LEASE = timedelta(minutes=5)
"""After so long, whoever began to send is taken for dead."""
ATTEMPTS = 6
BACKOFF = timedelta(minutes=1)
"""Before the gateway is asked again; tripled each time, so that it is tried for about two hours."""


class Texting:
    """Sends the SMS of notices."""

    def __init__(
        self,
        transactions: Transactions,
        dossiers: DossierStore,
        watches: WatchStore,
        manners: Manners,
        clock: Clock,
        sender: ReachesOtherwise,
        key_of: Callable[[str], str],
    ) -> None:
        """Take what is kept, who sends, and what makes the gateway's key of a notice's: other houses use it too."""
        self._transactions = transactions
        self._dossiers = dossiers
        self._watches = watches
        self._manners = manners
        self._clock = clock
        self._sender = sender
        self._key_of = key_of

    async def may(self, session: AsyncSession, notice: Notice) -> bool:
        """Tell whether an SMS may be sent for a notice: to a proven applicant who allowed it, and still does."""
        if notice.level < Level.APPLICANT:
            return False
        return await self._watches.sms_to(session, notice.ref, notice.code) is not None

    async def look(self) -> int:
        """Send what is to be sent now; tell how many were taken. At night no telephone rings."""
        if self._manners.quiet.at(self._clock()):
            return 0
        async with self._transactions.read() as session:
            found = await texts(session, self._clock(), BATCH)
        return sum(await asyncio.gather(*(self._safely(notice) for notice in found)))

    async def _safely(self, notice: Notice) -> bool:
        try:
            return await self._one(notice)
        except Exception:
            # What was begun is looked at again when its time is over; nobody else waits for it.
            logger.exception("An SMS about a watched dossier could not be looked after.")
            return False

    async def _one(self, notice: Notice) -> bool:
        if notice.state is State.TEXTING and not self._sender.knows_keys:
            await self._give_up(notice)
            return False
        async with self._transactions.write() as session:
            phone = await self._phone(session, notice)
            if phone and not await move(session, notice, State.TEXTING, self._clock() + LEASE):
                return False
            language = await self._manners.language(session, notice.ref)
        if not phone:
            await self._give_up(notice)
            return False
        begun = _begun(notice)
        wordings = self._manners.voice.by_sms(notice.told, notice.code, language)
        outcome = await self._sender.reach(phone, wordings, self._key_of(notice.key))
        if outcome is Outcome.TAKEN:
            async with self._transactions.write() as session:
                await drop(session, [notice.key])
            return True
        again = outcome is Outcome.BUSY or (outcome is Outcome.UNSURE and self._sender.knows_keys)
        await (self._later(begun) if again and begun.attempts < ATTEMPTS else self._give_up(begun))
        return False

    async def _phone(self, session: AsyncSession, notice: Notice) -> str | None:
        """Return the dossier's telephone while it is the one that was proven."""
        allowed = await self._watches.sms_to(session, notice.ref, notice.code)
        try:
            owner = await self._dossiers.owner(session, notice.code) if allowed else None
        except UnreadableError:
            return None
        phone = e164(owner.phone) if owner is not None and owner.phone else None
        return phone if phone and self._dossiers.phone_hash(phone) == allowed else None

    async def _later(self, begun: Notice) -> None:
        async with self._transactions.write() as session:
            await move(session, begun, State.TEXT, self._clock() + BACKOFF * 3 ** (begun.attempts - 1))

    async def _give_up(self, notice: Notice) -> None:
        """Leave it to the honest word when the person is back; what stands on a page that fetches is there anyhow."""
        async with self._transactions.write() as session:
            if (await fates(session, [notice.key])).get(notice.key) is OutboxState.HELD:
                await drop(session, [notice.key])
            else:
                await move(session, notice, State.MISSED, self._clock())


def _begun(notice: Notice) -> Notice:
    return replace(notice, state=State.TEXTING, attempts=notice.attempts + 1)
