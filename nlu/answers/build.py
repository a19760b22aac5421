"""Chooses the facts of a procedure that answer the aspects asked. Never adds anything that the record does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from nlu.answers.facts import (
    Answer,
    Facts,
    FeeByWay,
    Fees,
    Forms,
    KeptBack,
    Lines,
    Missing,
    Online,
    Overview,
    Papers,
    Passport,
    Place,
    Post,
    Proxy,
    TimeByWay,
    Times,
    Wording,
)
from nlu.answers.proxy import proxy_lines
from nlu.catalogue.model import (
    FeeKind,
    FilingWay,
    Form,
    OnlineLevel,
    PaperRole,
    Procedure,
)
from nlu.understanding import Aspect


def build_answer(
    procedure: Procedure, aspects: Iterable[Aspect], today: date, stale_after_days: int, *, proxy: bool = False
) -> Answer:
    """Gather the facts for the aspects asked.

    Args:
        procedure: the record.
        aspects: told in this order, but what the record lacks at the end; none means an overview.
        today: for the age of the record.
        stale_after_days: age in days from which the answer says that the record is old.
        proxy: whether it is asked if somebody else may do it; answered before all else.
    """
    if proxy:
        others = tuple(aspect for aspect in aspects if aspect not in _OF_PROXY)
        rest = build_answer(procedure, others, today, stale_after_days) if others else None
        sections = (Proxy(Aspect.WHO, proxy_lines(procedure)), *(rest.sections if rest else ()))
        return _answer(procedure, sections, today, stale_after_days)
    asked = tuple(dict.fromkeys(aspects)) or (Aspect.OVERVIEW,)
    found = tuple(_kept_back(procedure, aspect) or _SECTIONS[aspect](procedure) or Missing(aspect) for aspect in asked)
    # What is known stands first: an answer that opens with "chưa ghi" is taken for no answer.
    sections = tuple(sorted(found, key=lambda facts: isinstance(facts, Missing | KeptBack)))
    if all(isinstance(section, Missing) for section in sections) and Aspect.OVERVIEW not in asked:
        # Nothing of what was asked is known: what is known still helps, and stands first.
        sections = (*(section for section in (_overview(procedure),) if section is not None), *sections)
    return _answer(procedure, sections, today, stale_after_days)


def passport(
    procedure: Procedure, today: date, stale_after_days: int, told: Iterable[Aspect] | None = None
) -> Passport:
    """Return where the record comes from and how old it is.

    Args:
        procedure: the record.
        today: for its age.
        stale_after_days: age in days from which it is old.
        told: the aspects that the answer tells; all of them by default.
    """
    age = (today - procedure.as_of_date).days
    parts = None if told is None else {part for aspect in told for part in _PARTS.get(aspect, ())}
    return Passport(
        code=procedure.code,
        decision=procedure.decision,
        source=procedure.source.name,
        url=procedure.url or procedure.source.url,
        as_of=procedure.as_of,
        stale_days=age if age > stale_after_days else None,
        caveats=procedure.caveats,
        doubtful=tuple(dict.fromkeys(doubt.field for doubt in procedure.doubts)),
        origins=tuple(one for one in procedure.origins if parts is None or one.part in parts),
    )


def fees_by_way(procedure: Procedure) -> tuple[FeeByWay, ...]:
    """Group the ways of filing that cost the same; ways whose fee is unknown are left out."""
    groups: dict[str, list[FilingWay]] = {}
    by_key = {}
    for method in procedure.methods:
        if method.fee.kind is FeeKind.UNKNOWN and not method.fee.text:
            continue
        key = repr(method.fee)
        by_key[key] = method.fee
        groups.setdefault(key, []).append(method.way)
    return tuple(FeeByWay(tuple(ways), by_key[key]) for key, ways in groups.items())


def times_by_way(procedure: Procedure) -> tuple[TimeByWay, ...]:
    """Group the ways of filing that take the same time; ways whose time is unknown are left out."""
    groups: dict[str, list[FilingWay]] = {}
    by_key = {}
    for method in procedure.methods:
        if not method.time.known:
            continue
        key = repr(method.time)
        by_key[key] = method.time
        groups.setdefault(key, []).append(method.way)
    return tuple(TimeByWay(tuple(ways), by_key[key]) for key, ways in groups.items())


def _answer(procedure: Procedure, sections: tuple[Facts, ...], today: date, stale_after_days: int) -> Answer:
    told = [section.aspect for section in sections if not isinstance(section, Missing | KeptBack)]
    return Answer(procedure.code, procedure.name, sections, passport(procedure, today, stale_after_days, told), today)


def _kept_back(procedure: Procedure, aspect: Aspect) -> Facts | None:
    withheld = procedure.withholds(aspect.value)
    return KeptBack(aspect, withheld.until) if withheld else None


def _papers(procedure: Procedure) -> Facts | None:
    return Papers(Aspect.DOCUMENTS, procedure.cases) if any(case.papers for case in procedure.cases) else None


def _fees(procedure: Procedure) -> Facts | None:
    rows = fees_by_way(procedure)
    return Fees(Aspect.FEE, rows) if rows else None


def _times(procedure: Procedure) -> Facts | None:
    rows = times_by_way(procedure)
    return Times(Aspect.TIME, rows) if rows else None


def _place(procedure: Procedure) -> Facts | None:
    if not procedure.agencies:
        return None
    return Place(Aspect.WHERE, procedure.agencies, procedure.levels, procedure.nationwide)


def _online(procedure: Procedure) -> Facts | None:
    offered = next((method for method in procedure.methods if method.way is FilingWay.ONLINE), None)
    if procedure.online is None and not procedure.methods:
        return None
    level = procedure.online
    url = (offered.url if offered else None) or procedure.url
    works = offered is not None or level in (OnlineLevel.FULL, OnlineLevel.PARTIAL)
    return Online(Aspect.HOW_ONLINE, level, works, url)


def _post(procedure: Procedure) -> Facts | None:
    if not procedure.methods:
        return None
    return Post(Aspect.POST, any(method.way is FilingWay.POST for method in procedure.methods))


def _lines(aspect: Aspect, pick: Callable[[Procedure], tuple[str, ...]]) -> Callable[[Procedure], Facts | None]:
    def facts(procedure: Procedure) -> Facts | None:
        lines = pick(procedure)
        return Lines(aspect, lines) if lines else None

    return facts


def _wording(aspect: Aspect, pick: Callable[[Procedure], str]) -> Callable[[Procedure], Facts | None]:
    def facts(procedure: Procedure) -> Facts | None:
        text = pick(procedure)
        return Wording(aspect, text) if text else None

    return facts


def _forms(procedure: Procedure) -> Facts | None:
    found: dict[str, Form] = {}
    for case in procedure.cases:
        for paper in case.papers:
            if paper.form is not None:
                found.setdefault(paper.form.name, paper.form)
    return Forms(Aspect.FORM, tuple(found.values())) if found else None


def _overview(procedure: Procedure) -> Facts | None:
    general = next((case for case in procedure.cases if not case.title), None)
    papers = [paper for paper in general.papers if paper.role is not PaperRole.NOTE] if general else []
    facts = Overview(
        Aspect.OVERVIEW,
        summary=procedure.summary,
        applicants=procedure.applicants,
        result=procedure.result,
        papers=len(papers),
        times=times_by_way(procedure),
        fees=fees_by_way(procedure),
    )
    known = (facts.summary, facts.applicants, facts.result, facts.papers, facts.times, facts.fees)
    return facts if any(known) else None


_OF_PROXY = frozenset({Aspect.WHO, Aspect.CONDITIONS, Aspect.OVERVIEW})
"""What "làm hộ được không" is read as besides."""
_SECTIONS: dict[Aspect, Callable[[Procedure], Facts | None]] = {
    Aspect.OVERVIEW: _overview,
    Aspect.WHO: _lines(Aspect.WHO, lambda procedure: procedure.applicants),
    Aspect.CONDITIONS: _wording(Aspect.CONDITIONS, lambda procedure: procedure.conditions),
    Aspect.DOCUMENTS: _papers,
    Aspect.FORM: _forms,
    Aspect.FEE: _fees,
    Aspect.TIME: _times,
    Aspect.WHERE: _place,
    Aspect.HOW_ONLINE: _online,
    Aspect.POST: _post,
    Aspect.STEPS: _lines(Aspect.STEPS, lambda procedure: procedure.steps),
    Aspect.RESULT: _wording(Aspect.RESULT, lambda procedure: procedure.result),
    Aspect.LEGAL: _lines(Aspect.LEGAL, lambda procedure: procedure.legal_basis),
}
"""How each aspect is answered."""

_PARTS: Mapping[Aspect, tuple[str, ...]] = {
    Aspect.OVERVIEW: ("summary", "applicants", "result", "papers", "times", "fees"),
    Aspect.WHO: ("applicants",),
    Aspect.CONDITIONS: ("conditions",),
    Aspect.DOCUMENTS: ("papers",),
    Aspect.FORM: ("papers",),
    Aspect.FEE: ("fees",),
    Aspect.TIME: ("times",),
    Aspect.WHERE: ("agencies", "levels", "nationwide"),
    Aspect.HOW_ONLINE: ("ways", "online"),
    Aspect.POST: ("ways",),
    Aspect.STEPS: ("steps",),
    Aspect.RESULT: ("result",),
    Aspect.LEGAL: ("legal_basis", "decision"),
}
"""Parts of the record (``wording.LABELS``) that each aspect is told from."""
