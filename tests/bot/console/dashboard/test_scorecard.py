from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from aiohttp import web
from pytest_aiohttp import AiohttpClient

from bot.console.dashboard.figures import Figures
from bot.console.dashboard.periods import OTHER, Days
from bot.console.dashboard.scorecard import lines
from bot.figures.waits import BOUNDS
from feedback.reports.daily_store import Slice
from tests.bot.console.dashboard.house import AFTER, Pages

DAYS = Days(OTHER, date(2026, 11, 20), date(2026, 12, 31))


@pytest.fixture
async def figures(office: Pages) -> Figures:
    return await office.board.read(DAYS, AFTER)


def told(figures: Figures) -> dict[str, str]:
    return {one.name: one.value for one in lines(figures, ",")}


def handled(figures: Figures, **counts: int) -> Figures:
    return replace(figures, slices=[Slice("", 0, counts)])


async def test_small_counts_and_shares_of_few_are_not_told(figures: Figures) -> None:
    assert told(handled(figures, new=4, handled=4))["received"] == ""
    assert told(handled(figures, new=5))["received"] == "5"
    assert told(handled(figures, new=0))["received"] == "0"
    assert told(handled(figures, handled=19, handled_on_time=18))["on_time"] == ""
    assert told(handled(figures, handled=20, handled_on_time=19))["on_time"] == "95 %"


async def test_the_month_tells_only_what_enough_people_stand_behind(figures: Figures) -> None:
    assert told(figures) | {"received": "9"} == told(figures)
    assert told(figures)["handled"] == told(figures)["days"] == told(figures)["dossiers"] == told(figures)["wait"] == ""
    many = replace(figures, took={3: 2, 7: 5}, waits={"web": {4: 3, 9: 3}})
    assert (told(many)["days"], told(many)["wait"]) == ("7", "0,5")
    assert told(replace(figures, waits={"web": {len(BOUNDS): 6}}))["wait"] == "> 3600"


@pytest.mark.parametrize(("language", "word"), [("vi", "Nguồn:"), ("en", "Source:")])
async def test_the_page_says_whose_figures_of_when_and_from_where(
    office: Pages, aiohttp_client: AiohttpClient, language: str, word: str
) -> None:
    app = web.Application()
    app.add_routes(office.scorecard().routes())
    client = await aiohttp_client(app)
    text = await (await client.get(f"/so-lieu?ky=thang&lang={language}")).text()
    for said in (word, "UBND tỉnh Thử", "01/01/2027", "04/01/2027", "09:30 04/01/2027"):
        assert said in text
    assert "utter_" not in text


async def test_days_of_ones_own_choice_are_not_taken(office: Pages, aiohttp_client: AiohttpClient) -> None:
    app = web.Application()
    app.add_routes(office.scorecard().routes())
    client = await aiohttp_client(app)
    text = await (await client.get("/so-lieu?ky=khac&tu=2026-11-20&den=2026-11-20")).text()
    assert "01/01/2027" in text
    assert "20/11/2026" not in text
