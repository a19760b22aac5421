"""Tables about the post: what the catalogue and the agency's list say, and what to clear between them. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.console.dashboard.charts import Chart, Series
from bot.console.dashboard.post_figures import Offer, PostFigures
from bot.console.dashboard.post_talk_sheets import asked, asked_of, kept, kept_of
from bot.console.dashboard.sheet import NONE, Sheet, column, percent
from bot.postal.coverage import Covered, Eligible, Reach
from bot.postal.option import Standing
from bot.spreadsheets import Cell

REACHES: Mapping[Reach, str] = {
    Reach.BOTH: "Gửi hồ sơ và nhận kết quả",
    Reach.SEND: "Chỉ gửi hồ sơ",
    Reach.RECEIVE: "Chỉ nhận kết quả",
    Reach.REFUSED: "Không dùng được",
    Reach.UNKNOWN: "Chưa rõ",
}
DIRECTIONS = {"send": "Gửi hồ sơ", "receive": "Nhận kết quả"}
_ELIGIBLE = {
    Eligible.NAMED: "Danh mục nêu bưu chính",
    Eligible.SILENT: "Danh mục không buộc có mặt",
}
_STANDINGS = {Standing.ALLOWED: "có cung cấp", Standing.REFUSED: "loại trừ"}
_UNNAMED = "Không rõ"


def standing(offer: Offer) -> tuple[Sheet, ...]:
    """Return the tables that tell how things stand, whatever the period: they read the whole catalogue."""
    return (
        options(offer),
        clashes(offer),
        by(offer, "linh-vuc", "Lĩnh vực", lambda one: one.field),
        by(offer, "co-quan", "Cơ quan thực hiện", lambda one: one.agency),
        strays(offer),
    )


def sheets(figures: PostFigures, stand: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return all tables in their order, those of ``standing`` among them."""
    first, second, *last = stand
    talk = asked(figures), asked_of(figures), kept(figures), kept_of(figures)
    return (first, eligible(figures), second, *talk, *last)


def options(offer: Offer) -> Sheet:
    """Return what the post carries: as told, by the agency's list and by the record."""
    holds = Counter(one.holds for one in offer.procedures)
    recorded = Counter(one.recorded for one in offer.procedures)
    listed = Counter(one.listed for one in offer.procedures)
    count = len(offer.procedures)
    rows: list[Sequence[Cell]] = [
        [name, holds[one], percent(holds[one], count), listed[one], recorded[one]] for one, name in REACHES.items()
    ]
    named = count - listed[None]
    total: list[Cell] = ["Tổng", count, percent(count, count), named, count]
    drawn = [Series("Thủ tục", column(rows, 1))]
    chart = Chart("lua-chon", "Thủ tục theo lựa chọn bưu chính", [str(row[0]) for row in rows], drawn)
    note = (
        "Trợ lý nói theo danh sách của cơ quan trước, rồi đến bản ghi trong danh mục; chỗ nào chưa ai công bố thì nói chưa rõ và chỉ nơi hỏi. "
        f"Danh sách của cơ quan có {offer.entries} mục, nêu {named} thủ tục của danh mục. “Chưa rõ” gồm cả thủ tục chỉ biết một chiều không dùng được."
    )
    head = ("Lựa chọn", "Áp dụng", "Tỷ lệ", "Theo danh sách cơ quan", "Theo bản ghi danh mục")
    return Sheet("lua-chon", "Thủ tục có lựa chọn bưu chính", note, head, rows, total, chart, wide=True, standing=True)


def by(offer: Offer, key: str, what: str, of: Callable[[Covered], str]) -> Sheet:
    """Return what the post carries, by field or agency; those with most procedures first."""
    counts: dict[str, Counter[Reach]] = defaultdict(Counter)
    for one in offer.procedures:
        counts[of(one) or _UNNAMED][one.holds] += 1
    rows: list[Sequence[Cell]] = []
    for name, found in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0])):
        offered = found[Reach.BOTH] + found[Reach.SEND] + found[Reach.RECEIVE]
        rows.append([name, found.total(), *(found[one] for one in REACHES), percent(offered, found.total())])
    title = f"Lựa chọn bưu chính theo {what.lower()}"
    head = (what, "Thủ tục", *REACHES.values(), "Tỷ lệ dùng được")
    return Sheet(key, title, "Dùng được: ít nhất một chiều.", head, rows, wide=True, standing=True)


def eligible(figures: PostFigures) -> Sheet:
    """Return what could be on the agency's list and is not: what people ask most and file most first."""
    rows: list[Sequence[Cell]] = []
    for one, why in figures.offer.eligible:
        times = sum(figures.asked.get(one.base, {}).values())
        received = figures.filed[one.base].all.received if one.base in figures.filed else 0
        rows.append([one.name, one.code, one.field, _ELIGIBLE[why], times, received])
    rows.sort(key=lambda row: (-int(row[4] or 0), -int(row[5] or 0), row[3], row[1]))
    note = (
        "Đủ điều kiện ở đây nghĩa là: bản ghi có chi tiết và nêu bưu chính, hoặc không có câu nào buộc người nộp có mặt; và danh sách của cơ quan "
        "không nêu thủ tục đó, dù là cung cấp hay loại trừ. Máy đọc câu chữ nên chỉ là gợi ý để rà soát (Quyết định 45/2016/QĐ-TTg, Điều 1 và Điều 13). "
        "Xếp theo số lần người dân hỏi về bưu chính, rồi theo số hồ sơ tiếp nhận trong kỳ."
    )
    head = ("Thủ tục", "Mã", "Lĩnh vực", "Vì sao", "Số lần hỏi", "Hồ sơ tiếp nhận")
    texts = frozenset({0, 1, 2, 3})
    return Sheet("chua-cung-cap", "Đủ điều kiện nhưng chưa cung cấp", note, head, rows, wide=True, texts=texts)


def clashes(offer: Offer) -> Sheet:
    """Return where the agency's list and the record say opposite things; exclusions first."""
    found = [(one, clash) for one in offer.procedures for clash in one.clashes]
    found.sort(key=lambda pair: (pair[1].listed is not Standing.REFUSED, pair[0].code))
    rows: list[Sequence[Cell]] = [
        [
            one.name,
            one.code,
            DIRECTIONS[clash.direction],
            _STANDINGS[clash.listed],
            f"{clash.source}, {_day(clash.as_of)}",
            clash.words,
        ]
        for one, clash in found
    ]
    note = (
        "Danh sách loại trừ mà bản ghi nêu bưu chính, rồi danh sách cung cấp mà bản ghi buộc có mặt. Trợ lý nói theo danh sách "
        "(Điều 6 khoản 2) và cho biết bản ghi nói khác; cần sửa một trong hai."
    )
    head = ("Thủ tục", "Mã", "Chiều", "Danh sách nói", "Văn bản", "Bản ghi danh mục nói")
    title = "Danh sách và danh mục nói khác nhau"
    return Sheet("mau-thuan", title, note, head, rows, wide=True, texts=frozenset(range(6)), standing=True)


def strays(offer: Offer) -> Sheet:
    """Return the entries of the agency's list that name no procedure of the catalogue."""
    rows: list[Sequence[Cell]] = [[one.code, one.source, _day(one.as_of), one.note or NONE] for one in offer.strays]
    note = "Mục của danh sách có mã mà danh mục đang dùng không có: mã sai, thủ tục đã bãi bỏ, hoặc danh mục thiếu."
    head = ("Mã", "Văn bản", "Ngày", "Ghi chú")
    title = "Mục của danh sách không có trong danh mục"
    return Sheet("khong-co", title, note, head, rows, wide=True, texts=frozenset(range(4)), standing=True)


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
