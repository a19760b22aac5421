"""Until when something is to be expected, and whose limit that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.app.feedback_talk import by_when
from feedback.office import Office
from feedback.working_time.loading import load_working_time
from feedback.working_time.rules import Rules
from tests.feedback.records import NOW

WORKING = load_working_time()


def test_the_law_sets_when_it_is_passed_on() -> None:
    when = by_when(WORKING, Office(), NOW)
    assert (when.transfer, when.by_law) == (date(2026, 11, 30), True)
    assert when.process > when.transfer


def test_a_rule_of_the_provinces_own_is_never_told_as_the_decrees() -> None:
    own = replace(WORKING.rules.on("feedback_transfer", date(2026, 11, 20)), amount=3, province="H48")
    working = replace(WORKING, rules=Rules((*WORKING.rules, own)))
    when = by_when(working, Office(province="H48"), NOW)
    assert (when.transfer, when.by_law) == (date(2026, 11, 26), False)
    assert by_when(working, Office(), NOW).by_law
