"""A reviewer's sitting: one key decides, every decision can be taken back, and nobody's decision is overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.questions_review import ASPECTS, KINDS, ReviewSession
from bot.unit_of_work import UnitOfWork
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import WAITING, Decision, Question, ReviewState, ReviewStore
from nlu.understanding import Aspect, Intent
from tests.factories import NOW
from tests.fakes.terminal import FakeNames, FakeTerminal

NAMES = FakeNames({"1.001193": "Đăng ký khai sinh", "1.000894": "Đăng ký kết hôn", "1.004884": "Đăng ký lại khai sinh"})
BIRTH, AGAIN = Kept("1.001193", 0.41, "Đăng ký khai sinh"), Kept("1.004884", 0.3, "Đăng ký lại khai sinh")


async def fill(database: UnitOfWork, *texts: str, **changes: Any) -> None:
    """Put questions on the list, the first one met most often."""
    values: dict[str, Any] = {"candidates": (BIRTH, AGAIN), "aspects": ("fee",), **changes}
    async with database.write() as session:
        for count, text in zip(range(len(texts), 0, -1), texts, strict=True):
            for _ in range(count):
                await ReviewStore(session).note(Sighting(text, Reason.DECLINED, **values), NOW)


async def questions(database: UnitOfWork, *states: ReviewState) -> list[Question]:
    """Read questions in the order of the review."""
    async with database.read() as session:
        return await ReviewStore(session).find(states or tuple(ReviewState))


async def sit(database: UnitOfWork, keys: str, *lines: str) -> tuple[ReviewSession, FakeTerminal]:
    """Review what waits with these keys."""
    terminal = FakeTerminal(keys, list(lines))
    sitting = ReviewSession(database, NAMES, terminal, "lan", lambda: NOW)
    await sitting.run(await questions(database, *WAITING))
    return sitting, terminal


async def decision(database: UnitOfWork) -> Decision:
    """The decision about the only question."""
    (one,) = await questions(database)
    return one.decision


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("1", Decision(ReviewState.ACCEPTED, "1.001193", None, (Aspect.FEE,), "lan", NOW)),
        ("2", Decision(ReviewState.ACCEPTED, "1.004884", None, (Aspect.FEE,), "lan", NOW)),
        ("ab1", Decision(ReviewState.ACCEPTED, "1.001193", None, (ASPECTS["b"],), "lan", NOW)),
        ("a+d1", Decision(ReviewState.ACCEPTED, "1.001193", None, (Aspect.FEE, ASPECTS["d"]), "lan", NOW)),
        ("a-1", Decision(ReviewState.ACCEPTED, "1.001193", None, (), "lan", NOW)),
        ("a?1", Decision(ReviewState.ACCEPTED, "1.001193", None, (Aspect.FEE,), "lan", NOW)),
        ("ob", Decision(ReviewState.ACCEPTED, "", KINDS["b"], (), "lan", NOW)),
        ("s", Decision(ReviewState.LATER, by="lan", at=NOW)),
        ("r", Decision(ReviewState.REJECTED, by="lan", at=NOW)),
        ("9?x1", Decision(ReviewState.ACCEPTED, "1.001193", None, (Aspect.FEE,), "lan", NOW)),
        ("q", Decision(ReviewState.OPEN)),
        ("", Decision(ReviewState.OPEN)),
    ],
)
async def test_one_key_decides(database: UnitOfWork, keys: str, expected: Decision) -> None:
    await fill(database, "làm giấy cho bé")
    sitting, _ = await sit(database, keys)
    assert await decision(database) == expected
    assert sitting.decided == (expected.state is not ReviewState.OPEN)


async def test_a_code_may_be_typed_and_a_wrong_one_is_told(database: UnitOfWork) -> None:
    await fill(database, "cưới nhau")
    _, terminal = await sit(database, "cc", "9.999999", "1.000894")
    assert (await decision(database)).code == "1.000894"
    assert "no procedure '9.999999'" in terminal.text
    assert "Đăng ký kết hôn" in terminal.text


async def test_the_question_is_shown_with_all_that_helps_to_decide(database: UnitOfWork) -> None:
    await fill(database, "tôi tên ⟨tên⟩ làm giấy", context="1.000894", suggested="1.004884")
    _, terminal = await sit(database, "q")
    assert "“tôi tên ⟨tên⟩ làm giấy”" in terminal.text
    assert "declined, met 1 times" in terminal.text
    assert "while talking about 1.000894 Đăng ký kết hôn" in terminal.text
    assert "1  0.410  1.001193      Đăng ký khai sinh\n" in terminal.text
    assert "2  0.300  1.004884      Đăng ký lại khai sinh  ← a citizen picked this" in terminal.text


async def test_what_a_citizen_picked_has_a_key_even_when_the_ranking_lacks_it(database: UnitOfWork) -> None:
    await fill(database, "cưới nhau", suggested="1.000894")
    _, terminal = await sit(database, "1")
    assert "Đăng ký kết hôn  ← a citizen picked this" in terminal.text
    assert (await decision(database)).code == "1.000894"


async def test_decisions_are_taken_back_one_by_one_even_after_the_last(database: UnitOfWork) -> None:
    await fill(database, "một", "hai")
    sitting, _ = await sit(database, "1ru")
    assert [one.decision.state for one in await questions(database)] == [ReviewState.ACCEPTED, ReviewState.OPEN]
    assert sitting.decided == 1
    sitting, terminal = await sit(database, "ruu1")
    assert "nothing to take back" in terminal.text
    assert {one.decision.code for one in await questions(database)} == {"1.001193"}


async def test_undo_shows_the_question_before_once_more(database: UnitOfWork) -> None:
    await fill(database, "một", "hai")
    sitting, terminal = await sit(database, "1u21")
    assert terminal.text.count("“một”") == 2
    assert [one.decision.code for one in await questions(database)] == ["1.004884", "1.001193"]
    assert sitting.decided == 2


async def test_a_text_that_shows_who_somebody_is_goes_at_once(database: UnitOfWork) -> None:
    await fill(database, "bà Tư bán chè")
    _, terminal = await sit(database, "d")
    assert await questions(database) == []
    assert "deleted" in terminal.text


async def test_what_another_reviewer_decided_meanwhile_stands(database: UnitOfWork) -> None:
    await fill(database, "một")
    (before,) = await questions(database)
    async with database.write() as session:
        await ReviewStore(session).decide(before.id, Decision(ReviewState.REJECTED, by="mai", at=NOW))
    terminal = FakeTerminal("1")
    sitting = ReviewSession(database, NAMES, terminal, "lan", lambda: NOW)
    await sitting.run([before])
    assert (await decision(database)).by == "mai"
    assert "is rejected already" in terminal.text
    assert sitting.decided == 0


def test_every_aspect_and_every_kind_has_a_key() -> None:
    assert set(ASPECTS.values()) == set(Aspect)
    assert set(KINDS.values()) == {intent for intent in Intent if intent.out_of_scope}
