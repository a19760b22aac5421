"""What a journey by post costs, as far as a dated price list says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.postal.option import PostalOption


class Zone(StrEnum):
    """How far it goes. Districts are gone since 01/07/2025, so within a province there is one zone."""

    SAME_PROVINCE = "same_province"
    BIG_CITIES = "big_cities"
    """Between cities of special or first class that the installation's table names."""
    OTHER_PROVINCE = "other_province"


class LineKind(StrEnum):
    """What one line of a quote pays for."""

    TO_OFFICE = "to_office"
    TO_DOOR = "to_door"
    CARRYING_FEE = "carrying_fee"
    """The post takes the state fee along."""


class NoQuote(StrEnum):
    """Why no price can be told."""

    NO_LIST = "no_list"
    """No price list covers the zone or day."""
    TOO_HEAVY = "too_heavy"
    """Heavier than the list goes."""


@dataclass(frozen=True)
class QuoteLine:
    """One price, in đồng; a range where the list gives one."""

    kind: LineKind
    low: int
    high: int


@dataclass(frozen=True)
class Quote:
    """What it costs, with where the figures come from."""

    option: PostalOption
    zone: Zone
    weight: int
    """Grams."""
    lines: tuple[QuoteLine, ...]
    source: str
    as_of: str
    """When the source stood so; empty for an undated list."""
    valid_from: date | None
    valid_to: date | None
    reference: bool
    """Unverified or expired: shown as "giá tham khảo" with source and date."""
    expired: bool = False
    exempt: tuple[str, ...] = ()
    """Keys of the groups of people who pay nothing by this list (``revolutionary_before_1945``, ``heroic_mother``)."""

    @property
    def low(self) -> int:
        """Sum of the lowest prices, in đồng."""
        return sum(line.low for line in self.lines)

    @property
    def high(self) -> int:
        """Sum of the highest prices, in đồng."""
        return sum(line.high for line in self.lines)
