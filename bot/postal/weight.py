"""How heavy a dossier may be, from its number of papers. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.postal.shapes import WeightShape
from nlu.catalogue.model import PaperRole, Procedure, RequiredPaper


@dataclass(frozen=True)
class Weight:
    """An estimate in grams."""

    low: int
    likely: int
    high: int


def papers_of(procedure: Procedure) -> tuple[RequiredPaper, ...]:
    """Return the papers to hand in of the general case, or of the only one; none where a person has to choose a case."""
    general = [case for case in procedure.cases if not case.title] or list(procedure.cases)
    if len(general) != 1:
        return ()
    return tuple(paper for paper in general[0].papers if paper.role is PaperRole.SUBMIT)


def originals_of(papers: tuple[RequiredPaper, ...]) -> tuple[str, ...]:
    """Return the papers that are asked for as originals alone; forms are filled in and count as no such paper."""
    return tuple(paper.name for paper in papers if paper.originals and not paper.copies and paper.form is None)


def weight_of(papers: tuple[RequiredPaper, ...], shape: WeightShape) -> Weight | None:
    """Estimate what papers weigh; ``None`` where there are none to count."""
    amount = sum(max((paper.originals or 0) + (paper.copies or 0), 1) for paper in papers)
    if not amount:
        return None
    low, likely, high = (shape.envelope + shape.sheet * sheets * amount for sheets in shape.sheets)
    return Weight(low, likely, high)
