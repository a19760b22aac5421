"""By when a request about data is to be answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.privacy.request import RequestKind, aims, new_number
from feedback.working_time.loading import load_working_time
from feedback.working_time.zone import here

FRIDAY = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
TIME = load_working_time()


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        # The limits are of the digest of Decree 356/2025, Article 5; a day off moves an end to the next working day.
        (RequestKind.CORRECT, "2026-11-30"),
        (RequestKind.COPY, "2026-11-30"),
        (RequestKind.OBJECT, "2026-12-07"),
        (RequestKind.COMPLAIN, "2026-12-07"),
        (RequestKind.DELETE, "2026-12-10"),
    ],
)
def test_each_kind_has_its_own_clock_and_is_acknowledged_within_two_working_days(kind: RequestKind, last: str) -> None:
    by = aims(TIME.rules, TIME.hours(None), None, kind, FRIDAY)
    assert f"{here(by.acknowledge_by):%Y-%m-%d}" == "2026-11-25", "24 November is a day off"
    assert f"{here(by.answer_by):%Y-%m-%d}" == last
    assert "356/2025" in by.basis


def test_numbers_are_not_those_of_feedback() -> None:
    assert new_number(lambda _: "7") == "DL-7777-7777"
    assert new_number() != new_number()
