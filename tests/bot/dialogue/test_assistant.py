"""What the assistant does around answers: commands, choices, pauses, ratings, hand-over, language."""

from __future__ import annotations

import string
from datetime import timedelta

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.conversation import _OPENS
from bot.dialogue.effects import EraseEverything, Rate
from bot.dialogue.flows.handing_over import Office
from bot.dialogue.state import ConversationState, decode, encode
from nlu.aspects import cue_aspects
from nlu.learning.review import Reason
from nlu.understanding import Aspect, Intent
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE, TEXTS, FlowTalk, asks, means
from tests.bot.messages import NOW, ref


def braces_of_all() -> set[str]:
    """The values that any sentence names."""
    found = (string.Formatter().parse(text) for variants in TEXTS.sentences.values() for text in variants.values())
    return {name for parts in found for _, name, _, _ in parts if name is not None}


FILLED = dict.fromkeys(braces_of_all(), "…")
"""Something for every value that some sentence names."""
KNOWN = ConversationState(greeted=True)


def of(kind: InboundKind, **changes: object) -> Inbound:
    """A message without words."""
    return Inbound(ref(), "m", kind, NOW, **changes)  # type: ignore[arg-type]


# ---- choices of the last turn ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["2", "số 2", "chọn số 2 nhé", "Thời hạn", "thoi han", "THỜI HẠN."])
async def test_a_button_of_an_answer_is_also_chosen_by_number_and_title(said: str) -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("khai sinh", asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS]))
    assert [option.title for option in talk.state.shown[:2]] == ["Lệ phí", "Thời hạn"]
    assert "**Thời hạn**" in await talk.say(said)


async def test_words_around_a_number_are_no_choice() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("khai sinh", asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS]))
    await talk.say("3 ngày")
    assert "3 ngày" in talk.reader.read_texts


async def test_the_choices_of_all_replies_of_a_turn_are_numbered_on() -> None:
    talk = FlowTalk(state=KNOWN, rates=True)
    await talk.say("khai sinh", asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS]))
    answer, rating = talk.replies
    numbers = sum(bool(choice.id) for choice in answer.choices)
    assert rating.first_number == numbers + 1
    await talk.say(str(numbers + 1))
    assert talk.kept.ratings == [Rate(BIRTH.code, ("documents",), True)]


async def test_none_of_these_is_chosen_by_its_number_too() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("đăng ký", asks((BIRTH, 0.5), (MARRIAGE, 0.49)))
    assert talk.outcome == "choose"
    assert TEXTS.render("utter_choose_again") in await talk.say("3")
    assert talk.last is not None
    assert [one.reason for one in talk.last.review] == [Reason.CHOSE_NONE]


# ---- commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["/start tt_1-001193", "#TT1.001193", "/start 1.001193"])
async def test_a_link_opens_its_procedure(text: str) -> None:
    talk = FlowTalk()
    said = await talk.say(text)
    assert "**Đăng ký khai sinh**" in said
    assert "trợ lý tự động" in said


async def test_a_start_event_with_a_payload_opens_its_procedure_and_an_unknown_one_greets() -> None:
    assert "**Đăng ký khai sinh**" in await FlowTalk().send(of(InboundKind.START, payload="tt_1-001193"))
    assert "Chào anh/chị" in await FlowTalk().send(of(InboundKind.START, payload="qr_7"))
    assert "9.999999" in await FlowTalk().send(of(InboundKind.START, payload="tt_9-999999"))


async def test_the_command_for_procedures_asks_or_answers() -> None:
    talk = FlowTalk(state=KNOWN)
    assert "thủ tục nào" in await talk.say("/thutuc")
    talk.reader.known["khai sinh"] = asks((BIRTH, 0.95))
    assert "**Đăng ký khai sinh**" in await talk.say("/thutuc khai sinh")


async def test_cancel_without_a_flow_leaves_the_procedure() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert TEXTS.render("utter_cancel") in await talk.say("huy")
    assert talk.state.procedure == ""


@pytest.mark.parametrize(("noun", "aspect"), [("hồ sơ", "documents"), ("Hồ sơ?", "documents")])
async def test_a_bare_noun_asks_about_the_procedure_under_discussion(noun: str, aspect: str) -> None:
    by_itself = {TEXTS.render("utter_dossier_which"), TEXTS.render("utter_postal_menu")}
    assert await FlowTalk(state=KNOWN).say(noun) in by_itself
    talk = FlowTalk(state=ConversationState(greeted=True, procedure=BIRTH.code))
    await talk.say(noun)
    asked = talk.reader.read_texts[0]
    assert [one.value for one in cue_aspects(asked)] == [aspect]


# ---- who is speaking, and when nobody does -----------------------------------------------------------------------


async def test_the_first_answer_says_that_a_machine_answers_and_the_second_does_not() -> None:
    talk = FlowTalk()
    assert (await talk.say("khai sinh", asks((BIRTH, 0.95)))).startswith("Em là Một Cửa, trợ lý tự động")
    assert "trợ lý tự động" not in await talk.say("kết hôn", asks((MARRIAGE, 0.95)))


async def test_who_greets_first_gets_the_same_welcome_as_who_starts() -> None:
    talk, started = FlowTalk(), FlowTalk()
    said = await talk.say("hello", means(Intent.GREET))
    assert said == await started.say("/start")
    assert "English" in talk.titles()
    assert talk.titles() == started.titles()


async def test_who_follows_is_welcomed() -> None:
    assert "trợ lý tự động" in await FlowTalk().send(of(InboundKind.FOLLOW))


@pytest.mark.parametrize("kind", [InboundKind.UNFOLLOW, InboundKind.STATUS, InboundKind.STAFF, InboundKind.WITHDRAW])
async def test_what_is_no_message_gets_no_reply(kind: InboundKind) -> None:
    talk = FlowTalk()
    await talk.send(of(kind))
    assert talk.replies == ()


async def test_while_a_person_of_the_agency_writes_the_assistant_is_silent() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.send(of(InboundKind.STAFF))
    talk.now = NOW + timedelta(minutes=29)
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert talk.replies == ()
    await talk.tap("do:help")
    assert talk.replies == ()
    assert "114" in await talk.say("nhà tôi đang cháy")
    talk.now = NOW + timedelta(minutes=31)
    assert "**Đăng ký khai sinh**" in await talk.say("khai sinh", asks((BIRTH, 0.95)))


async def test_a_persons_rights_do_not_pause() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.send(of(InboundKind.STAFF))
    assert "3" in await talk.say("/dulieucuatoi")
    assert await talk.say("/xoadulieu")
    assert await talk.press("Xóa hết")
    assert talk.last is not None
    assert talk.last.effects == (EraseEverything(),)


async def test_start_ends_the_pause() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.send(of(InboundKind.STAFF))
    assert "Chào anh/chị" in await talk.say("/start")
    assert "**Đăng ký khai sinh**" in await talk.say("khai sinh", asks((BIRTH, 0.95)))


async def test_who_withdraws_at_the_platform_has_everything_deleted() -> None:
    talk = FlowTalk(state=ConversationState(greeted=True, procedure=BIRTH.code))
    await talk.send(of(InboundKind.WITHDRAW))
    assert talk.last is not None
    assert talk.last.effects == (EraseEverything(),)
    assert talk.state.procedure == ""


@pytest.mark.parametrize("intent", list(_OPENS))
async def test_every_intent_of_a_flow_is_answered_by_that_flow(intent: Intent) -> None:
    talk = FlowTalk(state=KNOWN)
    assert await talk.say("việc này", means(intent))
    assert talk.outcome == "other_flow"


# ---- a person ---------------------------------------------------------------------------------------------------------


async def test_who_wants_a_person_is_told_whom_to_ask_and_the_request_is_noted_once() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("khai sinh cần gì", asks((BIRTH, 0.95)))
    said = await talk.say("gặp cán bộ")
    assert "18001096" in said
    assert "không hứa được" in said
    assert list(talk.kept.requests.values()) == ["khai sinh cần gì"]
    assert "ghi từ trước" in await talk.say("cho gặp người thật đi", means(Intent.TALK_TO_PERSON))
    assert "rút yêu cầu" in await talk.press("Thôi, không cần nữa")
    assert talk.kept.requests == {}


async def test_an_office_with_hours_and_telephone_is_named_with_its_source() -> None:
    office = Office("Trung tâm A", "7h30–17h00", "024 1234", "trang của tỉnh", "01/11/2026")
    said = await FlowTalk(state=KNOWN, office=office).say("/canbo")
    for part in ("Trung tâm A", "7h30–17h00", "024 1234", "trang của tỉnh", "01/11/2026"):
        assert part in said


# ---- usefulness ---------------------------------------------------------------------------------------------------------


async def test_only_the_first_answer_about_a_procedure_is_put_to_the_vote() -> None:
    talk = FlowTalk(state=KNOWN, rates=True)
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    assert talk.titles() == ["Có ích", "Chưa"]
    await talk.say("bao lâu", asks((BIRTH, 0.95), aspects=[Aspect.TIME]))
    assert "Chưa" not in talk.titles()


async def test_who_lets_two_votes_pass_is_not_asked_again() -> None:
    talk = FlowTalk(state=KNOWN, rates=True)
    asked = []
    for procedure in (BIRTH, MARRIAGE, FOREIGN_MARRIAGE):
        await talk.say("hỏi", asks((procedure, 0.95)))
        asked.append("Chưa" in talk.titles())
    assert asked == [True, True, False]


async def test_who_votes_is_asked_on() -> None:
    talk = FlowTalk(state=KNOWN, rates=True)
    for procedure in (BIRTH, MARRIAGE, FOREIGN_MARRIAGE):
        await talk.say("hỏi", asks((procedure, 0.95)))
        assert "Có ích" in talk.titles()
        await talk.tap(f"do:useful:yes:{procedure.code}")


async def test_a_vote_is_thanked_in_place_and_counts_once() -> None:
    talk = FlowTalk(state=KNOWN, rates=True)
    await talk.say("khai sinh", asks((BIRTH, 0.95), aspects=[Aspect.FEE]))
    await talk.tap(f"do:useful:yes:{BIRTH.code}")
    assert talk.replies[-1].replace
    await talk.tap(f"do:useful:no:{BIRTH.code}")
    assert talk.kept.ratings == [Rate(BIRTH.code, ("fee",), True)]


async def test_not_useful_asks_what_was_missing_and_goes_to_the_review_list() -> None:
    talk = FlowTalk(state=KNOWN, rates=True)
    await talk.say("khai sinh cho bé", asks((BIRTH, 0.95)))
    assert "còn thiếu gì" in await talk.press("Chưa")
    assert talk.kept.ratings == [Rate(BIRTH.code, (), False)]
    await talk.say("thiếu phần nộp ở xã khác")
    assert talk.last is not None
    assert [(one.text, one.reason) for one in talk.last.review] == [
        ("khai sinh cho bé", Reason.NOT_USEFUL),
        ("thiếu phần nộp ở xã khác", Reason.NOT_USEFUL),
    ]


async def test_who_asks_on_instead_of_saying_what_was_missing_is_answered_and_not_bothered() -> None:
    talk = FlowTalk(state=KNOWN, rates=True)
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    await talk.press("Chưa")
    said = await talk.say("kết hôn cần giấy tờ gì", asks((MARRIAGE, 0.95), aspects=[Aspect.DOCUMENTS]))
    assert "**Đăng ký kết hôn**" in said
    assert "quay lại phần" not in said
    assert talk.state.flows == ()


# ---- language -----------------------------------------------------------------------------------------------------------


async def test_who_writes_english_is_answered_in_english_and_told_how_to_switch_back() -> None:
    talk = FlowTalk(state=KNOWN)
    talk.reader.known["đăng ký khai sinh lệ phí bao nhiêu"] = asks((BIRTH, 0.95), aspects=[Aspect.FEE])
    said = await talk.say("How much does it cost to register a birth?")
    assert "I will answer in English from now on" in said
    assert "/ngonngu" in said
    assert "Vietnamese only" in said
    assert "tiếng Việt" in await talk.press("Tiếng Việt")
    assert talk.state.language == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh",
        "the nao",
        "to do com",
        "lam the can cuoc o dau",
        "xin chao",
        "visa",
        "OK",
        "the can cuoc o my",
        "doi the o my tho",
        "form that o dau",
    ],
)
async def test_vietnamese_without_accents_is_not_taken_for_english(text: str) -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say(text)
    assert talk.state.language == "vi"


async def test_the_language_is_switched_by_command_word_and_button() -> None:
    talk = FlowTalk(state=KNOWN)
    assert "English" in await talk.say("/ngonngu")
    assert "I will answer in English" in await talk.press("English")
    await talk.say("/start")
    assert "What can you do?" in talk.titles()
    assert "tiếng Việt" in await talk.say("tiếng việt")


async def test_an_answer_in_english_has_no_vietnamese_sentence_of_ours_in_it() -> None:
    talk = FlowTalk(state=ConversationState(greeted=True, language="en"), rates=True)
    every = [aspect for aspect in Aspect if aspect is not Aspect.OVERVIEW]
    for aspects in (every[:4], every[4:8], every[8:], [Aspect.OVERVIEW]):
        said = await talk.say("my question", asks((BIRTH, 0.95), aspects=aspects))
        shown = said + " ".join(choice.title for reply in talk.replies for choice in reply.choices)
        for key in TEXTS.sentences:
            vietnamese, english = TEXTS.render(key, **FILLED), TEXTS.render(key, "en", **FILLED)
            if key.startswith(("utter_label_", "utter_passport", "utter_button_", "utter_useful")):
                assert vietnamese == english or vietnamese not in shown, key
    assert "Fee: " in said
    assert talk.state.rated == (BIRTH.code,)


async def test_an_english_conversation_asks_back_and_declines_in_english() -> None:
    talk = FlowTalk(state=ConversationState(greeted=True, language="en", language_kept=True))
    assert "Tap" in await talk.say("đăng ký", asks((BIRTH, 0.5), (MARRIAGE, 0.49)))
    assert talk.titles()[-1] == "None of these"
    assert "health" in await talk.say("uống thuốc gì", means(Intent.OOS_MEDICAL))
    assert "Call 114 now" in await talk.say("nhà tôi đang cháy")


# ---- storage ------------------------------------------------------------------------------------------------------------


def test_a_state_of_the_first_layout_is_carried_over() -> None:
    old = b'{"procedure":"1.001193","options":[{"id":"tt:1.001193","title":"Khai sinh"}],"greeted":true,"turns":3}'
    state = decode(old)
    assert (state.procedure, state.greeted, state.turns) == ("1.001193", True, 3)
    assert state.shown == state.options
    assert decode(encode(state)) == state


async def test_a_begun_flow_survives_storage() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("/xoadulieu")
    assert decode(encode(talk.state)) == talk.state
    assert talk.state.flows[-1].step == "sure"
