"""Files go along with letters as long as they are there and harmless."""

from __future__ import annotations

from pathlib import Path

from bot.channels.mail.channel import Enclosed
from bot.feedback.enclosing import Enclosing
from bot.unit_of_work import UnitOfWork
from feedback.attachments.examining import Examined, Examiner, Verdict
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import MediaKind
from feedback.attachments.service import Attachments
from feedback.attachments.store import Attachment, AttachmentStore, ScanState
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import NOW


async def test_a_file_goes_along_unless_it_is_gone_or_refused(database: UnitOfWork, tmp_path: Path) -> None:
    files = SealedFiles(tmp_path, OpenSeals())
    attachments = Attachments(AttachmentStore(OpenSeals()), files, Examiner())
    letters = Enclosing(database, attachments)
    async with database.write() as session:
        found = Examined(b"%PDF-", MediaKind.PDF, Verdict.CLEAN)
        one = await attachments.add(session, "d" * 32, "đơn.pdf", found, NOW)
    assert isinstance(one, Attachment)
    assert await letters.file(one.id) == Enclosed("đơn.pdf", "application/pdf", b"%PDF-")
    assert await letters.file("0" * 32) is None
    async with database.write() as session:
        await attachments.store.judge(session, one.id, ScanState.REFUSED)
    assert await letters.file(one.id) is None
    async with database.write() as session:
        await attachments.store.judge(session, one.id, ScanState.CLEAN)
    files.drop([one.id])
    assert await letters.file(one.id) is None
