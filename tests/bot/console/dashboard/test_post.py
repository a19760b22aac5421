"""The page about the post: its tables, its files, and what stands in them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook
from pytest_aiohttp import AiohttpClient
from sqlalchemy import insert

from bot.console.dashboard import pages, post_pages
from bot.console.dashboard.post_figures import PostBoard
from bot.console.dashboard.post_pages import PATH, SHOWN, PostPages
from bot.console.roles import ConsoleRole
from bot.figures.counting_store import FILED
from bot.figures.tables import filed_day, post_day
from bot.live_rows import Rows
from bot.postal.agency_list import listed
from bot.postal.coverage import covered
from bot.postal.shapes import AgencyListShape
from bot.unit_of_work import UnitOfWork
from nlu.catalogue.model import FilingMethod, FilingWay, Procedure
from tests.factories import counter, procedure
from tests.fakes.console import FakeConsole, official

BIRTH, MARRIAGE, DEATH, NATIONAL = "1.001193", "1.000894", "1.000656", "1.000001"
POST = (counter(), FilingMethod(way=FilingWay.POST))
LISTS = listed(
    msgspec.convert(
        {
            "decision": "Quyết định 12",
            "date": "2026-05-04",
            "procedures": [
                {"code": BIRTH, "available": ["send", "receive"]},
                {"code": MARRIAGE, "excluded": ["send", "receive"]},
                {"code": "9.000001", "available": ["send"]},
            ],
        },
        AgencyListShape,
    )
)
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
SPAN = "ky=khac&tu=2026-10-01&den=2026-11-26"
HANDLER = official(ConsoleRole.HANDLER)


class FakeRows:
    """The live catalogue, already looked at."""

    def __init__(self, *procedures: Procedure) -> None:
        self.rows = tuple(covered(one, LISTS) for one in procedures)

    async def live(self) -> Rows[Any]:
        """See ``LiveRows.live``."""
        return Rows(7, self.rows)


CATALOGUE = (
    procedure(BIRTH, name="Đăng ký khai sinh"),
    procedure(MARRIAGE, name="Đăng ký kết hôn", methods=POST),
    procedure(DEATH, name="Đăng ký khai tử", methods=POST),
    procedure(NATIONAL, name="Việc khác", field="Đất đai", agencies=()),
)


async def fill(database: UnitOfWork) -> None:
    """Let October and November happen."""
    november, october = datetime(2026, 11, 5).date(), datetime(2026, 10, 1).date()
    asked = [
        ("d", november, NATIONAL, "price", 3),
        ("d", november, BIRTH, "request", 2),
        ("m", october, BIRTH, "options", 4),
    ]
    asked += [("d", november, "", "track", 1)]
    asked += [("t", day, "", topic, count) for _, day, _, topic, count in asked]
    filed = [
        ("m", october, f"{BIRTH}.H48", 5, 4, 1, 1, 5, 4, 1, 1),
        ("d", november, BIRTH, 0, 2, 0, 0, 0, 2, 0, 0),
        ("d", november, DEATH, 9, 8, 6, 0, 0, 0, 0, 0),
        ("t", october, "", 5, 4, 1, 1, 5, 4, 1, 1),
        ("t", november, "", 9, 10, 6, 0, 0, 2, 0, 0),
    ]
    async with database.write() as session:
        names = "grain", "day", "procedure_code", "topic", "count"
        await session.execute(insert(post_day), [dict(zip(names, row, strict=True)) for row in asked])
        names_of_filed = "grain", "day", "procedure_code", *FILED
        await session.execute(insert(filed_day), [dict(zip(names_of_filed, row, strict=True)) for row in filed])


@pytest.fixture
async def console(database: UnitOfWork) -> FakeConsole:
    """The page over both months."""
    await fill(database)
    made = FakeConsole([], areas=[post_pages.AREA], folders=[pages.TEMPLATES], now=NOW)
    rows: Any = FakeRows(*CATALOGUE)
    made.pages = PostPages(made.frame, PostBoard(database, rows, LISTS), practice=False).routes()
    return made


async def table(console: FakeConsole, client: Any, key: str) -> list[list[str]]:
    """A table as its file has it."""
    response = await client.get(f"{PATH}/{key}.csv?{SPAN}", headers=console.sign_in(HANDLER))
    assert response.status == 200, await response.text()
    return list(csv.reader(io.StringIO((await response.read()).decode("utf-8-sig"))))


async def test_every_table_counts_what_its_note_says(console: FakeConsole, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(console.app())
    options = {row[0]: row[1:] for row in await table(console, client, "lua-chon")}
    assert options["Gửi hồ sơ và nhận kết quả"] == ["1", "25,0 %", "1", "0"]
    assert options["Không dùng được"] == ["1", "25,0 %", "1", "0"]
    assert options["Chỉ gửi hồ sơ"] == ["1", "25,0 %", "0", "2"]
    assert options["Tổng"] == ["4", "100,0 %", "2", "4"]
    assert [row[1:] for row in (await table(console, client, "chua-cung-cap"))[1:]] == [
        [NATIONAL, "Đất đai", "Danh mục không buộc có mặt", "3", "0"],
        [DEATH, "Hộ tịch", "Danh mục nêu bưu chính", "0", "9"],
    ]
    clashes = (await table(console, client, "mau-thuan"))[1:]
    assert [row[1:5] for row in clashes] == [[MARRIAGE, "Gửi hồ sơ", "loại trừ", "Quyết định 12, 04/05/2026"]]
    assert [row[:4] for row in (await table(console, client, "yeu-cau"))[1:]] == [
        ["10/2026", "0", "4", "0"],
        ["11/2026", "2", "0", "0"],
        ["Tổng", "2", "4", "0"],
    ]
    by_procedure = (await table(console, client, "yeu-cau-thu-tuc"))[1:]
    assert [(row[0], row[-1]) for row in by_procedure] == [
        ("Đăng ký khai sinh", "6"),
        ("Việc khác", "3"),
        ("Không nói thủ tục nào", "1"),
    ]
    months = (await table(console, client, "dung-hen"))[1:]
    assert months[0] == ["10/2026", "4", "2", "1", "1", "66,7 %", "66,7 %"]
    assert months[1] == ["11/2026", "2", "2", "0", "0", "100,0 %", "40,0 %"]
    assert (await table(console, client, "dung-hen-thu-tuc"))[1:] == [
        ["Đăng ký khai sinh", BIRTH, "5", "6", "4", "1", "1", "80,0 %", "80,0 %"]
    ]
    assert [row[:2] for row in (await table(console, client, "linh-vuc"))[1:]] == [["Hộ tịch", "3"], ["Đất đai", "1"]]
    assert [row[0] for row in (await table(console, client, "co-quan"))[1:]] == ["Ủy ban nhân dân cấp xã", "Không rõ"]
    assert [row[0] for row in (await table(console, client, "khong-co"))[1:]] == ["9.000001"]
    first = (await table(console, client, "thang-thu-tuc"))[1]
    assert first == ["10/2026", "Đăng ký khai sinh", BIRTH, "0", "4", "0", "0", "0", "0"]


async def test_the_page_has_captions_a_chart_and_says_what_is_not_known(
    console: FakeConsole, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(console.app())
    text = await (await client.get(f"{PATH}?{SPAN}", headers=console.sign_in(HANDLER))).text()
    assert text.count("<caption") == 10
    assert text.count('role="img"') == 3
    for said in (
        "Thời gian của chính bưu gửi (J+n) chưa biết",
        "Đủ điều kiện ở đây nghĩa là",
        "motcua postal offices import",
    ):
        assert said in text
    wrong = await client.get(f"{PATH}?ky=khac&tu=x", headers=console.sign_in(HANDLER))
    assert wrong.status == 422
    assert (await client.get(f"{PATH}/gi-do.csv", headers=console.sign_in(HANDLER))).status == 404


async def test_the_workbook_has_a_sheet_for_each_table_and_is_noted(
    console: FakeConsole, aiohttp_client: AiohttpClient, tmp_path: Path
) -> None:
    client = await aiohttp_client(console.app())
    response = await client.get(f"{PATH}/bang.xlsx?{SPAN}", headers=console.sign_in(HANDLER))
    book = load_workbook(io.BytesIO(await response.read()))
    assert len(book.sheetnames) == 11
    title, head, *_ = book["thang-thu-tuc"].values
    assert (title[0], head[0]) == ("Theo tháng và thủ tục", "Tháng")
    rows = sum(book[name].max_row - 4 for name in book.sheetnames)
    who, about, _ = console.taken[-1]
    assert (who, about) == ("lan", f"Bưu chính (XLSX), 2026-10-01..2026-11-26, {rows - 3} dòng")


async def test_a_whole_catalogue_makes_no_heavy_page(database: UnitOfWork, aiohttp_client: AiohttpClient) -> None:
    console = FakeConsole([], areas=[post_pages.AREA], folders=[pages.TEMPLATES], now=NOW)
    one = procedure(name="Tên thủ tục dài " * 12, methods=POST)
    many = [
        msgspec.structs.replace(one, code=f"2.{number:06}", field=f"Lĩnh vực {number % 400}") for number in range(1000)
    ]
    rows: Any = FakeRows(*many)
    console.pages = PostPages(console.frame, PostBoard(database, rows, LISTS), practice=True).routes()
    client = await aiohttp_client(console.app())
    response = await client.get(PATH, headers=console.sign_in(HANDLER))
    text = await response.text()
    assert len(text.encode()) < 150_000
    assert f"{SHOWN} dòng đầu trong 1000 dòng" in text
    assert "danh sách làm thử do máy đặt ra" in text
