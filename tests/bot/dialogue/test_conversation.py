"""A conversation: answers, choices, follow-ups, small talk, emergencies, and whatever else people send."""

from __future__ import annotations

import unicodedata

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.conversation import Conversation
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.state import ConversationState, Option, decode, encode
from nlu.decision import Thresholds
from nlu.text import fold
from nlu.understanding import Aspect, Intent, Understander, Understanding
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE, TEXTS, Talk, asks, goes_on
from tests.bot.messages import NOW, ref
from tests.factories import TODAY, procedure
from tests.fakes.procedures import FakeCatalogue, FakeReader

CLOSE = asks((MARRIAGE, 0.36), (FOREIGN_MARRIAGE, 0.33), aspects=[Aspect.FEE])


def means(intent: Intent, confidence: float = 0.95) -> Understanding:
    """A message of another intent, as Rasa reads it."""
    outside = 0.99 if intent.out_of_scope else 0.01
    return Understanding(
        text="…", intent=intent, confidence=confidence, in_scope=0.01, out_of_scope=outside, by=Understander.RASA
    )


# ---- choosing ------------------------------------------------------------------------------------------------------


async def test_close_procedures_are_offered_numbered_with_a_way_out() -> None:
    talk = Talk()
    text = await talk.say("kết hôn hết bao nhiêu", CLOSE)
    assert talk.outcome == "choose"
    assert "Anh/chị hỏi việc nào" in text
    assert talk.titles() == [
        "1. Đăng ký kết hôn",
        "2. Đăng ký kết hôn có yếu tố nước ngoài",
        "Không có việc nào ở trên",
    ]
    assert all(len(choice.id.encode()) <= 64 for choice in talk.replies[-1].choices)


@pytest.mark.parametrize(
    "answer",
    [
        "2",
        "số 2",
        "cái thứ hai",
        "Đăng ký kết hôn có yếu tố nước ngoài",
        "dang ky ket hon co yeu to nuoc ngoai",
        "tap",
    ],
)
async def test_number_name_name_without_accents_and_button_choose_the_same_and_keep_the_question(answer: str) -> None:
    talk = Talk()
    await talk.say("kết hôn hết bao nhiêu", CLOSE)
    text = await (talk.tap(talk.replies[-1].choices[1].id) if answer == "tap" else talk.say(answer))
    assert talk.outcome == "answered"
    assert talk.state.procedure == FOREIGN_MARRIAGE.code
    assert text.startswith("**Đăng ký kết hôn có yếu tố nước ngoài**")
    assert "**Lệ phí**" in text
    assert talk.state.options == ()


async def test_none_of_these_asks_for_more_words() -> None:
    talk = Talk()
    await talk.say("kết hôn", CLOSE)
    text = await talk.tap("none")
    assert "tả rõ hơn" in text
    assert talk.state.options == ()


async def test_no_to_a_choice_asks_for_more_words() -> None:
    talk = Talk()
    await talk.say("kết hôn", CLOSE)
    assert "tả rõ hơn" in await talk.say("không", means(Intent.DENY))


async def test_a_new_question_instead_of_a_choice_is_answered() -> None:
    talk = Talk()
    await talk.say("kết hôn", CLOSE)
    text = await talk.say("thôi, khai sinh cần giấy gì", asks((BIRTH, 0.9), aspects=[Aspect.DOCUMENTS]))
    assert "Đăng ký khai sinh" in text


async def test_a_number_without_an_offer_chooses_nothing() -> None:
    talk = Talk()
    await talk.say("2")
    assert talk.outcome == "declined"


async def test_a_button_of_long_ago_still_opens_its_procedure_without_the_old_question() -> None:
    talk = Talk()
    text = await talk.tap(f"tt:{MARRIAGE.code}")
    assert "**Đăng ký kết hôn**" in text
    assert "**Lệ phí**" not in text


@pytest.mark.parametrize("payload", ["", "pay:me", "tt:", "/affirm", "tt:1.001193:drop table"])
async def test_a_button_that_was_never_ours_gets_a_kind_answer(payload: str) -> None:
    assert "Nút này đã cũ" in await Talk().tap(payload)


async def test_a_button_of_a_procedure_that_is_gone_says_so() -> None:
    assert "không có thủ tục mã 9.999999" in await Talk().tap("tt:9.999999")


async def test_options_with_like_names_are_told_apart_by_their_level() -> None:
    name = "Cấp giấy phép hoạt động cơ sở trợ giúp xã hội "
    one = procedure("1.000001", name=name + "công lập", levels=("province",))
    other = procedure("1.000002", name=name + "tư nhân", levels=("commune",))
    talk = Talk(FakeCatalogue(one, other))
    await talk.say("giấy phép", asks((one, 0.3), (other, 0.29)))
    assert talk.titles()[0].endswith("(cấp tỉnh)")
    assert talk.titles()[1].endswith("(cấp xã)")


async def test_a_question_that_names_nothing_is_asked_which_procedure_and_is_not_forgotten() -> None:
    talk = Talk()
    unnamed = asks((BIRTH, 0.3), aspects=[Aspect.FEE], scores={"naming": 0.0})
    assert "thủ tục nào" in await talk.say("lệ phí bao nhiêu", unnamed)
    text = await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert "**Lệ phí**" in text


# ---- following up --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "aspect", "label"),
    [
        ("thế lệ phí bao nhiêu", Aspect.FEE, "**Lệ phí**"),
        ("còn nộp online được không", Aspect.HOW_ONLINE, "**Nộp trực tuyến**"),
        ("bao lâu xong", Aspect.TIME, "**Thời hạn**"),
        ("nộp ở đâu", Aspect.WHERE, "**Nơi nộp**"),
    ],
)
async def test_a_follow_up_stays_with_the_procedure_under_discussion(question: str, aspect: Aspect, label: str) -> None:
    talk = Talk()
    await talk.say("khai sinh cần gì", asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS]))
    text = await talk.say(question, goes_on(aspect))
    assert text.startswith("**Đăng ký khai sinh**")
    assert label in text


async def test_a_new_procedure_replaces_the_one_under_discussion() -> None:
    talk = Talk()
    await talk.say("khai sinh cần gì", asks((BIRTH, 0.95)))
    await talk.say("còn đăng ký kết hôn thì sao", asks((MARRIAGE, 0.95), aspects=[Aspect.DOCUMENTS]))
    assert talk.state.procedure == MARRIAGE.code
    assert "kết hôn" in await talk.say("mất bao lâu", goes_on(Aspect.TIME))


async def test_a_correction_that_names_the_right_procedure_answers_it() -> None:
    talk = Talk()
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    read = asks((MARRIAGE, 0.95), intent=Intent.CORRECT)
    assert "**Đăng ký kết hôn**" in await talk.say("không, ý tôi là đăng ký kết hôn", read)


async def test_cancelling_forgets_the_procedure() -> None:
    talk = Talk()
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert "dừng lại" in await talk.say("thôi", means(Intent.CANCEL))
    assert talk.state.procedure == ""


async def test_yes_while_a_procedure_is_under_discussion_offers_its_aspects() -> None:
    talk = Talk()
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    await talk.say("vâng", means(Intent.AFFIRM))
    assert "Lệ phí" in talk.titles()


async def test_an_emergency_does_not_end_the_discussion() -> None:
    talk = Talk()
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    await talk.say("cháy nhà rồi")
    assert talk.state.procedure == BIRTH.code


async def test_a_typed_code_is_answered_whatever_was_under_discussion() -> None:
    talk = Talk()
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    read = Understanding(text="…", procedure_codes=("1.000894.000.00.00.H17",), aspects=(Aspect.TIME,))
    text = await talk.say("mã 1.000894.000.00.00.H17 bao lâu", read)
    assert "**Đăng ký kết hôn**" in text
    assert "**Thời hạn**" in text


async def test_an_unknown_code_is_said_to_be_unknown() -> None:
    read = Understanding(text="…", procedure_codes=("9.999999",))
    assert "không có thủ tục mã 9.999999" in await Talk().say("9.999999", read)


# ---- other intents -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("confidence", [0.99, 0.45, 0.1])
async def test_every_intent_gets_an_answer_with_and_without_a_procedure_under_discussion(
    intent: Intent, confidence: float
) -> None:
    for state in (ConversationState(), ConversationState(procedure=BIRTH.code)):
        talk = Talk(state=state)
        text = await talk.say("tin nhắn", means(intent, confidence))
        assert text.strip()
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
        Intent.DOSSIER_STATUS,
        Intent.POSTAL_SERVICE,
        Intent.FEEDBACK_SUBMIT,
        Intent.RATE_SERVICE,
        Intent.TALK_TO_PERSON,
        Intent.PRIVACY_DELETE,
        Intent.OFFICE_HOURS,
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


# ---- without Rasa: the real search -----------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [str, fold], ids=["accents", "no accents"])
async def test_without_rasa_a_whole_conversation_goes_its_way(written: type) -> None:
    from nlu.catalogue.entries import index_of
    from nlu.reader import Reader

    class Live:
        index = index_of([BIRTH, MARRIAGE, FOREIGN_MARRIAGE], 1)

    catalogue = FakeCatalogue(BIRTH, MARRIAGE, FOREIGN_MARRIAGE)
    flow = ProcedureFlow(catalogue, TEXTS, AnswerVoice(TEXTS), Thresholds(), lambda: TODAY, 365)
    dialogue = Conversation(Reader(None, Live()), flow, TEXTS)
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


# ---- state -----------------------------------------------------------------------------------------------------------


def test_a_state_read_back_is_the_same_state() -> None:
    state = ConversationState(
        procedure="1.001193", aspects=("fee",), options=(Option("tt:1.001193", "Khai sinh"),), greeted=True, turns=3
    )
    assert decode(encode(state)) == state


@pytest.mark.parametrize("raw", [None, b"", b"nonsense", b"[]", b'{"layout": 99}', b'{"turns": "many"}', b"\xff\xfe"])
def test_a_state_that_cannot_be_read_starts_afresh(raw: bytes | None) -> None:
    assert decode(raw) == ConversationState()


async def test_a_state_with_an_aspect_of_an_older_program_does_not_stop_the_conversation() -> None:
    talk = Talk(state=ConversationState(aspects=("gone",), options=(Option(f"tt:{BIRTH.code}", "Khai sinh"),)))
    assert "**Đăng ký khai sinh**" in await talk.say("1")
    talk = Talk(state=ConversationState(aspects=("gone",)), reader=FakeReader())
    assert "**Đăng ký khai sinh**" in await talk.say("khai sinh", asks((BIRTH, 0.95)))
