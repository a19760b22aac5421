"""Reports as workbooks and pages: the definitions stand on them, nothing is run as a formula, nothing is left unescaped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from bot.feedback.report_sheets import register_book_page, report_page, write_register_book, write_report
from feedback.ports import DossierCounts
from feedback.record import Book
from feedback.reports.columns import COLUMNS
from feedback.reports.counting import tally, total
from feedback.reports.indicators import indicators
from feedback.reports.making import Anchor, Line, Report
from tests.feedback.records import NOW
from tests.feedback.reports.test_counting import ENTERED, PERIOD, decided, story

LINE = Line(story(ENTERED, decided(5)), '=HYPERLINK("x") <script>', NOW, None)


def report() -> Report:
    rows = tally([story(ENTERED, decided(5)), story(field="<b>Đất đai</b>")], PERIOD)
    counts = total(rows)
    lines = indicators(counts, DossierCounts(0, 0, 0), 0)
    return Report(PERIOD, Book.REGISTER, NOW, rows, counts, lines, Anchor(12, "ab" * 32))


def names(code: str) -> str:
    return {"H48.1": "Sở Thử"}.get(code, code)


def test_the_workbook_has_numbers_indicators_and_definitions(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_report(path, report(), names)
    book = load_workbook(path)
    assert book.sheetnames == ["Báo cáo", "Chỉ số 766", "Định nghĩa"]
    sheet = book["Báo cáo"]
    head = [cell.value for cell in sheet[4]]
    assert head[2:] == [column.title for column in COLUMNS]
    totals = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Tổng")
    assert totals[head.index("Tiếp nhận trong kỳ")] == 2
    assert any("ab" * 32 in str(row[0]) for row in sheet.iter_rows(values_only=True))
    assert [row[0].value for row in book["Định nghĩa"].iter_rows(min_row=2)] == [column.title for column in COLUMNS]


def test_the_book_runs_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_register_book(path, [LINE], PERIOD, Book.REGISTER, names)
    cells = [cell.value for row in load_workbook(path).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert '\'=HYPERLINK("x") <script>' in cells
    assert "Sở Thử" in cells


def test_the_book_says_that_words_about_its_reader_are_left_out() -> None:
    page = register_book_page([replace(LINE, words="", withheld=True)], PERIOD, Book.REGISTER, names)
    assert "(không hiển thị với người được phản ánh)" in page


def test_pages_escape_what_people_wrote_and_say_the_anchor() -> None:
    page = report_page(report(), names)
    assert "<b>Đất đai</b>" not in page
    assert "&lt;b&gt;Đất đai" in page
    assert "ab" * 32 in page
    assert all(column.definition in page.replace("&#39;", "'") for column in COLUMNS)
    assert "<script>" not in register_book_page([LINE], PERIOD, Book.REGISTER, names)


def test_practice_is_never_taken_for_the_register() -> None:
    assert "CHẠY THỬ" in report_page(replace(report(), book=Book.TRIAL), names)


def test_an_empty_period_says_so() -> None:
    empty = replace(report(), rows=[], total={})
    assert "Không có phản ánh, kiến nghị nào trong kỳ" in report_page(empty, names)
    assert "Không có phản ánh, kiến nghị nào trong kỳ" in register_book_page([], PERIOD, Book.REGISTER, names)
