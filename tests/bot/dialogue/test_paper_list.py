"""A personal checklist, made by a few taps or typed answers."""

from __future__ import annotations

import msgspec
import pytest

from bot.channels.contract import Choice
from bot.dialogue.flows.paper_list import Wanted, read_wanted
from nlu.catalogue.model import Fee, FeeKind, FilingMethod, FilingWay, PaperCase, RequiredPaper, Withheld
from tests.bot.dialogue_house import MARRIAGE, FlowTalk, asks
from tests.bot.messages import ref
from tests.factories import TODAY, procedure
from tests.fakes.procedures import FakeCatalogue

FORM = RequiredPaper(name="Tờ khai đăng ký khai sinh", originals=1)
BIRTH = procedure(
    cases=(
        PaperCase(papers=(FORM,)),
        PaperCase(title="Trẻ bị bỏ rơi", papers=(RequiredPaper(name="Biên bản"),)),
        PaperCase(title="Nhờ người khác đi làm thay", papers=(RequiredPaper(name="Văn bản ủy quyền"),)),
    ),
    methods=(
        FilingMethod(way=FilingWay.COUNTER, fee=Fee(kind=FeeKind.FIXED, amount=8000)),
        FilingMethod(way=FilingWay.ONLINE, fee=Fee(kind=FeeKind.FREE)),
    ),
)


def talk() -> FlowTalk:
    return FlowTalk(catalogue=FakeCatalogue(BIRTH, MARRIAGE))


async def made(one: FlowTalk) -> str:
    await one.tap(f"do:list:{BIRTH.code}")
    await one.press("Tôi tự đi làm")
    await one.press("Không thuộc trường hợp nào")
    return await one.press("Nộp trực tiếp")


async def test_an_answer_about_papers_offers_the_list_where_cases_differ() -> None:
    one = talk()
    await one.say("khai sinh cần giấy gì", asks((BIRTH, 0.9)))
    assert "Giấy tờ cho trường hợp của tôi" in one.titles()
    await one.say("kết hôn", asks((MARRIAGE, 0.9)))
    assert "Giấy tờ cho trường hợp của tôi" not in one.titles()


async def test_only_what_applies_is_listed_with_the_fee_of_the_chosen_way() -> None:
    one = talk()
    said = await made(one)
    assert "☐ Tờ khai đăng ký khai sinh (1 bản chính)" in said
    assert "Biên bản" not in said
    assert "ủy quyền" not in said
    assert "8.000" in said
    assert "Đã chuẩn bị 0/1" in said
    assert BIRTH.source.name in said
    assert one.kept.lists[ref()].wishes.way is FilingWay.COUNTER


async def test_somebody_who_is_unsure_gets_everything() -> None:
    one = talk()
    await one.tap(f"do:list:{BIRTH.code}")
    await one.press("Nhờ người khác")
    await one.press("Chưa rõ")
    said = await one.press("Chưa rõ")
    for paper in ("Tờ khai", "Biên bản", "Văn bản ủy quyền"):
        assert f"☐ {paper}" in said


async def test_the_questions_are_answered_by_number_and_by_words_too() -> None:
    one = talk()
    await one.tap(f"do:list:{BIRTH.code}")
    await one.say("1")
    await one.say("tre bi bo roi")
    assert "☐ Biên bản" in await one.say("2")


async def test_a_paper_is_ticked_off_and_unticked_in_place() -> None:
    one = talk()
    await made(one)
    said = await one.tap(one.replies[-1].choices[0].id)
    assert "☑ Tờ khai" in said
    assert "Đã chuẩn bị 1/1" in said
    assert one.replies[-1].replace
    assert "☐ Tờ khai" in await one.tap(one.replies[-1].choices[0].id)


async def test_a_question_in_between_loses_nothing_and_the_list_comes_back_by_command() -> None:
    one = talk()
    await made(one)
    await one.tap(one.replies[-1].choices[0].id)
    await one.say("kết hôn", asks((MARRIAGE, 0.9)))
    assert "☑ Tờ khai" in await one.say("danh sách giấy tờ")
    assert any(choice.url and choice.title == "Bản để in" for choice in one.replies[-1].choices)


async def test_without_a_procedure_it_is_asked_for() -> None:
    assert "thủ tục nào" in await talk().say("/danhsach")


@pytest.mark.parametrize(
    "payload", ["do:list:9.999999", "do:list:1.001193:x:y:z", "do:list:1.001193:0:99:counter", "do:tick:zzz"]
)
async def test_a_button_of_nobodys_making_does_no_harm(payload: str) -> None:
    one = talk()
    assert await one.tap(payload)


def test_every_button_fits_the_narrowest_channel() -> None:
    longest = Wanted("1.001193.000.00.00.H48", "1", "12", "counter")
    assert len(longest.id.encode()) <= 64
    assert read_wanted(longest.id.removeprefix("do:list:")) == longest
    assert isinstance(Choice(longest.id, "x"), Choice)


@pytest.mark.parametrize(("said", "fits"), [("không", "☐ Tờ khai"), ("ko", "☐ Tờ khai"), ("không biết", "☐ Biên bản")])
async def test_a_plain_no_and_not_knowing_answer_the_question_about_cases(said: str, fits: str) -> None:
    one = talk()
    await one.tap(f"do:list:{BIRTH.code}")
    await one.press("Tôi tự đi làm")
    await one.say(said)
    assert fits in await one.press("Nộp trực tiếp")


async def test_the_questions_are_answered_by_some_words_of_an_answer() -> None:
    one = talk()
    await one.tap(f"do:list:{BIRTH.code}")
    await one.say("tự đi")
    await one.say("bi bo roi")
    assert "☐ Biên bản" in await one.say("trực tiếp")


async def test_some_words_of_a_button_under_an_answer_are_a_question_of_their_own() -> None:
    one = talk()
    await one.say("khai sinh", asks((BIRTH, 0.9)))
    await one.say("cần có")
    assert "cần có" in one.reader.read_texts


async def test_no_list_is_made_while_some_of_it_is_switched_off() -> None:
    off = msgspec.structs.replace(BIRTH, withheld=(Withheld(aspect="fee", until=TODAY),))
    one = FlowTalk(catalogue=FakeCatalogue(off))
    said = await one.tap(f"do:list:{BIRTH.code}")
    assert "đang được cơ quan rà soát" in said
    assert "☐" not in said
    assert one.kept.lists == {}
