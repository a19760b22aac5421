"""What a message asks for, as learned from its ways of asking: one linear score per aspect. Pure; the numbers are kept as JSON.

``nlu.fitting.aspects`` fits them. The same model serves with Rasa and without it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlu.asking_words import asking_signs, is_question, questions
from nlu.understanding import Aspect

FITTED = Path(__file__).with_name("asking.json")


@dataclass(frozen=True)
class AskingModel:
    """Weights of the signs, and the lines from which an aspect counts as asked for. All scores are log-odds."""

    bias: Mapping[Aspect, float]
    weights: Mapping[str, Mapping[Aspect, float]]
    """Per sign of ``asking_signs``; signs that tell nothing are left out."""
    learned: float
    """Weight of the log-odds of Rasa's classifier."""
    question: float
    """Line for the surest aspect of a message that surely asks for something (``is_question``)."""
    statement: float
    """Line for the surest aspect of any other message."""
    second: float
    """Line for a second aspect in one question."""

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, object]]) -> AskingModel:
        """Read what ``nlu.fitting.aspects`` wrote.

        Raises:
            KeyError: something is missing.
        """
        weights = {sign: _by_aspect(told) for sign, told in data["weights"].items() if isinstance(told, dict)}
        lines = {name: float(str(value)) for name, value in data["lines"].items()}
        return cls(_by_aspect(data["bias"]), weights, **lines)

    def scores(self, text: str) -> dict[Aspect, float]:
        """Return the log-odds that a message asks for each aspect; words that were never learned from say nothing."""
        signs = asking_signs(text)
        scale = 1 / math.sqrt(len(signs))
        scores = dict(self.bias)
        for sign in signs:
            for aspect, weight in self.weights.get(sign, {}).items():
                scores[aspect] += scale * weight
        return scores

    def asked(self, text: str, learned: Mapping[Aspect, float] | None = None) -> tuple[Aspect, ...]:
        """Return what a message asks for, surest first; of several questions the surest of each, in their order.

        Args:
            text: the message.
            learned: probabilities of Rasa's classifier; without them the ways of asking decide alone.
        """
        several = [self.scores(question) for question in questions(text)]
        firsts = [max(scores, key=scores.__getitem__) for scores in several]
        found = dict.fromkeys(
            aspect for aspect, scores in zip(firsts, several, strict=True) if scores[aspect] > self.statement
        )
        return tuple(found) or self._of_one(text, self._blended(text, learned))

    def _of_one(self, text: str, scores: Mapping[Aspect, float]) -> tuple[Aspect, ...]:
        first, second = sorted(scores, key=lambda aspect: -scores[aspect])[:2]
        if scores[first] <= (self.question if is_question(text) else self.statement):
            return ()
        return (first, second) if scores[second] > self.second else (first,)

    def _blended(self, text: str, learned: Mapping[Aspect, float] | None) -> dict[Aspect, float]:
        scores = self.scores(text)
        if learned is None:
            return scores
        return {
            aspect: (score + self.learned * _log_odds(learned.get(aspect, 0.0))) / (1 + self.learned)
            for aspect, score in scores.items()
        }


@cache
def fitted() -> AskingModel:
    """Return the model that is shipped with the code."""
    return AskingModel.from_json(json.loads(FITTED.read_text("utf-8")))


def _by_aspect(numbers: Mapping[str, object]) -> dict[Aspect, float]:
    return {Aspect(name): float(str(number)) for name, number in numbers.items()}


def _log_odds(chance: float) -> float:
    """Return the log-odds of a chance; no chance speaks louder than one in four hundred."""
    kept = min(max(chance, 0.0025), 0.9975)
    return math.log(kept / (1 - kept))
