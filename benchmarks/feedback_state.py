"""What the register says after the feedback measurement, beside what the senders were told."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from benchmarks.feedback_sending import Told, stores
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.tables import deadline, event, record
from feedback.verifying import verify


@dataclass(frozen=True)
class State:
    """Counts after everything was handed in."""

    records: int
    highest: int
    """Number in the book; equal to the records when there is no gap."""
    lost: int
    """Submissions whose receipt is in no record."""
    twice: int
    """Records beyond one for each submission."""
    told_otherwise: int
    """Senders who were told another number than stands in the register."""
    without_clock: int
    entries: int
    """Of the log."""
    findings: tuple[str, ...]
    """Of the proof by the log."""
    verified_seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing is lost, doubled, missing or changed."""
        wrong = self.lost + self.twice + self.told_otherwise + self.without_clock + len(self.findings)
        return wrong == 0 and self.highest == self.records


async def check(url: str, submissions: int, told: Sequence[Told]) -> State:
    """Compare the register with what was told."""
    work = UnitOfWork(open_engine(url))
    try:
        async with work.read() as session:
            rows = (await session.execute(select(record.c.id, record.c.receipt, record.c.number))).all()
            clocked = set(await session.scalars(select(deadline.c.record).distinct()))
            entries = await session.scalar(select(func.count()).select_from(event)) or 0
        started = time.perf_counter()
        async with work.read() as session:
            register, log = stores()
            findings = tuple([f"{one.where} {one.what}" async for one in verify(session, log, register)])
        seconds = time.perf_counter() - started
    finally:
        await work.close()
    numbers = {row.receipt: row.number for row in rows}
    places = Counter((one.conversation, one.place) for one in told)
    return State(
        records=len(rows),
        highest=max((row.number for row in rows), default=0),
        lost=submissions - len({one.receipt for one in told} & numbers.keys()),
        twice=len(rows) - len(places),
        told_otherwise=sum(numbers.get(one.receipt) != one.number for one in told),
        without_clock=sum(row.id not in clocked for row in rows),
        entries=entries,
        findings=findings,
        verified_seconds=seconds,
    )
