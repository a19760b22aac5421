"""Tables of dossiers, of the talk, of what people thought, and of the channels. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from bot.console.dashboard.charts import Chart, Series
from bot.console.dashboard.figures import Figures
from bot.console.dashboard.sheet import NONE, Sheet, column, parts_of, percent
from bot.console.frame import say_moment
from bot.figures.waits import at_most
from bot.spreadsheets import Cell

CHANNELS = {
    "web": "Trang web",
    "telegram": "Telegram",
    "zalo_oa": "Zalo OA",
    "zalo_bot": "Zalo Bot",
    "email": "Thư điện tử",
    "mail": "Thư điện tử",
    "desk": "Quầy trực",
    "sms": "Tin nhắn SMS",
}


def dossiers(figures: Figures) -> Sheet:
    """Return the dossiers that ended, by unit."""
    ordered = sorted(figures.dossiers, key=lambda one: -one.ended)
    rows: list[Sequence[Cell]] = [
        [
            one.unit or "Không rõ",
            one.ended,
            one.on_time,
            one.late,
            one.undated,
            percent(one.on_time, one.on_time + one.late),
        ]
        for one in ordered
    ]
    ended, on_time, late, undated = (int(sum(column(rows, place))) for place in (1, 2, 3, 4))
    total: list[Cell] = ["Tổng", ended, on_time, late, undated, percent(on_time, on_time + late)]
    drawn = [Series("Đúng hẹn", column(rows, 2)), Series("Trễ hẹn", column(rows, 3))]
    chart = Chart("ho-so", "Hồ sơ kết thúc theo đơn vị", [str(row[0]) for row in rows], drawn)
    note = (
        "Hồ sơ kết thúc trong kỳ, theo nguồn đã nạp, không tính hồ sơ mẫu. Trễ là kết thúc sau giờ hẹn đang có hiệu lực. "
        f"Lúc này có {figures.dossiers_overdue} hồ sơ chưa xong đã quá giờ hẹn. Hồ sơ được nạp muộn được đếm lại trong "
        "một giờ nếu kết thúc chưa quá 60 ngày, trong một ngày nếu chưa quá 400 ngày."
    )
    head = ("Đơn vị tiếp nhận", "Kết thúc", "Đúng hẹn", "Trễ hẹn", "Không có hẹn", "Tỷ lệ đúng hẹn")
    return Sheet("ho-so", "Hồ sơ", note, head, rows, total, chart)


def questions(figures: Figures) -> Sheet:
    """Return the messages over time, by channel."""
    channels = sorted({one.channel for one in figures.talk})
    spans = parts_of(figures.days.first, figures.days.last)
    counts: dict[tuple[int, str], int] = {}
    ends = [last for _, _, last in spans]
    for one in figures.talk:
        at = bisect_left(ends, one.day)
        counts[at, one.channel] = counts.get((at, one.channel), 0) + one.came
    rows: list[Sequence[Cell]] = [
        [name, *(counts.get((at, channel), 0) for channel in channels)] for at, (name, _, _) in enumerate(spans)
    ]
    names = [channel_name(one) for one in channels]
    drawn = [Series(name, column(rows, place)) for place, name in enumerate(names, 1)]
    chart = Chart("tin-nhan-ngay", "Tin nhắn của người dân theo kênh", [str(row[0]) for row in rows], drawn, True)
    total: list[Cell] = ["Tổng", *(int(sum(column(rows, place))) for place in range(1, len(channels) + 1))]
    note = "Mọi tin người dân gửi: câu hỏi, lựa chọn bấm nút, phản ánh đang viết."
    return Sheet(
        "tin-nhan-ngay", "Tin nhắn theo ngày và kênh", note, ("Thời gian", *names), rows, total, chart, wide=True
    )


_TALK = ("answered", "asked_back", "declined", "failed")


def answers(figures: Figures) -> Sheet:
    """Return what came of questions, by channel."""
    channels = sorted({one.channel for one in figures.talk})
    rows: list[Sequence[Cell]] = []
    for channel in channels:
        own = [one for one in figures.talk if one.channel == channel]
        answered, back, declined, failed = (sum(getattr(one, name) for one in own) for name in _TALK)
        rows.append(
            [channel_name(channel), answered, back, declined, percent(answered, answered + back + declined), failed]
        )
    sums = [sum(map(int, column(rows, place))) for place in (1, 2, 3, 5)]
    total: list[Cell] = ["Tổng", *sums[:3], percent(sums[0], sum(sums[:3])), sums[3]]
    names = ("Đã trả lời", "Hỏi lại", "Nói là chưa biết")
    drawn = [Series(name, column(rows, place)) for place, name in enumerate(names, 1)]
    chart = Chart("tra-loi", "Kết quả của câu hỏi về thủ tục", [str(row[0]) for row in rows], drawn)
    note = (
        "Chỉ câu hỏi về thủ tục; tin thuộc việc khác (hồ sơ, phản ánh, chào hỏi) không nằm trong ba cột này. Đếm từ "
        "phiên bản này trở đi: tin cũ hơn không ghi kết quả."
    )
    head = ("Kênh", *names, "Tỷ lệ trả lời được", "Lượt bị lỗi")
    return Sheet("tra-loi", "Trả lời, hỏi lại, chưa biết", note, head, rows, total, chart)


def waits(figures: Figures) -> Sheet:
    """Return how long first replies took, by channel."""
    rows: list[Sequence[Cell]] = [
        [channel_name(channel), sum(counts.values()), *_percentiles(counts)]
        for channel, counts in sorted(figures.waits.items())
    ]
    together = figures.all_waits
    total: list[Cell] = ["Mọi kênh", sum(together.values()), *_percentiles(together)] if rows else []
    note = (
        "Từ lúc tin đến máy chủ tới lúc câu trả lời đầu tiên được kênh nhận (Telegram, Zalo, thư) hoặc sẵn cho trang web lấy. "
        "Con số là đầu trên của nhóm thời gian, nên lớn hơn thực tế một chút."
    )
    head = ("Kênh", "Số tin", "Trung vị (giây)", "95 % trong vòng (giây)")
    return Sheet("cho-tra-loi", "Thời gian tới câu trả lời đầu tiên", note, head, rows, total)


def _percentiles(counts: Mapping[int, int]) -> list[Cell]:
    return [_seconds(at_most(counts, share)) for share in (0.5, 0.95)]


def opinions(figures: Figures) -> Sheet:
    """Return what people thought."""
    counts = figures.feedback
    rows: list[Sequence[Cell]] = [
        _opinion("Xử lý phản ánh", counts["rated"], counts["satisfied"], counts["dissatisfied"]),
        _opinion("Thái độ khi làm hồ sơ", figures.attitude.rated, figures.attitude.good, figures.attitude.bad),
        _opinion("Câu trả lời của trợ lý có ích", figures.useful.rated, figures.useful.good, figures.useful.bad),
    ]
    drawn = [Series("Hài lòng", column(rows, 2)), Series("Không hài lòng", column(rows, 3))]
    chart = Chart("hai-long", "Đánh giá của người dân", [str(row[0]) for row in rows], drawn)
    note = (
        "Phản ánh: 4 hoặc 5 trên 5 là hài lòng, 1 hoặc 2 là không; lần đánh giá sau thay lần trước. Hồ sơ: thái độ tốt là "
        "hài lòng, xấu là không. Trợ lý: người dân bấm có ích hoặc không."
    )
    head = ("Việc", "Lượt đánh giá", "Hài lòng", "Không hài lòng", "Tỷ lệ hài lòng")
    return Sheet("hai-long", "Mức độ hài lòng", note, head, rows, (), chart)


def _opinion(name: str, rated: int, good: int, bad: int) -> list[Cell]:
    return [name, rated, good, bad, percent(good, rated)]


def channels(figures: Figures) -> Sheet:
    """Return how the channels are."""
    rows: list[Sequence[Cell]] = []
    for channel in sorted({*figures.queues, *figures.last_seen, *figures.sent}):
        came, went = figures.last_seen.get(channel, (None, None))
        inbound, outbound = figures.queues.get(channel, (None, None))
        sent = figures.sent.get(channel)
        oldest = min((one.since for one in (inbound, outbound) if one and one.since), default=None)
        waited = int((figures.at - oldest).total_seconds() // 60) if oldest else None
        waiting = [one.waiting if one else 0 for one in (inbound, outbound)]
        failed = [sent.went, sent.unreachable, sent.dead] if sent else [0, 0, 0]
        last = [say_moment(came) or NONE, say_moment(went) or NONE]
        rows.append([channel_name(channel), *waiting, NONE if waited is None else waited, *failed, *last])
    head = (
        *("Kênh", "Chờ trả lời", "Chờ gửi", "Chờ lâu nhất (phút)"),
        *("Đã gửi", "Không tới được", "Gửi hỏng", "Tin đến gần nhất", "Tin đi gần nhất"),
    )
    note = (
        "Ba cột chờ là lúc này; ba cột gửi là trong kỳ; hai cột cuối được đếm lại mỗi 5 phút. "
        "Tin gửi hỏng: xem bằng lệnh motcua outbox."
    )
    return Sheet("kenh", "Tình trạng các kênh", note, head, rows, wide=True, texts=frozenset({0, 7, 8}))


def channel_name(channel: str) -> str:
    """Return a channel's name."""
    return CHANNELS.get(channel, channel)


def _seconds(value: float | None) -> Cell:
    if value is None:
        return NONE
    return "trên 3600" if value == float("inf") else f"{value:g}".replace(".", ",")
