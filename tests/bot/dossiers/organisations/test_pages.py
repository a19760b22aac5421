"""The table to fetch and the route for organisations' own programs, through a real server."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openpyxl import load_workbook

from bot.app.organisations import organisation_routes
from bot.dossiers.organisations.api import MOST_BYTES, PATH
from bot.dossiers.organisations.asking import Limits
from bot.dossiers.organisations.ports import MOST_CODES
from bot.dossiers.organisations.workbook import KIND
from bot.unit_of_work import UnitOfWork
from tests.bot.dialogue_house import TEXTS
from tests.bot.dossiers.organisations.houses import FOREIGN, LATE, SOON, House, make_house
from tests.bot.messages import NOW, ref

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def house(database: UnitOfWork) -> House:
    return await make_house(database, limits=Limits(an_hour=3))


@pytest.fixture
async def client(house: House) -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes(organisation_routes(house.asking, TEXTS, lambda: NOW))
    async with TestClient(TestServer(app)) as client:
        yield client


def bearer(house: House) -> dict[str, str]:
    """The header that shows the token."""
    return {"Authorization": f"Bearer {house.token}"}


async def test_a_table_is_fetched_and_nobody_keeps_or_indexes_it(house: House, client: Client) -> None:
    await house.link()
    told = await house.asking.ask(ref(), (), "vi", NOW)
    response = await client.get(told.address.removeprefix("https://motcua.example"))
    assert response.status == 200
    assert response.content_type == KIND
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(io.BytesIO(await response.read())).worksheets[0]
    assert sheet["A3"].value == LATE


async def test_an_address_that_holds_no_more_says_so(client: Client) -> None:
    response = await client.get("/dn/nothing?lang=en")
    assert response.status == 404
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "can no longer be opened" in await response.text()


async def test_a_program_asks_for_some_or_for_all(house: House, client: Client) -> None:
    every = await (await client.post(PATH, json={}, headers=bearer(house))).json()
    assert every["counts"] == {"late": 1, "supplement": 1, "due_soon": 1, "on_time": 1, "ended": 1}
    some = await (await client.post(PATH, json={"codes": [SOON.lower(), FOREIGN]}, headers=bearer(house))).json()
    assert [(one["code"], one["group"]) for one in some["dossiers"]] == [(SOON, "due_soon"), (FOREIGN, "other")]
    assert set(some["dossiers"][1]) == {"code", "group"}
    assert some["dossiers"][0]["due_at"] == (NOW + timedelta(days=1)).isoformat()


async def test_a_program_may_have_the_table(house: House, client: Client) -> None:
    response = await client.post(PATH, json={}, headers={**bearer(house), "Accept": KIND})
    assert response.content_type == KIND
    assert load_workbook(io.BytesIO(await response.read())).worksheets[0]["A3"].value == LATE


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer MCDN", "Basic abc", f"Bearer MCDN{'B' * 30}"])
async def test_without_the_token_nothing_is_told(client: Client, given: str) -> None:
    response = await client.post(PATH, json={}, headers={"Authorization": given} if given else {})
    assert response.status == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert (await response.json())["error"] == "token"


async def test_too_many_questions_wait_for_the_next_hour(house: House, client: Client) -> None:
    for _ in range(3):
        assert (await client.post(PATH, json={}, headers=bearer(house))).status == 200
    response = await client.post(PATH, json={}, headers=bearer(house))
    assert response.status == 429
    assert response.headers["Retry-After"] == "3601"


async def test_faults_are_named_exactly(house: House, client: Client) -> None:
    head = bearer(house)
    wrong = await client.post(PATH, json={"codes": [SOON, "x", "H48.30.02-261332-0001"]}, headers=head)
    assert (wrong.status, (await wrong.json())["faults"]) == (
        422,
        [{"index": 1, "fault": "not_a_code"}, {"index": 2, "fault": "impossible_date"}],
    )
    many = await client.post(PATH, json={"codes": [SOON] * (MOST_CODES + 1)}, headers=head)
    assert (many.status, (await many.json())["error"]) == (422, "too_many")
    shape = await client.post(PATH, json={"code": SOON}, headers=head)
    assert (shape.status, (await shape.json())["error"]) == (422, "shape")
    text = await client.post(PATH, data="x", headers=head)
    assert (text.status, (await text.json())["error"]) == (415, "not_json")
    large = await client.post(PATH, json={"codes": ["x" * MOST_BYTES]}, headers=head)
    assert (large.status, (await large.json())["error"]) == (413, "too_large")
    assert house.lookups.noted == []
