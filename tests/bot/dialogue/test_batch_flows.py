"""What a conversation of an organisation leaves behind, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.effects import BlankMessage, LinkOrganisation
from bot.dialogue.flows.batch import Business
from bot.dialogue.say_batch import BatchVoice
from bot.dialogue.state import encode
from bot.dossiers.desk import Look, LookOutcome
from bot.dossiers.disclosure import Coarse, Stage
from bot.dossiers.organisations.ports import PageOffer, Upload, UploadOutcome
from tests.bot.dialogue_house import TEXTS, FlowTalk
from tests.bot.messages import NOW, ref
from tests.fakes.organisations import FakeOutline, FakeUploads

TOKEN = "MCDN-BCDFG-HJKMN-PQRST-VWXZB-CDFGH-JKMNP"
CODE = "H48.30.02-261117-0100"


@pytest.fixture
def talk() -> FlowTalk:
    made = FlowTalk()
    made.business = Business(
        made.organisations, FakeOutline(), FakeUploads({"f1": Upload(UploadOutcome.READ, (CODE,))})
    )
    return made


async def sends_file(talk: FlowTalk, place: str, name: str = "ho-so.xlsx") -> str:
    data = {"file": place, "name": name, "size": 9, "type": ""}
    return await talk.send(Inbound(ref(), "m", InboundKind.FILE, NOW, data=data))


async def says_on(talk: FlowTalk, channel: str, text: str) -> str:
    talk.channel = channel
    return await talk.say(text)


@pytest.mark.parametrize("before", ["/madoanhnghiep", "/doanhnghiep", "xin chào"])
@pytest.mark.parametrize("token", [TOKEN, TOKEN.replace("B", "C"), TOKEN[:-3]])
async def test_a_message_with_a_token_is_blanked_and_nothing_of_it_stays(
    talk: FlowTalk, before: str, token: str
) -> None:
    await talk.say(before)
    await talk.say(token)
    assert talk.last is not None
    assert BlankMessage() in talk.last.effects
    assert b"BCDFG" not in encode(talk.state)
    assert "HJKMN" not in repr(talk.last.effects)
    assert any(isinstance(effect, LinkOrganisation) for effect in talk.last.effects) == (token == TOKEN)


async def test_wrong_tokens_are_borne_so_often_and_no_more(talk: FlowTalk) -> None:
    for _ in range(10):
        assert "không đúng" in await talk.say(TOKEN.replace("B", "C"))
    assert "nhiều lần" in await talk.say(TOKEN)
    assert talk.organisations.links == {}


async def test_a_file_is_read_for_who_is_linked_and_not_kept(talk: FlowTalk) -> None:
    await talk.say(TOKEN)
    await talk.say("/doanhnghiep")
    await sends_file(talk, "f1")
    assert talk.organisations.asked == [(CODE,)]
    assert talk.last is not None
    assert BlankMessage() in talk.last.effects
    await talk.say("/doanhnghiep")
    assert "chưa lấy được tệp" in await sends_file(talk, "f2")


async def test_without_a_token_a_file_gives_the_outline_of_ten_and_is_not_kept(talk: FlowTalk) -> None:
    many = tuple(f"H48.30.02-261117-{number:04}" for number in range(100, 130))
    talk.business = Business(talk.organisations, FakeOutline(), FakeUploads({"f1": Upload(UploadOutcome.READ, many)}))
    for before in ("/doanhnghiep", "xin chào"):
        await talk.say(before)
        said = await sends_file(talk, "f1")
        assert said.count("H48.30.02-261117-") == 10
        assert "10 mã đầu" in said
        assert talk.last is not None
        assert BlankMessage() in talk.last.effects
        assert many[0].encode() not in encode(talk.state)


async def test_codes_that_the_page_read_from_a_file_are_looked_up_and_the_message_blanked(talk: FlowTalk) -> None:
    await talk.say(TOKEN)
    data = {"codes": f"{CODE} nonsense", "name": "ho-so.csv"}
    await talk.send(Inbound(ref(), "m", InboundKind.FILE, NOW, data=data))
    assert talk.organisations.asked == [(CODE,)]
    assert talk.last is not None
    assert BlankMessage() in talk.last.effects
    data = {"codes": "nonsense", "name": "ho-so.csv"}
    assert "không thấy mã hồ sơ" in await talk.send(Inbound(ref(), "m", InboundKind.FILE, NOW, data=data))
    assert talk.organisations.asked == [(CODE,)]


async def test_a_file_of_another_kind_is_not_fetched(talk: FlowTalk) -> None:
    assert "mã hồ sơ" not in await sends_file(talk, "f1", "to-khai.pdf")


@pytest.mark.parametrize("forged", ["do:upload:file:f1", "do:photo:https://inside.example/x", "do:batch:file:f1"])
async def test_no_button_can_be_forged_that_has_an_address_fetched(talk: FlowTalk, forged: str) -> None:
    await talk.say(TOKEN)
    await talk.send(Inbound(ref(), "m", InboundKind.CHOICE, NOW, payload=forged))
    assert talk.organisations.asked == []
    assert "ảnh" not in talk.replies[-1].text


@pytest.mark.parametrize("channel", ["telegram", "zalo_oa", "zalo_bot"])
async def test_outside_of_our_own_page_a_token_is_typed_on_one(talk: FlowTalk, channel: str) -> None:
    said = await says_on(talk, channel, "/madoanhnghiep")
    assert "15:15" in said
    assert [choice.url for choice in talk.replies[-1].choices] == ["https://motcua.example/dn/nhap/secret"]
    assert talk.state.flows == ()
    await says_on(talk, channel, TOKEN)
    assert talk.last is not None
    assert BlankMessage() in talk.last.effects
    assert talk.organisations.token not in said


async def test_without_a_public_address_and_on_the_web_it_is_typed_in_the_chat(talk: FlowTalk) -> None:
    assert "gửi mã doanh nghiệp" in await says_on(talk, "web", "/madoanhnghiep")
    talk.organisations.offer = PageOffer.NONE
    assert "gửi mã doanh nghiệp" in await says_on(talk, "telegram", "/madoanhnghiep")
    talk.organisations.offer = PageOffer.LIMITED
    assert "nhiều lần" in await says_on(talk, "telegram", "/madoanhnghiep")


async def test_where_no_file_can_come_it_is_said_where_it_can(talk: FlowTalk) -> None:
    said = await says_on(talk, "zalo_bot", "/doanhnghiep")
    assert "Zalo OA" in said
    sticker = Inbound(ref(), "m", InboundKind.UNSUPPORTED, NOW)
    assert "trang web của em" in await talk.send(sticker)
    assert "Zalo OA" not in await says_on(talk, "zalo_oa", "/doanhnghiep")


async def test_the_table_goes_along_as_a_file(talk: FlowTalk) -> None:
    await talk.say(TOKEN)
    talk.organisations.overview = replace(talk.organisations.overview, rows=())
    assert "chưa thấy hồ sơ nào" in await talk.press("Tất cả hồ sơ")
    assert talk.replies[-1].files == ()


async def test_too_many_codes_and_too_many_questions_are_said_so(talk: FlowTalk) -> None:
    await talk.say(TOKEN)
    await talk.say("/doanhnghiep")
    many = "\n".join(f"H48.30.02-261117-{number:04}" for number in range(501))
    assert "tối đa 500" in await talk.say(many)
    talk.organisations.limited = True
    assert "15:20" in await talk.say(f"/doanhnghiep {CODE}")


def test_an_ended_dossier_is_not_said_to_be_settled() -> None:
    looked = Look(LookOutcome.TOLD, Coarse(CODE, Stage.ENDED))  # refused and withdrawn ones have ended as well
    said = BatchVoice(TEXTS).coarse([(CODE, looked)], more=False)
    assert f"{CODE}: đã kết thúc giải quyết" in said.text


async def test_it_speaks_english(talk: FlowTalk) -> None:
    await talk.say("/language english")
    assert "500 at most" in await talk.say("/business")
    assert "Token accepted" in await talk.say(TOKEN)
