"""What is counted of the talk about the post."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.effects import CountAskedOfPost
from bot.postal.asked import Topic
from tests.bot.dialogue.scripted import Script, Torn, starter
from tests.bot.dialogue_house import FlowTalk
from tests.fakes.procedures import FakeCatalogue

MARRIAGE = "1.000894"


async def asked(*said: str) -> list[tuple[Topic, str]]:
    """What is counted of the last of some messages."""
    reader: Any = Torn(Script(name="", turns=()))
    catalogue: Any = FakeCatalogue(*starter()[0])
    talk = FlowTalk(catalogue, reader)
    for one in said:
        await talk.say(one)
    assert talk.last is not None
    return [(one.topic, one.procedure) for one in talk.last.effects if isinstance(one, CountAskedOfPost)]


@pytest.mark.parametrize(
    ("said", "topic", "code"),
    [
        (("/buudien đăng ký kết hôn",), Topic.OPTIONS, MARRIAGE),
        (("đăng ký kết hôn gửi bưu điện được không",), Topic.OPTIONS, MARRIAGE),
        (("đăng ký kết hôn cần giấy tờ gì", "bưu điện"), Topic.OPTIONS, MARRIAGE),
        (("cước gửi từ quảng ngãi ra hà nội nặng 300 gam bao nhiêu",), Topic.PRICE, ""),
    ],
)
async def test_an_answer_about_the_post_is_counted_once_with_its_procedure(
    said: tuple[str, ...], topic: Topic, code: str
) -> None:
    assert (await asked(*said))[-1:] == [(topic, code)]


async def test_a_question_back_and_another_subject_are_not_counted() -> None:
    assert await asked("đăng ký kết hôn cần giấy tờ gì") == []
    assert await asked("đăng ký kết hôn cần giấy tờ gì", "gửi bưu điện hết bao nhiêu tiền") == []
