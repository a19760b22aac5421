"""The public pages of answered feedback, and their feeds."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.feedback.public_pages import PublicPages
from bot.http.headers import add_security_headers
from feedback.publication.item import HiddenWhy
from tests.fakes.published import FakeShelf
from tests.feedback.publication.items import item
from tests.feedback.records import NOW

Client = TestClient[web.Request, web.Application]
NASTY = 'Bỏ <script>alert(1)</script> & "giấy"\x0b thừa.\nDòng hai.'


@pytest.fixture
def shelf() -> FakeShelf:
    return FakeShelf((item(2, question=NASTY), item(1, agency="H48.2", procedure_code="1.000894")))


@pytest.fixture
async def client(shelf: FakeShelf) -> AsyncIterator[Client]:
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    texts = load_house_texts(project_root())
    names = {"H48.1": "Sở <Mẫu>"}
    pages = PublicPages(shelf, texts, "https://motcua.example", lambda code: names.get(code, code))
    app.add_routes(pages.routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_list_shows_every_item_escaped_with_its_link(client: Client) -> None:
    text = await (await client.get("/phan-anh")).text()
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "Sở &lt;Mẫu&gt;" in text
    assert text.count('href="/phan-anh/item') == 2
    assert text.count("Từ nay chỉ cần một bản.") == 2
    assert '<details class="whole"><summary>' in text
    assert "Công khai ngày 22/11/2026" in text
    assert 'content="index, follow"' in text


async def test_the_search_keeps_what_was_typed_and_is_not_indexed(client: Client, shelf: FakeShelf) -> None:
    text = await (await client.get("/phan-anh", params={"q": ' bản"> sao ', "agency": "H48.2"})).text()
    assert shelf.asked is not None
    assert (shelf.asked.words, shelf.asked.agency) == ('bản"> sao', "H48.2")
    assert 'value="bản&#34;&gt; sao"' in text
    assert '<option value="H48.2" selected' in text
    assert '<details class="whole" open>' in text
    assert 'content="noindex, follow"' in text
    assert "Không có mục nào khớp" in text
    assert "rss.xml?q=" in text


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "²", ""])
async def test_a_page_number_that_is_none_is_the_first(client: Client, number: str) -> None:
    assert (await client.get("/phan-anh", params={"page": number})).status == 200


async def test_long_lists_have_pages(client: Client, shelf: FakeShelf) -> None:
    shelf.items = tuple(item(number) for number in range(1, 46))
    first = await (await client.get("/phan-anh?field=H%E1%BB%99+t%E1%BB%8Bch")).text()
    second = await (await client.get("/phan-anh?page=2")).text()
    third = await (await client.get("/phan-anh?page=3")).text()
    assert 'rel="next" href="/phan-anh?field=H%E1%BB%99+t%E1%BB%8Bch&amp;page=2"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev" href="/phan-anh"' in second
    assert 'rel="next"' not in third
    assert third.count('class="item"') == 5


async def test_a_list_that_is_cut_asks_for_other_words(client: Client, shelf: FakeShelf) -> None:
    assert "Thêm từ hoặc lọc" not in await (await client.get("/phan-anh?q=thừa")).text()
    shelf.cut = True
    assert "Thêm từ hoặc lọc" in await (await client.get("/phan-anh?q=thừa")).text()


async def test_an_item_has_a_page_of_its_own(client: Client) -> None:
    response = await client.get("/phan-anh/item000002")
    text = await response.text()
    assert response.status == 200
    assert "<h2>Trả lời</h2>" in text
    assert "Dòng hai." in text
    assert "<script>" not in text
    assert "script-src" not in response.headers["Content-Security-Policy"]
    short = await (await client.get("/phan-anh/item000001")).text()
    assert short.count("Quy định nộp hai bản sao giấy khai sinh là thừa.") == 2, (
        "title and heading, not once more below"
    )
    english = await (await client.get("/phan-anh/item000002?lang=en")).text()
    assert "<h2>Answer</h2>" in english


@pytest.mark.parametrize("why", list(HiddenWhy))
async def test_an_item_that_was_taken_down_says_why(client: Client, shelf: FakeShelf, why: HiddenWhy) -> None:
    shelf.items = (replace(item(1), hidden_at=NOW, hidden_why=why, question="bí mật"),)
    response = await client.get("/phan-anh/item000001")
    text = await response.text()
    assert response.status == 410
    assert "đã được gỡ" in text
    assert "bí mật" not in text
    assert re.search(r"<p>(Gỡ|Tạm)", text)


@pytest.mark.parametrize("slug", ["nothing", "A" * 10, "x" * 40, "item000001%00"])
async def test_a_link_to_nothing_says_so(client: Client, slug: str) -> None:
    response = await client.get(f"/phan-anh/{slug}")
    assert response.status == 404
    assert "Không có mục này" in await response.text()


@pytest.mark.parametrize(
    ("marks", "said"), [({"sample": True, "trial": True}, "Ví dụ"), ({"trial": True}, "Thử nghiệm")]
)
async def test_what_is_made_up_or_a_trial_is_marked_everywhere(
    client: Client, shelf: FakeShelf, marks: dict[str, bool], said: str
) -> None:
    shelf.items = (item(1, **marks),)
    for path in ("/phan-anh", "/phan-anh/item000001"):
        text = await (await client.get(path)).text()
        assert said in text
        assert 'content="noindex, follow"' in text
    assert f"[{said}]" in await (await client.get("/phan-anh/rss.xml")).text()
    assert json.loads(await (await client.get("/phan-anh/feed.json")).text())["items"][0]["title"].startswith(
        f"[{said}]"
    )


async def test_rss_is_whole_xml_with_permanent_links(client: Client) -> None:
    response = await client.get("/phan-anh/rss.xml?q=")
    assert response.content_type == "application/rss+xml"
    root = ET.fromstring(await response.read())
    items = root.findall("./channel/item")
    assert [one.findtext("guid") for one in items] == [
        "https://motcua.example/phan-anh/item000002",
        "https://motcua.example/phan-anh/item000001",
    ]
    assert "<script>alert(1)</script>" in (items[0].findtext("description") or "")
    assert items[0].findtext("pubDate") == "Sun, 22 Nov 2026 02:30:00 +0000"
    assert root.findtext("./channel/link") == "https://motcua.example/phan-anh"


async def test_the_json_feed_says_the_same_and_can_be_narrowed(client: Client) -> None:
    response = await client.get("/phan-anh/feed.json?procedure=1.000894")
    told = json.loads(await response.text())
    assert response.content_type == "application/feed+json"
    assert told["version"].endswith("1.1")
    assert told["feed_url"] == "https://motcua.example/phan-anh/feed.json?procedure=1.000894"
    assert [one["url"] for one in told["items"]] == ["https://motcua.example/phan-anh/item000001"]


@pytest.mark.parametrize("path", ["/phan-anh", "/phan-anh/item000001", "/phan-anh/rss.xml", "/phan-anh/feed.json"])
async def test_a_reader_that_has_it_already_is_not_sent_it_again(client: Client, shelf: FakeShelf, path: str) -> None:
    first = await client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.headers["ETag"]) == (304, first.headers["ETag"])
    shelf.items = (item(1, answer="Khác."),)
    assert (await client.get(path, headers={"If-None-Match": first.headers["ETag"]})).status == 200


async def test_a_page_that_sets_a_cookie_or_is_missing_is_never_kept(client: Client) -> None:
    for path in ("/phan-anh?lang=en", "/phan-anh/nothing"):
        response = await client.get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
