"""The training data hold enough of every intent and every aspect; a file that is lost is noticed."""

from __future__ import annotations

from collections import Counter

from bot.app import project_root
from nlu.understanding import Aspect, Intent
from nlu.yaml_files import read_yaml

FEWEST = 40
"""Sentences below which an intent or an aspect is not learned well enough to be of use."""


def counted() -> tuple[Counter[str], Counter[str]]:
    """How many sentences there are of each intent, and of each aspect."""
    intents: Counter[str] = Counter()
    aspects: Counter[str] = Counter()
    for path in (project_root() / "nlu" / "data" / "training").glob("*.yml"):
        for block in read_yaml(path)["nlu"]:
            number = len(block["examples"].splitlines())
            intents[block["intent"]] += number
            for aspect in block.get("metadata", {}).get("aspects", ()):
                aspects[aspect] += number
    return intents, aspects


def test_every_intent_and_every_aspect_has_sentences_to_learn_from() -> None:
    intents, aspects = counted()
    assert {one.value for one in Intent if one is not Intent.UNKNOWN and intents[one.value] < FEWEST} == set()
    assert {one.value for one in Aspect if aspects[one.value] < FEWEST} == set()
    assert set(intents) | {Intent.UNKNOWN.value} == {one.value for one in Intent}
