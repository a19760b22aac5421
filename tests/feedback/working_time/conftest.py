"""The real data files, loaded once."""

from __future__ import annotations

import pytest

from feedback.working_time.calendar import Calendar
from feedback.working_time.hours import OfficeHours
from feedback.working_time.loading import WorkingTime, load_working_time


@pytest.fixture(scope="session")
def working_time() -> WorkingTime:
    return load_working_time()


@pytest.fixture(scope="session")
def calendar(working_time: WorkingTime) -> Calendar:
    return working_time.calendar


@pytest.fixture(scope="session")
def hours(working_time: WorkingTime) -> OfficeHours:
    return working_time.hours()
