"""Addresses of slips: sealed, short-lived, and worth nothing without the access that was proved."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.slip_links import FOR, SlipLinks
from bot.dossiers.slip_page import SlipPage
from tests.bot.dialogue_house import TEXTS, FlowTalk
from tests.bot.messages import NOW, ref
from tests.fakes.dossiers import OLD, RUNNING, FakeDesk

CIPHER = AesGcmCipher("k" * 32)


@dataclass
class House:
    """The page with its links, a desk, and a clock that can be moved."""

    desk: FakeDesk = field(default_factory=FakeDesk)
    now: datetime = NOW
    client: TestClient[web.Request, web.Application] | None = None

    @property
    def links(self) -> SlipLinks:
        return SlipLinks("https://motcua.example", CIPHER, lambda: self.now)

    async def get(self, token: str, query: str = "") -> tuple[int, str]:
        assert self.client is not None
        response = await self.client.get(f"/hs/{token}{query}")
        assert response.headers["Cache-Control"] == "no-store"
        return response.status, await response.text()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    made = House()
    dossiers = FlowTalk(desk=made.desk).dossiers()
    app = web.Application()
    app.add_routes(SlipPage(made.links, dossiers, TEXTS, lambda: made.now).routes())
    async with TestClient(TestServer(app)) as client:
        made.client = client
        yield made


async def test_the_owner_sees_the_slip_masked_and_marked_as_no_original(house: House) -> None:
    house.desk.proofs[ref(), RUNNING.code] = True
    status, page = await house.get(house.links.token(ref(), RUNNING.code, "receipt"))
    assert status == 200
    assert "noindex" in page
    assert "không thay bản gốc" in page
    assert "N∗∗∗ V∗∗ A∗" in page
    assert "<svg" in page
    assert "Nguyễn" not in page
    assert "0905" not in page


async def test_an_address_is_worth_nothing_once_access_has_ended(house: House) -> None:
    token = house.links.token(ref(), RUNNING.code, "receipt")
    assert (await house.get(token))[0] == 404
    house.desk.proofs[ref("another"), RUNNING.code] = True
    assert (await house.get(token))[0] == 404


async def test_an_address_is_good_for_a_short_time(house: House) -> None:
    house.desk.proofs[ref(), RUNNING.code] = True
    token = house.links.token(ref(), RUNNING.code, "control")
    house.now = NOW + FOR - timedelta(seconds=1)
    assert (await house.get(token))[0] == 200
    house.now = NOW + FOR
    status, page = await house.get(token)
    assert status == 404
    assert "hết hạn" in page


async def test_an_address_shows_neither_code_nor_conversation_and_cannot_be_changed(house: House) -> None:
    token = house.links.token(ref("12345"), RUNNING.code, "receipt")
    raw = base64.urlsafe_b64decode(token + "==")
    assert b"12345" not in raw
    assert RUNNING.code.encode() not in raw
    for forged in (token[:-4] + "AAAA", "x", "", "é" * 10, token[4:]):
        assert house.links.read(forged) is None
    assert house.links.read(token) is not None


async def test_a_slip_that_is_not_there_and_a_sample(house: House) -> None:
    house.desk.proofs[ref(), RUNNING.code] = True
    house.desk.proofs[ref(), OLD.code] = True
    assert (await house.get(house.links.token(ref(), RUNNING.code, "apology")))[0] == 404
    assert (await house.get(house.links.token(ref(), RUNNING.code, "zzz")))[0] == 404
    status, page = await house.get(house.links.token(ref(), OLD.code, "control"), "?lang=en")
    assert status == 200
    assert "A sample dossier" in page


def test_without_a_public_address_there_is_no_page() -> None:
    assert SlipLinks("", CIPHER, lambda: NOW).address(ref(), RUNNING.code, "receipt") == ""
    assert (
        SlipLinks("https://x.example", CIPHER, lambda: NOW)
        .address(ref(), RUNNING.code, "receipt")
        .startswith("https://x.example/hs/")
    )
