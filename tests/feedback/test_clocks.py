from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedback.clocks import (
    CLOCKS,
    DUTIES,
    PROCESS,
    Deadline,
    State,
    Timer,
    expected,
    moved,
)
from feedback.record import About, Status
from feedback.transitions import Action
from feedback.working_time.calendar import DAY
from feedback.working_time.model import Sure
from feedback.working_time.pauses import Pause
from feedback.working_time.rules import Rules
from tests.feedback.clock_story import HOURS, SENT, TIMER, WORKING, Story, own
from tests.feedback.factories import at, day


def test_five_working_days_from_friday_over_the_culture_day_end_on_the_monday_after_next() -> None:
    story = Story(sent=at("20/11/2026 16:00"))
    assert story.latest("transfer").due_at == HOURS.closing(day("30/11/2026"))


def test_what_is_sent_opens_every_deadline_but_that_of_publication() -> None:
    assert Story().states() == dict.fromkeys(["transfer", "refuse", "ask_supplement", "process"], State.OPEN)


def test_the_ends_are_those_of_the_deadline_files() -> None:
    story = Story()
    ends = {rule: story.latest(rule).due_at for rule in ("refuse", "ask_supplement", "process")}
    assert ends == {
        "refuse": HOURS.closing(day("25/11/2026")),
        "ask_supplement": HOURS.closing(day("30/11/2026")),
        "process": HOURS.closing(day("14/12/2026")),
    }


def test_the_law_gives_no_days_for_passing_on_what_somebody_did() -> None:
    assert "transfer" not in Story(About.CONDUCT).states()
    assert Story(About.BOTH).states()["transfer"] is State.OPEN


def test_a_class_that_an_official_corrects_opens_the_transfer_from_the_sending_and_voids_it_again() -> None:
    story = Story(About.CONDUCT)
    story.about = About.CONTENT
    story.step(Action.CLASSIFY, Status.RECEIVED, SENT + DAY * 3)
    assert (story.latest("transfer").started_at, story.latest("transfer").state) == (SENT, State.OPEN)
    story.about = About.CONDUCT
    story.step(Action.CLASSIFY, Status.RECEIVED, SENT + DAY * 4)
    assert story.latest("transfer").state is State.VOID
    story.step(Action.FORWARD, Status.FORWARDED, SENT + DAY * 4)
    assert (story.latest("transfer").state, story.latest("transfer").met_at) == (State.VOID, None)


@pytest.mark.parametrize(
    ("action", "status", "met"),
    [
        (Action.FORWARD, Status.FORWARDED, "transfer"),
        (Action.REFUSE, Status.NOT_RECEIVED, "refuse"),
        (Action.REDIRECT, Status.OUT_OF_SCOPE, "refuse"),
        (Action.WITHDRAW, Status.WITHDRAWN, ""),
        (Action.MERGE, Status.MERGED, ""),
    ],
)
def test_a_step_that_ends_a_record_meets_its_own_deadline_and_voids_the_others(
    action: Action, status: Status, met: str
) -> None:
    story = Story()
    story.step(action, status, SENT + timedelta(hours=2))
    wanted = dict.fromkeys(["transfer", "refuse", "ask_supplement", "process"], State.VOID)
    assert story.states() == wanted | ({met: State.MET} if met else {})


def test_an_answer_after_the_end_is_late_and_keeps_the_end() -> None:
    story = Story()
    story.step(Action.TAKE, Status.IN_REVIEW, SENT + DAY)
    due = story.latest("process").due_at
    assert due is not None
    on_time = Story()
    on_time.step(Action.DECIDE, Status.DECIDED, due)
    story.step(Action.DECIDE, Status.DECIDED, due + timedelta(seconds=1))
    assert (on_time.latest("process").state, on_time.latest("process").met_at) == (State.MET, due)
    assert (story.latest("process").state, story.latest("process").due_at) == (State.LATE, due)


def test_what_is_taken_for_study_needs_no_transfer_until_it_is_passed_on_after_all() -> None:
    story = Story()
    story.step(Action.TAKE, Status.IN_REVIEW, SENT + DAY, "H48.1.2")
    assert story.states()["transfer"] is State.VOID
    assert (story.latest("process").unit, story.latest("transfer").unit) == ("H48.1.2", "H48.1")
    story.step(Action.FORWARD, Status.FORWARDED, at("01/12/2026 09:00"), "H48.1.2")
    assert (story.latest("transfer").state, story.latest("transfer").unit) == (State.LATE, "H48.1.2")
    assert story.states()["process"] is State.VOID


def test_waiting_for_the_sender_stops_the_clocks_and_moves_the_end_by_as_many_working_days() -> None:
    story = Story()
    story.step(Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT, at("23/11/2026 10:00"))
    waiting = story.latest("process")
    assert (waiting.due_at, waiting.pauses) == (None, (Pause(at("23/11/2026 10:00")),))
    assert story.latest("ask_supplement").state is State.MET
    story.step(Action.CLASSIFY, Status.NEEDS_SUPPLEMENT, at("24/11/2026 10:00"))
    assert story.latest("process").pauses == waiting.pauses
    story.step(Action.SUPPLEMENT, Status.RECEIVED, at("26/11/2026 10:00"))
    assert story.latest("process").pauses == (Pause(at("23/11/2026 10:00"), at("26/11/2026 10:00")),)
    # 25 and 26 November do not count; the 24th is a holiday anyway.
    assert story.latest("process").due_at == HOURS.closing(day("16/12/2026"))
    assert (story.latest("transfer").state, story.latest("refuse").state) == (State.OPEN, State.OPEN)


def test_a_refusal_while_the_sender_is_waited_for_is_in_time() -> None:
    story = Story()
    story.step(Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT, at("23/11/2026 10:00"))
    story.step(Action.REFUSE, Status.NOT_RECEIVED, at("23/12/2026 10:00"))
    refused = story.latest("refuse")
    assert (refused.state, refused.pauses[-1].supplied_at) == (State.MET, at("23/12/2026 10:00"))


def test_being_asked_twice_does_not_meet_the_deadline_of_asking_again() -> None:
    story = Story()
    for month in ("23/11/2026", "07/12/2026"):
        story.step(Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT, at(f"{month} 10:00"))
        story.step(Action.SUPPLEMENT, Status.RECEIVED, at(f"{month} 15:00"))
    asked = story.latest("ask_supplement")
    assert (asked.state, asked.met_at) == (State.MET, at("23/11/2026 10:00"))
    assert len(story.latest("process").pauses) == 2


def test_publication_has_two_days_from_when_it_waits_for_it() -> None:
    story = Story()
    story.step(Action.TAKE, Status.IN_REVIEW, SENT + DAY)
    story.step(Action.DECIDE, Status.DECIDED, at("25/11/2026 10:00"))
    story.step(Action.TO_PUBLISH, Status.AWAITING_PUBLICATION, at("26/11/2026 10:00"))
    waiting = story.latest("publish")
    assert (waiting.started_at, waiting.due_at) == (at("26/11/2026 10:00"), HOURS.closing(day("30/11/2026")))
    story.step(Action.UNDO, Status.DECIDED, at("26/11/2026 11:00"))
    assert story.latest("publish").state is State.VOID
    story.step(Action.TO_PUBLISH, Status.AWAITING_PUBLICATION, at("30/11/2026 10:00"))
    story.step(Action.PUBLISH, Status.PUBLISHED, at("01/12/2026 10:00"))
    assert story.latest("publish").started_at == at("30/11/2026 10:00")
    assert story.latest("publish").state is State.MET
    assert story.latest("process").met_at == at("25/11/2026 10:00")


def test_a_record_that_is_reopened_has_all_its_time_anew_and_the_old_ends_stay() -> None:
    story = Story()
    story.step(Action.TAKE, Status.IN_REVIEW, SENT + DAY)
    story.step(Action.DECIDE, Status.DECIDED, at("25/11/2026 10:00"))
    before = list(story.kept)
    story.sent = at("02/12/2026 08:00")
    story.step(Action.REOPEN, Status.REOPENED, at("02/12/2026 08:00"))
    assert story.kept[: len(before)] == before
    assert [one.rule for one in story.kept[len(before) :]] == [clock.rule for clock in CLOCKS if clock.from_sending]
    assert story.latest("process").due_at == HOURS.closing(day("23/12/2026"))


def test_reopening_while_publication_is_waited_for_voids_that() -> None:
    story = Story()
    story.step(Action.DECIDE, Status.DECIDED, at("25/11/2026 10:00"))
    story.step(Action.TO_PUBLISH, Status.AWAITING_PUBLICATION, at("26/11/2026 10:00"))
    story.step(Action.REOPEN, Status.REOPENED, at("27/11/2026 10:00"))
    assert story.latest("publish").state is State.VOID
    assert story.latest("process").started_at == at("27/11/2026 10:00")


def test_what_comes_back_from_another_body_runs_from_the_transfer() -> None:
    story = Story()
    story.sent = at("30/11/2026 10:00")
    story.step(Action.CLASSIFY, Status.RECEIVED, at("30/11/2026 11:00"))
    first, second = [one for one in story.kept if one.rule == "feedback_process"]
    assert (first.state, second.state) == (State.VOID, State.OPEN)
    assert second.started_at == at("30/11/2026 10:00")


def test_undoing_a_merger_lets_the_clocks_run_as_if_it_had_not_been() -> None:
    story = Story()
    before = {one.rule: one.due_at for one in story.kept}
    story.step(Action.MERGE, Status.MERGED, SENT + DAY)
    story.step(Action.UNDO, Status.RECEIVED, SENT + DAY * 2)
    assert {one.rule: one.due_at for one in story.kept} == before
    assert set(story.states().values()) == {State.OPEN}


@pytest.mark.parametrize("action", [Action.RATE, Action.FOLLOW, Action.SEE_SENDER, Action.HIDE, Action.RESTRICT])
def test_nothing_that_happens_to_an_ended_record_changes_a_deadline(action: Action) -> None:
    story = Story()
    story.step(Action.DECIDE, Status.DECIDED, SENT + DAY)
    before = list(story.kept)
    story.step(action, Status.DECIDED, SENT + DAY * 90, "H48.9")
    assert story.kept == before


def test_what_was_sent_before_there_was_a_rule_has_no_deadline_by_it() -> None:
    assert Story(sent=at("20/11/2020 10:00")).states() == {"transfer": State.OPEN}


def test_a_provinces_own_rule_comes_first_and_only_there() -> None:
    rules = Rules([*WORKING.rules, own(10, "01/01/2026")])
    here, elsewhere = Timer(rules, HOURS, "H48"), Timer(rules, HOURS, "H49")
    assert Story(timer=here).latest("process").province == "H48"
    assert Story(timer=here).latest("process").due_at == HOURS.closing(day("07/12/2026"))
    assert Story(timer=elsewhere).latest("process").province == ""
    assert Story(timer=Timer(rules, HOURS)).latest("process").due_at == HOURS.closing(day("14/12/2026"))


def test_the_rule_is_the_one_of_the_day_of_the_event() -> None:
    rules = Rules([*WORKING.rules, own(10, "01/01/2026", "20/11/2026"), own(1, "21/11/2026")])
    story = Story(timer=Timer(rules, HOURS, "H48"))
    story.step(Action.TAKE, Status.IN_REVIEW, at("25/11/2026 10:00"))
    story.step(Action.DECIDE, Status.DECIDED, at("04/12/2026 10:00"))
    assert (story.latest("process").due_at, story.latest("process").state) == (
        HOURS.closing(day("07/12/2026")),
        State.MET,
    )


def test_only_an_open_deadline_moves_with_the_calendar() -> None:
    longer = Timer(Rules([*WORKING.rules, own(16, "01/01/2026")]), HOURS, "H48")
    story = Story()
    opened = story.latest("process")
    after = moved(opened, longer, SENT)
    assert after is not None
    assert (after.due_at, after.province) == (HOURS.closing(day("15/12/2026")), "H48")
    assert moved(opened, TIMER, SENT) is None
    assert moved(replace(opened, due_at=None, pauses=(Pause(SENT),)), longer, SENT) is None
    for state in (State.MET, State.LATE, State.VOID):
        assert moved(replace(opened, state=state), longer, SENT) is None


def test_what_was_reminded_of_is_reminded_of_again_only_when_it_lies_ahead_again() -> None:
    longer = Timer(Rules([*WORKING.rules, own(16, "01/01/2026")]), HOURS, "H48")
    told = replace(Story().latest("process"), reminded=2)
    ahead, past = moved(told, longer, at("15/12/2026 09:00")), moved(told, longer, at("18/12/2026 09:00"))
    assert ahead is not None
    assert past is not None
    assert (ahead.reminded, past.reminded) == (0, 2)


def test_the_sender_is_promised_what_is_a_duty_with_its_basis() -> None:
    transfer, process = expected(TIMER, SENT, About.CONTENT)
    assert (transfer.by_law, process.by_law) == (True, False)
    assert process.rule.sure is Sure.SECONDARY
    assert process.at == HOURS.closing(day("14/12/2026"))
    assert [one.rule.id for one in expected(TIMER, SENT, About.CONDUCT)] == ["feedback_process"]
    assert {"feedback_transfer", "feedback_process", "feedback_publish"} == DUTIES


def test_a_promise_over_a_year_without_a_decided_calendar_says_that_it_is_not_certain() -> None:
    assert not expected(TIMER, at("02/03/2026 10:00"), About.CONDUCT)[0].unverified
    assert expected(TIMER, at("20/12/2031 10:00"), About.CONDUCT)[0].unverified


def test_a_step_that_neither_begins_nor_ends_a_wait_counts_nothing_anew() -> None:
    """What a later calendar or rule moves, the counting of all open deadlines moves, with a line in the log."""
    story = Story()
    before, refuse = story.latest("process"), story.latest("refuse")
    rules = [*WORKING.rules, own(16, "01/01/2026"), replace(own(9, "01/01/2026"), id="feedback_refuse")]
    story.timer = Timer(Rules(rules), HOURS, "H48")
    story.step(Action.CLASSIFY, Status.RECEIVED, SENT + DAY)
    assert story.latest("process") == before
    story.step(Action.TAKE, Status.IN_REVIEW, SENT + DAY, unit="H48.2")
    assert story.latest("process") == replace(before, unit="H48.2")
    assert story.latest("refuse") == replace(refuse, state=State.VOID)


def test_what_runs_again_is_counted_anew() -> None:
    story = Story(About.CONDUCT)
    story.about = About.CONTENT
    for about in (About.CONTENT, About.CONDUCT):
        story.about = about
        story.step(Action.CLASSIFY, Status.RECEIVED, SENT + DAY)
    story.timer = Timer(Rules([*WORKING.rules, replace(own(9, "01/01/2026"), id="feedback_transfer")]), HOURS, "H48")
    story.about = About.CONTENT
    story.step(Action.CLASSIFY, Status.RECEIVED, SENT + DAY)
    assert story.latest("transfer").state is State.OPEN
    assert story.latest("transfer").due_at == HOURS.closing(day("04/12/2026"))


def test_a_new_deadline_is_open_waits_for_nobody_and_nobody_was_reminded_of_it() -> None:
    new = Deadline(7, "feedback_process", "", SENT, None, "H48.1")
    assert (new.state, new.met_at, new.pauses, new.reminded, new.sample, new.id) == (State.OPEN, None, (), 0, False, 0)
    begun = Story().kept[0]
    assert (begun.pauses, begun.reminded, begun.sample) == ((), 0, False)
    assert Story(timer=Timer(WORKING.rules, HOURS)).latest("process").province == ""
    assert Timer(WORKING.rules, HOURS).province == ""


def test_states_and_the_rule_of_the_answer_are_kept_under_these_names() -> None:
    assert [state.value for state in State] == ["open", "met", "late", "void"]
    assert PROCESS in {clock.rule for clock in CLOCKS} & DUTIES
