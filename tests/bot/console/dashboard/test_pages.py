from __future__ import annotations

import csv
import io

from pytest_aiohttp import AiohttpClient

from bot.console.dashboard import periods
from bot.console.roles import ConsoleRole
from tests.bot.console.dashboard.house import Pages
from tests.fakes.console import official

PATH = "/canbo/bang-so-lieu"
SPAN = "ky=khac&tu=2026-11-20&den=2026-12-31"
EDITOR = official(ConsoleRole.EDITOR)


async def test_the_page_shows_all_tables_and_lets_no_style_or_script_in(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    response = await client.get(f"{PATH}?{SPAN}", headers=office.console.sign_in(EDITOR))
    text = await response.text()
    assert response.status == 200
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "style=" not in text
    assert "<style" not in text
    assert text.count("<svg") == 7
    assert "Sở Tư pháp" in text
    assert 'value="2026-11-20"' in text


async def test_a_period_that_cannot_be_taken_is_said_and_stays_typed(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(EDITOR)
    response = await client.get(f"{PATH}?ky=khac&tu=2026-12-02&den=2026-12-01", headers=headers)
    text = await response.text()
    assert response.status == 422
    assert periods.TURNED in text
    assert 'value="2026-12-02"' in text
    file = await client.get(f"{PATH}/ho-so.csv?ky=khac&tu=x&den=y", headers=headers)
    assert file.status == 422


async def test_each_table_is_a_file_with_the_same_rows(office: Pages, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(EDITOR)
    response = await client.get(f"{PATH}/ho-so.csv?{SPAN}", headers=headers)
    assert "ho-so-2026-11-20-2026-12-31.csv" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO((await response.read()).decode("utf-8-sig"))))
    assert rows[1:] == [["Phường A", "2", "1", "1", "0", "50,0 %"], ["Tổng", "2", "1", "1", "0", "50,0 %"]]
    assert (await client.get(f"{PATH}/khong-co.csv", headers=headers)).status == 404
