"""Whether the confidence means what it says: right as often as it is sure. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.run import Result

TENTHS = 10


@dataclass(frozen=True)
class Tenth:
    """The questions whose confidence lies in one tenth of the scale."""

    low: float
    questions: int
    said: float
    """Mean confidence."""
    right: float
    """Share in which the first service was right."""


@dataclass(frozen=True)
class AtLeast:
    """The answers that are at least so sure."""

    sure: float
    answers: int
    kept: float
    """Their share of all answers."""
    right: float


def reliability(results: Sequence[Result]) -> list[Tenth]:
    """Return the tenths that have questions, of those that some procedure answers."""
    scored = [result for result in results if result.case.accept and not result.case.context and result.candidates]
    found = []
    for number in range(TENTHS):
        some = [one for one in scored if min(int(one.confidence * TENTHS), TENTHS - 1) == number]
        if some:
            said = sum(one.confidence for one in some) / len(some)
            found.append(Tenth(number / TENTHS, len(some), said, sum(one.rank < 1 for one in some) / len(some)))
    return found


def calibration_error(tenths: Sequence[Tenth]) -> float | None:
    """Return how far confidence and truth lie apart on average, weighed by questions."""
    total = sum(tenth.questions for tenth in tenths)
    return sum(tenth.questions * abs(tenth.said - tenth.right) for tenth in tenths) / total if total else None


def answers(results: Sequence[Result]) -> list[Result]:
    """Return the first messages that got an answer about one procedure, whatever their kind, the surest first."""
    given = [result for result in results if result.answered and not result.case.context]
    return sorted(given, key=lambda result: -result.confidence)


def at_least(results: Sequence[Result]) -> list[AtLeast]:
    """Return the share right among the answers at least as sure as each twentieth of the scale.

    An answer to what no procedure answers is wrong.
    """
    given = answers(results)
    found = []
    for number in range(2 * TENTHS):
        sure = number / (2 * TENTHS)
        some = [one for one in given if one.confidence >= sure]
        if some:
            right = sum(one.rank < 1 for one in some) / len(some)
            found.append(AtLeast(sure, len(some), len(some) / len(given), right))
    return found


def worst(results: Sequence[Result], most: int = 20) -> list[Result]:
    """Return the most confident wrong answers."""
    return [result for result in answers(results) if result.rank > 0][:most]
