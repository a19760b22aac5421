"""Tables of feedback. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.console.dashboard.charts import Chart, Series
from bot.console.dashboard.figures import Figures
from bot.console.dashboard.sheet import Sheet, column, parts_of, percent
from bot.spreadsheets import Cell
from feedback.record import Category

CATEGORIES = {
    0: "Chưa xếp",
    Category.OBSTACLE: "1. Vướng mắc do hành vi",
    Category.UNREALISTIC: "2. Quy định không phù hợp thực tế",
    Category.INCONSISTENT: "3. Quy định không đồng bộ",
    Category.UNLAWFUL: "4. Quy định không hợp pháp",
    Category.AGAINST_TREATY: "5. Quy định trái điều ước",
    Category.OTHER_PROBLEM: "6. Vấn đề khác của quy định",
    Category.SOLUTION: "7. Phương án xử lý",
    Category.INITIATIVE: "8. Sáng kiến ban hành mới",
}
"""Article 5 of Decree 20/2008, shortened."""

_FEEDBACK = (
    "Tiếp nhận",
    "Đã xử lý",
    "Đúng hạn",
    "Trễ hạn",
    "Tỷ lệ đúng hạn",
    "Chuyển nơi khác, gộp, rút",
    "Đang quá hạn",
)
_ELSEWHERE = ("not_received", "out_of_scope", "forwarded", "merged", "withdrawn")
_FEEDBACK_NOTE = (
    "Cách đếm như báo cáo định kỳ: tiếp nhận là vào sổ trong kỳ; đã xử lý là có kết quả được duyệt trong kỳ; "
    "đúng hạn khi hạn xử lý chưa hết lúc duyệt. Cột cuối là số đang quá hạn lúc này, không theo kỳ."
)


def feedback(figures: Figures, unit_name: Callable[[str], str]) -> Sheet:
    """Return the table by unit."""
    units = sorted({one.unit for one in figures.slices} | {unit for unit, _ in figures.overdue})
    rows = [
        _feedback_row(
            unit_name(unit) or "Chưa giao",
            [one.counts for one in figures.slices if one.unit == unit],
            sum(number for (of, _), number in figures.overdue.items() if of == unit),
        )
        for unit in units
    ]
    return _feedback_sheet("phan-anh-don-vi", "Phản ánh theo đơn vị", "Đơn vị đang giữ", rows, figures)


def categories(figures: Figures) -> Sheet:
    """Return the table by the contents of Article 5."""
    found = sorted({one.category for one in figures.slices} | {category for _, category in figures.overdue})
    rows = [
        _feedback_row(
            CATEGORIES.get(category, str(category)),
            [one.counts for one in figures.slices if one.category == category],
            sum(number for (_, of), number in figures.overdue.items() if of == category),
        )
        for category in found
    ]
    return _feedback_sheet("phan-anh-noi-dung", "Phản ánh theo nội dung (Điều 5)", "Nội dung", rows, figures)


def _feedback_sheet(key: str, title: str, of: str, rows: Sequence[Sequence[Cell]], figures: Figures) -> Sheet:
    rows = sorted(rows, key=lambda row: -int(row[1] or 0) - int(row[2] or 0))
    total = _feedback_row("Tổng", [one.counts for one in figures.slices], sum(figures.overdue.values()))
    drawn = [Series("Xử lý đúng hạn", column(rows, 3)), Series("Xử lý trễ hạn", column(rows, 4))]
    chart = Chart(key, f"{title}: đã xử lý", [str(row[0]) for row in rows], drawn)
    return Sheet(key, title, _FEEDBACK_NOTE, (of, *_FEEDBACK), rows, total, chart)


def _feedback_row(name: str, counts: Iterable[Mapping[str, int]], overdue: int) -> list[Cell]:
    kept = list(counts)

    def get(*names: str) -> int:
        return sum(one.get(key, 0) for one in kept for key in names)

    handled, on_time = get("handled"), get("handled_on_time")
    numbers: list[Cell] = [
        get("new"),
        handled,
        on_time,
        get("handled_late"),
        percent(on_time, handled),
        get(*_ELSEWHERE),
        overdue,
    ]
    return [name, *numbers]


def over_time(figures: Figures) -> Sheet:
    """Return what came in and was handled, by days, weeks or months."""
    spans, names = parts_of(figures.days.first, figures.days.last), ("new", "handled", "handled_late")
    ends, sums = [last for _, _, last in spans], [dict.fromkeys(names, 0) for _ in spans]
    for day, counts in figures.by_day.items():
        into = sums[bisect_left(ends, day)]
        for one in names:
            into[one] += counts[one]
    rows: list[Sequence[Cell]] = [[name, *into.values()] for (name, _, _), into in zip(spans, sums, strict=True)]
    drawn = [Series("Tiếp nhận", column(rows, 1)), Series("Đã xử lý", column(rows, 2))]
    chart = Chart(
        "phan-anh-ngay", "Phản ánh tiếp nhận và xử lý theo thời gian", [str(row[0]) for row in rows], drawn, True
    )
    head = ("Thời gian", "Tiếp nhận", "Đã xử lý", "Trong đó trễ hạn")
    total: list[Cell] = ["Tổng", *(int(sum(column(rows, place))) for place in (1, 2, 3))]
    note = "Ngày theo giờ Việt Nam. Kỳ dài hơn hai tháng được cộng theo tuần, dài hơn hai năm theo tháng."
    return Sheet("phan-anh-ngay", "Phản ánh theo thời gian", note, head, rows, total, chart, wide=True)
