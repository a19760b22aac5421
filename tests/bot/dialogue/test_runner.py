"""What every flow can rely on: back, correct, cancel, interrupt, come back, expire, ask again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.state import ConversationState, FlowState
from nlu.understanding import Aspect, Intent
from tests.bot.dialogue.sample_flow import SAMPLE
from tests.bot.dialogue_house import BIRTH, TEXTS, FlowTalk, asks, means
from tests.bot.messages import NOW, ref

PHONE = TEXTS.render("utter_title_person")
PEOPLE = TEXTS.render("utter_title_mydata")
SURE = TEXTS.render("utter_title_erase")


async def begun(*said: str) -> FlowTalk:
    """A conversation in which the sample flow was opened by its button and some answers were given."""
    talk = FlowTalk(extra=(SAMPLE,), state=ConversationState(greeted=True))
    await talk.tap("do:sample")
    for text in said:
        await talk.say(text)
    return talk


async def test_the_steps_are_asked_one_after_the_other_to_the_end() -> None:
    talk = await begun("Đường hỏng")
    assert PHONE in talk.replies[-1].text
    await talk.say("0912 345 678")
    assert PEOPLE in await talk.say("x") or PEOPLE in talk.replies[-1].text
    await talk.say("3 người")
    assert "XONG story=Đường hỏng; phone=0912345678; people=3; sure=yes" in await talk.press("Có ích")
    assert talk.state.flows == ()


async def test_what_can_be_an_answer_by_another_kind_of_message_is_one() -> None:
    talk = await begun("Đường hỏng")
    contact = Inbound(ref(), "m", InboundKind.CONTACT, NOW, data={"phone": "0912345678"})
    assert PEOPLE in await talk.send(contact)


async def test_another_kind_of_message_is_declined_kindly_and_the_question_stands() -> None:
    talk = await begun("Đường hỏng")
    text = await talk.send(Inbound(ref(), "m", InboundKind.VOICE, NOW))
    assert TEXTS.render("utter_flow_kind") in text
    assert PHONE in text


@pytest.mark.parametrize("back", ["quay lại", "quay lai", "Quay lại bước trước ạ", "back"])
async def test_back_asks_the_question_before_once_more(back: str) -> None:
    talk = await begun("Đường hỏng", "0912345678")
    assert PHONE in await talk.say(back)
    assert talk.state.flows[-1].answers == {"story": "Đường hỏng"}


async def test_back_at_the_first_question_says_so() -> None:
    talk = await begun()
    assert "câu đầu tiên" in await talk.say("quay lại")


async def test_an_earlier_answer_is_corrected_by_name_and_the_rest_is_kept() -> None:
    talk = await begun("Đường hỏng", "0912345678", "3")
    assert PHONE in await talk.say("sửa tra cứu hồ sơ")
    assert SURE in await talk.say("0987654321")
    assert talk.state.flows[-1].answers["phone"] == "0987654321"
    assert talk.state.flows[-1].answers["people"] == "3"


@pytest.mark.parametrize("yes", ["đúng", "Đúng ạ", "đúng rồi"])
async def test_saying_that_it_is_right_stops_nothing(yes: str) -> None:
    talk = await begun("Đường hỏng")
    await talk.say(yes)
    assert [flow.name for flow in talk.state.flows] == ["sample"]


@pytest.mark.parametrize("stop", ["hủy", "huy", "/huy", "Thôi", "thôi không làm nữa", "cancel", "dừng", "dung"])
async def test_cancel_stops_the_flow(stop: str) -> None:
    talk = await begun("Đường hỏng")
    assert "đã hủy phần" in await talk.say(stop)
    assert talk.state.flows == ()


async def test_a_skippable_step_may_be_skipped_and_others_may_not() -> None:
    talk = await begun("Đường hỏng", "0912345678")
    assert SURE in await talk.press("Bỏ qua")
    talk = await begun("Đường hỏng")
    assert PHONE in await talk.say("bỏ qua")


async def test_a_procedure_question_is_answered_at_once_and_the_flow_offered_again() -> None:
    talk = await begun("Đường hỏng")
    text = await talk.say("khai sinh cần giấy tờ gì", asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS]))
    assert "**Giấy tờ cần có**" in text
    assert "quay lại phần phản ánh, kiến nghị nhé?" in text
    text = await talk.press("Làm tiếp")
    assert "làm tiếp phần" in text
    assert PHONE in text


async def test_the_answer_itself_also_comes_back_to_the_flow() -> None:
    talk = await begun("Đường hỏng")
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert PEOPLE in await talk.say("0912345678")


async def test_a_story_takes_questions_for_a_part_of_it() -> None:
    talk = await begun()
    question = "sao làm giấy khai sinh ở đây lâu thế?"
    assert PHONE in await talk.say(question, asks((BIRTH, 0.95)))
    assert talk.state.flows[-1].answers["story"] == question


async def test_an_emergency_goes_first_and_the_flow_stays_where_it_was() -> None:
    talk = await begun()
    assert "**Gọi ngay 114**" in await talk.say("nhà tôi đang cháy")
    assert PHONE in await talk.say("Đường hỏng")


async def test_an_answer_that_cannot_be_read_is_asked_again_with_an_example_and_then_a_person_is_offered() -> None:
    talk = await begun("Đường hỏng")
    text = await talk.say("số này")
    assert TEXTS.render("utter_flow_again") in text
    assert TEXTS.render("utter_title_language") in text
    assert "Gặp cán bộ" not in talk.titles()
    await talk.say("số kia")
    await talk.say("số nọ")
    assert "Gặp cán bộ" in talk.titles()
    assert "muốn gặp cán bộ" in await talk.press("Gặp cán bộ")
    assert [flow.name for flow in talk.state.flows] == ["sample"]


async def test_another_flow_interrupts_and_the_first_one_is_offered_afterwards() -> None:
    talk = await begun("Đường hỏng")
    await talk.say("/xoadulieu")
    assert [flow.name for flow in talk.state.flows] == ["sample", "erase"]
    assert "quay lại phần phản ánh" in await talk.press("Không xóa")
    assert PHONE in await talk.say("làm tiếp")


async def test_at_most_two_flows_wait() -> None:
    flows = tuple(replace(SAMPLE, name=f"sample{n}") for n in range(4))
    talk = FlowTalk(extra=flows)
    for flow in flows:
        await talk.tap(f"do:{flow.name}")
    assert [flow.name for flow in talk.state.flows] == ["sample1", "sample2", "sample3"]


async def test_after_its_time_a_story_is_not_continued_by_what_is_said_but_can_be_taken_up() -> None:
    talk = await begun()
    talk.now = NOW + timedelta(hours=2)
    text = await talk.say("xin chào", means(Intent.GREET))
    assert "quay lại phần" in text
    assert talk.state.flows[-1].answers == {}
    assert TEXTS.render("utter_greet_again") in await talk.press("Làm tiếp")


async def test_a_bare_number_is_the_answer_where_a_number_was_asked_for() -> None:
    talk = await begun("Đường hỏng", "0912345678")
    assert SURE in await talk.say("2")
    assert talk.state.flows[-1].answers["people"] == "2"


async def test_a_button_of_another_step_or_flow_answers_nothing() -> None:
    talk = await begun("Đường hỏng")
    for payload in ("in:sample:sure:yes", "in:other:phone:x", "in:sample:phone:0912345678", "do:unknown", "go:nothing"):
        await talk.tap(payload)
        assert "phone" not in talk.state.flows[-1].answers


async def test_a_flow_of_another_program_does_not_stop_the_conversation() -> None:
    state = ConversationState(flows=(FlowState(name="gone", step="x", at=int(NOW.timestamp())),))
    talk = FlowTalk(state=state)
    assert "**Đăng ký khai sinh**" in await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert talk.state.flows == ()
    moved = msgspec.structs.replace(state, flows=(FlowState(name="sample", step="gone", at=int(NOW.timestamp())),))
    talk = FlowTalk(state=moved, extra=(SAMPLE,))
    assert TEXTS.render("utter_greet_again") in await talk.say("vâng")


async def test_it_is_offered_a_few_times_to_come_back_and_then_only_on_request() -> None:
    talk = await begun("Đường hỏng")
    offered = ["quay lại phần" in await talk.say(f"khai sinh {number}", asks((BIRTH, 0.95))) for number in range(5)]
    assert offered == [True, True, True, False, False]
    assert PHONE in await talk.say("làm tiếp")


async def test_after_a_week_a_begun_flow_is_forgotten() -> None:
    talk = await begun("Đường hỏng")
    talk.now = NOW + timedelta(days=8)
    assert "quay lại phần" not in await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert talk.state.flows == ()


async def test_a_link_or_the_command_for_procedures_interrupts_even_a_story() -> None:
    talk = await begun()
    assert "quay lại phần" in await talk.say(f"/start {BIRTH.code}")
    talk = await begun()
    await talk.say("/thutuc")
    assert "**Đăng ký khai sinh**" in await talk.say("khai sinh", asks((BIRTH, 0.95)))


MOVES = st.one_of(
    st.sampled_from(
        ["/start", "/huy", "quay lại", "tiếp tục", "sửa tra cứu hồ sơ", "/canbo", "/xoadulieu", "có", "0912345678", "2", "9",
         "nhà cháy rồi", "/ngonngu en", "khai sinh", "bỏ qua", "mật khẩu là abc12345", "", "\ud800", "1. x", "English please now"]
    ),
    st.text(max_size=30),
)  # fmt: skip
TAPS = st.sampled_from(
    ["do:sample", "do:language:en", "do:useful:yes:x", "do:lacking", "do:", "in:sample:sure:yes", "in:::", "go:back", "go:",
     "go:fix:phone", "tt:1.001193:fee", "none", "x"]
)  # fmt: skip
KINDS = st.sampled_from(list(InboundKind))


@given(st.lists(st.tuples(KINDS, MOVES, TAPS, st.integers(0, 60 * 24 * 9)), max_size=12))
@settings(deadline=None, max_examples=150)
def test_whatever_is_sent_is_answered_within_the_limits_and_can_be_stored(
    moves: list[tuple[InboundKind, str, str, int]],
) -> None:
    async def play() -> None:
        talk = FlowTalk(extra=(SAMPLE,), rates=True)
        talk.reader.known["khai sinh"] = asks((BIRTH, 0.95))
        for kind, text, payload, minutes in moves:
            talk.now += timedelta(minutes=minutes)
            await talk.send(Inbound(ref(), "m", kind, NOW, text=text, payload=payload))
            assert len(talk.state.flows) <= 3
            assert all(len(option.id.encode()) <= 64 for option in talk.state.shown)
            assert len({option.id for option in talk.state.shown}) == len(talk.state.shown)
            assert talk.last is not None
            assert talk.state == talk.last.state

    asyncio.run(play())
