from __future__ import annotations

from datetime import UTC

import pytest

from feedback.working_time.errors import ImpossiblePeriodError
from feedback.working_time.pauses import Pause, in_order
from feedback.working_time.zone import VIETNAM
from tests.feedback.factories import at, pause


def test_pauses_that_touch_become_one() -> None:
    first, second = pause("10/11/2026 09:00", "12/11/2026 09:00"), pause("12/11/2026 09:00", "13/11/2026 09:00")
    assert in_order([second, first]) == (pause("10/11/2026 09:00", "13/11/2026 09:00"),)


def test_a_pause_within_another_changes_nothing() -> None:
    outer, inner = pause("10/11/2026 09:00", "20/11/2026 09:00"), pause("12/11/2026 09:00", "13/11/2026 09:00")
    assert in_order([inner, outer]) == (outer,)


def test_an_open_pause_swallows_what_comes_after() -> None:
    assert in_order([pause("10/11/2026 09:00"), pause("12/11/2026 09:00", "13/11/2026 09:00")]) == (
        pause("10/11/2026 09:00"),
    )


def test_separate_pauses_stay_separate_and_in_order() -> None:
    first, second = pause("10/11/2026 09:00", "11/11/2026 09:00"), pause("12/11/2026 09:00")
    assert in_order([second, first]) == (first, second)


def test_pauses_are_told_on_vietnamese_clocks() -> None:
    [told] = in_order([Pause(at("10/11/2026 09:00").astimezone(UTC))])
    assert told.asked_at.tzinfo is VIETNAM


def test_a_pause_ends_after_it_begins() -> None:
    with pytest.raises(ImpossiblePeriodError, match=r"^a supplement asked for on 10/11/2026 09:00 came on .* 08:59$"):
        in_order([pause("10/11/2026 09:00", "10/11/2026 08:59")])
    [at_once] = in_order([pause("10/11/2026 09:00", "10/11/2026 09:00")])
    assert at_once.supplied_at == at_once.asked_at
    assert Pause(at("10/11/2026 09:00")).supplied_at is None
