from __future__ import annotations

from bot.console.triage.clock_view import ClockView, clock_views
from feedback.clocks import Deadline, State, Timer
from feedback.working_time.loading import load_working_time
from feedback.working_time.pauses import Pause
from tests.feedback.factories import at

WORKING = load_working_time()
TIMER = Timer(WORKING.rules, WORKING.hours(), "")


def view(begun: str, now: str, *pauses: Pause, state: State = State.OPEN, rule: str = "feedback_process") -> ClockView:
    deadline = TIMER.timed(Deadline(1, rule, "", at(begun), None, "H48.1", state, pauses=pauses))
    return clock_views([deadline], TIMER, at(now))[0]


def test_the_working_names_each_day_off_with_its_reason() -> None:
    shown = view("17/11/2026 08:00", "26/11/2026 09:00")
    assert shown.length == "15 ngày làm việc"
    assert "17/11: ngày bắt đầu, không tính" in shown.off
    assert "21/11–22/11: nghỉ cuối tuần" in shown.off
    assert "24/11: nghỉ lễ Ngày Văn hóa Việt Nam" in shown.off
    assert shown.left == "còn 9 ngày làm việc"
    assert shown.look == "good"


def test_a_pause_moves_the_end_and_stands_in_the_working() -> None:
    shown = view("17/11/2026 08:00", "26/11/2026 09:00", Pause(at("18/11/2026 09:00"), at("20/11/2026 09:00")))
    assert shown.left == "còn 11 ngày làm việc"
    assert "19/11–20/11: chờ bổ sung" in shown.off
    waiting = view("17/11/2026 08:00", "26/11/2026 09:00", Pause(at("18/11/2026 09:00")))
    assert waiting.left == "đồng hồ dừng, còn 14 ngày làm việc"


def test_lateness_is_said_in_working_days() -> None:
    assert view("05/10/2026 08:00", "26/10/2026 09:00").left == "hết hạn hôm nay"
    late = view("05/10/2026 08:00", "28/10/2026 09:00")
    assert (late.left, late.look) == ("trễ 2 ngày làm việc", "bad")
    assert view("05/10/2026 08:00", "26/10/2026 23:00").left == "trễ, đã hết hạn trong hôm nay"


def test_what_nobody_knows_a_rule_of_is_shown_without_working_and_void_ones_are_left_out() -> None:
    unknown = Deadline(1, "khac", "", at("17/11/2026 08:00"), at("20/11/2026 08:00"), "H48.1")
    void = Deadline(1, "feedback_refuse", "", at("17/11/2026 08:00"), None, "H48.1", State.VOID)
    (shown,) = clock_views([unknown, void], TIMER, at("26/11/2026 09:00"))
    assert (shown.name, shown.off, shown.left) == ("khac", (), "")
