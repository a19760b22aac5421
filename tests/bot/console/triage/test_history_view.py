from __future__ import annotations

from bot.console.triage.history_view import lines_of
from feedback.log import Entry
from feedback.log_store import Told
from feedback.publication.item import HiddenWhy
from feedback.record import Status
from feedback.transitions import Action
from tests.feedback.factories import at


def told(action: Action, why: str) -> Told:
    status = Status.PUBLISHED
    entry = Entry(1, 1, at("26/11/2026 09:00"), "lan", "H48", action, status, status, "H48", "H48", b"", b"")
    return Told(entry, why, {})


def test_why_something_was_taken_off_the_pages_is_said_in_officials_words() -> None:
    shown = lines_of([told(Action.HIDE, HiddenWhy.OUTDATED.value)], {}, str, str)
    assert shown[0].why == "Quy định hoặc câu trả lời không còn đúng"


def test_a_reason_that_somebody_typed_stands_as_it_was_typed() -> None:
    assert lines_of([told(Action.REFUSE, "outdated")], {}, str, str)[0].why == "outdated"
