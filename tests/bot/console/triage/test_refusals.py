from __future__ import annotations

import re
from pathlib import Path

import pytest

import feedback
from bot.console.triage.refusals import UNKNOWN, said_of
from feedback.actor import NotAllowedError
from feedback.record import Status
from feedback.transitions import Action, TransitionError, check
from tests.bot.console.triage.site import TU

_RAISED = re.compile(r'raise TransitionError\(\s*f?"((?:[^"\\]|\\.)+)"')
_FORMED = re.compile(r"\{[^}]*\}")


def raised() -> list[str]:
    """What the services of the register say when a step does not fit, with something in each place."""
    folder = Path(feedback.__file__).parent
    found = [
        one
        for path in sorted(folder.glob("*.py"))
        if path.name != "own_steps.py"
        for one in _RAISED.findall(path.read_text("utf-8"))
    ]
    plain = [_FORMED.sub("x", one) for one in found if "cannot {action}" not in one]
    # What puts several faults together says nothing itself; what senders do is not shown here.
    return [one for one in plain if re.sub(r"x|\W", "", one)]


@pytest.mark.parametrize("message", raised())
def test_whatever_a_service_refuses_has_a_sentence_of_its_own(message: str) -> None:
    assert said_of(TransitionError(message)) != UNKNOWN


def test_a_step_that_does_not_fit_is_told_with_what_would() -> None:
    with pytest.raises(TransitionError) as caught:
        check(Action.HOLD, Status.DECIDED, TU.actor, "x")
    assert said_of(caught.value).startswith("Phản ánh đang ở trạng thái “Đã trả lời” nên không để lại")
    with pytest.raises(TransitionError) as caught:
        check(Action.HOLD, Status.INSUFFICIENT_BASIS, TU.actor, "x")
    assert "Bước làm được lúc này: " in said_of(caught.value)
    with pytest.raises(TransitionError) as caught:
        check(Action.HOLD, Status.IN_REVIEW, TU.actor, " ")
    assert said_of(caught.value) == "Hãy ghi lý do; lý do được lưu trong nhật ký."


def test_several_faults_are_told_each_once() -> None:
    said = said_of(
        TransitionError("12/2026: the answer has no text; legality needs one verdict; the answer has no text")
    )
    assert said == "Câu trả lời chưa có nội dung. Tiêu chí “Tính hợp lý, hợp pháp” chưa có kết luận."


def test_who_may_not_is_told_why_where_it_is_known() -> None:
    assert "bốn mắt" in said_of(NotAllowedError("tu drafted this answer; somebody else approves it"))
    assert said_of(NotAllowedError("something new")) == "Vai trò của bạn không làm được việc này với phản ánh này."
