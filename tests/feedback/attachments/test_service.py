from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.attachments.examining import Examined, Examiner, Verdict
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import MediaKind, Refusal
from feedback.attachments.service import Attachments, Limits
from feedback.attachments.store import Attachment, AttachmentStore, ScanState
from feedback.case import Case
from feedback.disclosure import Disclosure
from feedback.draft_store import DraftStore
from feedback.record import Address, Status
from feedback.register_store import NoSuchRecordError, Placing, RegisterStore
from feedback.tables import attachment
from tests.feedback.attachments.samples import pdf, picture
from tests.feedback.desk import OFFICE
from tests.feedback.fakes import FakeScanner, OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

DRAFT = "d" * 32
REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
HANDLER = Actor("xu-ly", "H48.1", frozenset({Role.HANDLER}))
RULES = Disclosure(OFFICE)


@pytest.fixture
def scanner() -> FakeScanner:
    return FakeScanner()


@pytest.fixture
def attachments(tmp_path: Path, scanner: FakeScanner) -> Attachments:
    seals = OpenSeals()
    files = SealedFiles(tmp_path / "files", seals)
    return Attachments(AttachmentStore(seals), files, Examiner(scanner), Limits(files=2, bytes=1_000_000))


async def kept(
    attachments: Attachments, database: UnitOfWork, content: bytes, name: str = "giấy hẹn.jpg"
) -> Attachment:
    async with database.write() as session:
        found = await attachments.keep(session, DRAFT, name, content, NOW)
    assert isinstance(found, Attachment)
    return found


async def entered(database: UnitOfWork, accused: str = "", agency: str = "H48.30") -> Case:
    async with database.write() as session:
        return await _case(session, accused, agency)


async def _case(session: AsyncSession, accused: str = "", agency: str = "H48.30") -> Case:
    given = submission(matter=replace(submission().matter, agency=agency))
    return await REGISTER.enter(session, given, Placing("H48.1", Status.RECEIVED, accused=accused), NOW)


async def test_a_drafts_files_become_the_records(attachments: Attachments, database: UnitOfWork) -> None:
    first, second = await kept(attachments, database, picture()), await kept(attachments, database, pdf(), "đơn.exe")
    assert (first.name, first.kind, first.state) == ("giấy hẹn.jpg", MediaKind.JPEG, ScanState.PENDING)
    assert (second.name, second.kind) == ("đơn.pdf", MediaKind.PDF)
    case = await entered(database)
    async with database.write() as session:
        assert await attachments.adopt(session, DRAFT, case.id) == 2
        assert await attachments.adopt(session, DRAFT, case.id) == 0
        assert await attachments.of_draft(session, DRAFT) == []
        assert {one.id for one in await attachments.of_record(session, case.id)} == {first.id, second.id}
        one, content = await attachments.open(session, HANDLER, case, first.id, RULES, NOW.date())
    assert (one.id, content[:3], len(content)) == (first.id, b"\xff\xd8\xff", first.size)


async def test_a_file_that_comes_after_its_draft_was_sent_is_told_as_not_kept(
    attachments: Attachments, database: UnitOfWork
) -> None:
    drafts, where = DraftStore(OpenSeals()), Address("web", "chat", "c1")
    examined = await attachments.examine(picture())
    assert isinstance(examined, Examined)
    async with database.write() as session:
        await drafts.begin(session, DRAFT, where, "1", (NOW, NOW + timedelta(days=7)))
        open_still = await attachments.add_to_open(session, DRAFT, "ảnh.jpg", examined, NOW)
        assert isinstance(open_still, Attachment)
        await attachments.adopt(session, DRAFT, (await _case(session)).id)
        await drafts.drop(session, DRAFT)
        assert await attachments.add_to_open(session, DRAFT, "ảnh 2.jpg", examined, NOW) is Refusal.GONE
        assert await attachments.of_draft(session, DRAFT) == []


async def test_the_same_file_twice_is_kept_once_and_no_more_than_allowed(
    attachments: Attachments, database: UnitOfWork
) -> None:
    first = await kept(attachments, database, picture())
    assert await kept(attachments, database, picture(), "khác.jpg") == first
    await kept(attachments, database, picture("PNG"))
    async with database.write() as session:
        assert await attachments.keep(session, DRAFT, "x", pdf(), NOW) is Refusal.TOO_MANY
        assert await attachments.keep(session, DRAFT, "x", b"hello", NOW) is Refusal.KIND
        assert await attachments.leave_out(session, DRAFT, first.id)
        assert not await attachments.leave_out(session, DRAFT, first.id)
        assert not await attachments.leave_out(session, "another", first.id)
        assert isinstance(await attachments.keep(session, DRAFT, "x", pdf(), NOW), Attachment)


async def test_names_do_not_stand_readable_in_the_table(attachments: Attachments, database: UnitOfWork) -> None:
    await kept(attachments, database, picture(), "Nguyễn Văn Thử.jpg")
    async with database.read() as session:
        row = (await session.execute(select(attachment))).one()
    assert [value for value in row if isinstance(value, str) and "Thử" in value] == []


async def test_a_file_without_a_row_is_swept_and_one_with_a_row_is_not(
    attachments: Attachments, database: UnitOfWork
) -> None:
    stays = await kept(attachments, database, picture())
    with pytest.raises(RuntimeError, match="crash"):
        await _keep_and_crash(attachments, database)
    assert len(attachments.files.strays(-1)) == 2
    async with database.read() as session:
        assert await attachments.sweep(session) == 0
        assert await attachments.sweep(session, older_than=-1) == 1
    assert attachments.files.strays(-1) == [stays.id]
    async with database.write() as session:
        assert await attachments.drop_draft(session, DRAFT) == 1
        assert await attachments.sweep(session, older_than=-1) == 1


async def _keep_and_crash(attachments: Attachments, database: UnitOfWork) -> None:
    async with database.write() as session:
        await attachments.keep(session, DRAFT, "x", picture("PNG"), NOW)
        raise RuntimeError("crash")


async def test_what_the_scanner_refuses_later_is_handed_out_to_nobody(
    attachments: Attachments, database: UnitOfWork, scanner: FakeScanner
) -> None:
    first = await kept(attachments, database, picture())
    case = await entered(database)
    async with database.write() as session:
        await attachments.adopt(session, DRAFT, case.id)
        assert await attachments.store.pending(session, 10) == [first.id]
        await attachments.store.judge(session, first.id, ScanState.REFUSED)
        assert await attachments.of_record(session, case.id) == []
        assert [one.state for one in await attachments.all_of_record(session, case.id)] == [ScanState.REFUSED]
        with pytest.raises(NotAllowedError, match="scanner"):
            await attachments.open(session, HANDLER, case, first.id, RULES, NOW.date())
    scanner.verdict = Verdict.CLEAN
    assert (await kept(attachments, database, picture("PNG"))).state is ScanState.CLEAN


async def test_only_officials_of_the_case_open_its_files(attachments: Attachments, database: UnitOfWork) -> None:
    one = await kept(attachments, database, picture())
    case, other = await entered(database, accused="xu-ly"), await entered(database)
    own_house = await entered(database, agency="H48.1")
    async with database.write() as session:
        await attachments.adopt(session, DRAFT, case.id)
        with pytest.raises(NotAllowedError, match="about"):
            await attachments.open(session, HANDLER, case, one.id, RULES, NOW.date())
        with pytest.raises(NotAllowedError, match="role"):
            await attachments.open(
                session, Actor("x", "H48.1", frozenset({Role.REPORTER})), case, one.id, RULES, NOW.date()
            )
        with pytest.raises(NoSuchRecordError):
            await attachments.open(session, HANDLER, other, one.id, RULES, NOW.date())
        with pytest.raises(NotAllowedError, match="about"):
            await attachments.open(session, HANDLER, own_house, one.id, RULES, NOW.date())
        stranger = replace(HANDLER, unit="H48.12")
        with pytest.raises(NoSuchRecordError):
            await attachments.open(session, stranger, case, one.id, RULES, NOW.date())
        assert await attachments.drop_record(session, case.id) == 1
