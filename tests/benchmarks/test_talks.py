from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pytest_aiohttp import AiohttpServer

from benchmarks.errors import NoAnswerError
from benchmarks.talks import OurTalk, RasaTalk, open_session


class Peer:
    """Answers both protocols with what it was told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: Any = {}
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    async def serve(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        self.keys.append(request.headers.get("Conversation-Key"))
        return web.json_response(self.answer, status=self.status, headers={"Conversation-Key": "khoa"})


@pytest.fixture
def peer() -> Peer:
    return Peer()


@pytest.fixture
async def url(peer: Peer, aiohttp_server: AiohttpServer) -> str:
    app = web.Application()
    app.add_routes([web.post("/api/v1/messages", peer.serve), web.post("/webhooks/rest/webhook", peer.serve)])
    server = await aiohttp_server(app)
    return str(server.make_url("")).rstrip("/")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session() as opened:
        yield opened


async def test_ours_keeps_its_conversation_by_the_key_of_the_first_answer(
    peer: Peer, url: str, session: aiohttp.ClientSession
) -> None:
    peer.answer = {"replies": [{"text": "Mã 1.001193", "choices": [{"id": "x", "title": "Lệ phí"}]}], "pending": False}
    talk = OurTalk(session, url)
    assert await talk.say("khai sinh") == "Mã 1.001193\nLệ phí"
    await talk.say("lệ phí")
    assert peer.keys == [None, "khoa"]
    assert [body["id"] for body in peer.bodies] == ["1", "2"]
    assert len({body["conversation"] for body in peer.bodies}) == 1


async def test_two_conversations_have_two_names(peer: Peer, url: str, session: aiohttp.ClientSession) -> None:
    peer.answer = {"replies": [{"text": "a"}]}
    for _ in range(2):
        await OurTalk(session, url).say("chào")
    assert len({body["conversation"] for body in peer.bodies}) == 2
    assert peer.keys == [None, None]


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [
        (200, {"replies": [], "pending": True}, "pending"),
        (200, {"replies": []}, "no reply"),
        (429, {"error": {}}, "HTTP 429"),
    ],
)
async def test_what_is_no_answer_of_ours_is_said(
    peer: Peer, url: str, session: aiohttp.ClientSession, status: int, answer: Any, kind: str
) -> None:
    peer.status, peer.answer = status, answer
    with pytest.raises(NoAnswerError, match=kind):
        await OurTalk(session, url).say("chào")


async def test_a_server_that_is_away_is_no_answer(session: aiohttp.ClientSession) -> None:
    with pytest.raises(NoAnswerError, match="ClientConnectorError"):
        await OurTalk(session, "http://127.0.0.1:1").say("chào")


async def test_rasa_answers_with_its_texts(peer: Peer, url: str, session: aiohttp.ClientSession) -> None:
    peer.answer = [{"text": "một"}, {"text": "hai"}]
    assert await RasaTalk(session, url).say("chào") == "một\nhai"
    assert peer.bodies[0]["message"] == "chào"


async def test_rasa_without_a_word_is_no_answer(peer: Peer, url: str, session: aiohttp.ClientSession) -> None:
    peer.answer = []
    with pytest.raises(NoAnswerError, match="no reply"):
        await RasaTalk(session, url).say("chào")
