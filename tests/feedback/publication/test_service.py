from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.publication.item import HiddenWhy, Query
from feedback.publication.service import Publishing, Redacted, StillTellsError, known_of
from feedback.publication.store import PublicationStore
from feedback.record import Book, Sender, Status
from feedback.register_store import Placing, RegisterStore
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
APPROVER = Actor("lanh-dao", "H48.1", frozenset({Role.APPROVER}))
HANDLER = Actor("xu-ly", "H48.1", frozenset({Role.HANDLER}))
CLEAN = Redacted("Hồ sơ trễ hẹn mười ngày.", "Cơ quan đã xin lỗi và trả kết quả.")


@dataclass
class FakeSteps:
    """Notes the steps."""

    made: list[tuple[str, int, str]] = field(default_factory=list)

    async def publish(self, session: AsyncSession, actor: Actor, record_id: int, link: str, at: datetime) -> Case:
        self.made.append(("publish", record_id, link))
        return await REGISTER.get(session, record_id)

    async def hide(self, session: AsyncSession, actor: Actor, record_id: int, why: str, at: datetime) -> Case:
        self.made.append(("hide", record_id, why))
        return await REGISTER.get(session, record_id)


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
    assert steps.made == [("publish", id, link), ("hide", id, "mistake"), ("publish", id, link)]


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


async def test_suggestions_cover_the_question_the_proposal_and_the_answer(
    database: UnitOfWork, publishing: Publishing
) -> None:
    async with database.write() as session:
        id = await entered(session, "Tôi là Nguyễn Văn Thử, gọi 0901234567 mà không ai nghe.")
        proposal = await publishing.propose(session, HANDLER, id, "Trả lời ông Nguyễn Văn Thử: đã nhắc.")
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
            await publishing.propose(session, Actor("x", roles=frozenset({Role.REPORTER})), id, "x")


async def test_a_trial_is_marked_and_nothing_empty_is_published(database: UnitOfWork, publishing: Publishing) -> None:
    async with database.write() as session:
        id = await entered(session, book=Book.TRIAL)
        assert (await publishing.publish(session, APPROVER, id, CLEAN, NOW)).trial
        with pytest.raises(FeedbackError, match="question and an answer"):
            await publishing.publish(session, APPROVER, id, replace(CLEAN, answer=" "), NOW)


def test_commune_and_province_of_an_address_tell_nobody_apart() -> None:
    sender = Sender("Tên Thử", "Số 12, đường Thử, xã Mẫu, tỉnh Quảng Ngãi", "+84901234567", "a@thu.vn")
    assert [known.text for known in known_of(sender)] == ["Tên Thử", "a@thu.vn", "Số 12", "đường Thử", "+84901234567"]
