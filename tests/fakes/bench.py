"""A bench that knows beforehand which model answers how many of the questions rightly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.evaluation.cases import Case
from bot.evaluation.run import Result
from bot.evaluation.whole import Contender
from nlu.understanding import Candidate


@dataclass
class FakeBench:
    """Gives each model the rank that was laid ready for it; notes what was measured with which sayings."""

    right: dict[str, int]
    """Name of a model → how many of the first questions it answers rightly."""
    measured: list[tuple[str, Path | None]] = field(default_factory=list)

    async def measure(
        self, contender: Contender, cases: Sequence[Case], twins: bool = False, label: str = "questions"
    ) -> tuple[list[Result], list[Result]]:
        """See ``Measures.measure``."""
        model = (await contender.prepare()).name
        self.measured.append((model, contender.sayings))
        codes = ["1.000001" if place < self.right[model] else "9.999999" for place in range(len(cases))]
        return [
            Result(case, "answered", (Candidate(code, 1.0),), "ask_procedure", (), 1.0)
            for case, code in zip(cases, codes, strict=True)
        ], []
