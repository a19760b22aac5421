from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.case import Case
from feedback.disclosure import Sight
from feedback.errors import FeedbackError
from feedback.publication.item import HiddenWhy, Query
from feedback.publication.service import Publishing, Redacted, StillTellsError, VerbatimError, digest_of, known_of
from feedback.publication.store import PublicationStore
from feedback.record import Book, Sender, Status
from feedback.register_rows import Placing
from feedback.register_store import NoSuchRecordError, RegisterStore
from feedback.tables import record
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
APPROVER = Actor("lanh-dao", "H48.1", frozenset({Role.APPROVER}))
HANDLER = Actor("xu-ly", "H48.1", frozenset({Role.HANDLER}))
CLEAN = Redacted("Hồ sơ trễ hẹn mười ngày.", "Cơ quan đã xin lỗi và trả kết quả.")


@dataclass
class FakeSteps:
    """Notes the steps; lets everybody of the unit."""

    made: list[tuple[str, int, str]] = field(default_factory=list)
    hidden: bool = False
    shown: Sight = Sight.SEES

    async def open_to_publish(
        self, session: AsyncSession, actor: Actor, record_id: int, at: datetime
    ) -> tuple[Case, bool]:
        return await REGISTER.get(session, record_id), self.hidden

    async def ready_to_publish(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Case:
        if actor.unit != "H48.1":
            raise NoSuchRecordError("no such record")
        return await REGISTER.get(session, record_id)

    def sight(self, actor: Actor, case: Case, at: datetime, *, restricted: bool) -> Sight:
        return Sight.UNTOLD if restricted and self.shown is Sight.SEES else self.shown

    async def publish(
        self, session: AsyncSession, actor: Actor, record_id: int, link: str, at: datetime, words: str = ""
    ) -> Case:
        self.made.append(("publish", record_id, link))
        return await self._stands(session, record_id, Status.PUBLISHED)

    async def reword(self, session: AsyncSession, actor: Actor, record_id: int, words: str, at: datetime) -> Case:
        self.made.append(("reword", record_id, words))
        return await REGISTER.get(session, record_id)

    async def hide(self, session: AsyncSession, actor: Actor, record_id: int, why: str, at: datetime) -> Case:
        self.made.append(("hide", record_id, why))
        return await self._stands(session, record_id, Status.AWAITING_PUBLICATION)

    async def _stands(self, session: AsyncSession, record_id: int, status: Status) -> Case:
        return await REGISTER.change(session, await REGISTER.get(session, record_id), {"status": status})


@pytest.fixture
def steps() -> FakeSteps:
    return FakeSteps()


@pytest.fixture
def publishing(steps: FakeSteps) -> Publishing:
    return Publishing(
        PublicationStore(SimpleWords()), REGISTER, steps, "https://motcua.example", new_slug=lambda: "k7m2x9qpab"
    )


async def entered(session: AsyncSession, text: str = "", book: Book = Book.REGISTER) -> int:
    given = submission(book=book)
    given = replace(given, matter=replace(given.matter, text=text or given.matter.text, proposal="Nên gọi trước."))
    return (await REGISTER.enter(session, given, Placing("H48.1", Status.AWAITING_PUBLICATION), NOW)).id


async def test_an_item_is_published_changed_and_hidden_under_one_link(
    database: UnitOfWork, publishing: Publishing, steps: FakeSteps
) -> None:
    later = NOW + timedelta(days=1)
    async with database.write() as session:
        id = await entered(session)
        first = await publishing.publish(session, APPROVER, id, CLEAN, NOW)
        second = await publishing.publish(session, APPROVER, id, replace(CLEAN, answer="Đã xin lỗi."), later)
        await publishing.hide(session, APPROVER, id, HiddenWhy.MISTAKE, later)
        hidden = await publishing.store.find(session, first.slug)
        third = await publishing.publish(session, APPROVER, id, CLEAN, later)
        assert (await publishing.store.page(session, Query())).items == (third,)
    assert (second.slug, second.published_at, second.updated_at) == (first.slug, NOW, later)
    assert hidden is not None
    assert hidden.hidden_why is HiddenWhy.MISTAKE
    link = "https://motcua.example/phan-anh/k7m2x9qpab"
    changed = digest_of(CLEAN.question, "Đã xin lỗi.")
    assert steps.made == [
        ("publish", id, link),
        ("reword", id, changed),
        ("hide", id, "mistake"),
        ("publish", id, link),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tôi, Nguyễn Văn Thử, chờ mười ngày.",
        "nguyen  van thu chờ mười ngày",
        "gọi 0901.234.567",
        "nhà ở đường Thử",
    ],
)
async def test_what_still_tells_of_the_sender_is_never_published(
    database: UnitOfWork, publishing: Publishing, steps: FakeSteps, text: str
) -> None:
    async with database.write() as session:
        id = await entered(session)
        for redacted in (replace(CLEAN, question=text), replace(CLEAN, answer=text)):
            with pytest.raises(StillTellsError) as refused:
                await publishing.publish(session, APPROVER, id, redacted, NOW)
            assert refused.value.masks
            assert text not in str(refused.value)
        assert (await publishing.store.page(session, Query())).items == ()
    assert steps.made == []


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("shown", [Sight.UNTOLD, Sight.VEILED])
async def test_who_may_not_see_the_sender_is_told_no_place_and_learns_nothing_by_trying_names(
    database: UnitOfWork, publishing: Publishing, steps: FakeSteps, shown: Sight, caplog: pytest.LogCaptureFixture
) -> None:
    steps.shown = shown
    right, wrong = "Ông Nguyễn Văn Thử chờ lâu.", "Ông Lê Văn Khác chờ lâu."
    async with database.write() as session:
        id = await entered(session)
        for tried in (right, wrong) if shown is Sight.VEILED else (right,):
            with pytest.raises(StillTellsError) as refused:
                await publishing.publish(session, APPROVER, id, replace(CLEAN, answer=tried), NOW)
            assert (str(refused.value), refused.value.masks) == ("the answer still names a person", ())
        if shown is Sight.UNTOLD:
            await publishing.publish(session, APPROVER, id, replace(CLEAN, answer=wrong), NOW)
    assert ("lanh-dao told" in caplog.text) is (shown is Sight.UNTOLD)


async def test_suggestions_cover_the_question_the_proposal_and_the_answer(
    database: UnitOfWork, publishing: Publishing
) -> None:
    async with database.write() as session:
        id = await entered(session, "Tôi là Nguyễn Văn Thử, gọi 0901234567 mà không ai nghe.")
        proposal = await publishing.propose(session, HANDLER, id, "Trả lời ông Nguyễn Văn Thử: đã nhắc.", NOW)
        redacted = Redacted(proposal.question.redacted, proposal.answer.redacted)
        await publishing.publish(session, APPROVER, id, redacted, NOW)
    assert redacted.question.endswith("Nên gọi trước.")
    assert "Thử" not in redacted.question + redacted.answer


async def test_only_who_may_publishes_and_hides(database: UnitOfWork, publishing: Publishing) -> None:
    async with database.write() as session:
        id = await entered(session)
        with pytest.raises(NotAllowedError):
            await publishing.publish(session, HANDLER, id, CLEAN, NOW)
        with pytest.raises(NotAllowedError):
            await publishing.hide(session, HANDLER, id, HiddenWhy.OTHER, NOW)
        with pytest.raises(NotAllowedError):
            await publishing.propose(session, Actor("x", roles=frozenset({Role.REPORTER})), id, "x", NOW)


async def test_a_trial_is_marked_and_nothing_empty_is_published(database: UnitOfWork, publishing: Publishing) -> None:
    async with database.write() as session:
        id = await entered(session, book=Book.TRIAL)
        assert (await publishing.publish(session, APPROVER, id, CLEAN, NOW)).trial
        with pytest.raises(FeedbackError, match="question and an answer"):
            await publishing.publish(session, APPROVER, id, replace(CLEAN, answer=" "), NOW)


def test_commune_and_province_of_an_address_tell_nobody_apart() -> None:
    sender = Sender("Tên Thử", "Số 12, đường Thử, xã Mẫu, tỉnh Quảng Ngãi", "+84901234567", "a@thu.vn")
    assert [known.text for known in known_of(sender)] == ["Tên Thử", "a@thu.vn", "Số 12", "đường Thử", "+84901234567"]


async def test_from_whom_the_sender_is_hidden_gets_no_word_of_them(
    database: UnitOfWork, publishing: Publishing, steps: FakeSteps
) -> None:
    steps.hidden = True
    async with database.write() as session:
        id = await entered(session, "Tôi là Nguyễn Văn Thử, gọi 0901234567 mà không ai nghe.")
        proposal = await publishing.propose(session, HANDLER, id, "Ông Nguyễn Văn Thử: đã nhắc.", NOW)
    assert "Thử" not in proposal.question.text + proposal.answer.text
    assert (proposal.question.masks, proposal.answer.masks) == ((), ())


async def test_nobody_of_another_unit_learns_by_trying_whom_a_text_tells_of(
    database: UnitOfWork, publishing: Publishing
) -> None:
    async with database.write() as session:
        id = await entered(session)
        guess = replace(CLEAN, question="Nguyễn Văn Thử chờ mười ngày.")
        with pytest.raises(NoSuchRecordError):
            await publishing.publish(session, replace(APPROVER, unit="H48.9"), id, guess, NOW)


async def test_without_the_senders_word_the_text_is_not_published_as_it_stands(
    database: UnitOfWork, publishing: Publishing
) -> None:
    given = submission(consent=replace(submission().consent, publish=False))
    async with database.write() as session:
        case = await REGISTER.enter(session, given, Placing("H48.1", Status.AWAITING_PUBLICATION), NOW)
        own = replace(CLEAN, question=f" {case.matter.text.upper()}")
        with pytest.raises(VerbatimError):
            await publishing.publish(session, APPROVER, case.id, own, NOW)
        await publishing.publish(session, APPROVER, case.id, CLEAN, NOW)


async def test_what_a_sender_typed_as_the_procedure_is_not_published(
    database: UnitOfWork, publishing: Publishing
) -> None:
    given = submission()
    given = replace(given, matter=replace(given.matter, procedure_code="", procedure_name="thủ tục của ông Thử"))
    async with database.write() as session:
        case = await REGISTER.enter(session, given, Placing("H48.1", Status.AWAITING_PUBLICATION), NOW)
        item = await publishing.publish(session, APPROVER, case.id, CLEAN, NOW)
        column = (await session.execute(select(record.c.procedure_name))).scalar_one()
    assert (item.procedure_name, column) == ("", None)
    assert case.matter.procedure_name == "thủ tục của ông Thử"
