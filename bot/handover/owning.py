"""Whose a person is who waits for an official: the unit's that they ask about, else the receiving unit's, and its after a while."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.channels.contract import Ref
from bot.dialogue.ports import Catalogue, Concern
from bot.dossiers.agencies import office_code
from bot.feedback.agency_names import agency_in
from bot.handover.store import OpenRequest
from feedback.actor import Actor, Role
from feedback.office import Office, Unit
from feedback.working_time.hours import OfficeHours
from feedback.working_time.zone import here
from nlu.codes import CodeError, parse_dossier_code

ANSWER = frozenset({Role.RECEIVER, Role.HANDLER})
"""Those who talk with citizens."""


@dataclass(frozen=True)
class Owning:
    """The rules of one office."""

    office: Office
    hours: OfficeHours
    patience: timedelta
    """Time of office hours after which who still waits is the receiving unit's as well."""

    def may_see(self, actor: Actor, request: OpenRequest, at: datetime) -> bool:
        """Tell whether an official sees that somebody waits, and may answer them.

        Officials see those of their own unit and of the units below it; those of the receiving unit also those whom no
        unit of today has, and those who wait too long.
        """
        if not actor.unit or not actor.has(ANSWER):
            return False
        if f"{request.unit}.".startswith(f"{actor.unit}."):
            return True
        receiving = self.office.receives_on(here(at).date())
        if receiving is None or actor.unit != receiving.code:
            return False
        return not self._has(request.unit, at) or self.waits_long(request, at)

    def waits_long(self, request: OpenRequest, at: datetime) -> bool:
        """Tell whether somebody waits for longer than one unit alone is left with it."""
        passed = at - request.asked_at
        return passed >= self.patience and self.hours.between(request.asked_at, at) >= self.patience

    def units(self, at: datetime) -> Sequence[Unit]:
        """Return the units that somebody can be passed on to."""
        return [unit for unit in self.office.units if unit.holds(here(at).date())]

    def name(self, code: str) -> str:
        """Return a unit's name; its code for one of another house, nothing for none."""
        unit = self.office.unit(code)
        return unit.name if unit else code

    def charged(self, agency: str, names: str, field: str, day: date) -> str:
        """Return the code of the unit that answers about something; empty for none.

        Args:
            agency: code of the one that has the dossier; the unit of that code, or one charged with it, comes first, and
                those above it follow.
            names: of the agencies that carry the procedure out, as the catalogue has them.
            field: lĩnh vực of the procedure.
            day: today.
        """
        for code in _upwards(agency):
            unit = self.office.unit(code)
            if unit is not None and unit.holds(day):
                return code
            found = self.office.handling(code, field, day)
            if found is not None and found.agencies:
                return found.code
        named = self.office.unit(agency_in(self.office, names, day))
        found = named or (self.office.handling("", field, day) if field else None)
        return found.code if found else ""

    def _has(self, code: str, at: datetime) -> bool:
        unit = self.office.unit(code)
        return unit is not None and unit.holds(here(at).date())


async def no_place(_: Ref, __: datetime) -> str:
    """Leave what names a place alone."""
    return ""


@dataclass(frozen=True)
class Charged:
    """Finds the unit that answers about a dossier or a procedure, else the one of a place that was named."""

    owning: Owning
    catalogue: Catalogue
    place: Callable[[Ref, datetime], Awaitable[str]] = no_place
    """See ``bot.handover.placing``."""

    async def unit(self, ref: Ref, concern: Concern, at: datetime) -> str:
        """Return its code; empty for the receiving unit's."""
        if concern.receiving:
            return ""
        procedure = await self.catalogue.get(concern.procedure) if concern.procedure else None
        names, field = ("; ".join(procedure.agencies), procedure.field) if procedure else ("", "")
        charged = self.owning.charged(_agency(concern.dossier), names, field, here(at).date())
        return charged or await self.place(ref, at)


def _agency(dossier: str) -> str:
    try:
        return office_code(parse_dossier_code(dossier))
    except CodeError:
        return ""


def _upwards(code: str) -> Iterator[str]:
    """Yield a code and those above it: ``H34.16``, ``H34``."""
    while code:
        yield code
        code = code.rpartition(".")[0]
