"""Which unit somebody means who named a place before they asked for a person: the one of that commune, where the office has one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.contract import Ref
from bot.dialogue.feedback_places import names_place
from bot.feedback.agency_names import plain_name
from bot.handover.owning import Owning
from bot.postal.ports import ReadsPlaces
from feedback.office import Unit
from nlu.places.place import Commune, Outcome

RECENT = timedelta(minutes=30)
"""For so long what somebody named is still what they ask about."""
LATEST = 5
"""Messages in which a place is looked for."""
Said = Callable[[Ref, datetime], Awaitable[Sequence[str]]]
"""Returns what somebody sent since a moment, the latest last; empty for words that are gone."""


@dataclass(frozen=True)
class NamedPlace:
    """Finds it in what was written, while that is kept; nothing of it is kept anew."""

    owning: Owning
    places: ReadsPlaces
    home: str
    """Name of the office's province; empty where it is not known: then a commune of any province may be meant."""
    said: Said
    complains: Callable[[str], bool]
    """Tells whether words may be about what somebody of an office did."""

    async def unit(self, ref: Ref, at: datetime) -> str:
        """Return the code of the unit; empty for none or several.

        Also for who complained meanwhile, or may have: the words of a denunciation are not kept. The unit that they name is
        not to read it first.
        """
        texts = await self.said(ref, at - RECENT)
        if any(not text or self.complains(text) for text in texts):
            return ""
        named = next((found for text in reversed(texts[-LATEST:]) if (found := self._communes(text))), ())
        return self._unit_of([one for one in named if self._is_home(one)], at)

    def _unit_of(self, communes: Sequence[Commune], at: datetime) -> str:
        """Return the code of the one unit that is one of some communes'; empty for none, or several."""
        found = {unit.code for unit in self.owning.units(at) if any(self._is_of(unit, one) for one in communes)}
        return found.pop() if len(found) == 1 else ""

    def _is_of(self, unit: Unit, commune: Commune) -> bool:
        """Tell whether a unit has a commune's code, or bears its name: that of "xã Tây Trà Bồng" is not "xã Tây Trà"'s."""
        if commune.code in {part for code in (unit.code, *unit.agencies) for part in code.split(".")}:
            return True
        if f" {plain_name(commune.name)} " not in f" {plain_name(unit.name)} ":
            return False
        read = self.places.read(unit.name)
        return commune.name in {one.name for one in (read.commune, *read.candidates) if one is not None}

    def _communes(self, text: str) -> Sequence[Commune]:
        """Return the communes of today that words name; unless it surely is one, only when they say that it is a place.

        People bear names of communes too: "gặp chị Cẩm Thanh".
        """
        reading = self.places.read(text)
        sure = reading.outcome is Outcome.COMMUNE and not reading.guessed
        if not sure and not names_place(text):
            return ()
        if reading.outcome is Outcome.COMMUNE and reading.commune is not None:
            return (reading.commune,)
        return reading.candidates if reading.outcome is Outcome.SEVERAL else ()

    def _is_home(self, commune: Commune) -> bool:
        province = self.places.read(self.home).province if self.home else None
        return province is None or province == commune.province
