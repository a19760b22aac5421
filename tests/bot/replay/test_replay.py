"""Which answers a proposal changes, and whether for the better."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.replay.questions import MOST_CHANGED, Regression, labelled, of_changed
from bot.replay.replay import Asks, Told, Turn, replay, turn_of
from nlu.understanding import Aspect

RIGHT = Told("answered", ("1.001193.H17",), "Giấy tờ")
WRONG = Told("answered", ("1.000894",), "Khác")
DECLINED = Told("declined", (), "Không biết")
ASKED_BACK = Told("choose", ("1.001193", "1.000894"), "Việc nào?")
BIRTH = Regression("khai sinh", "answer", ("1.001193",))


@pytest.mark.parametrize(
    ("question", "old", "new", "turn"),
    [
        (BIRTH, RIGHT, WRONG, Turn.WORSE),
        (BIRTH, ASKED_BACK, RIGHT, Turn.BETTER),
        (BIRTH, RIGHT, Told("answered", ("1.001193",), "Giấy tờ mới"), Turn.OTHER),
        (Regression("giá vàng", "out_of_scope"), DECLINED, RIGHT, Turn.WORSE),
        (Regression("kết hôn", "clarify", ("1.000894",)), ASKED_BACK, WRONG, Turn.WORSE),
        (Regression("việc lạ", "not_in_catalogue"), RIGHT, DECLINED, Turn.BETTER),
        (
            Regression("Khai sinh", "", (), "1.001193", (Aspect.FEE,)),
            RIGHT,
            Told("not_in_catalogue", (), ""),
            Turn.WORSE,
        ),
    ],
)
def test_a_change_is_for_the_better_or_the_worse_by_its_label(
    question: Regression, old: Told, new: Told, turn: Turn
) -> None:
    assert turn_of(question, old, new) is turn


def always(told: Told) -> Asks:
    """A catalogue that gives one answer."""

    async def ask(question: Regression) -> Told:
        return told if question is BIRTH else DECLINED

    return ask


async def test_what_became_worse_stands_first_and_what_stays_is_not_told() -> None:
    told: list[tuple[int, int]] = []
    other = Regression("khác", "answer", ("1.0",))
    found = await replay([other, BIRTH], always(RIGHT), always(WRONG), lambda done, total: told.append((done, total)))
    assert (found.questions, found.changed, found.worse, found.better) == (2, 1, 1, 0)
    assert found.shown[0].question == "khai sinh"
    assert told == [(1, 2), (2, 2)]


def test_every_button_of_a_changed_procedure_is_asked_and_a_large_import_only_in_part() -> None:
    assert [one.aspects for one in of_changed([("1.001193", "Khai sinh")])] == [(aspect,) for aspect in Aspect]
    assert len(of_changed([("1", "x")] * (MOST_CHANGED + 5))) == MOST_CHANGED * len(Aspect)


def test_the_projects_labelled_questions_are_asked_once_each() -> None:
    found = labelled(Path(__file__).resolve().parents[3])
    assert len(found) > 500
    assert len({one.text for one in found}) == len(found)
