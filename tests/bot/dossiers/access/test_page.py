"""The one-time page in a browser's eyes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.visitors import COOKIE, Visitors
from bot.dossiers.access.page import ProofPage
from bot.http.headers import add_security_headers
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import KNOWN, PAGE, UNKNOWN, Counter, asker

Client = TestClient[web.Request, web.Application]
VISITORS = Visitors(ConversationKeys("k" * 40), trust_proxy=False)
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def counter(database: UnitOfWork) -> Counter:
    return Counter(database)


@pytest.fixture
async def client(counter: Counter) -> AsyncIterator[Client]:
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    texts = load_house_texts(project_root())
    app.add_routes(ProofPage(counter.confirming, counter.told.notify, texts, VISITORS.opener).routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def tried(counter: Counter, code: str = KNOWN, **whose: str) -> str:
    page = (await counter.desk.prove(asker(**whose), code, "5678")).page
    await counter.post.round()
    return "/ma/" + page.removeprefix(PAGE)


async def test_the_page_asks_for_the_code_and_shows_nothing_of_the_dossier(counter: Counter, client: Client) -> None:
    path = await tried(counter)
    response = await client.get(path)
    text = await response.text()
    assert response.status == 200
    assert "Mã 6 số" in text
    assert "trang web này" in text
    for secret in (KNOWN, "Nguyễn", "N***", "5678", "khai sinh"):
        assert secret not in text


async def test_nobody_may_index_keep_or_frame_it_and_no_other_site_learns_its_address(
    counter: Counter, client: Client
) -> None:
    response = await client.get(await tried(counter))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"
    text = await response.text()
    assert "http://" not in text.replace("http://www.w3.org", "").replace("http%3A", "")
    assert "https://" not in text
    assert "<script" not in text


async def test_a_dossier_and_none_have_the_same_page(counter: Counter, client: Client) -> None:
    texts = []
    for code in (KNOWN, UNKNOWN):
        path = await tried(counter, code, conversation=code)
        shown = await (await client.get(path)).text()
        typed = await (await client.post(path, data={"code": "1"}, headers=SAME_SITE)).text()
        texts.append([page.replace(path, "") for page in (shown, typed)])
    assert texts[0] == texts[1]


async def test_the_right_code_is_taken_once(counter: Counter, client: Client) -> None:
    path = await tried(counter, language="en")
    code = counter.sender.sent[0][1]
    assert "not right" in await (await client.post(path, data={"code": "1"}, headers=SAME_SITE)).text()
    assert "Confirmed" in await (await client.post(path, data={"code": code}, headers=SAME_SITE)).text()
    again = await client.post(path, data={"code": code}, headers=SAME_SITE)
    assert again.status == 404
    assert len(counter.told.said) == 1


async def test_opening_it_uses_nothing_up(counter: Counter, client: Client) -> None:
    path = await tried(counter)
    for _ in range(10):
        assert (await client.get(path)).status == 200
    assert (await client.head(path)).status == 405


async def test_another_sites_form_is_not_taken(counter: Counter, client: Client) -> None:
    path = await tried(counter)
    code = counter.sender.sent[0][1]
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert (await client.post(path, data={"code": code}, headers=headers)).status == 403
    assert (await client.post(path, data={"code": code}, headers=SAME_SITE)).status == 200
    assert counter.told.said


async def test_an_older_browser_that_may_not_name_our_page_is_heard(counter: Counter, client: Client) -> None:
    path = await tried(counter)
    form = {"code": counter.sender.sent[0][1]}
    assert (
        await client.post(path, data=form, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"})
    ).status == 403
    assert (await client.post(path, data=form, headers={"Origin": "null"})).status == 200
    assert counter.told.said


async def test_on_the_web_it_opens_only_with_the_cookie_of_the_browser_that_chats(
    counter: Counter, client: Client
) -> None:
    key = VISITORS.new_key()
    mark = ConversationKeys("k" * 40).mark("browser", key)
    path = await tried(counter, browser=mark)
    other = {COOKIE: VISITORS.new_key()}
    assert (await client.get(path)).status == 403
    assert (await client.get(path, cookies=other)).status == 403
    client.session.cookie_jar.clear()
    assert (await client.get(path, cookies={COOKIE: key})).status == 200


async def test_it_speaks_the_conversations_language_or_the_one_that_is_asked_for(
    counter: Counter, client: Client
) -> None:
    path = await tried(counter, language="en")
    assert '<html lang="en">' in await (await client.get(path)).text()
    assert '<html lang="en">' in await (await client.get(path + "?lang=zz")).text()
    assert '<html lang="vi">' in await (await client.get(path + "?lang=vi")).text()


@pytest.mark.parametrize("where", ["/ma/x", "/ma/" + "A" * 3000, "/ma/%00"])
async def test_an_address_that_is_none_says_what_to_do(client: Client, where: str) -> None:
    response = await client.get(where)
    assert response.status == 404
    assert "tra cứu lại" in await response.text()


async def test_a_form_that_is_none_counts_as_a_wrong_code(counter: Counter, client: Client) -> None:
    path = await tried(counter)
    response = await client.post(path, data=b"x" * 5000, headers=SAME_SITE | {"Content-Type": "text/plain"})
    assert response.status == 200
    assert "Mã chưa đúng" in await response.text()


async def test_a_conversation_whose_channel_is_off_is_opened_all_the_same(counter: Counter, client: Client) -> None:
    path = await tried(counter)
    counter.told.off = True
    assert (await client.post(path, data={"code": counter.sender.sent[0][1]}, headers=SAME_SITE)).status == 200
    assert (await counter.desk.look(asker(), KNOWN)).shown is not None
