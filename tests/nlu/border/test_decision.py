"""What is urgent wins by a small share, what is doubtful says so, and nothing else is changed."""

from __future__ import annotations

import pytest

from nlu.border.decision import BOTH, CLOSE, DOUBTFUL, GUARDED, PROPOSES, SHADOW, SURE, decide
from nlu.border.labels import Label
from nlu.border.model import Reading


def reading(problem: int = 4, proposal: int = 8, **shares: float) -> Reading:
    """A reading with some shares; the others are nothing."""
    return Reading({label: shares.get(label.value, 0.0) for label in Label}, problem, proposal)


def test_the_lines_are_as_the_documents_say() -> None:
    assert (SURE, DOUBTFUL, SHADOW, CLOSE, PROPOSES, BOTH) == (0.85, 0.5, 0.01, 0.2, 0.35, 0.3)
    assert dict(GUARDED) == {Label.DENUNCIATION: 0.04, Label.EMERGENCY: 0.04}
    assert DOUBTFUL < SURE


@pytest.mark.parametrize("label", list(Label))
def test_a_clear_text_is_called_what_it_most_likely_is_and_is_as_sure_as_its_share(label: Label) -> None:
    found = decide(reading(**{label.value: 0.97}))
    assert (found.label, found.sure) == (label, 0.97)
    assert found.shares[label] == 0.97


@pytest.mark.parametrize("first", ["conduct", "content", "kien_nghi"])
@pytest.mark.parametrize("urgent", ["to_cao", "emergency"])
def test_a_small_share_of_something_urgent_keeps_a_text_from_being_registered_as_feedback(
    first: str, urgent: str
) -> None:
    found = decide(reading(**{first: 0.96, urgent: 0.04}))
    assert (found.label.value, found.sure) == (urgent, 0.04)
    assert decide(reading(**{first: 0.97, urgent: 0.03})).label.value == first


@pytest.mark.parametrize("first", ["conduct", "content", "kien_nghi"])
@pytest.mark.parametrize("urgent", ["to_cao", "emergency"])
def test_a_shadow_of_something_urgent_makes_what_is_registered_doubtful(first: str, urgent: str) -> None:
    found = decide(reading(**{first: 0.95, urgent: 0.01, "other": 0.04}))
    assert (found.label.value, found.sure) == (first, DOUBTFUL)
    assert decide(reading(**{first: 0.95, urgent: 0.009, "other": 0.041})).sure == 0.95
    assert decide(reading(other=0.95, **{urgent: 0.05})).sure == 0.95


def test_of_two_urgent_things_the_likelier_one_counts() -> None:
    assert decide(reading(conduct=0.5, to_cao=0.2, emergency=0.3)).label is Label.EMERGENCY
    assert decide(reading(conduct=0.5, to_cao=0.3, emergency=0.2)).label is Label.DENUNCIATION


def test_what_has_another_door_anyway_is_not_called_urgent_for_a_small_share() -> None:
    found = decide(reading(field_report=0.7, emergency=0.3))
    assert (found.label, found.sure) == (Label.FIELD_REPORT, 0.7)


@pytest.mark.parametrize("label", ["to_cao", "khieu_nai"])
def test_a_denunciation_or_complaint_close_to_conduct_is_doubtful(label: str) -> None:
    assert decide(reading(**{label: 0.8, "conduct": 0.2})).sure == DOUBTFUL
    assert decide(reading(**{label: 0.81, "conduct": 0.19})).sure == 0.81
    assert decide(reading(**{label: 0.45, "conduct": 0.4})).sure == 0.45


def test_conduct_close_to_a_complaint_is_doubtful_and_close_to_others_is_not() -> None:
    assert decide(reading(conduct=0.8, khieu_nai=0.2)).sure == DOUBTFUL
    assert decide(reading(conduct=0.81, khieu_nai=0.19)).sure == 0.81
    assert decide(reading(conduct=0.7, content=0.3)).sure == 0.7


def test_something_other_close_to_conduct_is_as_sure_as_its_share() -> None:
    assert decide(reading(field_report=0.7, conduct=0.3)).sure == 0.7


@pytest.mark.parametrize(
    ("label", "category"),
    [("conduct", 1), ("content", 4), ("kien_nghi", 8), ("khieu_nai", None), ("to_cao", None), ("other", None)],
)
def test_only_what_is_registered_has_a_category_of_article_5(label: str, category: int | None) -> None:
    assert decide(reading(**{label: 1.0})).category == category


def test_a_text_proposes_when_it_is_a_recommendation_or_nearly_one() -> None:
    assert decide(reading(kien_nghi=0.9)).proposes is True
    assert decide(reading(kien_nghi=0.3, content=0.25, conduct=0.25, other=0.2)).proposes is True
    assert decide(reading(content=0.65, kien_nghi=0.35)).proposes is True
    assert decide(reading(content=0.66, kien_nghi=0.34)).proposes is False
    assert decide(reading(field_report=0.6, kien_nghi=0.4)).proposes is False
    assert decide(reading(conduct=0.5, kien_nghi=0.4, to_cao=0.1)).proposes is False


def test_a_text_is_about_both_when_conduct_and_a_rule_have_large_shares() -> None:
    assert decide(reading(conduct=0.7, content=0.2, kien_nghi=0.1)).about_both is True
    assert decide(reading(conduct=0.3, content=0.7)).about_both is True
    assert decide(reading(conduct=0.71, content=0.19, kien_nghi=0.1)).about_both is False
    assert decide(reading(conduct=0.29, content=0.71)).about_both is False
    assert decide(reading(other=0.4, conduct=0.3, content=0.3)).about_both is False
