from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.ports import DossierCounts
from feedback.record import About, Book, Category, Form, Kind, Outcome, SenderKind, Status
from feedback.reports.columns import BALANCE, COLUMNS
from feedback.reports.counting import count, tally, total
from feedback.reports.indicators import indicators
from feedback.reports.story import OPEN, Limit, Moved, Period, Story
from feedback.transitions import Action
from tests.feedback.records import NOW

DAY = timedelta(days=1)
PERIOD = Period(NOW, NOW + 30 * DAY)
ENTERED = Moved(NOW + DAY, Action.SUBMIT, Status.RECEIVED)


def story(*moves: Moved, **changed: object) -> Story:
    """A report about conduct that came in on the second day, with a deadline of twenty days."""
    first = moves[0].at if moves else NOW + DAY
    told = Story(
        record=1,
        book=Book.REGISTER,
        number=1,
        year=2026,
        receipt="PA-7KQM-2XWP",
        entered_at=first,
        form=Form.WRITTEN,
        channel="web",
        kind=Kind.REPORT,
        about=About.CONDUCT,
        category=Category.OBSTACLE,
        agency="H48.1",
        unit="H48.1",
        field="Đất đai",
        sender_kind=SenderKind.CITIZEN,
        procedure="",
        dossier="",
        basis="",
        outcome=None,
        satisfied=None,
        sample=False,
        moves=moves or (ENTERED,),
        limits=(Limit("feedback_process", first, first + 20 * DAY, None),),
    )
    return replace(told, **changed)  # type: ignore[arg-type]


def decided(day: int) -> Moved:
    return Moved(NOW + day * DAY, Action.DECIDE, Status.DECIDED)


def test_what_came_in_and_is_not_handled_is_in_process_in_time() -> None:
    assert count(story(), PERIOD) == {
        "new": 1,
        "about_conduct": 1,
        "source_citizen": 1,
        "channel_bot": 1,
        "in_process": 1,
        "in_process_late": 1,
    }
    soon = replace(PERIOD, until=NOW + 10 * DAY)
    assert count(story(), soon)["in_process_in_time"] == 1


@pytest.mark.parametrize(("day", "column"), [(21, "handled_on_time"), (22, "handled_late")])
def test_handled_is_on_time_up_to_the_last_moment(day: int, column: str) -> None:
    counts = count(story(ENTERED, decided(day)), PERIOD)
    assert counts["handled"] == counts[column] == 1


def test_what_was_carried_over_is_not_new() -> None:
    before = Moved(NOW - DAY, Action.SUBMIT, Status.RECEIVED)
    counts = count(story(before, decided(3)), PERIOD)
    assert (counts["carried_over"], counts["new"], counts["handled"]) == (1, 0, 1)


def test_what_ended_before_and_did_nothing_since_is_not_counted() -> None:
    before = Moved(NOW - 2 * DAY, Action.SUBMIT, Status.RECEIVED)
    assert count(story(before, decided(-1)), PERIOD) == {}


def test_a_reopened_record_comes_in_again_and_makes_its_answer_an_unhappy_one() -> None:
    again = Moved(NOW + 6 * DAY, Action.REOPEN, Status.REOPENED)
    counts = count(story(ENTERED, decided(5), again, decided(9)), PERIOD)
    assert (counts["reopened"], counts["handled"], counts["unhappy"]) == (1, 2, 2)


def test_forwarding_on_time_is_asked_of_content_alone() -> None:
    gone = Moved(NOW + 9 * DAY, Action.FORWARD, Status.FORWARDED)
    limit = Limit("feedback_transfer", NOW + DAY, NOW + 8 * DAY, None)
    conduct = count(story(ENTERED, gone, limits=(limit,)), PERIOD)
    content = count(story(ENTERED, gone, limits=(limit,), about=About.CONTENT), PERIOD)
    assert (conduct["forwarded"], conduct["forwarded_late"]) == (1, 0)
    assert (content["forwarded"], content["forwarded_late"]) == (1, 1)


def test_outcome_publication_and_marks_are_counted() -> None:
    published = Moved(NOW + 7 * DAY, Action.PUBLISH, Status.PUBLISHED)
    rated = Moved(NOW + 8 * DAY, Action.RATE, Status.PUBLISHED, 5)
    told = story(ENTERED, decided(5), published, rated, basis="du", outcome=Outcome.PROPOSE, satisfied=5)
    counts = count(told, PERIOD)
    assert {key for key in counts if counts[key]} >= {
        "outcome_propose",
        "sufficient_basis",
        "published",
        "rated",
        "satisfied",
    }
    assert counts["unhappy"] == 0


def test_rows_are_by_agency_and_field_and_add_up() -> None:
    rows = tally([story(), story(field="Hộ tịch"), story(agency="H48.2")], PERIOD)
    assert [(row.agency, row.field) for row in rows] == [
        ("H48.1", "Hộ tịch"),
        ("H48.1", "Đất đai"),
        ("H48.2", "Đất đai"),
    ]
    assert total(rows)["new"] == 3


_MOVES = st.lists(
    st.tuples(st.integers(-40, 60), st.sampled_from([one for one in Status if one is not Status.NEEDS_TRIAGE])),
    max_size=9,
)


@given(_MOVES)
def test_what_came_in_is_what_went_out_and_what_is_left(steps: list[tuple[int, Status]]) -> None:
    days = sorted(day for day, _ in steps)
    moves = [Moved(NOW + (days[0] if days else 1) * DAY, Action.SUBMIT, Status.RECEIVED)]
    for day, (_, to) in zip(days, steps, strict=True):
        # Only what was decided waits for publication.
        if moves[-1].to not in OPEN or to not in (Status.AWAITING_PUBLICATION, Status.PUBLISHED):
            moves.append(Moved(NOW + day * DAY, Action.CLASSIFY, to))
    counts = count(story(*moves), PERIOD)
    assert sum(counts[key] * sign for key, sign in BALANCE.items()) == 0


def test_every_column_is_defined_once() -> None:
    keys = [column.key for column in COLUMNS]
    assert len(set(keys)) == len(keys)
    assert set(BALANCE) <= set(keys)
    assert all(column.title and column.definition.endswith(".") for column in COLUMNS)


def test_the_indicators_follow_their_formulas() -> None:
    counts = {
        "carried_over": 2,
        "new": 10,
        "out_of_scope": 1,
        "forwarded": 1,
        "handled": 6,
        "handled_on_time": 5,
        "in_process_late": 2,
        "unhappy": 2,
        "about_conduct": 7,
        "about_content": 3,
        "about_both": 2,
    }
    found = {one.id: one.percent for one in indicators(counts, DossierCounts(200, 6, 3), 1)}
    assert found == {"5.1a": 58.33, "5.1b": 25.0, "5.1c": 16.67, "5.2": 50.0, "5.2*": 62.5, "5.3": 66.67, "5.4": 95.0}


def test_nothing_to_divide_by_is_no_number() -> None:
    assert {one.percent for one in indicators({}, DossierCounts(0, 0, 0), 0)} == {None}
