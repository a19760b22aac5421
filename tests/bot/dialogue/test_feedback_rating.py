"""Being content with the answer to feedback or not, in one tap, and having it looked at again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.dialogue.effects import RateFeedback, ReopenFeedback
from bot.dialogue.flows.feedback_rating import (
    AfterAnswer,
    AnswerOutside,
    Standing,
    reopen_choice,
    satisfaction_choices,
)
from tests.bot.dialogue_house import TEXTS, FlowTalk
from tests.fakes.answered import FakeAnswered

RECEIPT = "PA-7KQM-2XWP"


@pytest.fixture
def records() -> FakeAnswered:
    return FakeAnswered()


@pytest.fixture
def talk(records: FakeAnswered) -> FlowTalk:
    made = FlowTalk()
    made.answers = AnswerOutside(records, rate_days=30, reopen_days=20)
    return made


def effects(talk: FlowTalk) -> Sequence[object]:
    assert talk.last is not None
    return talk.last.effects


def grade(number: int) -> str:
    return satisfaction_choices(TEXTS, RECEIPT)[5 - number].id


def test_the_buttons_fit_every_channel() -> None:
    choices = (*satisfaction_choices(TEXTS, RECEIPT), reopen_choice(TEXTS, RECEIPT))
    assert [choice.title for choice in choices][:2] == ["Rất hài lòng", "Hài lòng"]
    assert max(len(choice.id.encode()) for choice in choices) <= 64


async def test_one_tap_is_enough_for_who_is_content(talk: FlowTalk) -> None:
    text = await talk.tap(grade(4))
    assert "Hài lòng" in text
    assert "30 ngày" in text
    assert effects(talk) == (RateFeedback(RECEIPT, 4),)
    assert talk.state.flows == ()


async def test_who_is_not_content_is_kept_at_once_and_says_why_and_has_it_looked_at_again(talk: FlowTalk) -> None:
    assert "Điều gì chưa được" in await talk.tap(grade(2))
    assert effects(talk) == (RateFeedback(RECEIPT, 2),)
    assert "xem lại không" in await talk.say("trả lời không đúng câu tôi hỏi?")
    assert RECEIPT in await talk.press("Đề nghị xem lại")
    why = "trả lời không đúng câu tôi hỏi?"
    assert effects(talk) == (RateFeedback(RECEIPT, 2, why), ReopenFeedback(RECEIPT, why))


async def test_nothing_is_reopened_without_being_wanted(talk: FlowTalk) -> None:
    await talk.tap(grade(1))
    await talk.say("chậm quá")
    assert "ghi lại" in await talk.press("Không cần")
    assert effects(talk) == (RateFeedback(RECEIPT, 1, "chậm quá"),)


async def test_the_reason_may_be_skipped(talk: FlowTalk) -> None:
    await talk.tap(grade(1))
    assert "ghi lại" in await talk.press("Bỏ qua")
    assert effects(talk) == ()


async def test_where_it_is_too_late_to_reopen_the_reason_alone_is_kept(talk: FlowTalk, records: FakeAnswered) -> None:
    records.standing = Standing(AfterAnswer.OPEN, AfterAnswer.TOO_LATE)
    await talk.tap(grade(1))
    assert "ghi lại" in await talk.say("chậm quá")
    assert effects(talk) == (RateFeedback(RECEIPT, 1, "chậm quá"),)
    assert "quá 20 ngày" in await talk.tap(reopen_choice(TEXTS, RECEIPT).id)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (AfterAnswer.NOT_YOURS, "không được gửi từ cuộc trò chuyện này"),
        (AfterAnswer.NOT_YET, "chưa có trả lời"),
        (AfterAnswer.TOO_LATE, "quá 30 ngày"),
    ],
)
async def test_what_may_not_be_rated_says_why(
    talk: FlowTalk, records: FakeAnswered, why: AfterAnswer, said: str
) -> None:
    records.standing = Standing(why, why)
    assert said in await talk.tap(grade(5))
    assert effects(talk) == ()


@pytest.mark.parametrize("payload", ["", ":x:5", f":{RECEIPT}", f":{RECEIPT}:9", f":{RECEIPT}:5:5"])
async def test_a_button_that_is_none_of_ours_keeps_nothing(talk: FlowTalk, payload: str) -> None:
    text = await talk.tap(f"do:feedback_rating{payload}")
    assert effects(talk) == () or f"{RECEIPT}:5:5" in payload
    assert text


async def test_it_is_reopened_with_a_reason_alone(talk: FlowTalk, records: FakeAnswered) -> None:
    assert "Vì sao" in await talk.tap(reopen_choice(TEXTS, RECEIPT).id)
    assert RECEIPT in await talk.say("có quy định mới")
    assert effects(talk) == (ReopenFeedback(RECEIPT, "có quy định mới"),)
    assert records.asked == [RECEIPT, RECEIPT]


async def test_what_ended_while_the_reason_was_written_is_not_reopened(talk: FlowTalk, records: FakeAnswered) -> None:
    await talk.tap(reopen_choice(TEXTS, RECEIPT).id)
    records.standing = Standing(AfterAnswer.NOT_YET, AfterAnswer.NOT_YET)
    assert "chưa có trả lời" in await talk.say("có quy định mới")
    assert effects(talk) == ()


async def test_a_reason_that_comes_too_late_is_not_kept(talk: FlowTalk, records: FakeAnswered) -> None:
    await talk.tap(grade(1))
    records.standing = Standing(AfterAnswer.TOO_LATE, AfterAnswer.TOO_LATE)
    assert "quá 30 ngày" in await talk.press("Bỏ qua")
    assert effects(talk) == ()
