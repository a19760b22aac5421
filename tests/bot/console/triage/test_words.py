from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import pytest

from bot.console.triage import clock_view, words
from bot.console.triage.template_words import NAMED, TEXT
from feedback.beside.templates import ACTIONS, PLACES
from feedback.beside.viewer_store import Viewer
from feedback.clocks import CLOCKS, State
from feedback.publication.item import HiddenWhy
from feedback.record import (
    About,
    Basis,
    Book,
    Border,
    Category,
    Criterion,
    Form,
    Kind,
    Outcome,
    Requirement,
    SenderKind,
    Status,
)
from feedback.sheet import CHANNELS
from feedback.transitions import Action
from feedback.working_time.model import Doubt, Holiday, Reason
from feedback.working_time.rules import Unit
from tests.feedback.records import NOW


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (Status, words.STATUSES),
        (Action, words.ACTIONS),
        (Kind, words.KINDS),
        (About, words.ABOUTS),
        (Category, words.CATEGORIES),
        (Border, words.BORDERS),
        (Outcome, words.OUTCOMES),
        (Criterion, words.CRITERIA),
        (Requirement, words.REQUIREMENTS),
        (Basis, words.BASES),
        (Form, words.FORMS),
        (SenderKind, words.SENDERS),
        (Book, words.BOOKS),
        (HiddenWhy, words.HIDDEN),
        (State, clock_view.STATES),
        (Unit, clock_view.UNITS),
        (Reason, clock_view.REASONS),
        (Holiday, clock_view.HOLIDAYS),
        (Doubt, clock_view.DOUBTS),
    ],
)
def test_everything_the_register_knows_has_a_word_of_its_own(named: type[Enum], said: Mapping[Enum, str]) -> None:
    assert set(said) == set(named)
    assert len(set(said.values())) == len(said)


def test_every_clock_and_way_has_a_name() -> None:
    assert {one.rule for one in CLOCKS} == set(words.RULES)
    assert set(CHANNELS) <= set(words.CHANNELS)


def test_whatever_a_template_may_name_or_be_for_is_said_and_has_a_place() -> None:
    assert tuple(NAMED) == PLACES
    assert set(TEXT) == set(ACTIONS)


def test_who_else_is_there_is_said_in_one_sentence() -> None:
    others = [Viewer("lan", "Lan", NOW, typing=False), Viewer("tu", "Tú", NOW, typing=True)]
    assert words.present(others) == "Lan cũng đang mở phản ánh này; Tú đang soạn trên phản ánh này"
    assert words.present([]) == ""
