"""What officials switch off for a while: takes out of a record what the assistant must not tell now. Pure.

The facts are taken out where records are handed out, so that no flow, list or page can tell them by another way; the mark
that stays lets answers say that the matter is being looked at, and who knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

import msgspec

from nlu.catalogue.errors import CatalogueError
from nlu.catalogue.model import Fee, FilingMethod, FilingWay, Procedure, TimeLimit, Withheld
from nlu.understanding import Aspect

VIETNAM = timezone(timedelta(hours=7))
LONGEST_DAYS = 366
"""A longer silence is a correction that somebody forgot to make."""


class SilenceError(CatalogueError):
    """What was asked cannot be switched off, or on."""


@dataclass(frozen=True)
class Silence:
    """One thing that is switched off."""

    id: int
    code: str
    aspect: Aspect | None
    """``None`` for the whole procedure."""
    reason: str
    until: date
    """Last day on which it counts."""
    by: str
    at: datetime

    @property
    def withheld(self) -> Withheld:
        """The mark that a record gets."""
        return Withheld(aspect=self.aspect.value if self.aspect else "", until=self.until)


def day_of(moment: datetime) -> date:
    """Return the day in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def by_service(silences: Iterable[Silence], services: Iterable[tuple[str, ...]]) -> dict[str, tuple[Silence, ...]]:
    """Return the silences of every code: what is switched off for one code of a service is so for all of them."""
    known = list(silences)
    meant = {code: codes for codes in services for code in codes if any(one.code == code for one in known)}
    found: dict[str, tuple[Silence, ...]] = {}
    for one in known:
        for code in meant.get(one.code, (one.code,)):
            found[code] = (*found.get(code, ()), one)
    return found


def hushed(procedure: Procedure, silences: Iterable[Silence], today: date) -> Procedure:
    """Return a record without what is switched off today, with the marks that say so."""
    now = [one for one in silences if one.until >= today]
    if not now:
        return procedure
    kept = procedure
    for aspect in Aspect if any(one.aspect is None for one in now) else [one.aspect for one in now if one.aspect]:
        kept = msgspec.structs.replace(kept, **_WITHOUT[aspect](kept))
    return msgspec.structs.replace(kept, withheld=tuple(one.withheld for one in now))


def _without_fees(procedure: Procedure) -> dict[str, Any]:
    return {"methods": tuple(msgspec.structs.replace(one, fee=Fee()) for one in procedure.methods)}


def _without_times(procedure: Procedure) -> dict[str, Any]:
    return {"methods": tuple(msgspec.structs.replace(one, time=TimeLimit()) for one in procedure.methods)}


def _without_online(procedure: Procedure) -> dict[str, Any]:
    return {"methods": _methods_but(procedure, FilingWay.ONLINE), "online": None}


def _without_post(procedure: Procedure) -> dict[str, Any]:
    return {"methods": _methods_but(procedure, FilingWay.POST)}


def _methods_but(procedure: Procedure, way: FilingWay) -> tuple[FilingMethod, ...]:
    return tuple(one for one in procedure.methods if one.way is not way)


def _without_forms(procedure: Procedure) -> dict[str, Any]:
    cases = (
        msgspec.structs.replace(case, papers=tuple(msgspec.structs.replace(one, form=None) for one in case.papers))
        for case in procedure.cases
    )
    return {"cases": tuple(cases)}


def _empty(**values: Any) -> Callable[[Procedure], dict[str, Any]]:
    return lambda _: values


_WITHOUT: Mapping[Aspect, Callable[[Procedure], dict[str, Any]]] = {
    Aspect.DOCUMENTS: _empty(cases=()),
    Aspect.CONDITIONS: _empty(conditions=""),
    Aspect.FEE: _without_fees,
    Aspect.TIME: _without_times,
    Aspect.STEPS: _empty(steps=()),
    Aspect.OVERVIEW: _empty(summary=""),
    Aspect.WHERE: _empty(agencies=(), nationwide=False),
    Aspect.RESULT: _empty(result=""),
    Aspect.HOW_ONLINE: _without_online,
    Aspect.FORM: _without_forms,
    Aspect.LEGAL: _empty(legal_basis=(), decision=""),
    Aspect.POST: _without_post,
    Aspect.WHO: _empty(applicants=()),
}
"""What each aspect is told from."""
