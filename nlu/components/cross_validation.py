"""Cross-validates intents and aspects: trains the pipeline of ``config.yml`` on part of the sentences, asks the rest.

Run in the Rasa environment: ``python -m nlu.components.cross_validation [--folds 5] [--json FILE]``. The folds divide
the sentences that people wrote; twins are made afterwards from the training part alone, so that no twin of a test
sentence is learnt.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils.io import dump_obj_as_yaml_to_string
from rasa.utils.log_utils import configure_structlog
from sklearn.metrics import accuracy_score, f1_score

from nlu.components.aspect_classifier import asked_aspects
from nlu.components.twins import twins
from nlu.text import fold, normalise
from nlu.understanding import Aspect

KINDS = ("as written", "without accents", "with slips")
SEED = 11
LIKELY = 0.5
"""Probability from which an aspect counts as found."""
WEAKEST = 10
"""How many intents and pairs of intents are printed; the JSON has them all, with the sentences."""


@dataclass(frozen=True)
class Asked:
    """One test sentence in one spelling, what it is and what was understood."""

    kind: str
    intent: str
    found_intent: str
    aspects: tuple[str, ...] | None
    """``None`` when the sentence is not labelled with aspects."""
    found_aspects: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Confusion:
    """Sentences of one intent that were taken for another."""

    intent: str
    found: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How well one spelling is understood; every figure between 0 and 1."""

    kind: str
    intent_accuracy: float
    intent_macro_f1: float
    scope_f1: float
    """Out of scope, whatever its kind, told from the rest."""
    aspect_exact: float
    """Share of procedure questions whose aspects are all and only those labelled."""
    aspect_macro_f1: float
    aspect_f1: dict[str, float]
    intent_f1: dict[str, float]
    """Weakest first."""
    confused: list[Confusion]
    """Most frequent first."""
    intent_said: dict[str, int]
    """How many sentences each intent has."""


def divide(examples: Sequence[Message], folds: int) -> list[list[Message]]:
    """Divide the sentences into folds in which every intent and every set of aspects has its share."""
    groups: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for example in examples:
        groups[(example.get(INTENT), str(asked_aspects(example)))].append(example)
    parts: list[list[Message]] = [[] for _ in range(folds)]
    chance = random.Random(SEED)
    at = 0
    for _, group in sorted(groups.items()):
        chance.shuffle(group)
        for example in group:
            parts[at % folds].append(example)
            at += 1
    return parts


def spellings(text: str) -> dict[str, str]:
    """Return a sentence as written, without accents, and with slips that the training never made."""
    plain = normalise(text)
    noisy = next(twins(plain, SEED, folded=False, noisy=1), plain)
    return dict(zip(KINDS, (plain, fold(plain), noisy), strict=True))


def training_file(examples: Sequence[Message]) -> str:
    """Write examples as a training file; Rasa's own writer loses the aspects of a block."""
    blocks: dict[tuple[str, str], dict[str, Any]] = {}
    for example in examples:
        aspects = asked_aspects(example)
        block = blocks.setdefault((example.get(INTENT), str(aspects)), {"intent": example.get(INTENT), "examples": ""})
        if aspects is not None:
            block["metadata"] = {"aspects": aspects}
        block["examples"] += f"- {normalise(example.get(TEXT))}\n"
    return dump_obj_as_yaml_to_string({"version": "3.1", "nlu": list(blocks.values())})


def ask(model: str, examples: Sequence[Message]) -> list[Asked]:
    """Ask a trained model every sentence in every spelling."""
    agent = Agent.load(model)
    asked = []
    for example in examples:
        for kind, text in spellings(example.get(TEXT)).items():
            answer: dict[str, Any] = asyncio.run(agent.parse_message(text))
            labelled = asked_aspects(example)
            asked.append(
                Asked(
                    kind,
                    example.get(INTENT),
                    answer["intent"]["name"],
                    None if labelled is None else tuple(labelled),
                    tuple(aspect["name"] for aspect in answer["aspects"] if aspect["confidence"] >= LIKELY),
                    text,
                )
            )
    return asked


def score(kind: str, asked: Sequence[Asked]) -> Score:
    """Score the sentences of one spelling."""
    one = [case for case in asked if case.kind == kind]
    true, found = [case.intent for case in one], [case.found_intent for case in one]
    outside = [[name.startswith("out_of_scope") for name in names] for names in (true, found)]
    with_aspects = [case for case in one if case.aspects is not None]
    by_aspect = {}
    for aspect in Aspect:
        is_asked = [aspect.value in (case.aspects or ()) for case in with_aspects]
        if any(is_asked):
            is_found = [aspect.value in case.found_aspects for case in with_aspects]
            by_aspect[aspect.value] = round(float(f1_score(is_asked, is_found, zero_division=0)), 3)
    exact = sum(set(case.aspects or ()) == set(case.found_aspects) for case in with_aspects)
    return Score(
        kind,
        round(float(accuracy_score(true, found)), 3),
        round(float(f1_score(true, found, average="macro", zero_division=0)), 3),
        round(float(f1_score(*outside, zero_division=0)), 3),
        round(exact / max(1, len(with_aspects)), 3),
        round(sum(by_aspect.values()) / max(1, len(by_aspect)), 3),
        by_aspect,
        intent_scores(one),
        confusions(one),
        dict(Counter(true)),
    )


def intent_scores(asked: Sequence[Asked]) -> dict[str, float]:
    """Return F1 by intent, weakest first."""
    said = Counter(case.intent for case in asked)
    found = Counter(case.found_intent for case in asked)
    right = Counter(case.intent for case in asked if case.intent == case.found_intent)
    figures = {intent: round(2 * right[intent] / (said[intent] + found[intent]), 3) for intent in said}
    return dict(sorted(figures.items(), key=lambda pair: pair[1]))


def confusions(asked: Sequence[Asked]) -> list[Confusion]:
    """Collect the misread sentences by pair of intents, most frequent first."""
    misread: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in asked:
        if case.intent != case.found_intent:
            misread[(case.intent, case.found_intent)].append(case.text)
    pairs = sorted(misread.items(), key=lambda pair: -len(pair[1]))
    return [Confusion(intent, found, tuple(texts)) for (intent, found), texts in pairs]


def validate(data: Path, config: Path, folds: int) -> list[Score]:
    """Train and ask once per fold; return one score per spelling over all folds together."""
    written = RasaFileImporter(training_data_paths=[str(data)]).get_nlu_data("vi")
    parts = divide(written.intent_examples, folds)
    asked: list[Asked] = []
    for held_out in range(folds):
        learnt = [example for at, part in enumerate(parts) if at != held_out for example in part]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "learnt.yml"
            file.write_text(training_file(learnt), "utf-8")
            model = train_nlu(str(config), str(file), folder)
            assert model is not None, "Rasa trained nothing"
            asked.extend(ask(model, parts[held_out]))
    return [score(kind, asked) for kind in KINDS]


def main() -> None:
    """Read the command line, validate, print a table and, if asked, write JSON."""
    parser = argparse.ArgumentParser(description="Cross-validate intents and aspects.")
    parser.add_argument("--data", type=Path, default=Path("nlu/data/training"))
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    configure_structlog(logging.ERROR)  # else Rasa prints every sentence that it parses
    scores = validate(options.data, options.config, options.folds)
    print(f"{'spelling':<16} {'intent acc':>10} {'macro F1':>9} {'scope F1':>9} {'aspects =':>9} {'aspect F1':>9}")
    for one in scores:
        figures = (one.intent_accuracy, one.intent_macro_f1, one.scope_f1, one.aspect_exact, one.aspect_macro_f1)
        print(f"{one.kind:<16} " + " ".join(f"{figure:>9.3f}" for figure in figures))
        print("   " + ", ".join(f"{name} {figure:.2f}" for name, figure in one.aspect_f1.items()))
        weakest = list(one.intent_f1.items())[:WEAKEST]
        print("   weakest: " + ", ".join(f"{name} {figure:.2f}" for name, figure in weakest))
        pairs = [f"{pair.intent} as {pair.found} {len(pair.texts)}" for pair in one.confused[:WEAKEST]]
        print("   confused: " + ", ".join(pairs))
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in scores], ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
