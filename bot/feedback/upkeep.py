"""The work on the register that nobody asks for: reminders, deadlines counted anew, files scanned and strays swept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.background import rest
from bot.delivery.ports import Transactions
from feedback.attachments.examining import Verdict
from feedback.attachments.files import FileGoneError
from feedback.attachments.service import Attachments
from feedback.attachments.store import ScanState
from feedback.reminders import Reminders
from feedback.timekeeping import Recompute

logger = logging.getLogger(__name__)

PAUSE = 60.0
"""Seconds between two looks."""
SELDOM = timedelta(hours=1)
"""Between two countings of all open deadlines, and two sweeps: calendars change with a new release or file."""
AT_ONCE = 50


@dataclass
class Upkeep:
    """Done by one process or by several: each reminder and each scan is marked once."""

    transactions: Transactions
    reminders: Reminders
    recompute: Recompute
    attachments: Attachments
    clock: Callable[[], datetime]
    scans: bool = False
    """Whether there is a scanner."""
    _seldom: datetime | None = None

    async def run(self) -> None:
        """Do what is due again and again; see ``bot.background``."""
        while True:
            await self.once()
            await rest(PAUSE)

    async def run_scans(self) -> None:
        """Have files scanned again and again, apart: a scanner that hangs keeps no reminder back."""
        while self.scans:
            await self.scan()
            await rest(PAUSE)

    async def once(self) -> None:
        """Do what is due now."""
        now = self.clock()
        if self._seldom is None or now - self._seldom >= SELDOM:
            self._seldom = now
            await self._seldom_done(now)
        while await self._remind(now) == AT_ONCE:
            await rest(0)

    async def _seldom_done(self, now: datetime) -> None:
        moved = await self._counted_anew(now)
        async with self.transactions.read() as session:
            swept = await self.attachments.sweep(session)
        if moved or swept:
            logger.info("Moved %d deadlines of feedback; swept %d stray files.", moved, swept)

    async def _counted_anew(self, now: datetime) -> int:
        """Count all open deadlines again, a page a transaction: nobody waits for a hundred thousand of them."""
        moved, after = 0, 0
        while True:
            async with self.transactions.write() as session:
                moves, after = await self.recompute.page(session, after, now)
            moved += moves
            if not after:
                return moved
            await rest(0)

    async def _remind(self, now: datetime) -> int:
        async with self.transactions.write() as session:
            return await self.reminders.run(session, now, AT_ONCE)

    async def scan(self) -> None:
        """Have files scanned that nobody has judged; no transaction waits for the scanner."""
        store, after = self.attachments.store, ""
        while True:
            async with self.transactions.read() as session:
                ids = await store.pending(session, AT_ONCE, after)
            for id in ids:
                verdict = await self._verdict(id)
                if verdict is Verdict.UNKNOWN:
                    continue
                state = ScanState.CLEAN if verdict is Verdict.CLEAN else ScanState.REFUSED
                async with self.transactions.write() as session:
                    await store.judge(session, id, state)
            if len(ids) < AT_ONCE:
                return
            after = ids[-1]
            await rest(0)

    async def _verdict(self, id: str) -> Verdict:
        try:
            content = await asyncio.to_thread(self.attachments.files.read, id)
        except FileGoneError:
            # Its draft was dropped meanwhile.
            return Verdict.UNKNOWN
        return await self.attachments.examiner.scanner.scan(content)
