"""Reminders come, deadlines are counted anew, files are scanned: each once, and no transaction waits for the scanner."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from bot.feedback.upkeep import Upkeep
from bot.unit_of_work import UnitOfWork
from feedback.attachments.examining import Examiner, Verdict
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import MediaKind
from feedback.attachments.service import Attachments
from feedback.attachments.store import Attachment, AttachmentStore, ScanState
from feedback.clock_store import ClockStore
from feedback.outgoing_store import OutgoingStore, ToRemind
from feedback.reminders import Pace, Reminders
from feedback.tables import attachment, deadline
from feedback.timekeeping import Recompute
from tests.feedback.desk import Desk
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import NOW
from tests.feedback.reports.test_story_store import TIMER, timed

FILE = "a" * 32


@dataclass
class FakeScanner:
    """Says what it is told to."""

    verdict: Verdict = Verdict.UNKNOWN
    seen: list[bytes] = field(default_factory=list)

    async def scan(self, content: bytes) -> Verdict:
        self.seen.append(content)
        return self.verdict


def upkeep(database: UnitOfWork, desk: Desk, folder: Path, at: datetime, scanner: FakeScanner) -> Upkeep:
    outgoing, store = OutgoingStore(OpenSeals(), lambda: NOW), ClockStore()
    reminders = Reminders(store, desk.log, desk.register, TIMER, Pace(2, 5), outgoing, outgoing)
    files = Attachments(AttachmentStore(OpenSeals()), SealedFiles(folder, OpenSeals()), Examiner(scanner))
    return Upkeep(database, reminders, Recompute(store, desk.log, TIMER), files, lambda: at, scans=True)


async def _reminders(database: UnitOfWork) -> list[str]:
    async with database.read() as session:
        waiting = await OutgoingStore(OpenSeals(), lambda: NOW).waiting(session, 100)
    return [
        f"{one.what.reminder.rule} {one.what.reminder.stage.name}" for one in waiting if isinstance(one.what, ToRemind)
    ]


async def test_a_unit_is_reminded_once_a_stage(database: UnitOfWork, tmp_path: Path) -> None:
    desk = timed()
    async with database.write() as session:
        await desk.received(session)
    for day in (0, 20, 20, 40, 40):
        await upkeep(database, desk, tmp_path, NOW + timedelta(days=day), FakeScanner()).once()
    told = [one for one in await _reminders(database) if one.startswith("feedback_process")]
    assert told == ["feedback_process SOON", "feedback_process VERY_OVERDUE"]


async def test_deadlines_are_counted_anew_when_they_were_counted_otherwise(
    database: UnitOfWork, tmp_path: Path
) -> None:
    desk = timed()
    async with database.write() as session:
        await desk.received(session)
        right = (await session.scalars(select(deadline.c.due_at).where(deadline.c.rule == "feedback_process"))).one()
        await session.execute(update(deadline).values(due_at=right - timedelta(days=1)))
    await upkeep(database, desk, tmp_path, NOW, FakeScanner()).once()
    async with database.read() as session:
        assert right in (await session.scalars(select(deadline.c.due_at))).all()


async def test_files_are_judged_when_the_scanner_is_back(database: UnitOfWork, tmp_path: Path) -> None:
    scanner = FakeScanner()
    work = upkeep(database, timed(), tmp_path, NOW, scanner)
    work.attachments.files.write(FILE, b"content")
    one = Attachment(
        FILE, "ảnh.png", MediaKind.PNG, 7, hashlib.sha256(b"content").digest(), ScanState.PENDING, NOW, draft="d" * 32
    )
    async with database.write() as session:
        await AttachmentStore(OpenSeals()).add(session, one)
        await AttachmentStore(OpenSeals()).add(session, replace(one, id="b" * 32))
    await work.scan()
    assert await _states(database) == ["pending", "pending"]
    scanner.verdict = Verdict.REFUSED
    await work.scan()
    assert await _states(database) == ["pending", "refused"]
    assert scanner.seen == [b"content", b"content"]


async def _states(database: UnitOfWork) -> list[str]:
    async with database.read() as session:
        return sorted((await session.scalars(select(attachment.c.state))).all())


async def test_reminders_wait_for_no_scanner(database: UnitOfWork, tmp_path: Path) -> None:
    scanner = FakeScanner()
    work = upkeep(database, timed(), tmp_path, NOW, scanner)
    work.attachments.files.write(FILE, b"content")
    one = Attachment(FILE, "ảnh.png", MediaKind.PNG, 7, bytes(32), ScanState.PENDING, NOW, draft="d" * 32)
    async with database.write() as session:
        await AttachmentStore(OpenSeals()).add(session, one)
    await work.once()
    assert scanner.seen == []
