"""The periodic report and the register book as workbooks and as pages to print, with the definitions of their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import jinja2
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from bot.spreadsheets import Cell, harmless, unwritable
from feedback.record import About, Book, Form, Kind, Outcome, Status
from feedback.reports.columns import COLUMNS
from feedback.reports.counting import Row
from feedback.reports.indicators import Indicator
from feedback.reports.making import Line, Report
from feedback.reports.story import Period
from feedback.working_time.zone import here

TEMPLATES = Path(__file__).parent / "templates"
Names = Callable[[str], str]
"""Returns a unit's or agency's name by its code; the code itself when it has none."""

STATUS_WORDS = {
    Status.NEEDS_TRIAGE: "Chờ phân loại",
    Status.RECEIVED: "Đã vào sổ",
    Status.NEEDS_SUPPLEMENT: "Chờ bổ sung",
    Status.NOT_RECEIVED: "Không tiếp nhận",
    Status.OUT_OF_SCOPE: "Hướng dẫn nơi khác",
    Status.FORWARDED: "Đã chuyển",
    Status.IN_REVIEW: "Đang xử lý",
    Status.INSUFFICIENT_BASIS: "Chưa đủ cơ sở",
    Status.DECIDED: "Đã có kết quả",
    Status.AWAITING_PUBLICATION: "Chờ công khai",
    Status.PUBLISHED: "Đã công khai",
    Status.REOPENED: "Mở lại",
    Status.MERGED: "Đã gộp",
    Status.WITHDRAWN: "Người gửi rút",
}
_KIND = {Kind.REPORT: "Phản ánh", Kind.RECOMMENDATION: "Kiến nghị"}
_ABOUT = {About.CONDUCT: "Hành vi", About.CONTENT: "Quy định", About.BOTH: "Cả hai"}
_FORM = {Form.WRITTEN: "Văn bản", Form.PHONE: "Điện thoại", Form.OPINION_SHEET: "Phiếu lấy ý kiến"}
_OUTCOME = {
    Outcome.AMEND_OWN: "Sửa đổi, bãi bỏ",
    Outcome.PROPOSE: "Kiến nghị sửa đổi",
    Outcome.NEW_RULE: "Ban hành mới",
    Outcome.EXPLAIN: "Giải thích",
    Outcome.CONDUCT_FOUND: "Có vi phạm",
    Outcome.CONDUCT_NOT_FOUND: "Không có vi phạm",
}
_CHANNEL = {
    "web": "Trợ lý (web)",
    "telegram": "Trợ lý (Telegram)",
    "zalo_oa": "Trợ lý (Zalo)",
    "zalo_bot": "Trợ lý (Zalo)",
    "paper": "Giấy",
    "counter": "Tại quầy",
    "telephone": "Điện thoại",
    "portal": "Cổng Dịch vụ công",
    "opinion_sheet": "Phiếu lấy ý kiến",
}
"""A channel without words is named as it is."""
BOOK_HEAD = (
    "Số vào sổ",
    "Mã biên nhận",
    "Ngày vào sổ",
    "Hình thức",
    "Kênh",
    "Loại",
    "Về",
    "Điều 5",
    "Nội dung (đã che thông tin cá nhân)",
    "Lĩnh vực",
    "Mã TTHC",
    "Cơ quan được phản ánh",
    "Đơn vị đang giữ",
    "Hạn xử lý",
    "Trạng thái",
    "Ngày xong",
    "Kết quả",
)
_WITHHELD = "(không hiển thị với người được phản ánh)"
_WORDS = 300
"""Characters of a record's words in the book."""


def period_words(period: Period) -> str:
    """Say a period with its first and last day."""
    return f"từ ngày {_day(period.since)} đến hết ngày {_day(period.until - timedelta(seconds=1))}"


def book_words(book: Book) -> str:
    """Say which series of numbers it is; practice is never taken for the register."""
    words = {
        Book.REGISTER: "Sổ tiếp nhận",
        Book.FORWARDED: "Sổ chuyển tiếp",
        Book.TRIAL: "CHẠY THỬ, không có giá trị báo cáo",
    }
    return words[book]


def write_report(path: Path, report: Report, names: Names) -> None:
    """Write the report as a workbook: numbers, indicators, definitions.

    Raises:
        SpreadsheetError: the file cannot be written.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Báo cáo"
    _rows(
        sheet,
        [[f"Tình hình tiếp nhận, xử lý phản ánh, kiến nghị {period_words(report.period)}"], [book_words(report.book)]],
    )
    head = ["Cơ quan", "Lĩnh vực", *(column.title for column in COLUMNS)]
    lines = [*report.rows, Row("Tổng", "", report.total)]
    _rows(sheet, [[], head, *([names(row.agency), row.field, *_numbers(row)] for row in lines)])
    _rows(sheet, [[], *([text] for text in _foot(report))])
    for cell in sheet[4]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    second = book.create_sheet("Chỉ số 766")
    _rows(second, [["Chỉ số", "Tên", "Công thức", "Tử số", "Mẫu số", "Tỷ lệ (%)"], *map(_indicator, report.indicators)])
    _rows(second, [[], ["Dự báo của phần mềm; điểm chính thức do Cổng Dịch vụ công quốc gia tính."]])
    third = book.create_sheet("Định nghĩa")
    _rows(third, [["Cột", "Cách tính"], *([column.title, column.definition] for column in COLUMNS)])
    _save(book, path)


def report_data(report: Report, names: Names) -> dict[str, object]:
    """Return the report's numbers for programs: what the workbook says, under the keys of ``COLUMNS``."""
    rows = [{"agency": one.agency, "name": names(one.agency), "field": one.field} | _counts(one) for one in report.rows]
    return {
        "since": here(report.period.since).isoformat(),
        "until": here(report.period.until).isoformat(),
        "book": report.book.value,
        "made_at": here(report.made_at).isoformat(),
        "columns": {column.key: column.title for column in COLUMNS},
        "rows": rows,
        "total": _counts(Row("", "", report.total)),
        "indicators": [
            {"id": one.id, "title": one.title, "above": one.above, "below": one.below, "percent": one.percent}
            for one in report.indicators
        ],
        "anchor": {"seq": report.anchor.seq, "hash": report.anchor.hash},
    }


def _counts(row: Row) -> dict[str, object]:
    return {column.key: number for column, number in zip(COLUMNS, _numbers(row), strict=True)}


def write_register_book(path: Path, lines: Sequence[Line], period: Period, book: Book, names: Names) -> None:
    """Write the register book as a workbook.

    Raises:
        SpreadsheetError: the file cannot be written.
    """
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Sổ theo dõi"
    _rows(sheet, [[f"Sổ theo dõi phản ánh, kiến nghị {period_words(period)}"], [book_words(book)], [], BOOK_HEAD])
    _rows(sheet, (book_line(line, names) for line in lines))
    for cell in sheet[4]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A5"
    _save(made, path)


def book_line(line: Line, names: Names) -> list[Cell]:
    """Return the cells of one line of the register book."""
    story = line.story
    status = story.moves[-1].to if story.moves else None
    return [
        f"{story.number}/{story.year}" + (" (mẫu)" if story.sample else ""),
        story.receipt,
        _day(story.entered_at),
        _FORM[story.form],
        _CHANNEL.get(story.channel, story.channel),
        _KIND[story.kind],
        _ABOUT[story.about],
        story.category.value if story.category else "",
        _WITHHELD if line.withheld else line.words[:_WORDS],
        story.field,
        story.procedure,
        names(story.agency),
        names(story.unit),
        _day(line.due_at),
        STATUS_WORDS[status] if status else "",
        _day(line.ended_at),
        _OUTCOME[story.outcome] if story.outcome else "",
    ]


def report_page(report: Report, names: Names) -> str:
    """Return the report as a page to print, complete in itself."""
    rows = [
        [names(row.agency) or "Chưa rõ cơ quan", row.field or "Chưa rõ lĩnh vực", *_numbers(row)] for row in report.rows
    ]
    return _page(
        "report.html",
        report=report,
        period=period_words(report.period),
        book=book_words(report.book),
        columns=COLUMNS,
        rows=rows,
        total=_numbers(Row("", "", report.total)),
        indicators=[_indicator(one) for one in report.indicators],
        foot=_foot(report),
    )


def register_book_page(lines: Sequence[Line], period: Period, book: Book, names: Names) -> str:
    """Return the register book as a page to print, complete in itself."""
    cells = [book_line(line, names) for line in lines]
    return _page("register_book.html", head=BOOK_HEAD, rows=cells, period=period_words(period), book=book_words(book))


def _page(template: str, **values: object) -> str:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.get_template(template).render(**values)


def _foot(report: Report) -> list[str]:
    return [
        f"Lập lúc {here(report.made_at):%H:%M ngày %d/%m/%Y} từ sổ phản ánh, kiến nghị.",
        f"Nhật ký của sổ dừng ở dòng {report.anchor.seq}, mã băm {report.anchor.hash}.",
        "Các cột là tập hợp rộng hơn biểu mẫu; đối chiếu với biểu mẫu đang dùng trước khi gửi.",
    ]


def _numbers(row: Row) -> list[Cell]:
    return [row.counts.get(column.key, 0) for column in COLUMNS]


def _indicator(one: Indicator) -> list[Cell]:
    percent = "không có số liệu" if one.percent is None else f"{one.percent:.2f}".replace(".", ",")
    return [one.id, one.title, one.formula, one.above, one.below, percent]


def _rows(sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
    for row in rows:
        sheet.append([harmless(cell) for cell in row])


def _save(book: Workbook, path: Path) -> None:
    try:
        book.save(path)
    except OSError as error:
        raise unwritable(path, error) from error


def _day(moment: datetime | None) -> str:
    return f"{here(moment):%d/%m/%Y}" if moment else ""
