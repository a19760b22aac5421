from __future__ import annotations

import re

import pytest

from feedback.actor import CITIZEN, SYSTEM, Actor, NotAllowedError, Role
from feedback.record import Status
from feedback.transitions import TRANSITIONS, Action, TransitionError, check

S = Status
R, H, A, P = Role.RECEIVER, Role.HANDLER, Role.APPROVER, Role.PUBLISHER
ALL = frozenset(Status)
NEW = {S.NEEDS_TRIAGE, S.RECEIVED, S.REOPENED}
STUDIED = {S.IN_REVIEW, S.INSUFFICIENT_BASIS}
IN_HOUSE = NEW | STUDIED | {S.NEEDS_SUPPLEMENT}
ANSWERED = {S.DECIDED, S.AWAITING_PUBLICATION, S.PUBLISHED}

TABLE = {
    # action: (starts, to, who, leaves, needs a reason); the law's procedure, written down a second time
    Action.SUBMIT: (set(), S.RECEIVED, {"citizen"}, False, False),
    Action.ENTER: (set(), S.RECEIVED, {R}, False, False),
    Action.CLASSIFY: (IN_HOUSE, None, {R}, False, False),
    Action.ASK_SUPPLEMENT: (NEW | STUDIED, S.NEEDS_SUPPLEMENT, {R, H}, True, True),
    Action.SUPPLEMENT: ({S.NEEDS_SUPPLEMENT}, None, {R, "citizen"}, False, False),
    Action.REFUSE: (NEW | {S.NEEDS_SUPPLEMENT}, S.NOT_RECEIVED, {R}, True, True),
    Action.REDIRECT: (NEW | {S.NEEDS_SUPPLEMENT}, S.OUT_OF_SCOPE, {R}, True, True),
    Action.FORWARD: (NEW | STUDIED, S.FORWARDED, {R}, True, True),
    Action.TAKE: (NEW | {S.INSUFFICIENT_BASIS}, S.IN_REVIEW, {R, H}, False, False),
    Action.ASSIGN: (STUDIED | {S.NEEDS_SUPPLEMENT}, None, {R, H, A}, False, False),
    Action.HOLD: ({S.IN_REVIEW}, S.INSUFFICIENT_BASIS, {H}, False, True),
    Action.ASSESS: (STUDIED, None, {H}, False, False),
    Action.DRAFT: (STUDIED, None, {H}, False, False),
    Action.DECIDE: ({S.IN_REVIEW}, S.DECIDED, {A}, True, False),
    Action.TO_PUBLISH: ({S.DECIDED}, S.AWAITING_PUBLICATION, {A, P}, False, False),
    Action.PUBLISH: ({S.AWAITING_PUBLICATION}, S.PUBLISHED, {A, P}, True, False),
    Action.REWORD: ({S.PUBLISHED}, None, {A, P}, True, False),
    Action.HIDE: (ALL, None, {A, P}, True, True),
    Action.REOPEN: (ANSWERED | {S.MERGED}, S.REOPENED, {"citizen"}, False, True),
    Action.MERGE: (IN_HOUSE, S.MERGED, {R}, False, True),
    Action.SPLIT: (IN_HOUSE, None, {R}, False, True),
    Action.WITHDRAW: (IN_HOUSE, S.WITHDRAWN, {"citizen"}, False, False),
    Action.UNDO: (ALL, None, {R, H, A, P, "system"}, False, True),
    Action.RATE: (ANSWERED | {S.MERGED}, None, {"citizen"}, False, False),
    Action.FOLLOW: (ALL, None, {"citizen"}, False, False),
    Action.REMIND: (ALL, None, {"system"}, False, False),
    Action.RECOMPUTE: (ALL, None, {"system"}, False, False),
    Action.SEE_SENDER: (ALL, None, {R, H}, False, False),
    Action.SEE_FILE: (ALL, None, {R, H, A}, False, True),
    Action.RESTRICT: (ALL, None, {"citizen", "system"}, False, False),
}
NAMES = {
    "submit", "enter", "classify", "ask_supplement", "supplement", "refuse", "redirect", "forward", "take", "assign", "hold",
    "assess", "draft", "decide", "to_publish", "publish", "reword", "hide", "reopen", "merge", "split", "withdraw", "undo", "rate",
    "follow", "remind", "recompute", "see_sender", "see_file", "restrict",
}  # fmt: skip


def actor(who: Role | str) -> Actor:
    """Somebody who may do what ``who`` may."""
    if isinstance(who, Role):
        return Actor("ai", "X", frozenset({who}))
    return CITIZEN if who == "citizen" else SYSTEM


EVERYBODY = [*Role, "citizen", "system"]


def test_every_step_is_known_under_the_name_that_stands_in_the_log() -> None:
    assert set(TRANSITIONS) == set(Action) == set(TABLE)
    assert {action.value for action in Action} == NAMES


@pytest.mark.parametrize("action", list(Action))
def test_a_step_begins_where_the_procedure_says_and_leads_there(action: Action) -> None:
    starts, to, _, leaves, why = TABLE[action]
    step = TRANSITIONS[action]
    assert (step.action, step.starts, step.to, step.leaves, step.why) == (action, starts, to, leaves, why)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_step_is_for_whom_the_procedure_names(action: Action, who: Role | str) -> None:
    starts, _, allowed, _, _ = TABLE[action]
    status = min(starts, default=None)
    if who in allowed:
        assert check(action, status, actor(who), "lý do") is TRANSITIONS[action]
        return
    with pytest.raises(NotAllowedError, match=f"^{actor(who).id} may not {action} "):
        check(action, status, actor(who), "lý do")


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("status", list(Status))
def test_a_step_fits_where_it_begins_and_nowhere_else(action: Action, status: Status) -> None:
    starts, _, allowed, _, _ = TABLE[action]
    somebody = actor(min(allowed, key=str))
    if status in starts:
        assert check(action, status, somebody, "lý do").action is action
        return
    with pytest.raises(TransitionError, match=f"^cannot {action} what is {status}; possible now: "):
        check(action, status, somebody, "lý do")


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("why", ["", " \n"])
def test_a_reason_is_wanted_where_somebody_loses_by_it(action: Action, why: str) -> None:
    starts, _, allowed, _, wanted = TABLE[action]
    somebody, status = actor(min(allowed, key=str)), min(starts, default=None)
    if not wanted:
        assert check(action, status, somebody, why).action is action
        return
    with pytest.raises(TransitionError, match=f"^{action} needs a reason$"):
        check(action, status, somebody, why)
    with pytest.raises(TransitionError, match="needs a reason"):
        check(action, status, somebody)


def test_who_does_what_does_not_fit_is_told_what_would() -> None:
    said = "cannot decide what is decided; possible now: hide, see_file, to_publish, undo"
    with pytest.raises(TransitionError, match=f"^{re.escape(said)}$"):
        check(Action.DECIDE, Status.DECIDED, actor(A))


def test_who_lacks_the_role_is_told_which_one() -> None:
    said = "ai may not take (needs: handler, receiver)"
    with pytest.raises(NotAllowedError, match=f"^{re.escape(said)}$"):
        check(Action.TAKE, Status.RECEIVED, actor(A))
    with pytest.raises(NotAllowedError, match=r"^nobody may not submit \(needs: not an official's step\)$"):
        check(Action.SUBMIT, None, Actor(""))


@pytest.mark.parametrize("id", ["citizen", "system"])
def test_an_account_of_that_name_with_roles_is_an_official_like_others(id: str) -> None:
    named = Actor(id, "X", frozenset({R}))
    assert check(Action.CLASSIFY, Status.RECEIVED, named).action is Action.CLASSIFY
    with pytest.raises(NotAllowedError):
        check(Action.RESTRICT, Status.RECEIVED, named)
