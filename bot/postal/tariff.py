"""Price lists of the post: which one holds on a day, and what a parcel costs by it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from bot.postal.errors import PostalFileError
from bot.postal.option import PostalOption
from bot.postal.quote import LineKind, NoQuote, Quote, QuoteLine, Zone
from bot.postal.shapes import PriceShape, RangeShape, TariffShape
from feedback.working_time.model import Sure

_LINES = {
    PostalOption.SEND: (LineKind.TO_OFFICE,),
    PostalOption.RECEIVE: (LineKind.TO_DOOR,),
    PostalOption.BOTH: (LineKind.TO_OFFICE, LineKind.TO_DOOR),
}
_SURE = (Sure.LAW, Sure.OWN)
"""What is told without calling it a reference: read in the law, or the agency's own list."""


@dataclass(frozen=True)
class Tariffs:
    """The lists of one file; another file's are asked where none of these covers a zone."""

    lists: tuple[TariffShape, ...]

    def quote(
        self, option: PostalOption, zone: Zone, weight: int, today: date, *, carry_fee: bool = False
    ) -> Quote | NoQuote:
        """Tell what a parcel costs.

        Args:
            option: what the post carries; each direction costs.
            zone: how far.
            weight: in grams, the same for both directions.
            today: prices of lists that have ended are a reference; lists to come say nothing yet.
            carry_fee: whether the post takes the state fee along; left out where the list has no price for it.
        """
        begun = [one for one in self.lists if one.valid_from is None or one.valid_from <= today]
        begun.sort(key=lambda one: (_ended(one, today), -_age_key(one)))
        too_heavy = False
        for one in begun:
            lines = [_line(one, kind, zone, weight) for kind in _LINES[option]]
            known = [line for line in lines if isinstance(line, QuoteLine)]
            if len(known) == len(lines):
                return _quoted(one, option, zone, weight, known, today, carry_fee=carry_fee)
            too_heavy = too_heavy or NoQuote.TOO_HEAVY in lines
        return NoQuote.TOO_HEAVY if too_heavy else NoQuote.NO_LIST

    def heaviest(self, zone: Zone, today: date) -> int:
        """Return up to how many grams the lists that have begun have a price; 0 for none."""
        begun = [one for one in self.lists if one.valid_from is None or one.valid_from <= today]
        return max((row.weight_to for one in begun for row in _of_zone(one.prices, zone)), default=0)


def checked(lists: Sequence[TariffShape]) -> Tariffs:
    """Return the lists, once they are seen not to contradict each other.

    Raises:
        PostalFileError: a step or a period is upside down, or two prices hold for the same day, zone and weight.
    """
    for number, one in enumerate(lists, start=1):
        if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
            raise PostalFileError(f"bảng giá thứ {number} ({one.source}): valid_to trước valid_from")
        ranges: list[PriceShape | RangeShape] = [*one.prices, *([one.carrying_fee] if one.carrying_fee else [])]
        if any(price.high is not None and price.high < price.low for price in ranges):
            raise PostalFileError(f"bảng giá thứ {number} ({one.source}): giá high thấp hơn low")
        for price in one.prices:
            if price.weight_to <= price.weight_from:
                raise PostalFileError(
                    f"bảng giá thứ {number} ({one.source}): nấc {_step(price)} phải có weight_to lớn hơn weight_from"
                )
    _refuse_overlaps(lists)
    return Tariffs(tuple(lists))


def _refuse_overlaps(lists: Sequence[TariffShape]) -> None:
    rows = [(number, one, price) for number, one in enumerate(lists, start=1) for price in one.prices]
    for (first, one, price), (second, other, another) in combinations(rows, 2):
        if _same_days(one, other) and _same_parcels(price, another):
            raise PostalFileError(
                f"bảng giá thứ {first} ({one.source}) nấc {_step(price)} chồng lên bảng giá thứ {second}"
                f" ({other.source}) nấc {_step(another)}; mỗi ngày, vùng và khối lượng chỉ được có một giá"
            )


def _same_days(one: TariffShape, other: TariffShape) -> bool:
    first = max((day for day in (one.valid_from, other.valid_from) if day), default=date.min)
    last = min((day for day in (one.valid_to, other.valid_to) if day), default=date.max)
    return first <= last


def _same_parcels(one: PriceShape, other: PriceShape) -> bool:
    if one.zone is not other.zone or (one.line and other.line and one.line != other.line):
        return False
    return max(one.weight_from, other.weight_from) < min(one.weight_to, other.weight_to)


def _step(price: PriceShape) -> str:
    return f"{price.zone.value} {price.weight_from}–{price.weight_to} g"


def _line(tariff: TariffShape, kind: LineKind, zone: Zone, weight: int) -> QuoteLine | NoQuote:
    """Return the price of one direction; what the list does not have apart for big cities costs as between provinces."""
    rows = _of_zone(tariff.prices, zone, kind)
    found = next((row for row in rows if row.weight_from < max(weight, 1) <= row.weight_to), None)
    if found:
        return QuoteLine(kind, found.low, found.low if found.high is None else found.high)
    return NoQuote.TOO_HEAVY if rows and weight > max(row.weight_to for row in rows) else NoQuote.NO_LIST


def _of_zone(prices: Sequence[PriceShape], zone: Zone, kind: LineKind | None = None) -> list[PriceShape]:
    """Return the prices of a zone, of one direction where that matters; those between provinces where big cities have none."""
    rows = [row for row in prices if row.zone is zone and (kind is None or row.line in (None, kind.value))]
    if not rows and zone is Zone.BIG_CITIES:
        return _of_zone(prices, Zone.OTHER_PROVINCE, kind)
    return rows


def _quoted(
    tariff: TariffShape,
    option: PostalOption,
    zone: Zone,
    weight: int,
    lines: Sequence[QuoteLine],
    today: date,
    *,
    carry_fee: bool,
) -> Quote:
    expired, fee = _ended(tariff, today), tariff.carrying_fee
    carried = (
        (QuoteLine(LineKind.CARRYING_FEE, fee.low, fee.low if fee.high is None else fee.high),)
        if carry_fee and fee
        else ()
    )
    return Quote(
        option=option,
        zone=zone,
        weight=weight,
        lines=(*lines, *carried),
        source=tariff.source,
        as_of=tariff.as_of.isoformat() if tariff.as_of else "",
        valid_from=tariff.valid_from,
        valid_to=tariff.valid_to,
        reference=expired or tariff.sure not in _SURE,
        expired=expired,
        exempt=tariff.exempt,
    )


def _ended(tariff: TariffShape, today: date) -> bool:
    return tariff.valid_to is not None and tariff.valid_to < today


def _age_key(tariff: TariffShape) -> int:
    """Return what puts the list that began last first."""
    return (tariff.valid_from or date.min).toordinal()
