from __future__ import annotations

import csv
import io

from pytest_aiohttp import AiohttpClient

from bot.console.roles import ConsoleRole
from tests.bot.console.dashboard.house import APPLICANT, BIRTH, SAID, Pages
from tests.fakes.console import official

PATH = "/canbo/cai-cach"
SPAN = "ky=khac&tu=2026-11-20&den=2026-12-31"
APPROVER = official(ConsoleRole.APPROVER)
EDITOR = official(ConsoleRole.EDITOR, account="bientap")


async def test_a_procedure_stands_with_what_all_three_sources_tell_of_it(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    response = await client.get(f"{PATH}/bang.csv?{SPAN}", headers=office.console.sign_in(APPROVER))
    rows = list(csv.reader(io.StringIO((await response.read()).decode("utf-8-sig"))))
    first = rows[1]
    assert first[:7] == [BIRTH, "Đăng ký khai sinh", "Hộ tịch", "4", "1", "0", "0"]
    assert first[8] == "3"
    assert int(first[7]) >= 3


async def test_the_sheet_tells_questions_papers_and_what_several_say_and_nobodys_name(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(APPROVER)
    text = await (await client.get(f"{PATH}/thu-tuc/{BIRTH}?{SPAN}", headers=headers)).text()
    for said in ("lam giay cho con", "Giấy chứng sinh", "<strong>2 phản ánh</strong>", SAID[2]):
        assert said in text
    assert APPLICANT not in text
    assert (await client.get(f"{PATH}/thu-tuc/9.999999?{SPAN}", headers=headers)).status == 404


async def test_who_may_not_read_the_register_sees_the_rest(office: Pages, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(EDITOR)
    text = await (await client.get(f"{PATH}/thu-tuc/{BIRTH}?{SPAN}", headers=headers)).text()
    assert "không đọc sổ phản ánh" in text
    assert "lam giay cho con" in text
    assert SAID[2] not in text
    await client.get(f"{PATH}?{SPAN}", headers=office.console.sign_in(APPROVER))
    rows = await (await client.get(f"{PATH}/bang.csv?{SPAN}", headers=headers)).text()
    assert f"{BIRTH},Đăng ký khai sinh,Hộ tịch,4,1,0,0,0,2" in rows
