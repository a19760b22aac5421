from __future__ import annotations

import csv
import hashlib
import io
import secrets
import shutil
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest
from pytest_aiohttp import AiohttpClient
from sqlalchemy import update

from bot.console.dashboard.zipping import Part, zipped
from bot.console.roles import ConsoleRole
from bot.spreadsheets import csv_chunks
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.tables import event, head, record
from tests.bot.console.dashboard.house import AFTER, APPLICANT, Pages
from tests.fakes.console import official

PATH = "/canbo/kiem-tra"
AUDITOR = official(ConsoleRole.AUDITOR)
ASKED = {"ky": "khac", "tu": "2026-11-20", "den": "2026-12-31", "ly_do": "Quyết định kiểm tra số 12/QĐ-UBND"}


async def archive(office: Pages, aiohttp_client: AiohttpClient) -> zipfile.ZipFile:
    client = await aiohttp_client(office.console.app())
    headers, form = office.console.sign_in(AUDITOR), {**ASKED, "csrf": office.console.csrf(AUDITOR)}
    response = await client.post(PATH, data=form, headers=headers)
    assert response.content_type == "application/zip"
    return zipfile.ZipFile(io.BytesIO(await response.read()))


def rows(found: zipfile.ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(found.read(name).decode("utf-8-sig"))))


async def test_the_archive_holds_what_its_first_file_says_with_true_hashes(
    office: Pages, aiohttp_client: AiohttpClient
) -> None:
    found = await archive(office, aiohttp_client)
    sums = dict(reversed(line.split("  ")) for line in found.read("SHA256SUMS.txt").decode().splitlines())
    assert set(sums) == set(found.namelist()) - {"SHA256SUMS.txt"}
    assert all(hashlib.sha256(found.read(name)).hexdigest() == digest for name, digest in sums.items())
    read_me = found.read("DOC-TRUOC.txt").decode()
    assert all(name in read_me for name in found.namelist() if name != "DOC-TRUOC.txt")
    assert "KHÔNG PHẢI LÀ ĐIỂM SỐ" in read_me


async def test_register_slips_answers_and_log_are_complete(office: Pages, aiohttp_client: AiohttpClient) -> None:
    found = await archive(office, aiohttp_client)
    assert len(rows(found, "2-so-theo-doi.csv")) == 1 + 9
    assert [row[1:3] for row in rows(found, "4-phieu-ho-so.csv")[1:]] == [
        ["H48.1-261120-0001", "Yêu cầu bổ sung hồ sơ"]
    ]
    assert rows(found, "3-tra-loi-da-cong-khai.csv")[1][5] == "'=Sẽ sửa."
    async with office.database.read() as session:
        entries = [told.entry async for told in office.desk.log.opened(session)]
    assert [row[-1] for row in rows(found, "6-nhat-ky.csv")[1:]] == [one.hash.hex() for one in entries]


async def verified(office: Pages, aiohttp_client: AiohttpClient) -> str:
    """Verify everything, and return the page behind it."""
    client = await aiohttp_client(office.console.app())
    form, headers = {"csrf": office.console.csrf(AUDITOR)}, office.console.sign_in(AUDITOR)
    return await (await client.post(f"{PATH}/kiem-chung", data=form, headers=headers)).text()


async def told(office: Pages, aiohttp_client: AiohttpClient) -> str:
    return (await archive(office, aiohttp_client)).read("7-kiem-chung-nhat-ky.txt").decode()


@pytest.fixture
async def own(month: Path, tmp_path: Path) -> AsyncIterator[Pages]:
    """The office over a database of the test's own."""
    shutil.copy(month, tmp_path / "changed.sqlite3")
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'changed.sqlite3'}"))
    yield Pages(database)
    await database.close()


async def test_without_a_whole_verification_the_archive_says_so_and_proves_the_chain(
    own: Pages, aiohttp_client: AiohttpClient
) -> None:
    said = await told(own, aiohttp_client)
    assert "CHƯA CÓ lần kiểm chứng toàn bộ" in said
    assert "Chuỗi liền mạch." in said


async def test_what_a_verification_finds_is_told_on_the_page_and_in_the_archive(
    own: Pages, aiohttp_client: AiohttpClient
) -> None:
    assert "không tìm thấy sai lệch" in await verified(own, aiohttp_client)
    assert "Không tìm thấy sai lệch." in await told(own, aiohttp_client)
    async with own.database.write() as session:
        await session.execute(update(record).where(record.c.id == 1).values(status="published"))
    assert "có 1 sai lệch" in await verified(own, aiohttp_client)
    said = await told(own, aiohttp_client)
    assert "SAI LỆCH: record 1" in said
    assert "Có 1 sai lệch." in said


async def test_a_record_that_lost_its_words_by_its_age_is_no_fault(own: Pages, aiohttp_client: AiohttpClient) -> None:
    async with own.database.write() as session:
        await session.execute(update(record).where(record.c.id == 1).values(masked=""))
    assert "không tìm thấy sai lệch" in await verified(own, aiohttp_client)
    assert "SAI LỆCH" not in await told(own, aiohttp_client)


@pytest.mark.parametrize("changed", ["last", "rewritten"])
async def test_what_was_changed_behind_the_last_verification_is_found_without_another_one(
    own: Pages, aiohttp_client: AiohttpClient, changed: str
) -> None:
    await verified(own, aiohttp_client)
    async with own.database.write() as session:
        last, _ = await own.desk.log.last(session)
        if changed == "rewritten":
            await session.execute(update(event).where(event.c.seq == last).values(hash=b"x" * 32))
        else:
            await session.execute(update(head).values(seq=last + 1))
    said = await told(own, aiohttp_client)
    assert ("nhật ký đã bị viết lại" if changed == "rewritten" else "taken off the end") in said


async def test_no_file_tells_who_wrote_or_applied(office: Pages, aiohttp_client: AiohttpClient) -> None:
    found = await archive(office, aiohttp_client)
    everything = "".join(found.read(name).decode() for name in found.namelist())
    for personal in ("Nguyễn Văn Thử", "đường Thử", "0901234567", "84901234567", APPLICANT):
        assert personal not in everything


async def test_nothing_goes_out_before_its_reason_is_noted(office: Pages, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(office.console.app())
    headers, token = office.console.sign_in(AUDITOR), office.console.csrf(AUDITOR)
    short = await client.post(PATH, data={**ASKED, "ly_do": "vì", "csrf": token}, headers=headers)
    assert short.status == 422
    assert "Hãy ghi lý do" in await short.text()
    wrong = await client.post(PATH, data={**ASKED, "tu": "x", "csrf": token}, headers=headers)
    assert ASKED["ly_do"] in await wrong.text()
    assert office.console.taken == []
    await (await client.post(PATH, data={**ASKED, "csrf": token}, headers=headers)).read()
    assert office.console.taken == [("lan", "Tài liệu kiểm tra (ZIP), 2026-11-20..2026-12-31", ASKED["ly_do"])]


async def test_only_auditors_may(office: Pages, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(office.console.app())
    headers = office.console.sign_in(official(*set(ConsoleRole) - {ConsoleRole.AUDITOR}))
    assert (await client.get(PATH, headers=headers)).status == 403


async def test_who_goes_away_in_the_middle_leaves_nothing_open() -> None:
    ended: list[str] = []

    async def lines() -> AsyncGenerator[list[str], None]:
        try:
            while True:
                yield [secrets.token_hex(1000)]
        finally:
            ended.append("closed")

    going = zipped([Part("a.csv", csv_chunks(["x"], lines()))], AFTER)
    assert await anext(going)
    await going.aclose()
    assert ended == ["closed"]
