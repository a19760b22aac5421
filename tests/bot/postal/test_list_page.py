"""The public lists of Article 13."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from aiohttp import web
from pytest_aiohttp import AiohttpClient

from bot.app import project_root
from bot.app.house import load_house_texts
from bot.live_rows import Rows
from bot.postal.agency_list import AgencyList, listed
from bot.postal.coverage import covered
from bot.postal.list_page import AT_ONCE, PATH, PostListPage, lines
from bot.postal.shapes import AgencyListShape
from tests.factories import procedure

BIRTH, MARRIAGE = "1.001193", "1.000894"
TEXTS = load_house_texts(project_root())


def made(*entries: dict[str, Any]) -> AgencyList:
    """The agency's lists."""
    shape = {"decision": "Quyết định 12/QĐ-UBND", "date": "2026-05-04", "procedures": entries}
    return listed(msgspec.convert(shape, AgencyListShape))


def page(lists: AgencyList, *, practice: bool = False) -> web.Application:
    """A server with the page alone."""

    class FakeRows:
        async def live(self) -> Rows[Any]:
            return Rows(
                1, tuple(covered(one, lists) for one in (procedure(BIRTH), procedure(MARRIAGE, name="Kết hôn")))
            )

    rows: Any = FakeRows()
    app = web.Application()
    app.add_routes(PostListPage(lists, rows, "UBND tỉnh Thử", practice, TEXTS).routes())
    return app


LISTS = made(
    {"code": BIRTH, "available": ["receive"], "excluded": ["send"], "note": "Có điều kiện <b>"},
    {
        "code": MARRIAGE,
        "excluded": ["send", "receive"],
        "decision": "Công văn 7",
        "date": "2026-08-01",
        "url": "https://x.vn/7",
    },
    {"code": "9.000001", "available": ["send", "receive"]},
)


async def test_both_lists_stand_with_document_and_day_and_a_procedure_in_each_that_is_about_it(
    aiohttp_client: AiohttpClient,
) -> None:
    client = await aiohttp_client(page(LISTS))
    text = await (await client.get(PATH)).text()
    places = [
        text.index(part)
        for part in (
            "UBND tỉnh Thử công bố",
            "Có cung cấp (2)",
            f"Đăng ký khai sinh</strong> ({BIRTH}): nhận kết quả.",
            "Quyết định 12/QĐ-UBND, 04/05/2026",
            "Thủ tục chưa có trong danh mục",
            "Không cung cấp (2)",
            f"Kết hôn</strong> ({MARRIAGE}): gửi hồ sơ và nhận kết quả.",
        )
    ]
    assert places[:6] == sorted(places[:6])
    assert '<a href="https://x.vn/7" rel="noopener noreferrer">Công văn 7</a>, 01/08/2026' in text
    assert "&lt;b&gt;" in text
    assert "<script" not in text


async def test_lists_that_are_made_up_say_so_and_no_search_engine_keeps_them(aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(page(LISTS, practice=True))
    text = await (await client.get(PATH)).text()
    assert "danh sách làm thử do máy đặt ra" in text
    assert 'content="noindex, follow"' in text
    assert "công bố thủ tục" not in text


async def test_where_nothing_is_published_that_is_said(aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(page(AgencyList()))
    text = await (await client.get(PATH)).text()
    assert "Chưa có danh sách nào được công bố ở đây" in text
    assert "Có cung cấp" not in text


@pytest.mark.parametrize(
    ("query", "items"),
    [("", AT_ONCE), ("?trang=2", 5), ("?trang=tat-ca", AT_ONCE + 5), ("?trang=9", AT_ONCE), ("?trang=²", AT_ONCE)],
)
async def test_long_lists_are_shown_in_parts_or_whole_to_be_printed(
    aiohttp_client: AiohttpClient, query: str, items: int
) -> None:
    many = ({"code": f"2.{number:06}", "available": ["send"]} for number in range(AT_ONCE + 5))
    client = await aiohttp_client(page(made(*many)))
    assert (await (await client.get(PATH + query)).text()).count("<li>") == items


def test_names_stand_as_in_a_dictionary_and_unknown_procedures_last() -> None:
    four = made(*({"code": f"1.00000{number}", "available": ["send"]} for number in range(4)))
    names = {"1.000001": "Xác nhận", "1.000002": "Đăng ký", "1.000003": "Cấp lại"}
    assert [one.name for one in lines(four, names)] == ["Cấp lại", "Đăng ký", "Xác nhận", ""]
