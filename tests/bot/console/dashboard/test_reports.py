from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from pytest_aiohttp import AiohttpClient

from bot.console.roles import ConsoleRole
from feedback.record import Book
from tests.bot.console.dashboard.house import Pages
from tests.fakes.console import official

PATH = "/canbo/bao-cao"
SPAN = "ky=khac&tu=2026-11-20&den=2026-12-31"
AUDITOR = official(ConsoleRole.AUDITOR)


async def test_the_report_prints_under_a_policy_that_knows_its_style(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(AUDITOR)
    form = await (await client.get(PATH, headers=headers)).text()
    assert '<option value="H48.1">Văn phòng</option>' in form
    assert "<option>Hộ tịch</option>" in form
    page = await client.get(f"{PATH}/lap?loai=dinh-ky&cach=in&{SPAN}", headers=headers)
    assert "style-src 'sha256-" in page.headers["Content-Security-Policy"]
    text = await page.text()
    assert "từ ngày 20/11/2026 đến hết ngày 31/12/2026" in text
    assert "5.4" in text
    one_field = await client.get(f"{PATH}/lap?loai=dinh-ky&cach=in&linh_vuc=X&{SPAN}", headers=headers)
    assert "<td>5.4</td>" not in await one_field.text()


@pytest.mark.parametrize(("kind", "sheet"), [("dinh-ky", "Báo cáo"), ("so", "Sổ theo dõi")])
async def test_each_kind_is_a_workbook(office: Pages, aiohttp_client: AiohttpClient, kind: str, sheet: str) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(AUDITOR)
    response = await client.get(f"{PATH}/lap?loai={kind}&cach=xlsx&{SPAN}", headers=headers)
    book = load_workbook(io.BytesIO(await response.read()))
    assert book.sheetnames[0] == sheet
    if kind == "so":
        assert book[sheet].max_row == 4 + 9


async def test_the_book_can_be_narrowed_and_goes_to_the_national_system(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(AUDITOR)
    items = await (await client.get(f"{PATH}/lap?loai=so&cach=json&{SPAN}", headers=headers)).json()
    none = await (await client.get(f"{PATH}/lap?loai=so&cach=json&co_quan=XX&{SPAN}", headers=headers)).json()
    assert items["items"]
    assert none["items"] == []


async def test_the_report_as_data_holds_the_numbers_of_the_report_and_not_the_book(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(AUDITOR)
    data = await (await client.get(f"{PATH}/lap?loai=dinh-ky&cach=json&{SPAN}", headers=headers)).json()
    assert "items" not in data
    assert sum(row["new"] for row in data["rows"]) == data["total"]["new"] == 9
    assert {"5.1a", "5.3", "5.4"} <= {one["id"] for one in data["indicators"]}
    assert data["columns"]["new"] == "Tiếp nhận trong kỳ"


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        ("bao-cao/lap?loai=so&cach=xlsx", "Sổ theo dõi (XLSX), 2026-11-20..2026-12-31, 9 dòng"),
        ("bao-cao/lap?loai=so&cach=in", "Sổ theo dõi (trang in), 2026-11-20..2026-12-31, 9 dòng"),
        ("bao-cao/lap?loai=so&cach=json&linh_vuc=X", "Sổ theo dõi (JSON), 2026-11-20..2026-12-31, 0 dòng"),
        ("bao-cao/lap?loai=dinh-ky&cach=json&linh_vuc=X", "Báo cáo định kỳ (JSON), 2026-11-20..2026-12-31, 0 dòng"),
        ("cai-cach/bang.csv?", "Rà soát thủ tục (CSV), 2026-11-20..2026-12-31, 1 dòng"),
        ("cai-cach/bang.xlsx?", "Rà soát thủ tục (XLSX), 2026-11-20..2026-12-31, 1 dòng"),
    ],
)
async def test_whatever_leaves_is_noted_with_its_period_and_rows(
    office: Pages, aiohttp_client: AiohttpClient, asked: str, noted: str
) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(AUDITOR)
    assert (await client.get(f"/canbo/{asked}&{SPAN}", headers=headers)).status == 200
    assert office.console.taken == [("lan", noted, "X" if "linh_vuc=X" in asked else "")]


async def test_who_may_read_no_reports_gets_none_and_nonsense_is_said(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    handler = office.console.sign_in(official(ConsoleRole.HANDLER, account="xuly"))
    assert (await client.get(PATH, headers=handler)).status == 403
    headers = office.console.sign_in(AUDITOR)
    assert (await client.get(f"{PATH}/lap?loai=gi&cach=in&{SPAN}", headers=headers)).status == 404
    assert (await client.get(f"{PATH}/lap?loai=so&cach=in&ky=khac", headers=headers)).status == 422


async def test_a_trial_has_nothing_for_the_national_system(office: Pages, aiohttp_client: AiohttpClient) -> None:
    trial = Pages(office.database, Book.TRIAL)
    client = await aiohttp_client(trial.console.app())
    headers = trial.console.sign_in(AUDITOR)
    assert "chạy thử" in await (await client.get(PATH, headers=headers)).text()
    assert (await client.get(f"{PATH}/lap?loai=so&cach=json&{SPAN}", headers=headers)).status == 422
