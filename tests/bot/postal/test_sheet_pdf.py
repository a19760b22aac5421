"""The slip as a PDF: every field in Vietnamese letters that come along, on A4, whatever somebody wrote into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.postal.request import Party
from bot.postal.sheet import Sheet, SheetVoice
from bot.postal.sheet_pdf import sheet_pdf
from tests.bot.dialogue_house import BIRTH, TEXTS, TIME
from tests.bot.messages import NOW
from tests.bot.postal.pdf_words import Read, read_pdf
from tests.bot.postal.slips import slip
from tests.factories import TODAY
from tests.fakes.post import FakePost
from tests.fakes.procedures import FakeCatalogue

VOICE = SheetVoice(TEXTS.speaking("vi"), FakePost(TODAY).about(FakeCatalogue(BIRTH), TIME), lambda: NOW)
NAMES = "Ẳm Ễnh Ỡm Ượng Ỵ ẵ ỗ ữ ặ ẹ đ Đ"
"""Letters with two signs, which fonts lack first."""


async def printed(**changes: Any) -> tuple[Sheet, Read]:
    """A slip's words, and what its PDF says."""
    sheet = await VOICE.sheet(slip(**changes))
    return sheet, read_pdf(sheet_pdf(sheet, foot(sheet)))


def foot(sheet: Sheet) -> Callable[[int], str]:
    return lambda page: f"{sheet.id} trang {page}"


def letters(text: str) -> str:
    """Without spaces: lines break anywhere."""
    return "".join(text.split())


async def test_everything_that_stands_on_the_slip_stands_in_the_pdf_on_one_page() -> None:
    sheet, read = await printed(applicant=Party(NAMES, "+84905123427", "12 Lê Lợi", "", "Xã Mẫu", "a.b@example.vn"))
    said = [sheet.title, sheet.law, sheet.number, *sheet.marks, sheet.sign_hint, sheet.made, *sheet.signs]
    for section in (*sheet.sections, sheet.counter):
        said += [section.title, *section.items, *(word for line in section.lines for word in (line.label, line.value))]
    for part in sheet.terms:
        said += [part.title, part.text, *part.items]
    assert [one for one in said if letters(one) not in letters(read.words)] == []
    assert NAMES in read.words
    assert (read.pages, read.codes, read.language) == (1, [sheet.id], "vi")
    assert sheet.id in read.title


async def test_all_letters_come_along_with_the_file() -> None:
    _, read = await printed()
    assert set(read.fonts.values()) == {True}, read.fonts


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<b>&amp;</para><img src='file:///etc/passwd'/>", "<b>&amp;</para><img src='file:///etc/passwd'/>"),
        ("a\x00b\x0bc\ud7ffd\ud800e", "a b c d e"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}ngược", "ngược"),
        ("x" * 400, "x" * 400),
        ("Lê 李明 Иван \N{GRINNING FACE} An", "Lê ?? ???? An"),
        ("\N{LATIN SMALL LIGATURE FI} \N{NUMERO SIGN}1\N{NON-BREAKING HYPHEN}2", "fi No1-2"),
    ],
)
async def test_what_people_write_is_shown_and_never_obeyed_and_letters_that_lack_are_seen_to_lack(
    hostile: str, shown: str
) -> None:
    party = Party(hostile, "", hostile, "", hostile)
    _, read = await printed(applicant=party, papers=(hostile,), procedure_name=hostile)
    assert letters(read.words).count(letters(shown)) >= 5


async def test_a_long_slip_goes_on_over_more_pages_each_with_its_number() -> None:
    papers = tuple(f"Giấy tờ {number}: bản sao giấy chứng nhận quyền sử dụng đất" for number in range(1, 90))
    sheet, read = await printed(papers=papers, procedure_name="Đăng ký biến động đất đai " * 150)
    assert read.pages > 1
    assert [one for one in papers if one not in read.words] == []
    assert all(f"{sheet.id} trang {page}" in read.words for page in range(1, read.pages + 1))
