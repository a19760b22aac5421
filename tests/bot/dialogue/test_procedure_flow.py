"""Asking back, choosing, and going on about one procedure or to the next."""

from __future__ import annotations

import pytest

from nlu.understanding import Aspect, Intent, Understander, Understanding
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE, Talk, asks, goes_on, means
from tests.factories import procedure
from tests.fakes.procedures import FakeCatalogue

CLOSE = asks((MARRIAGE, 0.36), (FOREIGN_MARRIAGE, 0.33), aspects=[Aspect.FEE])


# ---- choosing ------------------------------------------------------------------------------------------------------


async def test_close_procedures_are_offered_numbered_with_a_way_out() -> None:
    talk = Talk()
    text = await talk.say("kết hôn hết bao nhiêu", CLOSE)
    assert talk.outcome == "choose"
    assert text.startswith("Việc này chỉ có người trong nước, hay có người hoặc giấy tờ nước ngoài ạ?")
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
    assert talk.outcome == "other_flow"


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


@pytest.mark.parametrize("lost", ["hôm nay trời đẹp quá", "tôi thích ăn phở bò"])
async def test_without_rasa_what_is_no_question_is_not_answered_with_the_procedure_under_discussion(lost: str) -> None:
    talk = Talk()
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    nothing = asks(
        (MARRIAGE, 0.2), in_scope=0.01, by=Understander.SEARCH, intent=Intent.UNKNOWN, scores={"naming": 0.0}
    )
    text = await talk.say(lost, nothing)
    assert talk.outcome == "declined"
    assert "Đăng ký khai sinh" not in text
    assert "Lệ phí" in talk.titles()
    assert talk.state.procedure == BIRTH.code
