"""Going on for somebody of another age."""

from __future__ import annotations

from nlu.catalogue.model import PaperCase, Procedure, RequiredPaper
from nlu.understanding import Aspect, Understanding
from tests.bot.dialogue_house import Talk, asks
from tests.factories import procedure
from tests.fakes.procedures import FakeCatalogue, FakeReader

YOUNG = procedure("1.014062", name="Cấp thẻ căn cước cho người dưới 14 tuổi")
GROWN = procedure("1.014061", name="Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên")
PROVINCE = procedure("2.000200", name="Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên tại tỉnh")
PASSPORT = procedure(
    "1.001456",
    name="Cấp hộ chiếu phổ thông",
    cases=(
        PaperCase(papers=(RequiredPaper(name="Tờ khai"),)),
        PaperCase(title="Người chưa đủ 14 tuổi", papers=(RequiredPaper(name="Bản sao giấy khai sinh"),)),
    ),
)


class Searches(FakeReader):
    """Finds the same for whatever is searched; a message with an age names nothing."""

    found: tuple[tuple[Procedure, float], ...] = ()

    async def read(self, text: str) -> Understanding:
        return await super().read(text) if "15 tuổi" in text or not self.found else asks(*self.found)


def talk() -> Talk:
    return Talk(catalogue=FakeCatalogue(YOUNG, GROWN, PROVINCE, PASSPORT), reader=Searches())


async def asked_about(one: Talk, about: Procedure) -> None:
    await one.say("cần giấy tờ gì", asks((about, 0.9), aspects=(Aspect.DOCUMENTS,)))


async def searched(one: Talk, *found: tuple[Procedure, float]) -> str:
    """Ask for an age; whatever is searched for finds these."""
    assert isinstance(one.reader, Searches)
    one.reader.found = found
    return await one.say("thế còn bé 15 tuổi")


async def test_the_other_side_of_the_line_is_answered_with_what_was_asked() -> None:
    one = talk()
    await asked_about(one, YOUNG)
    said = await searched(one, (YOUNG, 0.5), (GROWN, 0.4), (PASSPORT, 0.1))
    assert one.state.procedure == GROWN.code
    assert "Giấy tờ cần có" in said


async def test_several_that_fit_are_offered() -> None:
    one = talk()
    await asked_about(one, YOUNG)
    await searched(one, (GROWN, 0.5), (PROVINCE, 0.4))
    assert one.outcome == "choose"


async def test_without_another_side_the_present_one_is_kept_and_that_is_said() -> None:
    one = talk()
    await asked_about(one, YOUNG)
    assert "không thấy thủ tục riêng" in await searched(one, (YOUNG, 0.5))
    assert one.state.procedure == YOUNG.code


async def test_a_case_for_that_age_is_named_and_opens_its_checklist() -> None:
    one = talk()
    await asked_about(one, PASSPORT)
    said = await one.say("bé mới 8 tháng tuổi thì sao", asks())
    assert said.startswith("Với trẻ dưới 1 tuổi, danh mục có trường hợp riêng: “Người chưa đủ 14 tuổi”")
    assert one.replies[0].choices[0].id == "do:list:1.001456::0"
    assert (await one.say("con em 16 tuổi", asks())).startswith("Danh mục không ghi riêng cho người 16 tuổi")


async def test_an_age_answers_which_of_the_offered_ones_is_meant() -> None:
    one = talk()
    await one.say("căn cước", asks((YOUNG, 0.5), (GROWN, 0.49)))
    assert one.outcome == "choose"
    await one.say("bé 15 tuổi ạ", asks())
    assert one.state.procedure == GROWN.code


async def test_an_age_in_a_question_of_its_own_changes_nothing() -> None:
    one = talk()
    await asked_about(one, PASSPORT)
    said = await one.say("con 15 tuổi đi xe máy được không", asks((GROWN, 0.2), in_scope=0.3, scores={"naming": 0.0}))
    assert "không ghi riêng" not in said
