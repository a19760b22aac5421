"""Verifies the whole log of the register in the background, and what was written since then at once.

With 100,000 records a whole verification takes minutes of the processor, for it opens every entry and compares every record:
too long for a download and for whoever asks the assistant meanwhile. The chain of what came after it takes moments.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.ports import Transactions
from bot.jobs.running import Progress
from feedback.log import START, faults
from feedback.log_store import LogStore
from feedback.verifying import verify

TOLD = 200
"""Faults that are kept word by word; all are counted."""
STEP = "Kiểm chứng nhật ký của sổ"
REWRITTEN = "dòng cuối của lần kiểm chứng ấy không còn trong nhật ký: nhật ký đã bị viết lại hoặc cắt bớt"


class Verified(msgspec.Struct, frozen=True):
    """What a whole verification came to."""

    at: datetime
    """When it began: it is of that moment."""
    seq: int
    hash: str
    """Of the newest entry then, in hexadecimal."""
    count: int
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class LogVerifying:
    """The log of one register."""

    transactions: Transactions
    log: LogStore

    async def whole(self, progress: Progress, at: datetime) -> Verified:
        """Verify everything, as of one moment."""
        async with self.transactions.read() as session:
            total, _ = await self.log.last(session)
        count, told = 0, list[str]()
        progress.say(STEP, 0, total)
        async with self.transactions.read() as session:
            async for finding in verify(session, self.log, walked=lambda seq: progress.say(STEP, seq, max(seq, total))):
                # What records lost rightly, by their age or by wish, is no fault of the log.
                count += finding.fault
                if finding.fault and len(told) < TOLD:
                    told.append(f"{finding.where}: {finding.what}")
            seq, newest = await self.log.last(session)
        return Verified(at, seq, newest.hex(), count, tuple(told))

    async def since(self, session: AsyncSession, before: Verified | None) -> AsyncIterator[str]:
        """Give what is wrong with the chain behind a verification; from its beginning on where there was none."""
        # Asked first: while the entries are read others are written behind them.
        end, newest = await self.log.last(session)
        seq, last = (before.seq, bytes.fromhex(before.hash)) if before else (0, START)
        if seq and await self.log.at(session, last) != seq:
            yield REWRITTEN
            return
        async for entry in self.log.after(session, seq):
            for fault in faults([entry], last, seq + 1):
                yield f"entry {fault.seq}: {fault.what}"
            seq, last = entry.seq, entry.hash
            if seq == end and last != newest:
                yield "head: the newest entry is another than was written"
        if seq < end:
            yield "head: entries were taken off the end"
