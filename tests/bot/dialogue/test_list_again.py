"""What was meant for a checklist's question, but is no answer to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.list_again import was_an_answer
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState, Option
from nlu.decision import Outcome, Thresholds
from nlu.understanding import Aspect, Intent, Understanding
from tests.bot.dialogue_house import BIRTH, asks, means

WHO = (Option("do:list:1.1:0", "Tôi tự đi làm"), Option("do:list:1.1:1", "Nhờ người khác"))
BUTTONS = (Option("tt:1.1:fee", "Lệ phí"),)
UNKNOWN = Understanding(text="…")


def meant(
    text: str,
    read: Understanding | None = UNKNOWN,
    outcome: Outcome = Outcome.DECLINED,
    shown: tuple[Option, ...] = WHO,
    opens: str = "",
) -> bool:
    said = replace(Said((), ConversationState(), outcome), opens=opens)
    return was_an_answer(shown, text, said, read, Thresholds())


@pytest.mark.parametrize(
    ("read", "outcome"),
    [
        (UNKNOWN, Outcome.DECLINED),
        (means(Intent.AFFIRM), Outcome.OTHER_FLOW),
        (asks((BIRTH, 0.4), scores={"naming": 0.2}), Outcome.CHOOSE),
    ],
)
def test_a_short_message_that_names_nothing_was_an_answer(read: Understanding, outcome: Outcome) -> None:
    assert meant("rồi đó", read, outcome)


def test_everything_else_is_answered_for_itself() -> None:
    assert not meant("rồi đó", shown=BUTTONS)
    assert not meant("rồi đó", shown=())
    assert not meant("hết bao nhiêu tiền")
    assert not meant("em đang đi làm ở xa nhà lắm")
    assert not meant("khai sinh", asks((BIRTH, 0.9)), Outcome.ANSWERED)
    assert not meant("lệ phí", asks((BIRTH, 0.2), aspects=(Aspect.FEE,), scores={"naming": 0.0}), Outcome.ANSWERED)
    assert not meant("cảm ơn", means(Intent.THANK), Outcome.OTHER_FLOW)
    assert not meant("gặp người", means(Intent.TALK_TO_PERSON), Outcome.OTHER_FLOW, opens="person")
    assert not meant("cháy", outcome=Outcome.EMERGENCY)
    assert not meant("1.001193", replace(UNKNOWN, procedure_codes=("1.001193",)), Outcome.ANSWERED)
    assert not meant("hả", None)
