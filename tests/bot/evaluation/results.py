"""Builds results of an evaluation for the tests: each names only what it is about."""

from __future__ import annotations

from typing import Any

from bot.evaluation.cases import Case
from bot.evaluation.run import Result
from nlu.understanding import Candidate


def result(*codes: str, **changes: Any) -> Result:
    """A result with these candidates, for a question whose right answer is "right"."""
    case = {
        "text": "câu hỏi",
        "kind": "answer",
        "accept": ("right",),
        "aspect": "none",
        "context": (),
        "source": "dev",
        "place": "",
        "own": False,
    }
    case.update({key: changes.pop(key) for key in list(changes) if key in case})
    values: dict[str, Any] = {
        "outcome": "answered",
        "candidates": tuple(Candidate(code, 1.0 - place / 10) for place, code in enumerate(codes)),
        "intent": "ask_procedure",
        "aspects": (),
        "milliseconds": 10.0,
    }
    return Result(Case(**case), **{**values, **changes})
