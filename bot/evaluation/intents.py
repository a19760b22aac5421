"""Reads what ``nlu.components.cross_validation --json`` found out about intents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import BotError


class IntentsError(BotError):
    """The file is no report of the cross-validation."""


@dataclass(frozen=True)
class Intents:
    """Intents of sentences as they were written, cross-validated."""

    accuracy: float
    macro_f1: float
    f1: Mapping[str, float]
    """Weakest first."""
    said: Mapping[str, int]
    """How many sentences each intent has."""
    confused: tuple[tuple[str, str, int], ...]
    """(intent, taken for, how often), most frequent first."""

    @property
    def shares(self) -> list[list[float]]:
        """The confusion matrix in the order of ``said``: of each intent the share that was taken for each."""
        names = list(self.said)
        counts = {(intent, found): times for intent, found, times in self.confused}
        rows = []
        for intent in names:
            missed = sum(times for (one, _), times in counts.items() if one == intent)
            counts[intent, intent] = self.said[intent] - missed
            rows.append([counts.get((intent, found), 0) / max(self.said[intent], 1) for found in names])
        return rows


def read_intents(path: Path) -> Intents:
    """Read the report.

    Raises:
        IntentsError: it is not there, or is no such report.
    """
    try:
        scores: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
        one = scores[0]
        return Intents(
            float(one["intent_accuracy"]),
            float(one["intent_macro_f1"]),
            {str(name): float(figure) for name, figure in one["intent_f1"].items()},
            {str(name): int(count) for name, count in sorted(one["intent_said"].items())},
            tuple((pair["intent"], pair["found"], len(pair["texts"])) for pair in one["confused"]),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise IntentsError(
            f"{path} is no report of `python -m nlu.components.cross_validation --json`: {error!r}"
        ) from error
