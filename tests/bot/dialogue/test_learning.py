"""What of a conversation goes to the review list, through the dialogue itself."""

from __future__ import annotations

import pytest

from bot.dialogue.choices import NONE_OF_THESE, choose
from bot.dialogue.state import ConversationState, decode
from nlu.learning.review import Reason, Sighting
from nlu.understanding import Intent
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE, Talk, asks, means

CLOSE = asks((MARRIAGE, 0.4), (FOREIGN_MARRIAGE, 0.38))
"""A question that is asked back."""


def reviewed(talk: Talk) -> list[tuple[str, Reason, str, bool]]:
    """What the last turn put on the list: text, reason, suggestion, whether it counts."""
    assert talk.last is not None
    return [(one.text, one.reason, one.suggested, one.counted) for one in talk.last.review]


async def test_a_question_that_is_answered_leaves_nothing_on_the_list() -> None:
    talk = Talk()
    await talk.say("đăng ký khai sinh", asks((BIRTH, 0.9)))
    assert reviewed(talk) == []
    assert talk.state.earlier is not None


async def test_what_is_declined_is_listed_without_what_shows_who_wrote_it() -> None:
    talk = Talk()
    await talk.say("tôi tên Lan, bò nhà tôi ốm", asks(in_scope=0.01, intent=Intent.OOS_OTHER))
    assert reviewed(talk) == [("tôi tên ⟨tên⟩, bò nhà tôi ốm", Reason.DECLINED, "", True)]


@pytest.mark.parametrize("answer", [choose(FOREIGN_MARRIAGE.code), "2"])
async def test_a_choice_by_button_or_number_becomes_the_suggestion(answer: str) -> None:
    talk = Talk()
    await talk.say("cưới chồng ở xa", CLOSE)
    assert reviewed(talk) == [("cưới chồng ở xa", Reason.ASKED_BACK, "", True)]
    await (talk.tap(answer) if answer.startswith("tt:") else talk.say(answer))
    assert reviewed(talk) == [("cưới chồng ở xa", Reason.ASKED_BACK, FOREIGN_MARRIAGE.code, False)]


async def test_none_of_the_choices_and_then_the_right_words() -> None:
    talk = Talk()
    await talk.say("cưới chồng ở xa", CLOSE)
    await talk.tap(NONE_OF_THESE)
    assert reviewed(talk) == [("cưới chồng ở xa", Reason.CHOSE_NONE, "", False)]
    await talk.say("đăng ký khai sinh", asks((BIRTH, 0.9)))
    assert reviewed(talk) == [("cưới chồng ở xa", Reason.REPHRASED, BIRTH.code, False)]


async def test_an_answer_that_is_corrected_is_listed_with_what_was_meant() -> None:
    talk = Talk()
    await talk.say("giấy cho hai vợ chồng", asks((BIRTH, 0.9)))
    await talk.say("sai rồi", means(Intent.CORRECT))
    await talk.say("giấy đăng ký kết hôn ấy", asks((MARRIAGE, 0.9)))
    assert reviewed(talk) == [("giấy cho hai vợ chồng", Reason.REPHRASED, MARRIAGE.code, True)]


@pytest.mark.parametrize(
    "intent", [Intent.COMPLAINT, Intent.DENUNCIATION, Intent.FEEDBACK_SUBMIT, Intent.DOSSIER_STATUS]
)
async def test_what_belongs_to_another_flow_is_neither_listed_nor_remembered(intent: Intent) -> None:
    talk = Talk()
    await talk.say("đăng ký khai sinh", asks((BIRTH, 0.9)))
    await talk.say("chuyện riêng", means(intent))
    assert reviewed(talk) == []
    assert talk.state.earlier is None


async def test_an_emergency_is_not_listed() -> None:
    talk = Talk()
    await talk.say("cháy nhà rồi cứu với")
    assert talk.outcome == "emergency"
    assert reviewed(talk) == []


def test_a_state_of_an_older_program_is_still_read() -> None:
    assert decode(b'{"procedure":"1.001193","turns":3}') == ConversationState(procedure="1.001193", turns=3)


def test_a_sighting_is_told_apart_by_its_words_alone() -> None:
    assert Sighting("Một", Reason.DECLINED).hash == Sighting("mot", Reason.ASKED_BACK).hash
