"""Asks one fold's model the sentences that it has not learned, and writes what it makes of them; ``nlu.fitting.scope`` reads it.

Run in the Rasa environment: ``python -W ignore -m nlu.components.held_out --json FILE``. Written are sentences of two kinds,
``answer`` (about a procedure) and ``out_of_scope``, and ``saying``: everyday words of the second writer, which no model learns.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.log_utils import configure_structlog

from nlu.components.cross_validation import SEED, divide, training_file
from nlu.text import normalise
from nlu.understanding import Intent

SAYINGS = Path(__file__).resolve().parents[1] / "data" / "sayings" / "second"
MOST = 800
"""Sentences of each kind: more change no weight."""


@dataclass(frozen=True)
class HeldOut:
    """One text that the model had not learned."""

    text: str
    kind: str
    """``answer``, ``out_of_scope`` or ``saying``."""
    out_of_scope: float
    """Confidence of all out-of-scope intents together."""
    code: str = ""
    """Procedure that a saying means."""


def kind_of(intent: str) -> str:
    """Return the kind of a training sentence; empty for one that is about something else."""
    if Intent.is_out_of_scope(intent):
        return "out_of_scope"
    return "answer" if intent == Intent.ASK_PROCEDURE.value else ""


def sentences(held: Sequence[Message], sayings: Path = SAYINGS) -> list[tuple[str, str, str]]:
    """Return (text, kind, code) of what is asked: some of the held-out sentences of each kind, and some sayings."""
    said = [
        (line, "saying", code)
        for path in sorted(sayings.rglob("*.yml"))
        for code, lines in yaml.safe_load(path.read_bytes()).items()
        for line in lines
    ]
    written = [(one.get(TEXT), kind_of(one.get(INTENT)), "") for one in held]
    chance = random.Random(SEED)
    kinds = [[one for one in (*written, *said) if one[1] == kind] for kind in ("answer", "out_of_scope", "saying")]
    return [one for group in kinds for one in chance.sample(group, min(MOST, len(group)))]


def outside(answer: dict[str, Any]) -> float:
    """Return the confidence of all out-of-scope intents of a parse together."""
    ranked = answer["intent_ranking"]
    return round(sum(one["confidence"] for one in ranked if Intent.is_out_of_scope(one["name"])), 4)


def ask(model: str, asked: Sequence[tuple[str, str, str]]) -> list[HeldOut]:
    """Ask a trained model."""
    agent, found = Agent.load(model), []
    for text, kind, code in asked:
        plain = normalise(text)
        found.append(HeldOut(plain, kind, outside(asyncio.run(agent.parse_message(plain))), code))
    return found


def main() -> None:
    """Train on all folds but the first, ask what is left, and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("nlu/data/training"))
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()
    configure_structlog(logging.ERROR)  # else Rasa prints every sentence that it parses
    written = RasaFileImporter(training_data_paths=[str(options.data)]).get_nlu_data("vi")
    held, *learnt = divide(written.intent_examples, options.folds)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "learnt.yml"
        file.write_text(training_file([one for part in learnt for one in part]), "utf-8")
        model = train_nlu(str(options.config), str(file), folder)
        assert model is not None, "Rasa trained nothing"
        rows = [asdict(one) for one in ask(model, sentences(held))]
    options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
