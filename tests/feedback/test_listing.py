from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.case import Case
from feedback.clock_store import ClockStore
from feedback.clocks import Timer
from feedback.disclosure import Disclosure
from feedback.listing import Listing, Page, Wanted
from feedback.listing_store import ListingStore, Mark
from feedback.record import Book, Status
from feedback.register_rows import Placing
from feedback.register_store import RegisterStore
from feedback.similar import WordIndex
from feedback.similar_store import SimilarStore
from feedback.timekeeping import Clocks
from feedback.transitions import Action
from feedback.word_store import WordStore
from feedback.working_time.loading import load_working_time
from tests.feedback.desk import OFFICE
from tests.feedback.factories import at, day
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

WORKING = load_working_time()
TIMER = Timer(WORKING.rules, WORKING.hours(), "H48")
REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
CLOCKS = Clocks(ClockStore(), TIMER)
INDEX = WordIndex(WordStore(), SimilarStore(), SimpleWords())
LISTING = Listing(ListingStore(), WordStore(), SimpleWords(), Disclosure(OFFICE))
RECEIVER = Actor("receiver", "H48.1", frozenset({Role.RECEIVER}))
PLACE = Placing("H48.1", Status.RECEIVED, "Hộ tịch")
HANDLER = Actor("handler", "H48.1.2", frozenset({Role.HANDLER}))


async def _enter(
    session: AsyncSession,
    text: str = "Hồ sơ trễ hẹn",
    placing: Placing = PLACE,
    at: datetime = NOW,
    book: Book = Book.REGISTER,
    **matter: Any,
) -> Case:
    given = submission(book=book, at=at)
    given = replace(given, matter=replace(given.matter, text=text, **matter))
    case = await REGISTER.enter(session, given, placing, at)
    await CLOCKS.follow(session, case, Action.SUBMIT, at)
    await INDEX.follow(session, case, Action.SUBMIT, at)
    return case


async def _ids(session: AsyncSession, actor: Actor = RECEIVER, when: datetime = NOW, **wanted: Any) -> list[int]:
    page: Page = await LISTING.page(session, actor, Wanted(**wanted), when)
    return [line.id for line in page.lines]


async def test_a_line_shows_the_masked_text_and_the_next_duty(database: UnitOfWork) -> None:
    async with database.write() as session:
        case = await _enter(session, f"Gọi tôi số 0901234567 {'x' * 300}")
        (line,) = (await LISTING.page(session, RECEIVER, Wanted(), NOW)).lines
    assert (line.receipt, line.register_number, line.status) == (case.receipt, "1/2026", Status.RECEIVED)
    assert line.said.startswith("Gọi tôi số … x")
    assert len(line.said) == 160
    assert line.due_at == TIMER.hours.closing(day("11/12/2026").replace(day=14))
    assert "Nguyễn" not in f"{line}"


async def test_each_filter_leaves_what_it_says(database: UnitOfWork) -> None:
    async with database.write() as session:
        one = await _enter(session, procedure_code="1.1", agency="H48.7")
        two = await _enter(session, placing=Placing("H48.2", Status.IN_REVIEW, "Đất đai"), at=NOW + timedelta(days=2))
        three = await _enter(session, placing=Placing("H48.2", Status.DECIDED), book=Book.TRIAL)
        assert await _ids(session) == [two.id, three.id, one.id]
        assert await _ids(session, statuses=(Status.DECIDED,)) == [three.id]
        assert await _ids(session, statuses=(Status.DECIDED, Status.RECEIVED)) == [three.id, one.id]
        assert await _ids(session, unit="H48.2") == [two.id, three.id]
        assert await _ids(session, agency="H48.7") == [one.id]
        assert await _ids(session, of_field="Đất đai") == [two.id]
        assert await _ids(session, procedure_code="1.1") == [one.id]
        assert await _ids(session, book=Book.TRIAL) == [three.id]
        assert await _ids(session, since=NOW + timedelta(days=2)) == [two.id]
        assert await _ids(session, until=NOW + timedelta(days=2)) == [three.id, one.id]


async def test_words_are_found_with_or_without_accents_all_of_them(database: UnitOfWork) -> None:
    async with database.write() as session:
        one = await _enter(session, "Đăng ký khai sinh trễ hẹn")
        await _enter(session, "Đăng ký kết hôn đúng hẹn")
        assert await _ids(session, words="khai sinh trễ") == [one.id]
        assert await _ids(session, words="KHAI SINH tre") == [one.id]
        assert len(await _ids(session, words="đăng ký")) == 2
        assert await _ids(session, words="khai sinh kết hôn") == []
        assert await _ids(session, words="và của") == []
        assert await _ids(session, words="khai sinh", statuses=(Status.DECIDED,)) == []


async def test_common_words_are_found_too(database: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.listing_store.FEW", 1)
    monkeypatch.setattr("feedback.posting_store.WHOLE", 0)
    async with database.write() as session:
        one = await _enter(session, "Đăng ký khai sinh trễ hẹn")
        await _enter(session, "Đăng ký kết hôn đúng hẹn")
        assert await _ids(session, words="đăng khai") == [one.id]


async def test_overdue_is_what_a_duty_was_missed_of_and_has_not_ended(database: UnitOfWork) -> None:
    async with database.write() as session:
        late = await _enter(session)
        await _enter(session, placing=Placing("H48.1", Status.DECIDED))
        assert await _ids(session, when=at("14/12/2026 16:00"), overdue=True) == []
        assert await _ids(session, when=at("15/12/2026 08:00"), overdue=True) == [late.id]


async def test_pages_follow_each_other_without_a_gap_while_the_list_grows(database: UnitOfWork) -> None:
    async with database.write() as session:
        entered = [(await _enter(session, at=NOW + timedelta(minutes=number // 2))).id for number in range(7)]
        seen: list[int] = []
        mark: Mark | None = None
        for _ in range(4):
            page = await LISTING.page(session, RECEIVER, Wanted(), NOW, mark, size=2)
            seen += [line.id for line in page.lines]
            await _enter(session, at=NOW + timedelta(hours=1))
            mark = page.next
        assert mark is None
    assert seen == entered[::-1]


async def test_a_handler_sees_the_own_unit_and_nobody_a_record_against_oneself(database: UnitOfWork) -> None:
    own = Placing("H48.1.2", Status.IN_REVIEW)
    async with database.write() as session:
        await _enter(session)
        mine = await _enter(session, placing=own)
        about = await _enter(session, placing=replace(own, accused="handler"))
        assert await _ids(session, HANDLER) == [mine.id]
        assert await _ids(session, HANDLER, unit="H48.1") == []
        assert about.id in await _ids(session)
        for roles in (frozenset[Role](), frozenset({Role.ADMIN})):
            with pytest.raises(NotAllowedError):
                await LISTING.page(session, Actor("somebody", "H48.1", roles), Wanted(), NOW)


async def test_receipts_are_for_who_receives_and_not_where_the_own_agency_is_complained_about(
    database: UnitOfWork,
) -> None:
    both = Actor("both", "H48.1", frozenset({Role.RECEIVER, Role.HANDLER}))
    async with database.write() as session:
        case = await _enter(session)
        shown = {
            actor.id: (await LISTING.page(session, actor, Wanted(), NOW)).lines[0].receipt
            for actor in (RECEIVER, both, Actor("leads", "H48.1", frozenset({Role.APPROVER})))
        }
    assert shown == {"receiver": case.receipt, "both": "", "leads": ""}


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_the_oldest_may_come_first_page_by_page(database: UnitOfWork) -> None:
    async with database.write() as session:
        ids = [(await _enter(session, at=NOW + timedelta(minutes=number))).id for number in range(5)]
        wanted, found, mark = Wanted(statuses=(Status.RECEIVED, Status.REOPENED), oldest=True), [], None
        for _ in range(3):
            page = await LISTING.page(session, RECEIVER, wanted, NOW, mark, 2)
            found += [line.id for line in page.lines]
            mark = page.next
    assert (found, mark) == (ids, None)


async def test_a_queue_counts_what_its_list_holds_and_not_what_is_about_oneself(database: UnitOfWork) -> None:
    late, soon = NOW - timedelta(days=60), NOW - timedelta(days=18)
    async with database.write() as session:
        for when in (late, soon, NOW):
            await _enter(session, at=when)
        await _enter(session, placing=replace(PLACE, accused=RECEIVER.id))
        await _enter(session, placing=replace(PLACE, unit="H48.2"))
        bands = (
            {"due_before": NOW - timedelta(days=10)},
            {"due_since": NOW - timedelta(days=10), "due_before": NOW + timedelta(days=7)},
            {"statuses": (Status.RECEIVED,)},
            {"unit": "H48.2"},
            {"officer": "lan"},
            {"to_approve": True},
            {},
        )
        counts = await LISTING.counts(session, RECEIVER, [Wanted(**one) for one in bands], NOW)  # type: ignore[arg-type]
        held = [len(await _ids(session, **one)) for one in bands]
        assert counts == held == [1, 1, 4, 1, 0, 0, 4]
        assert await _ids(session, overdue=True, statuses=(Status.DECIDED,)) == []
        ends = (NOW - timedelta(days=10), NOW + timedelta(days=7))
        assert await LISTING.bands(session, RECEIVER, ends, NOW) == [1, 1]
        assert await LISTING.bands(session, HANDLER, ends, NOW) == [0, 0]
        assert await LISTING.load(session, HANDLER) == {("H48.1", ""): 4, ("H48.2", ""): 1}
        every = await _ids(session)
        some = await LISTING.some(session, HANDLER, every[::-1], NOW)
        assert not some
        assert [one.id for one in await LISTING.some(session, RECEIVER, every[::-1], NOW)] == every[::-1]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_who_publishes_lists_what_is_approved_to_be_public_and_else_the_own_unit(database: UnitOfWork) -> None:
    publisher = Actor("congkhai", "H48.9", frozenset({Role.PUBLISHER}))
    async with database.write() as session:
        await _enter(session)
        waiting = await _enter(session, placing=replace(PLACE, status=Status.AWAITING_PUBLICATION))
        assert await _ids(session, publisher) == []
        assert await _ids(session, publisher, statuses=(Status.AWAITING_PUBLICATION,)) == [waiting.id]
        assert await _ids(session, publisher, statuses=(Status.AWAITING_PUBLICATION, Status.RECEIVED)) == []
