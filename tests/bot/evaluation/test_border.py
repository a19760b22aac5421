"""What texts are taken for at the border is scored by label, and what must not happen is counted."""

from __future__ import annotations

import pytest

from bot.evaluation.border import Told, confusion, figures, macro_f1, table, tell
from bot.evaluation.border_report import border_section
from bot.evaluation.cases import Case
from nlu.border.labels import Label


def told(label: Label, found: Label, sure: float = 0.9) -> Told:
    """A text that was taken for something."""
    case = Case("x", "feedback", (), "none", (), "own", label=label.value)
    return Told(case, label, found, sure, None, 1.0)


SOME = [
    told(Label.CONDUCT, Label.CONDUCT),
    told(Label.CONDUCT, Label.OTHER),
    told(Label.DENUNCIATION, Label.CONDUCT, 0.4),
    told(Label.EMERGENCY, Label.EMERGENCY),
]


def test_urgent_texts_to_register_and_feedback_turned_away_are_counted() -> None:
    found = figures(SOME)
    assert found["urgent taken for something to register"] == 0.5
    assert found["to register, surely turned away"] == 0.5
    assert found["doubtful"] == 0.25
    assert macro_f1(SOME) == pytest.approx((0.5 + 0 + 1) / 3)


def test_the_confusion_shows_what_was_taken_for_what() -> None:
    head, conduct, *_ = confusion(SOME)
    assert head[1:] == ["conduct", "to_cao", "emergency", "other"]
    assert conduct == ["conduct", "1", "", "", "1"]
    assert "macro F1" in table(SOME)


def test_emergencies_are_other_where_a_set_knows_no_such_label() -> None:
    text = "nhà tôi đang cháy lớn, có người mắc kẹt, cứu với"
    (other,) = tell([Case(text, "feedback", (), "none", (), "own", label="other")])
    (fine,) = tell([Case(text, "feedback", (), "none", (), "own", label="emergency")])
    assert (other.found, fine.found) == (Label.OTHER, Label.EMERGENCY)


def test_the_report_has_a_section_only_when_texts_were_asked() -> None:
    assert border_section({}) == []
    assert border_section({"questions": SOME})[0] == "## Border of Decree 20"
