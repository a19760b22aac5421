"""Messages without words: what is said to them, and codes without their dot."""

from __future__ import annotations

import pytest

from bot.dialogue.wordless import dotted, lacking
from nlu.understanding import Aspect
from tests.bot.dialogue_house import BIRTH, MARRIAGE, TEXTS, Talk, asks


@pytest.mark.parametrize("plain", ["1", "99", "12345", "482913"])
def test_a_bare_number_says_nothing(plain: str) -> None:
    assert lacking(plain) == "utter_only_number"


@pytest.mark.parametrize(
    "plain",
    [
        "1.001193",
        "1.001193 lệ phí",
        "a",
        "12 tuổi",
        "lê lợi",
        "khai sinh cho Nguyễn Văn An",
        "H48.12-261008-0975",
        "EB123456789VN",
        "mất giấy tờ của Nguyễn Văn An",
    ],
)
def test_what_may_mean_something_is_read(plain: str) -> None:
    assert lacking(plain) == ""


@pytest.mark.parametrize(
    "plain",
    [
        "nguyễn văn a",
        "tran thi ngoc",
        "0912345678",
        "sđt 0912 345 678",
        "em tên là Lê Minh Tuấn nhé",
        "tên Lê Văn Tám, số 0912345678",
    ],
)
def test_a_bare_name_or_telephone_number_asks_nothing(plain: str) -> None:
    assert lacking(plain) == "utter_only_personal"


def test_a_lone_code_gets_its_dot_and_other_numbers_do_not() -> None:
    assert dotted("1001193") == "1.001193"
    for other in ("100119", "10011930", "1001193 lệ phí", "1.001193"):
        assert dotted(other) == other


async def test_a_number_that_chooses_nothing_is_not_called_foreign_and_the_choice_stays_open() -> None:
    talk = Talk()
    await talk.say("đăng ký", asks((BIRTH, 0.5), (MARRIAGE, 0.49), aspects=[Aspect.FEE]))
    assert await talk.say("99") == TEXTS.render("utter_only_number")
    assert "**Đăng ký kết hôn**" in await talk.say("2")
