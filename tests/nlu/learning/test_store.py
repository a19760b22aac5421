"""The review list on SQLite and PostgreSQL: one row for all who say the same, decisions that hold, texts that go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.unit_of_work import UnitOfWork
from nlu.learning.by_procedure import failed_by_procedure, failed_of
from nlu.learning.errors import DecidedElsewhereError, NoSuchQuestionError
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import WAITING, Decision, Question, ReviewState, ReviewStore
from nlu.understanding import Aspect, Intent
from tests.factories import NOW

DAY = timedelta(days=1)


def sighting(text: str = "làm giấy cho bé", reason: Reason = Reason.DECLINED, **changes: Any) -> Sighting:
    """An entry for the list."""
    values: dict[str, Any] = {"candidates": (Kept("1.001193", 0.4, "Đăng ký khai sinh"),), "aspects": ("fee",)}
    return Sighting(text, reason, **{**values, **changes})


async def note(database: UnitOfWork, *these: Sighting, days: int = 0) -> None:
    """Write entries."""
    async with database.write() as session:
        for one in these:
            await ReviewStore(session).note(one, NOW + days * DAY)


async def waiting(database: UnitOfWork) -> list[Question]:
    """Read what waits for a decision."""
    async with database.read() as session:
        return await ReviewStore(session).find(WAITING)


async def decide(database: UnitOfWork, number: int, decision: Decision, **options: Any) -> None:
    """Write a decision."""
    async with database.write() as session:
        await ReviewStore(session).decide(number, decision, **options)


ACCEPT = Decision(ReviewState.ACCEPTED, "1.001193", None, (Aspect.FEE, Aspect.TIME), "lan", NOW)


async def test_the_same_words_from_many_people_are_one_row(database: UnitOfWork) -> None:
    await note(database, sighting("Làm giấy cho bé?"), sighting("lam giay cho be"), sighting("khác"))
    await note(database, sighting("LÀM GIẤY CHO BÉ", aspects=("time",), context="1.000894"), days=2)

    first, second = await waiting(database)
    assert (first.text, first.count, second.count) == ("Làm giấy cho bé?", 3, 1)
    assert (first.first_seen, first.last_seen) == (NOW, NOW + 2 * DAY)
    assert (first.aspects, first.context) == ((Aspect.TIME,), "1.000894")
    assert first.candidates == (Kept("1.001193", 0.4, "Đăng ký khai sinh"),)


async def test_a_weightier_reason_replaces_a_lighter_one_and_never_the_other_way(database: UnitOfWork) -> None:
    for reason, kept in (
        (Reason.REPHRASED, Reason.REPHRASED),
        (Reason.ASKED_BACK, Reason.REPHRASED),
        (Reason.CHOSE_NONE, Reason.CHOSE_NONE),
        (Reason.DECLINED, Reason.CHOSE_NONE),
    ):
        await note(database, sighting(reason=reason))
        assert [one.reason for one in await waiting(database)] == [kept]


async def test_what_became_known_later_is_not_counted_again(database: UnitOfWork) -> None:
    await note(database, sighting())
    await note(database, sighting(suggested="1.004884", counted=False, candidates=()), days=1)
    await note(database, sighting(counted=False))

    (one,) = await waiting(database)
    assert (one.count, one.last_seen, one.suggested) == (1, NOW, "1.004884")
    assert one.candidates


async def test_what_is_met_most_comes_first_and_what_was_skipped_last(database: UnitOfWork) -> None:
    await note(
        database, sighting("một"), sighting("hai"), sighting("hai"), sighting("ba"), sighting("ba"), sighting("ba")
    )
    number = (await waiting(database))[0].id
    await decide(database, number, Decision(ReviewState.LATER))

    assert [one.text for one in await waiting(database)] == ["hai", "một", "ba"]
    async with database.read() as session:
        assert await ReviewStore(session).find(WAITING, Reason.CHOSE_NONE) == []
        assert len(await ReviewStore(session).find(WAITING, Reason.DECLINED, limit=2)) == 2


async def test_a_decision_stays_when_the_message_is_met_again_and_that_is_told(database: UnitOfWork) -> None:
    await note(database, sighting())
    (one,) = await waiting(database)
    await decide(database, one.id, ACCEPT)
    await note(database, sighting(), days=3)

    async with database.read() as session:
        found = await ReviewStore(session).get(one.id)
        again = await ReviewStore(session).met_again()
        counts = await ReviewStore(session).counts()
    assert found.decision == ACCEPT
    assert [other.id for other in again] == [one.id]
    assert counts == {(ReviewState.ACCEPTED, Reason.DECLINED): (1, 2)}
    assert await waiting(database) == []


async def test_of_two_reviewers_the_second_is_told(database: UnitOfWork) -> None:
    await note(database, sighting())
    (one,) = await waiting(database)
    await decide(database, one.id, Decision(ReviewState.REJECTED, by="lan", at=NOW))

    with pytest.raises(DecidedElsewhereError, match=r"question \d+ is rejected already"):
        await decide(database, one.id, ACCEPT)


async def test_a_decision_can_be_taken_back(database: UnitOfWork) -> None:
    await note(database, sighting())
    (one,) = await waiting(database)
    outside = Decision(ReviewState.ACCEPTED, kind=Intent.OOS_LAW, by="lan", at=NOW)
    await decide(database, one.id, outside)
    async with database.read() as session:
        assert (await ReviewStore(session).get(one.id)).decision == outside
    await decide(database, one.id, one.decision, before=(ReviewState.ACCEPTED,))

    assert await waiting(database) == [one]


async def test_a_number_that_is_not_there_is_told(database: UnitOfWork) -> None:
    with pytest.raises(NoSuchQuestionError, match="no question 9"):
        await decide(database, 9, ACCEPT)
    with pytest.raises(NoSuchQuestionError, match="questions list"):
        async with database.write() as session:
            await ReviewStore(session).delete(9)


async def test_old_texts_go_and_accepted_ones_stay(database: UnitOfWork) -> None:
    await note(database, sighting("cũ"), sighting("được nhận"), sighting("bị bỏ"))
    await note(database, sighting("mới"), days=10)
    by_text = {one.text: one.id for one in await waiting(database)}
    await decide(database, by_text["được nhận"], ACCEPT)
    await decide(database, by_text["bị bỏ"], Decision(ReviewState.REJECTED))

    async with database.write() as session:
        assert await ReviewStore(session).forget(NOW + 5 * DAY) == 2
    async with database.read() as session:
        left = await ReviewStore(session).find(tuple(ReviewState))
    assert {one.text for one in left} == {"mới", "được nhận"}


async def test_one_can_be_deleted_at_once(database: UnitOfWork) -> None:
    await note(database, sighting())
    (one,) = await waiting(database)
    async with database.write() as session:
        await ReviewStore(session).delete(one.id)
    assert await waiting(database) == []


async def test_a_database_without_the_table_says_so(bare_engine: AsyncEngine) -> None:
    database = UnitOfWork(bare_engine)
    async with database.read() as session:
        assert not await ReviewStore(session).exists()


async def test_and_one_with_it_too(database: UnitOfWork) -> None:
    async with database.read() as session:
        assert await ReviewStore(session).exists()


async def test_questions_about_one_procedure_are_those_gathered_from_all(database: UnitOfWork) -> None:
    other = (Kept("1.000894", 0.5, "Đăng ký kết hôn"), Kept("1.001193", 0.1, "Đăng ký khai sinh"))
    await note(database, sighting("một"), sighting("hai", candidates=other), sighting("ba", candidates=()))
    await note(database, sighting("bốn", candidates=other, suggested="1.001193.000.00.00.H48"), sighting("một"))
    async with database.read() as session:
        span = NOW - DAY, NOW + DAY
        together = await failed_by_procedure(session, *span)
        each = {code: await failed_of(session, *span, code) for code in together}
    assert each == together
    assert {code: one.count for code, one in together.items()} == {"1.001193": 3, "1.000894": 1}
