"""Short turns and corrections are understood against the procedure under discussion."""

from __future__ import annotations

import pytest

from nlu.understanding import Aspect, Intent
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE, Talk, asks, goes_on, means
from tests.factories import procedure
from tests.fakes.procedures import FakeCatalogue

AGAIN = procedure("1.004746", name="Đăng ký lại kết hôn")


async def married(*aspects: Aspect) -> Talk:
    """Somebody who was just answered about registering a marriage."""
    talk = Talk(FakeCatalogue(BIRTH, MARRIAGE, AGAIN, FOREIGN_MARRIAGE))
    await talk.say("đăng ký kết hôn", asks((MARRIAGE, 0.95), aspects=aspects))
    found = asks((AGAIN, 0.5), (MARRIAGE, 0.3), (FOREIGN_MARRIAGE, 0.2))
    for searched in ("cấp lại đăng ký lại đăng ký kết hôn", "có yếu tố nước ngoài đăng ký kết hôn"):
        talk.reader.known[searched] = found
    return talk


@pytest.mark.parametrize("turn", ["thế đăng ký lại thì sao", "bị mất thì sao", "làm lại", "lam lai thi sao a"])
async def test_a_short_turn_goes_to_the_sibling_and_asks_for_the_same(turn: str) -> None:
    talk = await married(Aspect.FEE)
    text = await talk.say(turn, goes_on(Aspect.CONDITIONS))
    assert text.startswith("**Đăng ký lại kết hôn**")
    assert "**Lệ phí**" in text


async def test_a_turn_with_a_question_of_its_own_asks_for_that() -> None:
    talk = await married(Aspect.FEE)
    assert "**Thời hạn**" in await talk.say("thế đăng ký lại thì bao lâu", goes_on(Aspect.TIME))


async def test_a_correction_excludes_what_it_refuses() -> None:
    talk = await married(Aspect.FEE)
    await talk.say("không phải cái đó, cái với người nước ngoài ấy", means(Intent.CORRECT))
    assert talk.state.procedure == FOREIGN_MARRIAGE.code


async def test_a_correction_that_only_names_what_is_wanted_to_know_stays() -> None:
    talk = await married(Aspect.DOCUMENTS)
    text = await talk.say("không, tôi hỏi lệ phí", means(Intent.CORRECT))
    assert text.startswith("**Đăng ký kết hôn**")
    assert "**Lệ phí**" in text


async def test_a_correction_that_names_nothing_known_asks_again() -> None:
    talk = await married()
    assert "hiểu nhầm" in await talk.say("không, ý tôi là cái kia cơ mà", means(Intent.CORRECT))


async def test_where_there_is_no_sibling_that_is_said_and_the_present_one_told() -> None:
    talk = await married(Aspect.FEE)
    text = await talk.say("thế gia hạn thì sao", goes_on(Aspect.CONDITIONS))
    assert text.startswith("Em không thấy thủ tục riêng")
    assert "**Đăng ký kết hôn**" in text


async def test_the_level_alone_asks_where() -> None:
    talk = await married(Aspect.FEE)
    assert "**Nơi nộp**" in await talk.say("thế ở xã thì sao", goes_on(Aspect.CONDITIONS))


@pytest.mark.parametrize(
    "question", ["có phải đổi gì trong hồ sơ không em", "nộp rồi có lấy lại được không", "online được không"]
)
def test_what_asks_about_the_present_procedure_is_no_turn(question: str) -> None:
    from bot.dialogue.going_on import _elliptic, _turns
    from nlu.asked import without_cues
    from nlu.differences import read_wish

    wish = read_wish(without_cues(question))
    assert not (_elliptic(wish, MARRIAGE) and _turns(question, wish))


async def test_a_correction_after_a_choice_was_offered_is_understood_against_it() -> None:
    talk = Talk(FakeCatalogue(BIRTH, MARRIAGE, AGAIN, FOREIGN_MARRIAGE))
    await talk.say("kết hôn", asks((MARRIAGE, 0.36), (FOREIGN_MARRIAGE, 0.33), aspects=[Aspect.FEE]))
    text = await talk.say("không, có người nước ngoài cơ", means(Intent.CORRECT))
    assert text.startswith("**Đăng ký kết hôn có yếu tố nước ngoài**")
    assert "**Lệ phí**" in text
