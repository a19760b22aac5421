"""What citizens send to the Official Account: a picture of a QR code, and a file of dossier codes, from event to answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.contract import Inbound
from bot.channels.zalo_oa.build import ZaloOa
from bot.channels.zalo_oa.events import Account, read_event
from bot.dialogue.effects import BlankMessage
from bot.dialogue.flows.batch import Business
from bot.dossiers.organisations.uploads import Uploads
from bot.dossiers.photos import PhotoOutcome, PhotoRead, Photos, QrReader
from tests.bot.dialogue_house import FlowTalk
from tests.bot.dossiers.test_photos import CODE, picture
from tests.bot.messages import NOW
from tests.fakes.organisations import FakeOutline
from tests.fakes.zalo_oa.platform import APP_ID, OA_ID

KNOWN = "H48.30.02-261117-0100"
TABLE = f"Mã hồ sơ;Ghi chú\r\n{KNOWN};gấp\r\nH48.30.02-261117-0101;\r\n".encode()


@pytest.fixture
async def storage() -> AsyncIterator[str]:
    """Where the platform keeps what people send; its address."""

    async def qr(_: web.Request) -> web.Response:
        return web.Response(body=picture(CODE, "JPEG"), content_type="image/jpeg")

    async def table(_: web.Request) -> web.Response:
        return web.Response(body=TABLE, content_type="text/csv")

    app = web.Application()
    app.add_routes([web.get("/qr", qr), web.get("/table", table)])
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/"))


def sent(what: str, **payload: str) -> Inbound:
    """Read the event of an attachment."""
    body = {
        "app_id": APP_ID,
        "event_name": f"user_send_{what}",
        "sender": {"id": "77"},
        "recipient": {"id": OA_ID},
        "message": {"msg_id": "m1", "attachments": [{"type": what, "payload": payload}]},
        "timestamp": "1790000000000",
    }
    (inbound,) = read_event(json.dumps(body).encode(), Account(APP_ID, OA_ID), NOW).inbounds
    return replace(inbound, at=NOW)


async def test_a_picture_of_a_qr_code_is_read(oa: ZaloOa, storage: str) -> None:
    inbound = sent("image", url=f"{storage}qr", thumbnail=f"{storage}qr")
    photos = Photos(QrReader(), {"zalo_oa": oa})
    assert await photos.read(inbound.ref, inbound.data["url"]) == PhotoRead(PhotoOutcome.FOUND, CODE)


@pytest.mark.parametrize("before", ["/doanhnghiep", "xin chào"])
async def test_a_file_of_codes_is_read_and_not_kept(oa: ZaloOa, storage: str, before: str) -> None:
    talk = FlowTalk(channel="zalo_oa")
    talk.business = Business(talk.organisations, FakeOutline(), Uploads({"zalo_oa": oa}))
    await talk.say(before)
    said = await talk.send(sent("file", url=f"{storage}table", name="ho-so.csv", size="90", type="csv"))
    assert f"{KNOWN}: đang" in said
    assert "H48.30.02-261117-0101: em không thấy mã này" in said
    assert talk.last is not None
    assert BlankMessage() in talk.last.effects


async def test_a_file_that_is_away_is_asked_for_again(oa: ZaloOa, storage: str) -> None:
    talk = FlowTalk(channel="zalo_oa")
    talk.business = Business(talk.organisations, FakeOutline(), Uploads({"zalo_oa": oa}))
    assert "chưa lấy được tệp" in await talk.send(sent("file", url=f"{storage}gone", name="ho-so.csv"))
