"""What was told without saying what it is, is led to its door; where a procedure was found, feedback is only offered."""

from __future__ import annotations

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.feedback_noticed import ASKS_SURELY, OVER_ANSWER, OVER_DANGER, Notice, Notices, offer_choice
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState
from feedback.record import About, Border, Classification, Kind
from feedback.suggesting import Suggestion
from nlu.border.decision import SURE
from nlu.decision import Outcome
from nlu.understanding import Intent, Understanding
from tests.bot.dialogue_house import ENGLISH, TEXTS, means
from tests.bot.messages import NOW, ref

TOLD = "chuyện ở phường nhà tôi tuần này"
ASKED = "chuyện ở phường nhà tôi thế nào"
SEEMS = means(Intent.UNKNOWN, 0.3)
PROCEDURE = means(Intent.ASK_PROCEDURE, ASKS_SURELY)


class Says:
    """Takes every text for one thing."""

    def __init__(self, border: Border, sure: float) -> None:
        self._said = Suggestion(Classification(border, Kind.REPORT, About.CONDUCT, None), sure, {border: sure})

    def suggest(self, text: str) -> Suggestion:
        return self._said


def noticed(
    border: Border, sure: float, outcome: Outcome = Outcome.DECLINED, text: str = TOLD, read: Understanding = SEEMS
) -> Notice:
    inbound = Inbound(ref(), "m1", InboundKind.TEXT, NOW, text=text)
    said = Said((), ConversationState(), outcome)
    return Notices(Says(border, sure), ENGLISH).of(inbound, said, read, "vi").notice


@pytest.mark.parametrize(
    "border", [Border.CONDUCT, Border.CONTENT, Border.FIELD_REPORT, Border.DENUNCIATION, Border.ADVERT]
)
def test_what_was_not_understood_is_led_to_its_door_when_that_is_sure(border: Border) -> None:
    assert noticed(border, SURE) is Notice.LEAD
    assert noticed(border, SURE, Outcome.OTHER_FLOW) is Notice.LEAD
    assert noticed(border, 0.7) is Notice.NOTHING


@pytest.mark.parametrize("border", [Border.OTHER, Border.LEGAL_QUESTION])
def test_what_has_no_door_of_its_own_keeps_its_answer(border: Border) -> None:
    assert noticed(border, 1.0) is Notice.NOTHING


def test_a_question_or_two_words_tell_nothing() -> None:
    assert noticed(Border.DENUNCIATION, 1.0, text=ASKED) is Notice.NOTHING
    assert noticed(Border.CONDUCT, 1.0, text="quan liêu") is Notice.NOTHING
    assert noticed(Border.CONDUCT, 1.0, text="cán bộ ở quầy lúc nào cũng cáu") is Notice.LEAD
    assert noticed(Border.CONDUCT, 1.0, text="hẹn lần nào cũng trễ mà hỏi ai cũng nói chưa có") is Notice.LEAD
    assert noticed(Border.CONDUCT, 1.0, text="cán bộ trễ hẹn hai tuần rồi thì người dân phải làm sao") is Notice.NOTHING


def test_beneath_an_answer_feedback_is_only_offered() -> None:
    assert noticed(Border.CONDUCT, SURE, Outcome.ANSWERED) is Notice.OFFER
    assert noticed(Border.CONDUCT, OVER_ANSWER, Outcome.CHOOSE, read=PROCEDURE) is Notice.OFFER
    assert noticed(Border.CONDUCT, SURE, Outcome.ANSWERED, read=PROCEDURE) is Notice.NOTHING


def test_another_door_takes_the_place_of_an_answer_only_when_it_is_very_sure() -> None:
    assert noticed(Border.FIELD_REPORT, OVER_ANSWER, Outcome.ANSWERED) is Notice.LEAD
    assert noticed(Border.FIELD_REPORT, OVER_ANSWER - 0.01, Outcome.ANSWERED) is Notice.NOTHING
    assert noticed(Border.DENUNCIATION, 1.0, Outcome.CHOOSE, read=PROCEDURE) is Notice.NOTHING


def test_danger_comes_before_any_answer() -> None:
    assert noticed(Border.EMERGENCY, OVER_DANGER, Outcome.ANSWERED, read=PROCEDURE) is Notice.LEAD
    assert noticed(Border.EMERGENCY, OVER_DANGER - 0.01, Outcome.ANSWERED) is Notice.NOTHING
    assert noticed(Border.EMERGENCY, 1.0, Outcome.EMERGENCY) is Notice.NOTHING


@pytest.mark.parametrize(
    ("text", "border"),
    [
        ("The street light in front of my house has been broken for a week", Border.FIELD_REPORT),
        ("The officer asked me for money to sign", Border.DENUNCIATION),
        ("I want to complain about the ward office, they keep delaying my papers", Border.CONDUCT),
        ("how do i make a complaint?", Border.OTHER),
        ("what papers for a passport", Border.OTHER),
    ],
)
def test_english_is_noticed_by_its_wordings(text: str, border: Border) -> None:
    inbound = Inbound(ref(), "m1", InboundKind.TEXT, NOW, text=text)
    found = Notices(Says(Border.OTHER, 1.0), ENGLISH).of(
        inbound, Said((), ConversationState(), Outcome.CHOOSE), SEEMS, "en"
    )
    assert found.border is border
    assert (found.notice is Notice.LEAD) is (border is not Border.OTHER)


def test_the_button_carries_the_message_unless_its_id_is_too_long() -> None:
    assert offer_choice(TEXTS, "m1").id == "do:feedback:said:m1"
    assert offer_choice(TEXTS, "m" * 60).id == "do:feedback"


@pytest.mark.parametrize("text", ["gọi em số 0901234567 nhé", "alo lại giúp em 0901 234 567 ạ"])
def test_who_gives_a_number_to_be_called_back_advertises_nothing(text: str) -> None:
    assert noticed(Border.ADVERT, 1.0, text=text) is Notice.NOTHING
    assert noticed(Border.ADVERT, 1.0, text=f"{text}, vay tiền nhanh trong ngày") is Notice.LEAD
