from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.case import Case
from feedback.ports import Notice, NoticeKind
from feedback.record import Address, Status
from feedback.register_rows import Placing
from feedback.register_store import RegisterStore
from feedback.similar import Followers, Groups, Similar, WordIndex
from feedback.similar_store import SimilarStore
from feedback.tables import publication
from feedback.transitions import Action
from feedback.word_store import WordStore, telling
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
ITEMS, WORDS, FOLDS = SimilarStore(), WordStore(), SimpleWords()
INDEX, SIMILAR, GROUPS = (kind(WORDS, ITEMS, FOLDS) for kind in (WordIndex, Similar, Groups))
RECEIVER = Actor("receiver", "H48.1", frozenset({Role.RECEIVER}))
HANDLER = Actor("handler", "H48.1.2", frozenset({Role.HANDLER}))
SOMEBODY = Address("telegram", "default", "somebody")
BIRTH, STAY = "1.000001", "1.000002"
LATE = "Hồ sơ khai sinh của con tôi trễ hẹn mười ngày mà không ai gọi"
COPY = "Cán bộ bắt nộp thêm bản sao sổ hộ khẩu có công chứng khi đăng ký tạm trú"


async def counted(session: AsyncSession, words: list[str], mark: str = "") -> dict[str, int]:
    return {one: spread.count for one, spread in (await WORDS.spreads(session, words, mark)).items()}


async def _enter(session: AsyncSession, text: str, status: Status = Status.RECEIVED, unit: str = "H48.1") -> Case:
    given = submission()
    given = replace(given, matter=replace(given.matter, text=text))
    case = await REGISTER.enter(session, given, Placing(unit, status), NOW)
    await INDEX.follow(session, case, Action.SUBMIT, NOW)
    return case


async def _publish(session: AsyncSession, text: str, procedure: str = BIRTH) -> Case:
    case = await _enter(session, text, Status.PUBLISHED)
    row = {"record": case.id, "slug": f"s{case.id}", "question": text, "answer": "Đã trả lời.", "agency": "H48.1"}
    more = {"procedure_code": procedure, "procedure_name": "Thủ tục", "trial": False, "sample": False}
    await session.execute(insert(publication).values(row | more | {"published_at": NOW, "updated_at": NOW}))
    await INDEX.follow(session, case, Action.PUBLISH, NOW)
    return case


async def _found(database: UnitOfWork, text: str, procedure: str = "") -> list[str]:
    async with database.read() as session:
        return [item.slug for item in await SIMILAR.find(session, text, procedure)]


async def test_what_was_said_in_other_words_is_found_with_its_answer_and_nothing_else(database: UnitOfWork) -> None:
    async with database.write() as session:
        late, copy = await _publish(session, LATE), await _publish(session, COPY, STAY)
        await _enter(session, LATE)
    assert await _found(database, "con tôi làm khai sinh mà hồ sơ trễ hẹn cả chục ngày") == [f"s{late.id}"]
    assert await _found(database, "dang ky tam tru bat nop ban sao ho khau cong chung") == [f"s{copy.id}"]
    assert await _found(database, "đèn đường hỏng") == []
    assert await _found(database, "à thì là") == []
    async with database.read() as session:
        (item,) = await SIMILAR.find(session, LATE)
    assert (item.question, item.answer, item.procedure_code) == (LATE, "Đã trả lời.", BIRTH)


async def test_three_at_most_and_those_on_the_same_procedure_first(database: UnitOfWork) -> None:
    async with database.write() as session:
        others = [await _publish(session, LATE) for _ in range(4)]
        same = await _publish(session, f"{LATE} dù đã hỏi", STAY)
    found = await _found(database, LATE, STAY)
    assert found[0] == f"s{same.id}" or found[0] == f"s{others[-1].id}"
    assert (len(found), f"s{same.id}" in found) == (3, True)
    assert f"s{same.id}" not in await _found(database, LATE)


async def test_what_a_trial_published_is_marked_and_not_found_once_feedback_is_received(database: UnitOfWork) -> None:
    async with database.write() as session:
        practised = await _publish(session, LATE)
        await session.execute(update(publication).values(trial=True, sample=True))
        real = await _publish(session, f"{LATE} dù đã hỏi")
        found = await SIMILAR.find(session, LATE)
        assert {one.record: (one.trial, one.sample) for one in found} == {
            practised.id: (True, True),
            real.id: (False, False),
        }
        receiving = replace(SIMILAR, practice=False)
        for procedure in ("", BIRTH):
            assert [one.record for one in await receiving.find(session, LATE, procedure)] == [real.id]


async def test_what_was_hidden_is_found_no_more(database: UnitOfWork) -> None:
    async with database.write() as session:
        case = await _publish(session, LATE)
        await session.execute(update(publication).values(hidden_at=NOW))
        assert await SIMILAR.find(session, LATE) == []
        await INDEX.follow(session, case, Action.HIDE, NOW)
        assert await counted(session, ["khai"], "+") == {"khai": 0}
        assert await counted(session, ["khai"]) == {"khai": 1}


async def test_the_words_are_those_of_the_text_as_it_is_now_masked(database: UnitOfWork) -> None:
    async with database.write() as session:
        case = await _enter(session, "Gọi số 0901234567 về khai sinh")
        assert await counted(session, ["0901234567", "khai"]) == {"0901234567": 0, "khai": 1}
        case = await REGISTER.restate(session, case, replace(case.matter, text="Về khai tử"))
        await INDEX.follow(session, case, Action.SUPPLEMENT, NOW)
        assert await counted(session, ["sinh", "tu"]) == {"sinh": 0, "tu": 0}
        assert await counted(session, ["khai"]) == {"khai": 1}


async def test_officials_see_open_records_like_one_without_itself_and_without_ended_ones(database: UnitOfWork) -> None:
    async with database.write() as session:
        one, two = await _enter(session, LATE), await _enter(session, f"{LATE} hết")
        await _enter(session, LATE, Status.DECIDED)
        await _enter(session, COPY)
    async with database.read() as session:
        assert await GROUPS.like(session, RECEIVER, one) == [two.id]
        with pytest.raises(NotAllowedError):
            await GROUPS.like(session, Actor("reporter", "", frozenset({Role.REPORTER})), one)


async def test_groups_are_those_of_the_open_records_and_of_a_handlers_own_unit(database: UnitOfWork) -> None:
    async with database.write() as session:
        late = [await _enter(session, LATE) for _ in range(2)]
        copies = [await _enter(session, COPY, unit="H48.1.2") for _ in range(3)]
        await _enter(session, COPY, Status.WITHDRAWN, unit="H48.1.2")
    async with database.read() as session:
        everything = await GROUPS.all(session, RECEIVER)
        own = await GROUPS.all(session, HANDLER)
    assert [one.records for one in everything] == [tuple(c.id for c in copies), tuple(c.id for c in late)]
    assert [one.records for one in own] == [tuple(c.id for c in copies)]


@dataclass
class Told:
    """Writes down who was told what."""

    notices: list[tuple[Address, Notice, str]] = field(default_factory=list)

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        self.notices.append((to, notice, language))


async def test_who_follows_an_item_is_told_when_it_moves_without_the_senders_receipt(database: UnitOfWork) -> None:
    told = Told()
    followers = Followers(ITEMS, told)
    async with database.write() as session:
        case = await _publish(session, LATE)
        assert await SIMILAR.follow(session, f"s{case.id}", SOMEBODY, "en", NOW)
        assert not await SIMILAR.follow(session, f"s{case.id}", SOMEBODY, "en", NOW + timedelta(days=1))
        assert not await SIMILAR.follow(session, "unknown", SOMEBODY, "en", NOW)
        for action in (Action.RATE, Action.REOPEN):
            await followers.follow(session, case, action, NOW)
    ((to, notice, language),) = told.notices
    assert (to, notice.kind, notice.receipt, language) == (SOMEBODY, NoticeKind.MOVED, "", "en")
    assert notice.values["slug"] == f"s{case.id}"
    assert case.receipt not in f"{notice.values}{notice.key}"
    assert len(notice.key) <= 56


async def test_who_stopped_following_is_told_nothing_more(database: UnitOfWork) -> None:
    told = Told()
    async with database.write() as session:
        one, two = await _publish(session, LATE), await _publish(session, COPY)
        for case in (one, two):
            await SIMILAR.follow(session, f"s{case.id}", SOMEBODY, "vi", NOW)
        await SIMILAR.unfollow(session, f"s{one.id}", SOMEBODY)
        await Followers(ITEMS, told).follow(session, one, Action.REOPEN, NOW)
        assert told.notices == []
        await Followers(ITEMS, told).follow(session, two, Action.REOPEN, NOW)
        assert len(told.notices) == 1
        await SIMILAR.unfollow(session, "", SOMEBODY)
        await Followers(ITEMS, told).follow(session, two, Action.PUBLISH, NOW)
    assert len(told.notices) == 1


def test_a_text_is_looked_for_by_its_rarest_words_within_a_bound() -> None:
    assert telling({"a": 3, "b": 0, "c": 1}) == ["c", "a"]
    assert len(telling({str(number): 1 for number in range(40)})) == 10
    assert len(telling({str(number): 1900 for number in range(40)})) == 3
    assert len(telling({str(number): 2000 for number in range(40)})) == 6
    assert telling({"common": 2000, "a": 1, "b": 5}) == ["a", "b"]
    assert telling({"common": 2000, "a": 1}) == ["a", "common"]
