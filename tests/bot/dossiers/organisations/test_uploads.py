"""Reading codes out of files: what is meant as one, and what is meant to break us."""

from __future__ import annotations

import asyncio
import io
import zipfile
from dataclasses import dataclass

import pytest
from openpyxl import Workbook

from bot.dossiers.organisations.ports import MOST_BYTES, MOST_CODES, Upload, UploadOutcome
from bot.dossiers.organisations.uploads import MOST_ROWS, WAITING, Uploads, codes_in_file
from bot.dossiers.photos import Fetched, FetchesFiles
from tests.bot.messages import ref

CODES = ("H48.30.02-261117-0001", "000.00.16.H48-261116-0012")


def book(*rows: list[object]) -> bytes:
    """Return a workbook with one sheet."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_codes_are_found_wherever_they_stand_in_a_csv(encoding: str, sign: str) -> None:
    lines = [sign.join(["STT", "Mã hồ sơ", "Ghi chú"]), *(sign.join(["1", code, "gấp"]) for code in CODES)]
    assert codes_in_file("\r\n".join(lines).encode(encoding)) == Upload(UploadOutcome.READ, CODES)


def test_codes_are_found_in_a_workbook_once_each() -> None:
    content = book(["STT", "Mã hồ sơ"], *([number, code] for number, code in enumerate((*CODES, CODES[0]))))
    assert codes_in_file(content) == Upload(UploadOutcome.READ, CODES)


def test_a_formula_is_not_worked_out() -> None:
    assert codes_in_file(book(["=1+1", '=WEBSERVICE("http://x")'])).outcome is UploadOutcome.NO_CODES


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b"", UploadOutcome.NO_CODES),
        (b"\x89PNG\r\n\x1a\n\x00\xff", UploadOutcome.NOT_READABLE),
        (b"%PDF-1.7\n" + CODES[0].encode(), UploadOutcome.NOT_READABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + CODES[0].encode(), UploadOutcome.NOT_READABLE),
        (b"PK\x03\x04 broken", UploadOutcome.NOT_READABLE),
        (b"x" * (MOST_BYTES + 1), UploadOutcome.TOO_LARGE),
        (b"a\n" * (MOST_ROWS + 1), UploadOutcome.TOO_MANY),
        ("\n".join(f"H48.30.02-261117-{n:04}" for n in range(MOST_CODES + 1)).encode(), UploadOutcome.TOO_MANY),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, outcome: UploadOutcome) -> None:
    assert codes_in_file(content) == Upload(outcome)


def test_a_small_archive_that_unfolds_to_anything_breaks_only_its_reader() -> None:
    whole = io.BytesIO(book(["a"]))
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bad:
        for name in good.namelist():
            if name != "xl/worksheets/sheet1.xml":
                bad.writestr(name, good.read(name))
        corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        bad.writestr(
            "xl/worksheets/sheet1.xml",
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            f"{corner}</sheetData></worksheet>",
        )
    assert codes_in_file(out.getvalue()).outcome is UploadOutcome.NOT_READABLE


@dataclass
class Channel:
    """Implements ``FetchesFiles``."""

    handed: Fetched | None

    async def fetch(self, file: str, most: int) -> Fetched | None:
        assert most == MOST_BYTES
        return self.handed


@pytest.mark.parametrize(
    ("handed", "upload"),
    [
        (Fetched(CODES[0].encode()), Upload(UploadOutcome.READ, CODES[:1])),
        (Fetched(too_large=True), Upload(UploadOutcome.TOO_LARGE)),
        (None, Upload(UploadOutcome.NOT_FETCHED)),
    ],
)
async def test_files_come_from_the_conversations_own_channel(handed: Fetched | None, upload: Upload) -> None:
    channels: dict[str, FetchesFiles] = {}
    uploads = Uploads(channels)
    assert (await uploads.read(ref(), "f")).outcome is UploadOutcome.NOT_FETCHED
    channels["web"] = Channel(handed)
    assert await uploads.read(ref(), "f") == upload


async def test_more_files_than_can_wait_are_sent_away_and_the_next_one_is_read() -> None:
    uploads, content = Uploads({}), CODES[0].encode()
    read = await asyncio.gather(*(uploads.codes(content) for _ in range(WAITING + 5)))
    outcomes = [one.outcome for one in read]
    assert outcomes.count(UploadOutcome.READ) == WAITING + 1
    assert outcomes.count(UploadOutcome.BUSY) == 4
    assert await uploads.codes(content) == Upload(UploadOutcome.READ, CODES[:1])
