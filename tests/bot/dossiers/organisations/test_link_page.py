"""The page on which an organisation's token is typed, in a browser's eyes; on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.delivery.errors import ChannelOffError
from bot.dialogue.say_batch import BatchVoice
from bot.dossiers.organisations.asking import PAGE_FOR
from bot.dossiers.organisations.link_page import LinkPage
from bot.dossiers.organisations.linking import Linking
from bot.dossiers.organisations.page_store import MOST_TRIES, WITHIN
from bot.dossiers.organisations.ports import PageOffer
from bot.dossiers.organisations.tables import organisation_page
from bot.dossiers.organisations.tokens import TokenKeys, new_token
from bot.http.headers import add_security_headers
from bot.unit_of_work import UnitOfWork
from tests.bot.dialogue_house import TEXTS
from tests.bot.dossiers.organisations.houses import House, make_house
from tests.bot.messages import NOW

Client = TestClient[web.Request, web.Application]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
CHAT = Ref("telegram", "7", "77")


@dataclass
class Told:
    """What conversations are told, once per key, and the clock."""

    now: datetime = NOW
    off: bool = False
    said: dict[str, tuple[Ref, Reply]] = field(default_factory=dict)

    async def notify(self, session: AsyncSession, ref: Ref, reply: Reply, key: str) -> bool:
        if self.off:
            raise ChannelOffError("telegram")
        self.said[key] = (ref, reply)
        return True


@pytest.fixture
async def house(database: UnitOfWork) -> House:
    return await make_house(database)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def client(house: House, told: Told) -> AsyncIterator[Client]:
    def says(language: str, name: str) -> Reply:
        return BatchVoice(TEXTS.speaking(language)).linked(name)

    asking = house.asking
    linking = Linking(asking.store, asking.pages, TokenKeys("s" * 40), house.database, lambda: told.now, says)
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    app.add_routes(LinkPage(linking, told.notify, TEXTS).routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def opened(house: House, now: datetime = NOW, at: Ref = CHAT, language: str = "vi") -> str:
    """Ask for a page in a conversation and return its path."""
    page = await house.asking.page(at, language, now)
    assert page.offer is PageOffer.OPEN
    return page.address.removeprefix("https://motcua.example")


async def typed(client: Client, path: str, token: str, **headers: str) -> tuple[int, str]:
    async with client.post(path, data={"token": token}, headers=headers or SAME_SITE) as response:
        return response.status, await response.text()


async def test_a_token_typed_on_the_page_links_the_conversation_that_asked_for_it_once(
    house: House, client: Client, told: Told
) -> None:
    path = await opened(house)
    async with client.get(path) as response:
        assert response.status == 200
        text = await response.text()
    assert "Telegram" in text
    assert "Công ty Mẫu" not in text
    grouped = "-".join((house.token[:4], *(house.token[n : n + 5] for n in range(4, 34, 5)))).lower()
    status, text = await typed(client, path, f" {grouped} ")
    assert (status, "Công ty Mẫu" in text) == (200, True)
    assert house.token not in text
    linked = await house.asking.linked(CHAT, NOW)
    assert linked is not None
    assert linked.name == "Công ty Mẫu"
    ((ref, reply),) = told.said.values()
    assert ref == CHAT
    assert "Đã nhận mã" in reply.text
    assert (await typed(client, path, house.token))[0] == 404
    assert (await client.get(path)).status == 404


async def test_a_wrong_token_links_nobody_and_is_not_shown_again(house: House, client: Client, told: Told) -> None:
    path = await opened(house)
    for wrong in (new_token(), "x", house.token[:-1], ""):
        status, text = await typed(client, path, wrong)
        assert status == 200
        assert "không đúng" in text
        assert not wrong or f'value="{wrong}"' not in text
    assert await house.asking.linked(CHAT, NOW) is None
    assert told.said == {}
    assert (await typed(client, path, house.token))[0] == 200


async def test_so_many_tokens_may_be_typed_in_an_hour_on_however_many_pages(house: House, client: Client) -> None:
    path = await opened(house)
    for _ in range(MOST_TRIES - 1):
        assert (await typed(client, path, new_token()))[0] == 200
    path = await opened(house)
    assert (await typed(client, path, new_token()))[0] == 404
    assert (await typed(client, path, house.token))[0] == 404
    assert (await house.asking.page(CHAT, "vi", NOW)).offer is PageOffer.LIMITED
    assert (await house.asking.page(Ref("telegram", "7", "78"), "vi", NOW)).offer is PageOffer.OPEN
    assert (await house.asking.page(CHAT, "vi", NOW + WITHIN)).offer is PageOffer.OPEN


async def test_a_page_is_open_for_a_short_time_and_the_newest_one_alone(
    house: House, client: Client, told: Told
) -> None:
    first = await opened(house)
    second = await opened(house)
    assert (await typed(client, first, house.token))[0] == 404
    told.now = NOW + PAGE_FOR
    assert (await client.get(second)).status == 404
    assert (await typed(client, second, house.token))[0] == 404
    assert await house.asking.linked(CHAT, NOW) is None


async def test_opening_it_uses_nothing_up_and_nobody_may_keep_or_frame_it(house: House, client: Client) -> None:
    path = await opened(house, language="en")
    for _ in range(MOST_TRIES + 1):
        async with client.get(path) as response:
            assert response.status == 200
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "noindex" in response.headers["X-Robots-Tag"]
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["X-Frame-Options"] == "DENY"
            text = await response.text()
    assert '<html lang="en">' in text
    assert "<script" not in text
    assert (await client.head(path)).status == 405


async def test_another_sites_form_is_not_taken(house: House, client: Client) -> None:
    path = await opened(house)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert (await typed(client, path, house.token, **headers))[0] == 403
    assert await house.asking.linked(CHAT, NOW) is None
    assert (await typed(client, path, house.token, Origin="null"))[0] == 200


async def test_a_revoked_token_opens_nothing(house: House, client: Client) -> None:
    path = await opened(house)
    async with house.database.write() as session:
        await house.asking.store.revoke(session, house.number, NOW)
    assert "không đúng" in (await typed(client, path, house.token))[1]


async def test_a_conversation_whose_channel_is_off_is_linked_all_the_same(
    house: House, client: Client, told: Told
) -> None:
    told.off = True
    assert (await typed(client, await opened(house), house.token))[0] == 200
    assert await house.asking.linked(CHAT, NOW) is not None


@pytest.mark.parametrize("where", ["/dn/nhap/x", "/dn/nhap/" + "A" * 3000, "/dn/nhap/%00"])
async def test_an_address_that_is_none_says_what_to_do(client: Client, where: str) -> None:
    for response in (await client.get(where), await client.post(where, data=b"x" * 5000, headers=SAME_SITE)):
        assert response.status == 404
        assert "“mã doanh nghiệp”" in await response.text()


async def test_the_address_is_kept_nowhere_and_the_row_goes_with_its_person_or_an_hour_later(house: House) -> None:
    path = await opened(house)
    async with house.database.read() as session:
        rows = repr([tuple(row) for row in await session.execute(select(organisation_page))])
    assert path.rpartition("/")[2] not in rows
    store, pages = house.asking.store, house.asking.pages
    async with house.database.write() as session:
        assert await pages.forget(session, NOW + PAGE_FOR) == 0
        assert await pages.forget(session, NOW + PAGE_FOR + timedelta(hours=1)) == 1
    await opened(house)
    async with house.database.write() as session:
        await store.erase(session, CHAT, 0)
        assert await session.scalar(select(organisation_page.c.tries)) is None


async def test_without_a_public_address_there_is_no_page(house: House) -> None:
    object.__setattr__(house.asking, "public_url", "")
    assert (await house.asking.page(CHAT, "vi", NOW)).offer is PageOffer.NONE
