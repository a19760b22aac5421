"""What a text is, as fitted: linear scores of its signs, made into shares. Pure; the numbers are kept as JSON.

``nlu.fitting.border`` fits them. Nothing else is needed at run time: no Rasa, no network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlu.border.labels import PROBLEMS, PROPOSALS, Label
from nlu.border.signs import kinds_of
from nlu.linear_signs import LinearSigns, softmax

FITTED = Path(__file__).with_name("border.json")
LABELS = tuple(Label)
COLUMNS = (*(label.value for label in LABELS), *map(str, PROBLEMS), *map(str, PROPOSALS))
"""Every score of a sign: of the labels, and, among texts about a rule, of the categories of Article 5."""
_PROBLEMS_AT = len(LABELS)
_PROPOSALS_AT = _PROBLEMS_AT + len(PROBLEMS)


@dataclass(frozen=True)
class Reading:
    """What the model makes of a text."""

    shares: Mapping[Label, float]
    problem: int
    """Likeliest of categories 2 to 6."""
    proposal: int
    """7 or 8."""


@dataclass(frozen=True)
class BorderModel:
    """Reads texts by the weights of their signs."""

    signs: LinearSigns

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, object]]) -> BorderModel:
        """Read what ``nlu.fitting.border`` wrote.

        Raises:
            KeyError: something is missing.
        """
        return cls(LinearSigns.from_json(data, COLUMNS))

    def read(self, plain: str) -> Reading:
        """Read a text in normal form; words that were never learned from say nothing."""
        scores = self.signs.scores(kinds_of(plain))
        problems, proposals = scores[_PROBLEMS_AT:_PROPOSALS_AT], scores[_PROPOSALS_AT:]
        return Reading(
            dict(zip(LABELS, softmax(scores[:_PROBLEMS_AT].tolist()), strict=True)),
            PROBLEMS[int(problems.argmax())],
            PROPOSALS[int(proposals.argmax())],
        )


@cache
def fitted() -> BorderModel:
    """Return the model that is shipped with the code."""
    return BorderModel.from_json(json.loads(FITTED.read_text("utf-8")))
