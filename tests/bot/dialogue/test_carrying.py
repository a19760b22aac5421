"""Taking a conversation to another channel."""

from __future__ import annotations

from tests.bot.dialogue.test_paper_list import BIRTH, made, talk
from tests.bot.dialogue_house import FlowTalk, asks


def elsewhere(one: FlowTalk) -> FlowTalk:
    """A conversation on another channel that knows the same codes."""
    return FlowTalk(catalogue=one.catalogue, kept=one.kept)


async def test_the_code_carries_procedure_and_checklist_once() -> None:
    here = talk()
    await made(here)
    await here.tap(here.replies[-1].choices[0].id)
    assert "MC-2222-2222" in await here.press("Lấy mã mang sang kênh khác")
    there = elsewhere(here)
    assert "Đã nhận mã" in await there.say("tôi có mã mc 2222 2222")
    assert there.state.procedure == BIRTH.code
    assert "☑ Tờ khai" in await there.press("Xem danh sách giấy tờ")
    third = elsewhere(here)
    assert "đã dùng" in await third.say("MC-2222-2222")
    assert third.state.checklist is None


async def test_flows_and_what_was_written_stay_where_they_are() -> None:
    here = talk()
    await here.say("khai sinh cần giấy gì", asks((BIRTH, 0.9)))
    await here.say("/chuyen")
    carried = here.kept.codes["MC-2222-2222"]
    assert carried is not None
    assert carried.procedure == BIRTH.code
    assert set(carried.__struct_fields__) == {"language", "procedure", "asked", "checklist"}


async def test_with_nothing_to_carry_no_code_is_made() -> None:
    here = talk()
    assert "Chưa có gì" in await here.say("/chuyen")
    assert here.kept.codes == {}


async def test_wrong_codes_are_limited_and_forgiven_in_time() -> None:
    here = talk()
    for _ in range(10):
        assert "không đúng" in await here.say("MC-3333-3333")
    assert "nhiều lần" in await here.say("MC-3333-3333")
    here.now = here.now.replace(hour=(here.now.hour + 2) % 24)
    assert "không đúng" in await here.say("MC-3333-3333")


async def test_a_command_without_a_code_says_how_one_looks() -> None:
    assert "MC-XXXX-XXXX" in await talk().say("/tieptuc")
