"""What sounds like a right to one's data and is surely about the post is answered as that, and the other way round never."""

from __future__ import annotations

import pytest

from nlu.understanding import Intent
from tests.bot.dialogue_house import TEXTS, FlowTalk, means


async def test_papers_that_go_abroad_are_no_word_about_what_is_kept() -> None:
    said = await FlowTalk().say("gui ve ben my cho chi toi dc k", means(Intent.PRIVACY_VIEW))

    assert TEXTS.render("utter_postal_answer_abroad").split(",")[0] in said


@pytest.mark.parametrize(
    "text", ["xem bên bạn giữ thông tin gì của tôi", "bên bạn đang giữ gì của tôi", "cho tôi xem dữ liệu của tôi"]
)
async def test_who_asks_what_is_kept_is_told_even_after_talk_of_the_post(text: str) -> None:
    talk = FlowTalk()
    await talk.say("cước bưu điện cùng tỉnh")

    assert "đang giữ" in await talk.say(text, means(Intent.PRIVACY_VIEW))
