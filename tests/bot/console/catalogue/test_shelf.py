"""The list of procedures in memory: read once for each version, and before anybody asks."""

from __future__ import annotations

import asyncio

import pytest

from bot.console.catalogue.shelf import Filters, Shelves, page_of, row_of
from bot.unit_of_work import UnitOfWork
from tests.factories import TODAY, procedure
from tests.fakes.console_knowledge import Knowledge


async def test_a_version_is_read_before_anybody_asks_and_only_once(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves = Shelves(knowledge.work)

    async def ended(_: float) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await shelves.follow(ended)
    monkeypatch.setattr(shelves._rows, "_read", None)
    shelf = await shelves.live()
    assert (shelf.version, len(shelf.rows), shelf.fields) == (1, 8, ["Cư trú", "Hộ tịch", "Văn hóa"])
    assert [row.code for row in shelf.find(Filters("KARAOKE to"), TODAY)] == ["2.001002"]


async def test_nothing_live_is_an_empty_shelf(database: UnitOfWork) -> None:
    assert (await Shelves(database).live()).rows == ()


def test_pages_go_on_behind_a_mark() -> None:
    rows = [row_of(procedure(f"1.00000{number}")) for number in range(5)]
    first, mark = page_of(rows, "", 3)
    rest, end = page_of(rows, mark, 3)
    assert [row.code[-1] for row in (*first, *rest)] == list("01234")
    assert end == ""
