"""Which parts of a procedure are there that the law asks for. Pure.

Decree 63/2010/NĐ-CP, Article 8, names the parts without which a procedure is not whole: its name, steps, ways of filing,
papers, time limit, applicants and agency; forms, conditions, fees and the result belong to it where the procedure has them.
Indicator 1.3 of Decision 766/QĐ-TTg counts the procedures that are published with all of the first seven.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nlu.catalogue.model import FeeKind, Procedure

REQUIRED: Mapping[str, Callable[[Procedure], bool]] = {
    "name": lambda one: bool(one.name),
    "steps": lambda one: bool(one.steps),
    "ways": lambda one: bool(one.methods),
    "papers": lambda one: any(case.papers for case in one.cases),
    "times": lambda one: any(method.time.known for method in one.methods),
    "applicants": lambda one: bool(one.applicants),
    "agencies": lambda one: bool(one.agencies),
}
"""Parts that every procedure has; the keys are those of ``wording.LABELS``."""

WHERE_THERE: Mapping[str, Callable[[Procedure], bool]] = {
    "forms": lambda one: any(paper.form is not None for case in one.cases for paper in case.papers),
    "conditions": lambda one: bool(one.conditions),
    "fees": lambda one: any(method.fee.kind is not FeeKind.UNKNOWN or method.fee.text for method in one.methods),
    "result": lambda one: bool(one.result),
}
"""Parts that a procedure has only where it asks for them: their absence may be right."""


@dataclass(frozen=True)
class Completeness:
    """What is there and what is not."""

    missing: tuple[str, ...]
    """Of ``REQUIRED``."""
    open: tuple[str, ...]
    """Of ``WHERE_THERE``: somebody should know that they are rightly not there."""

    @property
    def whole(self) -> bool:
        """Whether indicator 1.3 counts the procedure."""
        return not self.missing


def completeness(procedure: Procedure) -> Completeness:
    """Look through a record."""
    return Completeness(
        tuple(part for part, there in REQUIRED.items() if not there(procedure)),
        tuple(part for part, there in WHERE_THERE.items() if not there(procedure)),
    )
