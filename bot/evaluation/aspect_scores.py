"""How well the aspects that a question asks for are understood: precision, recall and F1 of each, over labelled cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.run import Result


@dataclass(frozen=True)
class AspectScore:
    """How often one aspect was asked, told, and both."""

    asked: int
    told: int
    both: int

    @property
    def precision(self) -> float:
        """Share of the tellings that were asked for; a case has one label, so that telling a second counts against it."""
        return self.both / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        """Share of the askings that were told."""
        return self.both / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.both / (self.asked + self.told) if self.asked + self.told else 0.0


def aspect_scores(results: Sequence[Result]) -> dict[str, AspectScore]:
    """Return the score of every aspect that was asked or told, over the cases with a label."""
    labelled = [result for result in results if result.case.aspect != "none"]
    names = sorted({name for result in labelled for name in (result.case.aspect, *result.told)})
    return {
        name: AspectScore(
            sum(result.case.aspect == name for result in labelled),
            sum(name in result.told for result in labelled),
            sum(result.case.aspect == name and name in result.told for result in labelled),
        )
        for name in names
    }


def macro_f1(scores: Mapping[str, AspectScore]) -> float | None:
    """Return the mean F1 of the aspects that were asked; ``None`` when none was."""
    found = [score.f1 for score in scores.values() if score.asked]
    return round(sum(found) / len(found), 4) if found else None
