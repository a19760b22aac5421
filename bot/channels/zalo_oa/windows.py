"""Remembers when each person last spoke to the account: Zalo lets us write for 48 hours freely, for 7 days for money."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from enum import Enum

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.zalo_oa.events import ANONYMOUS
from bot.channels.zalo_oa.store import Interaction, ZaloOaStore
from bot.delivery.ports import Clock, Desk, Transactions
from bot.delivery.records import Answer, Cursor, History, Received

GRAIN = timedelta(minutes=10)
"""A person who writes again within this time is not written down again: the window then counts as shorter, never longer."""
REMEMBERED = 10_000
SILENT = frozenset({InboundKind.STAFF, InboundKind.STATUS})
"""Kinds that are not the person's own doing."""


class _Mark(Enum):
    SPOKE = 1
    LEFT = 2
    FORGOTTEN = 3


class Windows:
    """The interactions of one account.

    They are noted in memory and written together every few seconds: Zalo waits two seconds for its answer, and a note
    that is lost in a crash only makes us more careful, for Zalo itself is asked before a notice.
    """

    def __init__(self, store: ZaloOaStore, transactions: Transactions, clock: Clock) -> None:
        """Take where they are kept."""
        self._store = store
        self._transactions = transactions
        self._clock = clock
        self._noted: OrderedDict[str, datetime] = OrderedDict()
        self._waiting: dict[str, tuple[_Mark, datetime]] = {}

    def note(self, inbound: Inbound) -> None:
        """Note what an event says about a person's window; visitors who are not signed in have none."""
        person, now = inbound.ref.conversation, self._clock()
        if inbound.kind in SILENT or person.startswith(ANONYMOUS):
            return
        if inbound.kind in _MARKS:
            self._noted.pop(person, None)
            self._waiting[person] = (_MARKS[inbound.kind], now)
        elif person not in self._noted or now - self._noted[person] >= GRAIN:
            self._waiting[person] = (_Mark.SPOKE, now)
            self._noted[person] = now
            if len(self._noted) > REMEMBERED:
                self._noted.popitem(last=False)

    async def flush(self) -> None:
        """Write what was noted; it is kept for the next time when the database refuses."""
        taken, self._waiting = self._waiting, {}
        if not taken:
            return
        write = {_Mark.SPOKE: self._store.spoke, _Mark.LEFT: self._store.left, _Mark.FORGOTTEN: self._store.forget}
        try:
            async with self._transactions.write() as session:
                # In one order for all processes: two that write the same people then never wait for each other.
                for person, (mark, at) in sorted(taken.items()):
                    await write[mark](session, person, at)
        except BaseException:
            self._waiting = {**taken, **self._waiting}
            raise

    async def of(self, ref: Ref) -> Interaction | None:
        """Return when a person last spoke to the account."""
        if ref.conversation in self._waiting:
            mark, at = self._waiting[ref.conversation]
            if mark is _Mark.FORGOTTEN:
                return None
            return Interaction(at, at if mark is _Mark.LEFT else None)
        async with self._transactions.read() as session:
            return await self._store.interaction(session, ref.conversation)

    async def forget(self, ref: Ref) -> None:
        """Delete what is kept about a person."""
        self._noted.pop(ref.conversation, None)
        self._waiting.pop(ref.conversation, None)
        async with self._transactions.write() as session:
            await self._store.forget(session, ref.conversation, self._clock())


_MARKS = {InboundKind.UNFOLLOW: _Mark.LEFT, InboundKind.WITHDRAW: _Mark.FORGOTTEN}


class NotingDesk:
    """The engine's desk, which also notes windows; a message is taken in before anything is noted."""

    def __init__(self, desk: Desk, windows: Windows) -> None:
        """Take the desk that messages go to."""
        self._desk = desk
        self._windows = windows

    async def receive(self, inbound: Inbound) -> Received:
        """See ``Desk.receive``."""
        received = await self._desk.receive(inbound)
        self._windows.note(inbound)
        return received

    async def answer(self, received: Received, seconds: float) -> Answer:
        """See ``Desk.answer``."""
        return await self._desk.answer(received, seconds)

    def answering(self, received: Received) -> bool:
        """See ``Desk.answering``."""
        return self._desk.answering(received)

    async def history(self, ref: Ref, after: Cursor | None = None, seconds: float = 0.0) -> History:
        """See ``Desk.history``."""
        return await self._desk.history(ref, after, seconds)
