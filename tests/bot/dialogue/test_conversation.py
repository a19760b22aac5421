"""Small talk, other flows, emergencies, and whatever else people send."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.conversation import _OPENS, Conversation
from bot.dialogue.field_flow import FieldFlow
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.state import ConversationState
from nlu.decision import Thresholds
from nlu.text import fold
from nlu.understanding import Aspect, Intent
from tests.bot.dialogue_house import BIRTH, FIELDS, FOREIGN_MARRIAGE, MARRIAGE, TEXTS, Talk, asks, means
from tests.bot.messages import NOW, ref
from tests.factories import TODAY
from tests.fakes.procedures import FakeCatalogue

# ---- other intents -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("confidence", [0.99, 0.45, 0.1])
async def test_every_intent_gets_an_answer_with_and_without_a_procedure_under_discussion(
    intent: Intent, confidence: float
) -> None:
    for state in (ConversationState(), ConversationState(procedure=BIRTH.code)):
        talk = Talk(state=state)
        text = await talk.say("tin nhắn", means(intent, confidence))
        # What a flow answers is opened by the assistant, which this conversation is only a part of.
        assert text.strip() or (intent in _OPENS and talk.outcome == "other_flow")
        assert talk.last is not None
        assert talk.last.trace["intent"] == intent.value


@pytest.mark.parametrize("intent", [intent for intent in Intent if intent.out_of_scope])
async def test_what_is_out_of_scope_is_declined_with_its_own_sentence(intent: Intent) -> None:
    talk = Talk()
    assert await talk.say("câu hỏi", means(intent)) == TEXTS.render(f"utter_{intent.value}")
    assert talk.outcome == "declined"


@pytest.mark.parametrize(
    "intent",
    [
        Intent.OFFICE_HOURS,
        Intent.OFFICE_ADDRESS,
    ],
)
async def test_a_flow_that_is_not_built_yet_says_so_honestly(intent: Intent) -> None:
    talk = Talk()
    assert "chưa" in await talk.say("câu hỏi", means(intent))
    assert talk.outcome == "other_flow"


async def test_what_the_catalogue_does_not_know_is_said_with_whom_to_ask() -> None:
    talk = Talk()
    text = await talk.say("xin giấy phép nuôi rồng", means(Intent.ASK_PROCEDURE))
    assert talk.outcome == "not_in_catalogue"
    assert "18001096" in text


async def test_who_greets_is_told_once_that_this_is_a_machine() -> None:
    talk = Talk()
    assert "trợ lý tự động" in await talk.say("xin chào", means(Intent.GREET))
    assert "trợ lý tự động" not in await talk.say("chào em", means(Intent.GREET))


async def test_who_was_greeted_at_the_start_is_not_told_again() -> None:
    talk = Talk()
    assert "trợ lý tự động" in await talk.send(Inbound(ref(), "m", InboundKind.START, NOW))
    assert "trợ lý tự động" not in await talk.say("chào em", means(Intent.GREET))


# ---- emergencies ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cry", "number"),
    [
        ("nhà tôi đang cháy", "114"),
        ("chong dang danh toi", "113"),
        ("mẹ tôi bị đột quỵ", "115"),
        ("co nguoi bao hanh tre em", "111"),
        ("có trộm vào nhà", "113"),
    ],
)
async def test_an_emergency_gets_its_number_at_once_without_asking_rasa(cry: str, number: str) -> None:
    talk = Talk()
    text = await talk.say(cry)
    assert talk.outcome == "emergency"
    assert text.startswith(f"**Gọi ngay {number}**")
    assert talk.reader.read_texts == []


async def test_an_emergency_that_only_rasa_recognises_gets_the_police() -> None:
    talk = Talk()
    assert "113" in await talk.say("có chuyện rồi", means(Intent.EMERGENCY))
    assert talk.outcome == "emergency"


@pytest.mark.parametrize(
    ("cry", "numbers"),
    [("có người bị tai nạn", ["115", "113"]), ("nhà em đang cháy, có người bị bỏng", ["114", "115"])],
)
async def test_every_number_that_fits_is_named_in_the_first_line(cry: str, numbers: list[str]) -> None:
    text = await Talk().say(cry)
    assert re.findall(r"11\d", text) == numbers


async def test_what_rasa_takes_for_an_emergency_is_told_whom_its_words_call_for() -> None:
    said = await Talk().say("bạn em ngã cầu thang", means(Intent.EMERGENCY))
    assert said.startswith("**Gọi ngay 115**")


# ---- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u200d", "\x00\x07", "🎉🎉🎉", "???", "…", "👨‍👩‍👧", "////"])
async def test_a_message_without_words_is_asked_for_words_and_never_sent_to_rasa(nothing: str) -> None:
    talk = Talk()
    assert "chưa thấy nội dung" in await talk.say(nothing)
    assert talk.reader.read_texts == []


@pytest.mark.parametrize(
    "kind",
    [kind for kind in InboundKind if kind not in (InboundKind.TEXT, InboundKind.CHOICE, InboundKind.START)],
)
async def test_a_photo_or_voice_message_is_asked_for_words(kind: InboundKind) -> None:
    assert "Anh/chị gõ giúp em" in await Talk().send(Inbound(ref(), "m", kind, NOW))


async def test_a_very_long_message_is_read_at_its_beginning_and_says_so() -> None:
    talk = Talk()
    text = await talk.say("khai sinh " * 4000, asks((BIRTH, 0.95)))
    assert talk.replies[0].text == TEXTS.render("utter_too_long")
    assert "**Đăng ký khai sinh**" in text
    assert len(talk.reader.read_texts[0]) <= 1000


@pytest.mark.parametrize(
    "odd",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE procedures; --",
        '/ask_procedure{"aspect": "fee"}',
        '\u200b / affirm{"x": 1}',
        "How do I register a birth?",
        "出生登记需要什么",
        "как зарегистрировать брак",
        "a" * 40_000,
        "\u202egnửh",
        "{0} {name} %s %(x)s",
        "\ud800 lẻ",
        "0" * 500,
        "1.1.1.1.1.1",
    ],
)
async def test_odd_messages_get_a_kind_useful_reply(odd: str) -> None:
    talk = Talk()
    text = await talk.say(odd)
    assert "Anh/chị nói lại" in text or "Em trả lời bằng tiếng Việt" in text
    assert "{" not in text
    assert not talk.reader.read_texts[0].startswith("/")


@pytest.mark.parametrize(
    "foreign", ["How do I register the birth of my child?", "出生登记需要什么", "как оформить брак"]
)
async def test_another_language_is_told_which_language_is_spoken_here(foreign: str) -> None:
    assert await Talk().say(foreign) == TEXTS.render("utter_not_vietnamese")


async def test_decomposed_text_is_read_as_composed_text() -> None:
    talk = Talk()
    read = asks((BIRTH, 0.95))
    talk.reader.known["đăng ký khai sinh"] = read
    assert "**Đăng ký khai sinh**" in await talk.say(unicodedata.normalize("NFD", "đăng ký khai sinh"))


async def test_the_trace_holds_no_word_of_the_citizen() -> None:
    talk = Talk()
    await talk.say("Nguyễn Văn A 0912345678 khai sinh", asks((BIRTH, 0.95)))
    assert talk.last is not None
    assert "0912345678" not in str(talk.last.trace)
    assert "Nguyễn" not in str(talk.last.trace)


async def test_the_trace_tells_the_codes_of_each_service_and_of_what_is_offered() -> None:
    talk = Talk()
    await talk.say("đăng ký kết hôn", asks((MARRIAGE, 0.5), (FOREIGN_MARRIAGE, 0.45)))
    assert talk.last is not None
    assert talk.last.trace["options"] == [MARRIAGE.code, FOREIGN_MARRIAGE.code]
    assert talk.last.trace["candidates"][0]["members"] == [MARRIAGE.code]


# ---- without Rasa: the real search -----------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [str, fold], ids=["accents", "no accents"])
async def test_without_rasa_a_whole_conversation_goes_its_way(written: type) -> None:
    from nlu.catalogue.entries import index_of
    from nlu.reader import Reader

    class Live:
        index = index_of([BIRTH, MARRIAGE, FOREIGN_MARRIAGE], 1)

    catalogue = FakeCatalogue(BIRTH, MARRIAGE, FOREIGN_MARRIAGE)
    flow = ProcedureFlow(catalogue, TEXTS, AnswerVoice(TEXTS), Thresholds(), lambda: TODAY, 365)
    dialogue = Conversation(Reader(None, Live()), flow, TEXTS, FieldFlow(FIELDS, flow.asking))
    state, told = ConversationState(), []
    for text in ("làm giấy khai sinh cần giấy tờ gì", "thế lệ phí bao nhiêu", "đăng ký kết hôn mất bao lâu"):
        result = await dialogue.turn(state, Inbound(ref(), "m", InboundKind.TEXT, NOW, text=written(text)))
        state = result.state
        told.append("\n".join(reply.text for reply in result.replies))
    assert "**Đăng ký khai sinh**" in told[0]
    assert "**Giấy tờ cần có**" in told[0]
    assert "**Đăng ký khai sinh**" in told[1]
    assert "**Lệ phí**" in told[1]
    assert "kết hôn" in told[2]
    assert state.turns == 3


@pytest.mark.parametrize(
    ("said", "begins"), [("bao nhiêu tiền", "**Đăng ký khai sinh**"), ("vàng bao nhiêu tiền", "Giá cả")]
)
async def test_a_bare_question_is_about_the_procedure_under_discussion_however_foreign_it_looks(
    said: str, begins: str
) -> None:
    talk = Talk(state=ConversationState(procedure=BIRTH.code))
    foreign = replace(means(Intent.OOS_PRICES), text=said, aspects=(Aspect.FEE,))
    assert (await talk.say(said, foreign)).startswith(begins)
