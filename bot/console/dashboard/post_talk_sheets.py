"""Tables of what people ask and do about the post, and of the time that is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.console.dashboard.charts import Chart, Series
from bot.console.dashboard.periods import Days
from bot.console.dashboard.post_figures import PostFigures
from bot.console.dashboard.sheet import Sheet, column, percent
from bot.figures.post_store import Filed, Kept
from bot.postal.asked import Topic
from bot.spreadsheets import Cell
from feedback.reports.daily import next_month

TOPICS: Mapping[Topic, str] = {
    Topic.REQUEST: "Phiếu gửi đã lập",
    Topic.OPTIONS: "Gửi được không",
    Topic.COMPARE: "So sánh các cách",
    Topic.PRICE: "Cước",
    Topic.OFFICES: "Bưu cục",
    Topic.TRACK: "Theo dõi",
}
GENERAL = "Không nói thủ tục nào"
_COUNTED = (
    "Phiếu gửi: phiếu mà người dân đã lập xong với trợ lý, không phải bưu gửi đã gửi. Các cột khác: số lần trợ lý trả lời câu hỏi đó, không phải số người. "
    "Không ghi ai hỏi; chỉ ghi ngày. Không đếm các câu hỏi mà trợ lý chưa hiểu."
)
_KEPT_HEAD = ("Kết thúc", "Đúng hẹn", "Trễ hẹn", "Không có hẹn", "Tỷ lệ đúng hẹn", "Tỷ lệ của mọi kênh")
_TIME = (
    "Hồ sơ nộp qua bưu chính (kênh thực hiện số 3 theo nguồn đã nạp) kết thúc trong kỳ, không tính hồ sơ mẫu; nguồn không ghi kênh thì không vào bảng này. "
    "Thời gian của chính bưu gửi (J+n) chưa biết: không nguồn nào báo ngày nhận và ngày phát."
)


def asked(figures: PostFigures) -> Sheet:
    """Return what was asked in each month."""
    rows: list[Sequence[Cell]] = []
    for month in _months(figures.days):
        counts = figures.asked_by_month.get(month, {})
        rows.append([f"{month:%m/%Y}", *(counts.get(one, 0) for one in TOPICS)])
    total: list[Cell] = ["Tổng", *(int(sum(column(rows, place))) for place in range(1, len(TOPICS) + 1))]
    drawn = [Series(name, column(rows, place)) for place, name in enumerate(list(TOPICS.values())[:4], start=1)]
    chart = Chart(
        "yeu-cau", "Phiếu gửi và câu hỏi về bưu chính theo tháng", [str(row[0]) for row in rows], drawn, lines=True
    )
    return Sheet(
        "yeu-cau", "Phiếu gửi và câu hỏi theo tháng", _COUNTED, ("Tháng", *TOPICS.values()), rows, total, chart
    )


def asked_of(figures: PostFigures) -> Sheet:
    """Return what was asked of each procedure; those with most slips, then most questions, first."""
    rows: list[Sequence[Cell]] = [
        [
            figures.offer.names.get(code, "") or code or GENERAL,
            code,
            *(counts.get(one, 0) for one in TOPICS),
            sum(counts.values()),
        ]
        for code, counts in figures.asked.items()
    ]
    rows.sort(key=lambda row: (-int(row[2] or 0), -int(row[-1] or 0), row[1]))
    head = ("Thủ tục", "Mã", *TOPICS.values(), "Tổng")
    texts = frozenset({0, 1})
    return Sheet("yeu-cau-thu-tuc", "Phiếu gửi và câu hỏi theo thủ tục", _COUNTED, head, rows, wide=True, texts=texts)


def month_rows(figures: PostFigures, counts: Mapping[tuple[date, str], Mapping[str, int]]) -> Sheet:
    """Return what was asked by month and procedure: long, for files alone."""
    rows: list[Sequence[Cell]] = [
        [
            f"{month:%m/%Y}",
            figures.offer.names.get(code, "") or code or GENERAL,
            code,
            *(found.get(one, 0) for one in TOPICS),
        ]
        for (month, code), found in sorted(counts.items())
    ]
    head = ("Tháng", "Thủ tục", "Mã", *TOPICS.values())
    return Sheet("thang-thu-tuc", "Theo tháng và thủ tục", _COUNTED, head, rows, texts=frozenset({0, 1, 2}))


def kept(figures: PostFigures) -> Sheet:
    """Return whether dossiers filed by post were done by their appointment, by the month of their end."""
    found = {month: figures.filed_by_month.get(month, Filed()) for month in _months(figures.days)}
    rows: list[Sequence[Cell]] = [[f"{month:%m/%Y}", *_numbers(one)] for month, one in found.items()]
    total: list[Cell] = ["Tổng", *_numbers(sum(found.values(), Filed()))]
    drawn = [Series("Đúng hẹn", column(rows, 2)), Series("Trễ hẹn", column(rows, 3))]
    chart = Chart("dung-hen", "Hồ sơ nộp qua bưu chính kết thúc theo tháng", [str(row[0]) for row in rows], drawn)
    return Sheet(
        "dung-hen", "Hồ sơ nộp qua bưu chính: đúng hẹn", _TIME, ("Tháng", *_KEPT_HEAD), rows, total, chart, wide=True
    )


def kept_of(figures: PostFigures) -> Sheet:
    """Return the same by procedure; those with most late ones first."""
    chosen = [(code, one) for code, one in figures.filed.items() if one.post.ended or one.post.received]
    chosen.sort(key=lambda pair: (-pair[1].post.late, -pair[1].post.ended, -pair[1].post.received, pair[0]))
    rows: list[Sequence[Cell]] = [
        [figures.offer.names.get(code, "") or code or "Không rõ", code, one.post.received, *_numbers(one)]
        for code, one in chosen
    ]
    head = ("Thủ tục", "Mã", "Tiếp nhận", *_KEPT_HEAD)
    texts = frozenset({0, 1})
    title = "Hồ sơ nộp qua bưu chính theo thủ tục"
    return Sheet("dung-hen-thu-tuc", title, _TIME, head, rows, wide=True, texts=texts)


def _numbers(one: Filed) -> list[Cell]:
    post = one.post
    return [post.ended, post.on_time, post.late, post.undated, _share(post), _share(one.all)]


def _share(kept: Kept) -> str:
    return percent(kept.on_time, kept.on_time + kept.late)


def _months(days: Days) -> Iterator[date]:
    month = days.first.replace(day=1)
    while month <= days.last:
        yield month
        month = next_month(month)
