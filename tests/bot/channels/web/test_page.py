"""What the page's response promises to the browser."""

from __future__ import annotations

import base64
import hashlib
import os
import re

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web.errors import MissingTextsError
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.page import Page
from bot.channels.web.texts import REQUIRED, WebTexts
from bot.channels.web.visitors import Visitors
from bot.http.health import Readiness, Understands
from tests.bot.channels.web.conftest import Chat
from tests.fakes.web_texts import RESPONSES


async def test_the_page_stands_alone_and_its_policy_allows_only_itself(chat: Chat) -> None:
    async with chat.client.get("/", headers={"Sec-Fetch-Site": "none"}) as response:
        page = await response.text()
        policy = response.headers["Content-Security-Policy"]
        assert "motcua=" in response.headers["Set-Cookie"]
        assert "Conversation-Key" not in response.headers
    for kind in ("script", "style"):
        source = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        assert len(source) == 1
        assert base64.b64encode(hashlib.sha256(source[0].encode()).digest()).decode() in policy
    assert "unsafe" not in policy
    assert not re.findall(r"(?:src|href)=\"(?!#|data:)", page)
    assert "innerHTML =" not in page
    assert '<html lang="vi">' in page


async def test_every_response_carries_the_security_headers(chat: Chat) -> None:
    for path in ("/", "/healthz", "/api/v1/messages"):
        async with chat.client.get(path) as response:
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


async def test_readiness_is_told(chat: Chat) -> None:
    for now, status in (
        (Readiness(True, Understands.LOADING), 200),
        (Readiness(False, Understands.DOWN), 503),
    ):
        chat.readiness[0] = now
        async with chat.client.get("/readyz") as response:
            assert response.status == status
            assert await response.json() == {"catalogue": now.catalogue, "understanding": now.understanding.value}
    async with chat.client.get("/healthz") as response:
        assert response.status == 200


def test_missing_texts_are_all_named_at_once() -> None:
    lacking = {name: text for name, text in RESPONSES.items() if name not in REQUIRED[:2]}
    with pytest.raises(MissingTextsError, match=f"{REQUIRED[0]}, {REQUIRED[1]}"):
        WebTexts(lacking)


def test_the_stand_in_texts_are_exactly_those_required() -> None:
    assert set(RESPONSES) == set(REQUIRED)


async def test_sample_dossiers_are_offered_only_where_there_are_some(chat: Chat) -> None:
    async with chat.client.get("/") as response:
        assert "samples-label" not in await response.text()
    page = Page(WebTexts(RESPONSES), Visitors(ConversationKeys("k" * 40, os.urandom), False), {"H48-<1>": "0123"})
    app = web.Application()
    app.add_routes(page.routes())
    async with TestClient(TestServer(app)) as client, client.get("/") as response:
        text = await response.text()
    assert '<button type="button">H48-&lt;1&gt;</button>' in text
    assert "<small>số cuối: 0123</small>" in text
