"""Answers "phản ánh của tôi tới đâu rồi" (Article 12): in the sender's own conversation at once, elsewhere to whoever knows a second fact.

A receipt has too many values to be guessed; the last four digits of a telephone number have ten thousand. So every try
counts before it is looked at, against the conversation, its network and the receipt on that channel, with a delay that
doubles. An unknown receipt, wrong digits and a record without a telephone number go through the same statements and
hashes and are one answer. A sender's own conversation needs no fact, so that no stranger's tries shut its sender out.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.asking_store import AskingStore, Found
from feedback.looks import Brief, Look, LookOutcome
from feedback.patience_store import PatienceStore, Slope
from feedback.ports import Hashes
from feedback.record import Address
from feedback.register_store import NoSuchRecordError, RegisterStore
from feedback.standing import Standing

PERSON = Slope(free=3, first=timedelta(seconds=30), most=timedelta(hours=12), leak=timedelta(hours=2), alarm=10)
"""Of tries in one conversation: three slips of the pen are free."""
SOURCE = Slope(free=30, first=timedelta(seconds=10), most=timedelta(hours=1), leak=timedelta(minutes=20), alarm=30)
"""Of tries from one network, behind which a whole quarter may be."""
RECEIPT = Slope(free=5, first=timedelta(minutes=1), most=timedelta(hours=1), leak=timedelta(hours=6), alarm=15)
"""Of tries on one receipt and channel: 24 a day at the very most, of which one in four hundred days hits."""
PROVEN = timedelta(minutes=30)
"""How long a conversation that knew the fact is not asked again."""
_LISTED = 10
_NOBODY = bytes(32)


@dataclass(frozen=True)
class Alarm:
    """Somebody seems to try facts out; never who."""

    whose: str
    """``person``, ``source`` or ``receipt``."""
    subject: bytes
    """Keyed hash."""
    channel: str
    tries: int


class Alarms(Protocol):
    """Tells operators."""

    async def tell(self, session: AsyncSession, alarm: Alarm, at: datetime) -> None:
        """Tell of somebody who seems to try facts out."""
        ...


@dataclass(frozen=True)
class StatusDesk:
    """Tells senders where their records stand. What it counts must be committed before the answer leaves."""

    found: AskingStore
    patience: PatienceStore
    register: RegisterStore
    standing: Standing
    hashes: Hashes
    alarms: Alarms

    async def look(
        self,
        session: AsyncSession,
        receipt: str,
        four: str | None,
        where: Address | None,
        at: datetime,
        source: str = "",
    ) -> Look:
        """Answer for a receipt.

        Args:
            session: to write with: tries are counted.
            receipt: in normal form.
            four: last four digits of the sender's telephone number; ``None`` for not given.
            where: conversation that asks; ``None`` outside of one.
            at: the moment.
            source: network that asks; empty for unknown.
        """
        found = await self.found.find(session, receipt)
        if await self._known(session, found, where, at):
            assert found is not None
            return Look(LookOutcome.SHOWN, await self.standing.of(session, found.id, at))
        if four is None:
            return Look(LookOutcome.NEEDS_FACT)
        subjects = self._subjects(receipt, where, source)
        tried = await self.patience.count(session, {one: slope for _, one, slope in subjects}, at)
        channel = where.channel if where else ""
        for whose, one, _ in subjects:
            if one in tried.alarming:
                await self.alarms.tell(session, Alarm(whose, one, channel, int(tried.alarming[one])), at)
        if tried.until is not None:
            return Look(LookOutcome.LIMITED, until=tried.until)
        kept = found.tail if found is not None and found.tail is not None else _NOBODY
        if not hmac.compare_digest(self.register.tail_hash(receipt, four), kept) or found is None:
            return Look(LookOutcome.NOT_MATCHED)
        await self.patience.give_back(session, [one for whose, one, _ in subjects if whose != "source"], at)
        if where is not None:
            await self.patience.prove(session, self.person(where), found.id, at + PROVEN)
        return Look(LookOutcome.SHOWN, await self.standing.of(session, found.id, at))

    async def owned(self, session: AsyncSession, receipt: str, where: Address, at: datetime) -> int:
        """Return the record of a receipt when it is this conversation's, or it proved so a short while ago.

        Raises:
            NoSuchRecordError: there is none, or it is another's: the two are not told apart.
        """
        found = await self.found.find(session, receipt)
        if found is None or not await self._known(session, found, where, at):
            raise NoSuchRecordError("no such receipt here")
        return found.id

    async def own(self, session: AsyncSession, where: Address) -> Sequence[Brief]:
        """Return what a conversation sent, the newest first."""
        return await self.found.own(session, where, _LISTED)

    def person(self, where: Address) -> bytes:
        """Return the keyed hash under which a conversation's tries and proofs are kept."""
        return self.hashes.of("feedback person", where.channel, where.account, where.conversation)

    async def lose(self, session: AsyncSession, where: Address) -> None:
        """Forget every second fact that a conversation proved."""
        await self.patience.lose(session, self.person(where))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete tries and proofs that no longer count; they are not told of."""
        await self.patience.forget(session, now)
        return 0

    async def _known(self, session: AsyncSession, found: Found | None, where: Address | None, at: datetime) -> bool:
        if where is None:
            return False
        # Asked for an unknown receipt too, so that both are the same statements.
        proved = await self.patience.proved(session, self.person(where), found.id if found else 0, at)
        return found is not None and (found.where == where or proved)

    def _subjects(self, receipt: str, where: Address | None, source: str) -> Sequence[tuple[str, bytes, Slope]]:
        lane = self.hashes.of("feedback receipt", receipt, where.channel if where else "")
        subjects = [("receipt", lane, RECEIPT)]
        if where is not None:
            subjects.append(("person", self.person(where), PERSON))
        if source:
            subjects.append(("source", self.hashes.of("feedback source", source), SOURCE))
        return subjects
