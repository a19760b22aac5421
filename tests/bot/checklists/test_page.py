"""The page of a checklist."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.checklists.links import ChecklistLinks
from bot.checklists.page import ChecklistPage
from bot.resume.snapshot import Ticked
from nlu.answers.checklist import Wishes, item_id
from nlu.catalogue.model import PaperCase, PaperRole, RequiredPaper, Withheld
from tests.factories import procedure
from tests.fakes.procedures import FakeCatalogue

LINKS = ChecklistLinks("https://motcua.example", "k" * 40)
FORM = RequiredPaper(name="Tờ khai <b>", originals=1)
SHOWN = RequiredPaper(name="Căn cước", role=PaperRole.SHOW)
BIRTH = procedure(cases=(PaperCase(papers=(FORM, SHOWN)),))
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    app = web.Application()
    off = msgspec.structs.replace(BIRTH, code="1.000894", withheld=(Withheld(until=date(2026, 12, 1)),))
    page = ChecklistPage(
        LINKS, FakeCatalogue(BIRTH, off), load_house_texts(project_root()), lambda: date(2026, 11, 26), 365
    )
    app.add_routes(page.routes())
    async with TestClient(TestServer(app)) as client:
        yield client


def path(**changes: object) -> str:
    values = {"procedure": BIRTH.code, "wishes": Wishes(), "done": (item_id(FORM),), **changes}
    return f"/c/{LINKS.token(Ticked(**values))}"  # type: ignore[arg-type]


async def test_papers_are_listed_escaped_with_what_is_done_and_where_it_stands(client: Client) -> None:
    text = await (await client.get(path())).text()
    assert "Tờ khai &lt;b&gt; (1 bản chính)" in text
    assert "Căn cước – chỉ xuất trình" in text
    assert text.count("✓") == 1
    assert BIRTH.source.name in text
    assert "26/11/2026" in text


async def test_a_list_that_is_switched_off_says_so_and_shows_no_paper(client: Client) -> None:
    text = await (await client.get(path(procedure="1.000894"))).text()
    assert "đang được cơ quan rà soát" in text
    assert "01/12/2026" in text
    assert "Tờ khai" not in text


async def test_it_speaks_the_language_of_the_conversation(client: Client) -> None:
    text = await (await client.get(path(language="en"))).text()
    assert "Papers to prepare" in text
    assert '<html lang="en">' in text
    assert (await client.get(path(language="en") + "?lang=vi")).cookies["motcua_lang"].value == "vi"
    assert '<html lang="vi">' in await (await client.get(path(language="en"))).text()


@pytest.mark.parametrize("where", ["/c/x", "/c/" + "A" * 300, path(procedure="9.999999")])
async def test_what_cannot_be_opened_says_what_to_do(client: Client, where: str) -> None:
    response = await client.get(where)
    assert response.status == 404
    assert "lập lại" in await response.text()
