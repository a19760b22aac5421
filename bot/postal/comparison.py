"""Counter, online and post side by side for one procedure. Data only; the sentences are in ``domain.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.postal.option import Options, PostalOption, Standing
from bot.postal.quote import NoQuote, Quote, Zone
from nlu.catalogue.model import Fee, FeeKind, FilingWay, OnlineLevel, TimeLimit


class LegKind(StrEnum):
    """One stretch of the way from the person to the result."""

    TO_OFFICE = "to_office"
    PROCEDURE = "procedure"
    TO_DOOR = "to_door"


@dataclass(frozen=True)
class Leg:
    """A stretch with its end on the calendar."""

    kind: LegKind
    days: int | None
    """Working days of the post's J + n, or of the procedure where its limit is in working days."""
    ends: date | None
    """``None`` where it cannot be computed."""
    basis: str = ""
    """Which rule says so."""
    unverified: bool = False


@dataclass(frozen=True)
class Journey:
    """When the result is there, stretch by stretch."""

    starts: date
    """Day on which the papers are handed over."""
    legs: tuple[Leg, ...]
    slip: Leg | None = None
    """Until the post has brought the appointment slip (giấy hẹn) back; runs beside the procedure."""

    @property
    def ends(self) -> date | None:
        """Day of the result; ``None`` where one stretch is not known."""
        return self.legs[-1].ends if self.legs else None

    @property
    def unverified(self) -> bool:
        """Whether some day of it is not certain."""
        return any(leg.unverified for leg in self.legs)


@dataclass(frozen=True)
class WayFacts:
    """One way of filing."""

    way: FilingWay
    standing: Standing
    time: TimeLimit
    """As published for this way."""
    fee: Fee
    """State fee (phí, lệ phí) for this way; the counter's where the record does not list the post."""
    journey: Journey
    trips: tuple[int, int] | None
    """Fewest and most trips to an office; ``None`` where that cannot be said."""
    level: OnlineLevel | None = None
    """Of the online way."""
    quote: Quote | None = None
    """Postage of the postal way."""
    no_quote: NoQuote | None = None

    @property
    def state_fee(self) -> int | None:
        """The state fee in đồng; ``None`` where it is no single amount."""
        return 0 if self.fee.kind is FeeKind.FREE else self.fee.amount if self.fee.kind is FeeKind.FIXED else None


@dataclass(frozen=True)
class Comparison:
    """The ways side by side, for one procedure, distance and day."""

    code: str
    name: str
    options: Options
    option: PostalOption | None
    """What the post is compared with; ``None`` where it carries nothing."""
    zone: Zone
    zone_known: bool
    """Whether the distance is the person's own; otherwise within the province is taken as an example."""
    ways: tuple[WayFacts, ...]
    """Counter, online, post: those that are possible or not known."""
    cheapest: tuple[FilingWay, ...]
    """Empty where costs cannot be compared; several where they cost the same."""
    fastest: tuple[FilingWay, ...]
    originals: tuple[str, ...]
    """Papers that must be handed over as originals, where the record says so."""
    papers: int
    """Papers of the general case; 0 for unknown."""
    weight: int
    """Grams, estimated from the papers unless the person corrected it."""
    source: str
    as_of: str
    """Of the procedure's record."""
    weights: tuple[int, int] | None = None
    """Lightest and heaviest that the papers may be; ``None`` where the person said the weight or no paper is counted."""
