"""A general question opens the field's list, from which everything goes on as from any choice."""

from __future__ import annotations

from nlu.fields import load_fields
from nlu.understanding import Aspect
from tests.bot.dialogue_house import BIRTH, MARRIAGE, Talk, asks
from tests.factories import procedure
from tests.fakes.procedures import FakeCatalogue

LAND = next(field for field in load_fields().known if field.id == "land")
RECORDS = tuple(procedure(one.code, name=f"Tên chính thức {one.code}", field="Đất đai") for one in LAND.popular)


async def test_a_field_is_answered_with_what_people_ask_for_most() -> None:
    talk = Talk(FakeCatalogue(*RECORDS, BIRTH))
    text = await talk.say("thủ tục đất đai", asks((RECORDS[0], 0.9)))
    assert talk.outcome == "choose"
    assert "**đất đai**" in text
    assert talk.titles()[:-1] == [f"{number}. {one.title}" for number, one in enumerate(LAND.popular, start=1)]


async def test_the_list_is_chosen_from_by_number_name_and_button_and_keeps_what_was_asked() -> None:
    talk = Talk(FakeCatalogue(*RECORDS, BIRTH))
    await talk.say("thủ tục đất đai mất bao lâu", asks((RECORDS[0], 0.9), aspects=[Aspect.TIME]))
    text = await talk.say("làm sổ đỏ lần đầu")
    assert text.startswith(f"**Tên chính thức {LAND.popular[0].code}**")
    assert "**Thời hạn**" in text


async def test_a_word_of_a_title_chooses_as_a_word_of_the_name_does() -> None:
    talk = Talk(FakeCatalogue(*RECORDS))
    await talk.say("thủ tục đất đai", asks((RECORDS[0], 0.9)))
    await talk.say("cái tách thửa ấy")
    assert talk.state.procedure == next(one.code for one in LAND.popular if one.title.startswith("Tách thửa"))


async def test_the_papers_in_giay_to_are_no_question_about_papers() -> None:
    talk = Talk(FakeCatalogue(*RECORDS))
    await talk.say("giấy tờ đất", asks((RECORDS[0], 0.9), aspects=[Aspect.DOCUMENTS]))
    assert talk.state.aspects == ()


async def test_a_catalogue_with_other_codes_fills_the_list_from_its_own_field() -> None:
    own = [procedure(f"1.00000{number}", name=f"Việc đất {number}", field="Đất đai") for number in range(3)]
    talk = Talk(FakeCatalogue(*own, RECORDS[0], BIRTH))
    await talk.say("thủ tục đất đai", asks((BIRTH, 0.9)))
    assert talk.titles()[:-1] == [f"1. {LAND.popular[0].title}", *(f"{n}. Việc đất {n - 2}" for n in (2, 3, 4))]


async def test_a_field_of_which_the_catalogue_has_nothing_is_answered_as_any_question() -> None:
    talk = Talk(FakeCatalogue(BIRTH))
    await talk.say("thủ tục đất đai", asks((BIRTH, 0.9)))
    assert talk.outcome == "answered"


async def test_a_field_asked_for_in_the_middle_of_something_else_opens_and_its_bare_name_does_not() -> None:
    talk = Talk(FakeCatalogue(*RECORDS, BIRTH, MARRIAGE))
    await talk.say("khai sinh", asks((BIRTH, 0.95)))
    await talk.say("đất đai", asks((BIRTH, 0.95)))
    assert talk.state.procedure == BIRTH.code
    await talk.say("cho hỏi về đất đai", asks((BIRTH, 0.95)))
    assert talk.outcome == "choose"
