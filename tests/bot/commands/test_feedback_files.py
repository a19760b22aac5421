"""``motcua feedback file``: an attachment for an official, with an entry in the log."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.delivery.cipher import AesGcmCipher
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.attachments.examining import Examined, Verdict
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import MediaKind
from feedback.attachments.service import Attachments
from feedback.attachments.store import AttachmentStore
from feedback.tables import record
from tests.bot.commands.conftest import KEYS
from tests.bot.commands.feedback_desk import APPROVER, RECEIVER, REPORTER, Desk
from tests.feedback.records import NOW

PICTURE = Examined(b"\xff\xd8\xff picture", MediaKind.JPEG, Verdict.UNKNOWN)


async def _attach(desk: Desk, receipt: str) -> None:
    cipher = AesGcmCipher(KEYS["MOTCUA_ENCRYPTION_KEY"])
    attachments = Attachments(AttachmentStore(cipher), SealedFiles(desk.folder / "files", cipher), examiner=None)  # type: ignore[arg-type]
    transactions = UnitOfWork(open_engine(f"sqlite:///{desk.database}"))
    try:
        async with transactions.write() as session:
            await attachments.add(session, "d" * 32, "giấy hẹn.jpg", PICTURE, NOW)
            found = await session.execute(record.select().where(record.c.receipt == receipt))
            await attachments.adopt(session, "d" * 32, found.one().id)
    finally:
        await transactions.close()


@pytest.fixture
def receipt(desk: Desk) -> str:
    """A record with a file."""
    receipt = desk.a("received")
    asyncio.run(_attach(desk, receipt))
    return receipt


def test_a_file_is_listed_saved_for_its_reader_alone_and_written_down(desk: Desk, receipt: str) -> None:
    path = desk.folder / "tai-ve.jpg"
    assert "file 1: giấy hẹn.jpg (image/jpeg" in desk.does(RECEIVER, "show", receipt)
    output = desk.does(RECEIVER, "file", receipt, "1", "--why", "đối chiếu phiếu hẹn", "--to", path)
    assert "No scanner has looked at it" in output
    assert path.read_bytes() == PICTURE.content
    assert path.stat().st_mode & 0o777 == 0o600
    assert "mau-tiepnhan  see_file -> received  đối chiếu phiếu hẹn" in desk.does(RECEIVER, "show", receipt)
    assert "is there already" in desk.fails(RECEIVER, "file", receipt, "1", "--why", "x", "--to", path)


def test_no_other_file_is_and_nothing_for_who_reads_no_records(desk: Desk, receipt: str) -> None:
    path = desk.folder / "tai-ve.jpg"
    assert "no such attachment" in desk.fails(RECEIVER, "file", receipt, "2", "--why", "x", "--to", path)
    assert "no record" in desk.fails(REPORTER, "file", receipt, "1", "--why", "x", "--to", path)
    nowhere: Path = desk.folder / "không có" / "x.jpg"
    assert "its folder is not" in desk.fails(APPROVER, "file", receipt, "1", "--why", "x", "--to", nowhere)
    for wrong in (["0", "--why", "x"], ["1", "--why", " "]):
        with pytest.raises(SystemExit):
            desk.run("file", receipt, *wrong, "--to", path, "--as", RECEIVER)
    assert not path.exists()
