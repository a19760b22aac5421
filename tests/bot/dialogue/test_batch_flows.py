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
from bot.dossiers.organisations.ports import Upload, UploadOutcome
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


async def sends_file(talk: FlowTalk, place: str) -> str:
    data = {"file": place, "name": "ho-so.xlsx", "size": 9, "type": ""}
    return await talk.send(Inbound(ref(), "m", InboundKind.FILE, NOW, data=data))


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
    await talk.say("/doanhnghiep")
    assert "cần mã doanh nghiệp" in await sends_file(talk, "f1")
    await talk.say(TOKEN)
    await talk.say("/doanhnghiep")
    await sends_file(talk, "f1")
    assert talk.organisations.asked == [(CODE,)]
    assert talk.last is not None
    assert BlankMessage() in talk.last.effects
    await talk.say("/doanhnghiep")
    assert "chưa nhận được tệp" in await sends_file(talk, "f2")


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
