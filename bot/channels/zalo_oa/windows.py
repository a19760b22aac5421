"""Remembers when each person last spoke to the account: Zalo lets us write for 48 hours freely, for 7 days for money."""

from __future__ import annotations

import logging
from collections import OrderedDict
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.zalo_oa.events import ANONYMOUS
from bot.channels.zalo_oa.store import Interaction, ZaloOaStore
from bot.delivery.ports import Clock, Desk, Transactions
from bot.delivery.records import Answer, Cursor, History, Received

logger = logging.getLogger(__name__)

GRAIN = timedelta(minutes=10)
"""A person who writes again within this time is not written down again: the window then counts as shorter, never longer."""
REMEMBERED = 10_000
SILENT = frozenset({InboundKind.STAFF, InboundKind.STATUS})
"""Kinds that are not the person's own doing."""


class Windows:
    """The interactions of one account."""

    def __init__(self, store: ZaloOaStore, transactions: Transactions, clock: Clock) -> None:
        """Take where they are kept."""
        self._store = store
        self._transactions = transactions
        self._clock = clock
        self._noted: OrderedDict[str, datetime] = OrderedDict()

    async def note(self, inbound: Inbound) -> None:
        """Note what an event says about a person's window; visitors who are not signed in have none."""
        person, now = inbound.ref.conversation, self._clock()
        if inbound.kind in SILENT or person.startswith(ANONYMOUS):
            return
        if inbound.kind is InboundKind.WITHDRAW:
            await self.forget(inbound.ref)
        elif inbound.kind is InboundKind.UNFOLLOW:
            self._noted.pop(person, None)
            async with self._transactions.write() as session:
                await self._store.left(session, person, now)
        elif person not in self._noted or now - self._noted[person] >= GRAIN:
            async with self._transactions.write() as session:
                await self._store.spoke(session, person, now)
            self._noted[person] = now
            if len(self._noted) > REMEMBERED:
                self._noted.popitem(last=False)

    async def of(self, ref: Ref) -> Interaction | None:
        """Return when a person last spoke to the account."""
        async with self._transactions.read() as session:
            return await self._store.interaction(session, ref.conversation)

    async def forget(self, ref: Ref) -> None:
        """Delete what is kept about a person."""
        self._noted.pop(ref.conversation, None)
        async with self._transactions.write() as session:
            await self._store.forget(session, ref.conversation)


class NotingDesk:
    """The engine's desk, which also notes windows; a message is taken in before anything is noted."""

    def __init__(self, desk: Desk, windows: Windows) -> None:
        """Take the desk that messages go to."""
        self._desk = desk
        self._windows = windows

    async def receive(self, inbound: Inbound) -> Received:
        """See ``Desk.receive``."""
        received = await self._desk.receive(inbound)
        try:
            await self._windows.note(inbound)
        except (SQLAlchemyError, OSError) as error:
            # The message is safe; a window that is not noted only makes us more careful.
            logger.warning("A Zalo window could not be noted: %s", type(error).__name__)
        return received

    async def answer(self, received: Received, seconds: float) -> Answer:
        """See ``Desk.answer``."""
        return await self._desk.answer(received, seconds)

    async def history(self, ref: Ref, after: Cursor | None = None, seconds: float = 0.0) -> History:
        """See ``Desk.history``."""
        return await self._desk.history(ref, after, seconds)
