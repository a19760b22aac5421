"""How heavy a dossier may be, from its number of papers. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.postal.shapes import WeightShape
from nlu.catalogue.model import PaperRole, Procedure, RequiredPaper

_ONLINE_ONLY = re.compile(r"\btrực tuyến\W*$", re.I)
"""How a paper ends that is for another way: "(… lựa chọn nộp hồ sơ theo hình thức trực tuyến)"."""
_FILLED_IN = re.compile(r"\W*(?:tờ khai|đơn|mẫu|phiếu|biểu mẫu|giấy đề nghị|văn bản đề nghị|bản sao|bản chụp)\b", re.I)
"""What is written for the dossier, or a copy: nothing is lost with it."""


@dataclass(frozen=True)
class Weight:
    """An estimate in grams."""

    low: int
    likely: int
    high: int


def papers_of(procedure: Procedure) -> tuple[RequiredPaper, ...]:
    """Return the papers to send of the general case, or of the only one; none where a person has to choose a case."""
    general = [case for case in procedure.cases if not case.title] or list(procedure.cases)
    if len(general) != 1:
        return ()
    papers = (paper for paper in general[0].papers if paper.role is PaperRole.SUBMIT)
    return tuple(paper for paper in papers if not _ONLINE_ONLY.search(paper.name))


def originals_of(papers: tuple[RequiredPaper, ...]) -> tuple[str, ...]:
    """Return the papers that are asked for as originals alone and are not written for the dossier itself."""
    own = (paper for paper in papers if paper.form is None and not _FILLED_IN.match(paper.name))
    return tuple(paper.name for paper in own if paper.originals and not paper.copies)


def weight_of(papers: tuple[RequiredPaper, ...], shape: WeightShape) -> Weight | None:
    """Estimate what papers weigh; ``None`` where there are none to count."""
    amount = sum(max((paper.originals or 0) + (paper.copies or 0), 1) for paper in papers)
    if not amount:
        return None
    low, likely, high = (shape.envelope + shape.sheet * sheets * amount for sheets in shape.sheets)
    return Weight(low, likely, high)
