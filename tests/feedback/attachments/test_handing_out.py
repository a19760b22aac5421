"""Whoever is handed a file stands in the log, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.attachments.examining import Examined, Examiner, Verdict
from feedback.attachments.files import SealedFiles
from feedback.attachments.handing_out import HandingOut
from feedback.attachments.kinds import MediaKind
from feedback.attachments.service import Attachments
from feedback.attachments.store import Attachment, AttachmentStore, ScanState
from feedback.case import Case
from feedback.log_store import Told
from feedback.register_store import NoSuchRecordError
from feedback.transitions import Action, TransitionError
from tests.feedback.desk import APPROVER, FRONT, HANDLER, LATER, OTHER, RECEIVER, REPORTER, Desk
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import RULE

PICTURE = Examined(b"\xff\xd8\xff picture", MediaKind.JPEG, Verdict.CLEAN)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def out(desk: Desk, tmp_path: Path) -> HandingOut:
    files = SealedFiles(tmp_path / "files", OpenSeals())
    return HandingOut(desk.steps.stepping, Attachments(AttachmentStore(OpenSeals()), files, Examiner()))


async def attached(session: AsyncSession, desk: Desk, out: HandingOut, **changed: object) -> tuple[Case, Attachment]:
    case = await desk.received(session, **changed)
    one = await out.attachments.add(session, "d" * 32, "giấy hẹn.jpg", PICTURE, LATER)
    assert isinstance(one, Attachment)
    await out.attachments.adopt(session, "d" * 32, case.id)
    return case, one


async def seen(session: AsyncSession, desk: Desk, case: Case) -> Sequence[Told]:
    return [one for one in await desk.log.of(session, case.id) if one.entry.action is Action.SEE_FILE]


async def test_an_official_is_handed_a_file_and_stands_in_the_log_with_the_reason(
    database: UnitOfWork, desk: Desk, out: HandingOut
) -> None:
    async with database.write() as session:
        case, one = await attached(session, desk, out)
        given, content = await out.nth(session, RECEIVER, case.id, 1, "đối chiếu phiếu hẹn", LATER)
        (told,) = await seen(session, desk, case)
    assert (given.id, content) == (one.id, PICTURE.content)
    assert (told.entry.actor, told.why, told.details) == ("tiepnhan", "đối chiếu phiếu hẹn", {"attachment": one.id})
    assert told.entry.to_status is case.status


@pytest.mark.parametrize(
    ("actor", "number", "why", "refused"),
    [
        (RECEIVER, 2, "xem", NoSuchRecordError),
        (RECEIVER, 0, "xem", NoSuchRecordError),
        (RECEIVER, 1, " ", TransitionError),
        (OTHER, 1, "xem", NoSuchRecordError),
        (HANDLER, 1, "xem", NoSuchRecordError),
        (REPORTER, 1, "xem", NoSuchRecordError),
        (Actor("ca-hai", FRONT, frozenset({Role.RECEIVER, Role.HANDLER})), 1, "xem", NotAllowedError),
    ],
)
async def test_nobody_else_is_and_nothing_is_written_down(
    database: UnitOfWork, desk: Desk, out: HandingOut, actor: Actor, number: int, why: str, refused: type[Exception]
) -> None:
    async with database.write() as session:
        case, _ = await attached(session, desk, out)
        with pytest.raises(refused):
            await out.nth(session, actor, case.id, number, why, LATER)
        assert not await seen(session, desk, case)


async def test_an_approver_sees_what_the_own_unit_answers_but_no_file_that_a_scanner_refused(
    database: UnitOfWork, desk: Desk, out: HandingOut
) -> None:
    async with database.write() as session:
        case, one = await attached(session, desk, out, suggested=RULE)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=APPROVER.unit)
        assert (await out.one(session, APPROVER, case.id, one.id, "xem", LATER))[1] == PICTURE.content
        await out.attachments.store.judge(session, one.id, ScanState.REFUSED)
        with pytest.raises(NotAllowedError):
            await out.one(session, APPROVER, case.id, one.id, "xem", LATER)
        other = await desk.received(session)
        with pytest.raises(NoSuchRecordError):
            await out.one(session, RECEIVER, other.id, one.id, "xem", LATER)
