"""A console about knowledge, with a browser that is only an HTTP client."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.console.official import Official
from tests.fakes.console_knowledge import LAN, Knowledge


@dataclass
class Desk:
    """Somebody before the console."""

    knowledge: Knowledge
    client: TestClient[web.Request, web.Application]

    async def get(self, path: str, who: Official = LAN, status: int = 200) -> str:
        """Open a page."""
        response = await self.client.get(path, headers=self.knowledge.headers(who))
        text = await response.text()
        assert response.status == status, text[:2000]
        return text

    async def post(
        self, path: str, fields: Mapping[str, object] | FormData, who: Official = LAN, status: int = 200
    ) -> str:
        """Send a form and follow where it leads."""
        token = self.knowledge.console.csrf(who)
        if isinstance(fields, FormData):
            fields.add_field("csrf", token)
            data: object = fields
        else:
            data = {**fields, "csrf": token}
        response = await self.client.post(path, data=data, headers=self.knowledge.headers(who))
        text = await response.text()
        assert response.status == status, text[:3000]
        return text


def form_of(page: str) -> dict[str, str]:
    """The fields of the page's edit form as a browser would send them."""
    body = page[page.index('name="opened"') - 40 :]
    found: dict[str, str] = {}
    for name, value in re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', body):
        found[name] = html.unescape(value)
    for name, value in re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        found[name] = html.unescape(value)
    for name, options in re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        first = re.search(r'value="([^"]*)"', options)
        found[name] = (chosen or first)[1] if chosen or first else ""  # type: ignore[index]
    ticked = re.findall(r'name="levels" value="([^"]+)" checked', body)
    found.pop("levels", None)
    if "nationwide" in found and 'id="nationwide" value="1" checked' not in body:
        found.pop("nationwide")
    return {**found, **({"levels": ticked[0]} if ticked else {})}


@pytest.fixture
async def knowledge(small_catalogue: str, tmp_path: Path) -> AsyncIterator[Knowledge]:
    """The pages on the small catalogue."""
    made = Knowledge(small_catalogue, tmp_path)
    await made.live.refresh()
    yield made
    await made.close()


@pytest.fixture
async def desk(knowledge: Knowledge) -> AsyncIterator[Desk]:
    """A client before them."""
    async with TestClient(TestServer(knowledge.console.app())) as client:
        yield Desk(knowledge, client)
