"""Each recorded talk runs through the real webhook of every channel, and comes to the same at every far end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.contract import FileRef, Reply
from tests.bot.channels.everywhere import Everywhere, running_everywhere
from tests.bot.channels.far_ends import ENDS, FarEnd
from tests.bot.channels.recorded import Talk, Written, check_meaning, check_seen, talks


@pytest.fixture
async def world(small_catalogue: str) -> AsyncIterator[Everywhere]:
    """The assistant on every channel."""
    async with running_everywhere(small_catalogue) as world:
        yield world


@pytest.fixture
async def files() -> AsyncIterator[str]:
    """Address of a server with files."""

    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=b"%PDF-1.7")

    app = web.Application()
    app.add_routes([web.get("/{name}", serve)])
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/"))


def written(answer: Written, files: str) -> Reply:
    """Return an answer of a talk's own, with its files where they lie."""
    text = "\n\n".join([answer.text] * answer.times)
    carried = tuple(FileRef(one.name, f"{files}{one.name}", one.kind) for one in answer.files)
    return Reply(text, answer.choices, carried)


@pytest.mark.parametrize("talk", [pytest.param(talk, id=talk.name) for talk in talks()])
async def test_a_talk_comes_to_the_same_on_every_channel(talk: Talk, world: Everywhere, files: str) -> None:
    world.reader.known |= talk.known
    for answer in talk.written:
        reply = world.heard.written[answer.to] = written(answer, files)
        world.telegram.documents |= {one.url: one.kind for one in reply.files}
    told: dict[int, list[str]] = {}
    for end in ENDS:
        for number, texts in (await played(talk, end(world))).items():
            step = talk.steps[number - 1]
            assert step.own or told.setdefault(number, texts) == texts, f"{end.name}, step {number}"


async def played(talk: Talk, end: FarEnd) -> dict[int, list[str]]:
    """Play a talk on one platform and compare what arrives with what was said; returns that, by step."""
    told = {}
    for number, step in enumerate(talk.steps, start=1):
        said = end.world.heard.said.setdefault(end.name, [])
        before = len(said)
        seen = await step.done(end)
        if seen is None:
            continue
        at = f"{end.name}, step {number} ({step.say or step.press or step.send or 'come'})"
        replies = [reply for turn in said[before:] for reply in turn]
        check_seen(step, seen, at)
        check_meaning(replies, seen, end, at)
        titles = {choice.title for reply in replies for choice in reply.choices}
        assert set(step.choices) <= titles, f"{at}: {titles}"
        told[number] = [reply.text for reply in replies]
    return told
