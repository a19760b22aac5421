"""The question asked back says what differs, and its answer may come in words."""

from __future__ import annotations

import pytest

from nlu.understanding import Aspect, Understanding
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE, Talk, asks
from tests.factories import procedure
from tests.fakes.procedures import FakeCatalogue

FIRST = procedure("3.000346", name="Cấp giấy phép lái xe")
CHANGE = procedure("3.000347", name="Đổi giấy phép lái xe")
AGAIN = procedure("3.000348", name="Cấp lại giấy phép lái xe")


def driver(*more: object) -> Talk:
    """Somebody who was just asked back about driving licences."""
    return Talk(FakeCatalogue(FIRST, CHANGE, AGAIN, BIRTH, MARRIAGE, *more))  # type: ignore[arg-type]


async def asked_back(talk: Talk, *aspects: Aspect) -> str:
    read = asks((AGAIN, 0.36), (CHANGE, 0.33), (FIRST, 0.25), aspects=aspects)
    return await talk.say("giấy phép lái xe", read)


async def test_the_question_names_what_differs_in_the_order_of_a_life() -> None:
    text = await asked_back(driver())
    assert text.startswith("Anh/chị làm lần đầu, đổi cái đang có, hay làm lại vì mất, hỏng ạ?")


async def test_options_of_another_kind_are_pointed_to_and_where_nothing_tells_apart_it_is_asked_plainly() -> None:
    talk = driver()
    text = await talk.say("giấy", asks((AGAIN, 0.3), (CHANGE, 0.3), (BIRTH, 0.25)))
    assert "Nếu là việc khác" in text
    assert "việc nào" in await driver().say("đăng ký", asks((BIRTH, 0.3), (MARRIAGE, 0.3)))


@pytest.mark.parametrize("answer", ["làm lại", "lam lai", "cái cấp lại ấy", "bị mất rồi em", "mất", "3"])
async def test_the_answer_in_words_is_answered_with_what_was_asked_before(answer: str) -> None:
    talk = driver()
    await asked_back(talk, Aspect.FEE)
    text = await talk.say("1" if answer == "3" else answer)
    assert text.startswith("**Cấp lại giấy phép lái xe**")
    assert "**Lệ phí**" in text
    assert talk.state.options == ()


async def test_an_answer_that_asks_for_more_is_answered_with_that() -> None:
    talk = driver()
    await asked_back(talk, Aspect.FEE)
    assert "**Thời hạn**" in await talk.say("cấp lại thì bao lâu")


async def test_an_answer_that_leaves_two_asks_again_between_these() -> None:
    talk = driver()
    await asked_back(talk, Aspect.FEE)
    await talk.say("không phải cấp lại")
    assert talk.outcome == "choose"
    assert talk.titles()[:2] == ["1. Đổi giấy phép lái xe", "2. Cấp giấy phép lái xe"]
    assert "**Lệ phí**" in await talk.say("lần đầu")


async def test_an_unrelated_question_starts_anew() -> None:
    talk = driver()
    await asked_back(talk)
    text = await talk.say("đăng ký lại khai sinh cần gì", asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS]))
    assert "**Đăng ký khai sinh**" in text


async def test_a_double_tap_answers_twice_the_same() -> None:
    talk = driver()
    await asked_back(talk, Aspect.FEE)
    button = talk.replies[-1].choices[0].id
    first = await talk.tap(button)
    assert "**Lệ phí**" in first
    assert (await talk.tap(button)).startswith("**Cấp lại giấy phép lái xe**")


async def test_an_emergency_between_question_and_answer_leaves_the_choice_open() -> None:
    talk = driver()
    await asked_back(talk)
    await talk.say("cháy nhà rồi")
    assert (await talk.say("đổi")).startswith("**Đổi giấy phép lái xe**")


async def test_a_record_that_is_gone_meanwhile_chooses_nothing() -> None:
    talk = Talk(FakeCatalogue(MARRIAGE, FOREIGN_MARRIAGE))
    await talk.say("kết hôn", asks((MARRIAGE, 0.36), (FOREIGN_MARRIAGE, 0.33)))
    talk.catalogue = FakeCatalogue(BIRTH)
    await talk.say("với người nước ngoài", Understanding(text="…"))
    assert talk.outcome == "declined"
