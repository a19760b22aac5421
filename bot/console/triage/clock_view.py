"""A record's deadlines with their working: what was counted, what was not and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.console.triage.words import RULES
from feedback.clocks import Deadline, State, Timer
from feedback.working_time.deadlines import Due, due
from feedback.working_time.errors import WorkingTimeError
from feedback.working_time.model import Doubt, Holiday, Reason, Skipped, Sure
from feedback.working_time.remaining import Remaining, remaining_of
from feedback.working_time.remaining import State as Left
from feedback.working_time.rules import Unit

STATES = {
    State.OPEN: "đang chạy",
    State.MET: "đúng hạn",
    State.LATE: "xong nhưng trễ",
    State.VOID: "không còn áp dụng",
}
UNITS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.CALENDAR_DAY: "ngày",
    Unit.MONTH: "tháng",
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.HOUR: "giờ",
}
REASONS = {
    Reason.WEEKEND: "nghỉ cuối tuần",
    Reason.HOLIDAY: "nghỉ lễ",
    Reason.COMPENSATORY: "nghỉ bù",
    Reason.SWAPPED: "nghỉ hoán đổi",
    Reason.LOCAL: "cơ quan nghỉ",
    Reason.PAUSED: "chờ bổ sung",
    Reason.RECEIVED_LATE: "nhận sau giờ, tính từ ngày sau",
    Reason.EVENT_DAY: "ngày bắt đầu, không tính",
}
HOLIDAYS = {
    Holiday.NEW_YEAR: "Tết Dương lịch",
    Holiday.LUNAR_NEW_YEAR: "Tết Nguyên đán",
    Holiday.HUNG_KINGS: "Giỗ Tổ Hùng Vương",
    Holiday.REUNIFICATION: "30/4",
    Holiday.LABOUR: "1/5",
    Holiday.NATIONAL_DAY: "Quốc khánh",
    Holiday.CULTURE_DAY: "Ngày Văn hóa Việt Nam",
}
DOUBTS = {
    Doubt.YEAR_UNKNOWN: "chưa có lịch nghỉ của năm đó",
    Doubt.YEAR_PROVISIONAL: "lịch nghỉ của năm đó còn là dự kiến",
    Doubt.DAY_UNVERIFIED: "có ngày nghỉ chưa đối chiếu nguồn",
    Doubt.HOURS_UNVERIFIED: "giờ làm việc chưa đối chiếu nguồn",
    Doubt.RULE_UNVERIFIED: "thời hạn này chưa đối chiếu văn bản",
}
_SURE = {
    Sure.LAW: "theo luật",
    Sure.SECONDARY: "theo nguồn thứ cấp, chưa đối chiếu bản gốc",
    Sure.UNVERIFIED: "chưa đối chiếu",
    Sure.OWN: "cơ quan tự đặt",
}


@dataclass(frozen=True)
class ClockView:
    """One deadline as the page shows it."""

    name: str
    state: str
    look: str
    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    length: str
    basis: str
    left: str
    """What is left, or by how much it is late; empty for one that does not run."""
    off: Sequence[str]
    """Days that did not count, with why."""
    pauses: Sequence[tuple[datetime, datetime | None]]
    doubts: Sequence[str]
    open: bool


def clock_views(deadlines: Iterable[Deadline], timer: Timer, at: datetime) -> Sequence[ClockView]:
    """Return a record's deadlines, the running ones first; what never mattered is left out."""
    shown = [one for one in deadlines if one.state is not State.VOID or one.pauses]
    return sorted((_view(one, timer, at) for one in shown), key=lambda one: (not one.open, one.due_at or at))


def _view(one: Deadline, timer: Timer, at: datetime) -> ClockView:
    name = RULES.get(one.rule, one.rule)
    pauses = [(pause.asked_at, pause.supplied_at) for pause in one.pauses]
    try:
        rule = timer.rule(one.rule, one.started_at)
        counted = due(rule, one.started_at, timer.hours, one.pauses)
    except WorkingTimeError:
        return ClockView(
            name, STATES[one.state], "", one.started_at, one.due_at, one.met_at, "", "", "", (), pauses, (), False
        )
    is_open = one.state is State.OPEN
    left = remaining_of(counted, at, timer.hours) if is_open else None
    late = one.state is State.LATE or (left is not None and left.state is Left.LATE)
    return ClockView(
        name,
        STATES[one.state],
        "bad" if late else "good" if one.state is not State.VOID else "soft",
        one.started_at,
        one.due_at,
        one.met_at,
        f"{rule.amount} {UNITS[rule.unit]}",
        f"{rule.basis.replace(' Art ', ', Điều ').replace('indicator', 'chỉ số').replace('formula paper', 'công thức')} ({_SURE[rule.sure]})",
        _left(left) if left else "",
        list(_off(counted)),
        pauses,
        list(dict.fromkeys(DOUBTS[doubt.doubt] for doubt in counted.working.doubts)),
        is_open,
    )


def _left(left: Remaining) -> str:
    if left.state is Left.WAITING:
        return f"đồng hồ dừng, còn {left.days} ngày làm việc" if left.days is not None else "đồng hồ dừng"
    days = left.days or 0
    if left.state is Left.LATE:
        return f"trễ {-days} ngày làm việc" if days < 0 else "trễ, đã hết hạn trong hôm nay"
    return "hết hạn hôm nay" if left.state is Left.DUE_TODAY else f"còn {days} ngày làm việc"


def _off(counted: Due) -> Iterator[str]:
    """Tell the days that did not count; days in a row with one reason are told as one stretch."""
    skipped = counted.working.skipped
    numbered = enumerate(skipped)
    for _, stretch in groupby(numbered, key=lambda one: (_why(one[1]), one[1].day.toordinal() - one[0])):
        days = [one for _, one in stretch]
        first, last = days[0], days[-1]
        span = f"{first.day:%d/%m}" if first.day == last.day else f"{first.day:%d/%m}–{last.day:%d/%m}"
        yield f"{span}: {_why(first)}"


def _why(one: Skipped) -> str:
    holiday = f" {HOLIDAYS[one.holiday]}" if one.holiday else ""
    return f"{REASONS[one.reason]}{holiday}"
