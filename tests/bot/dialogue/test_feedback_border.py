"""What a text is taken for decides where it leads: another door only when that is sure, and never certain in doubt."""

from __future__ import annotations

import pytest

from bot.dialogue.feedback_border import SHOWS_DOOR, SHOWS_DOOR_SOON, weigh
from feedback.record import About, Border, Classification, Kind
from feedback.suggesting import Suggestion
from nlu.border.decision import DOUBTFUL, SURE


class Says:
    """Takes every text for one thing."""

    def __init__(self, border: Border, sure: float) -> None:
        self._said = Suggestion(Classification(border, Kind.REPORT, About.CONDUCT, None), sure, {border: sure})

    def suggest(self, text: str) -> Suggestion:
        return self._said


def test_one_line_parts_what_is_sure_from_what_is_doubtful() -> None:
    assert SHOWS_DOOR == SURE
    assert DOUBTFUL < SHOWS_DOOR_SOON < SHOWS_DOOR


@pytest.mark.parametrize(
    "border", [Border.COMPLAINT, Border.FIELD_REPORT, Border.LEGAL_QUESTION, Border.ADVERT, Border.INSULT]
)
def test_another_door_is_shown_only_when_that_is_sure(border: Border) -> None:
    assert weigh(Says(border, SHOWS_DOOR), "…").door is border
    assert weigh(Says(border, SHOWS_DOOR - 0.01), "…").door is None


@pytest.mark.parametrize("border", [Border.DENUNCIATION, Border.EMERGENCY])
def test_what_does_harm_when_written_down_is_shown_its_door_sooner(border: Border) -> None:
    assert weigh(Says(border, SHOWS_DOOR_SOON), "…").door is border
    assert weigh(Says(border, SHOWS_DOOR_SOON - 0.01), "…").door is None
    assert not weigh(Says(border, 1.0), "…").certain


@pytest.mark.parametrize("border", [Border.CONDUCT, Border.CONTENT, Border.RECOMMENDATION])
def test_what_is_registered_has_no_other_door_and_is_certain_only_when_sure(border: Border) -> None:
    assert weigh(Says(border, SURE), "…").certain
    assert weigh(Says(border, SURE), "…").door is None
    assert not weigh(Says(border, SURE - 0.01), "…").certain


def test_what_is_none_of_these_is_taken_in_for_an_official() -> None:
    found = weigh(Says(Border.OTHER, 1.0), "…")
    assert (found.door, found.certain) == (None, False)
