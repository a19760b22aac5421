"""The outage counts as survived only when Rasa was away, citizens wrote, and all of them got a reply."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.chaos_rasa import Away, table
from benchmarks.load import Outcome

WELL = Away(60.0, Outcome((12.0, 250.4), (), 60.0), killed=3, back_after=31.6)


def test_everybody_answered_without_rasa_is_well() -> None:
    assert WELL.good


def test_a_missing_reply_no_message_or_a_rasa_that_lived_on_is_not() -> None:
    assert not replace(WELL, outcome=Outcome((12.0,), ("pending",), 60.0)).good
    assert not replace(WELL, outcome=Outcome((), (), 60.0)).good
    assert not replace(WELL, killed=0).good


def test_the_table_names_the_slowest_reply_and_those_without_one() -> None:
    away = replace(WELL, outcome=Outcome((12.0, 250.4), ("pending",), 60.0))
    assert table(away).splitlines()[-1] == "| 60 | 3 | 1 | 250 | 32 |"
