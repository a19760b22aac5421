"""A personal checklist: the papers of a procedure that apply to one person, after two or three questions. Pure.

Nothing is added to what the record says: a question is asked only where the record tells cases, ways of filing or papers
of an authorised person apart, and an answer only leaves out what the record gives for somebody else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from nlu.answers.filing_words import filing_ways, note_for
from nlu.catalogue.model import Fee, FilingMethod, FilingWay, PaperCase, PaperRole, Procedure, RequiredPaper, TimeLimit
from nlu.text import fold, normalise

_PROXY = re.compile(r"\b(?:uy quyen|lam thay|nop thay|di thay|nhan thay|lam ho|nop ho|thay mat)\b")
"""Words of papers and cases that are for an authorised person."""


class Query(StrEnum):
    """What may have to be asked."""

    WHO = "who"
    """Whether the person goes in person or sends somebody."""
    CASE = "case"
    WAY = "way"
    """Counter, online or post."""


class Wishes(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a person answered; what was not asked or not answered is left open."""

    proxy: bool | None = None
    """Whether somebody else goes."""
    case: int | None = None
    """Number of the case in ``cases_of``; -1 for none of them."""
    way: FilingWay | None = None


@dataclass(frozen=True)
class Item:
    """One paper to bring."""

    id: str
    """Stays the same while the paper is called the same, so that a tick survives a new version of the catalogue."""
    paper: RequiredPaper
    case: str
    """Title of its case; empty for the general one."""


@dataclass(frozen=True)
class Checklist:
    """What one person has to bring, and what it costs and takes on the way they chose."""

    items: tuple[Item, ...]
    notes: tuple[str, ...]
    """What the record says besides; read, not ticked."""
    methods: tuple[FilingMethod, ...]
    """The chosen way, or all of them while none is chosen."""

    @property
    def fee(self) -> Fee | None:
        """The fee, where the chosen way or all ways have one and the same."""
        fees = [method.fee for method in self.methods]
        return fees[0] if fees and all(fee == fees[0] for fee in fees) else None

    @property
    def time(self) -> TimeLimit | None:
        """The time limit, where the chosen way or all ways have one and the same."""
        times = [method.time for method in self.methods]
        return times[0] if times and all(time == times[0] for time in times) else None

    @property
    def fingerprint(self) -> str:
        """Changes exactly when something on the checklist does: papers, their number, notes, fee or time."""
        shown = [(item.paper, item.case) for item in self.items], self.notes, self.methods
        return hashlib.sha256(msgspec.json.encode(shown)).hexdigest()[:16]


def cases_of(procedure: Procedure) -> tuple[PaperCase, ...]:
    """Return the cases between which a person chooses: neither those of an authorised person nor of a way of filing."""
    return tuple(
        case
        for case in procedure.cases
        if case.title and case.papers and not _of_proxy(case.title) and not filing_ways(case.title)
    )


def queries_of(procedure: Procedure) -> tuple[Query, ...]:
    """Return what has to be asked for this procedure, in order; empty when one list fits everybody."""
    found = []
    papers = [paper for case in procedure.cases for paper in case.papers]
    for_proxies = any(_of_proxy(case.title) for case in procedure.cases) or any(_of_proxy(one.name) for one in papers)
    if for_proxies:
        found.append(Query.WHO)
    cases = cases_of(procedure)
    if len(cases) > 1 or (cases and _general(procedure)):
        found.append(Query.CASE)
    if len({method.way for method in procedure.methods}) > 1:
        found.append(Query.WAY)
    return tuple(found)


def none_is_possible(procedure: Procedure) -> bool:
    """Tell whether a person may belong to none of the cases: there are papers for everybody besides them."""
    return _general(procedure)


def make_checklist(procedure: Procedure, wishes: Wishes) -> Checklist:
    """Return what applies to a person; what they left open is not left out."""
    chosen = cases_of(procedure)
    if wishes.case is not None:
        chosen = chosen[wishes.case : wishes.case + 1] if 0 <= wishes.case < len(chosen) else ()
    items: dict[str, Item] = {}
    notes: dict[str, None] = {}
    for case in procedure.cases:
        if not _applies(case, chosen, wishes):
            continue
        for paper in case.papers:
            if paper.role is PaperRole.NOTE:
                if told := note_for(paper.name, wishes.way):
                    notes.setdefault(f"{case.title}: {told}" if case.title else told)
            elif not (wishes.proxy is False and _only_of_proxy(paper)):
                made = Item(item_id(paper), paper, case.title)
                items.setdefault(made.id, made)
    ways = tuple(method for method in procedure.methods if wishes.way in (None, method.way))
    return Checklist(tuple(items.values()), tuple(notes), ways)


def _applies(case: PaperCase, chosen: Sequence[PaperCase], wishes: Wishes) -> bool:
    """Tell whether the papers of a case are for a person, as far as they said."""
    if not case.title:
        return True
    if _of_proxy(case.title):
        return wishes.proxy is not False
    ways = filing_ways(case.title)
    return wishes.way is None or wishes.way in ways if ways else case in chosen


def item_id(paper: RequiredPaper) -> str:
    """Return the id of a paper, from its name without accents, case and punctuation."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(normalise(paper.name))).split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:10]


def _general(procedure: Procedure) -> bool:
    return any(
        not case.title and any(paper.role is not PaperRole.NOTE for paper in case.papers) for case in procedure.cases
    )


def _of_proxy(text: str) -> bool:
    return bool(_PROXY.search(fold(normalise(text))))


def _only_of_proxy(paper: RequiredPaper) -> bool:
    """Tell whether a paper begins with what an authorised person brings; one that merely mentions it is for everybody."""
    found = _PROXY.search(fold(normalise(paper.name)))
    return found is not None and found.start() <= len("van ban ve viec ")
