"""Chooses which of the mentioned places belong together: a commune with its district and province. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlu.places.index import Unit
from nlu.places.mentions import Mention
from nlu.places.spelling import Level
from nlu.places.weights import LAND, NEIGHBOUR, RIVAL, TIE, TODAY, WHOLE


@dataclass(frozen=True, slots=True)
class Reading:
    """Mentions that belong together."""

    commune: Mention | None
    district: Mention | None
    province: Mention | None
    score: float

    @property
    def smallest(self) -> Mention | None:
        """The most exact place."""
        return self.commune or self.district or self.province


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest reading and those as likely."""

    best: Reading
    equals: tuple[Reading, ...]
    """With the best one, the likeliest first."""
    rivals: bool
    """Whether another place of the name is hardly less likely."""


def choose(mentions: Sequence[Mention]) -> Choice | None:
    """Return what the mentions come to; ``None`` if they name nothing for sure."""
    by_level: dict[Level, list[Mention]] = {level: [] for level in Level}
    for one in mentions:
        by_level[one.bearer.unit.level].append(one)
    districts = _by_key(by_level[Level.DISTRICT])
    provinces = _by_key(by_level[Level.PROVINCE])
    readings = [_with_places(one, districts, provinces) for one in by_level[Level.COMMUNE]]
    readings += [_district(one, provinces) for one in by_level[Level.DISTRICT]]
    readings += [
        Reading(None, None, one, one.weight + (0.0 if one.named else WHOLE)) for one in by_level[Level.PROVINCE]
    ]
    sure = [one for one in readings if _stands(one) and not _contradicted(one, by_level)]
    if not sure:
        return None
    sure.sort(key=lambda one: -one.score)
    best = sure[0]
    equals = [one for one in sure if one.score >= best.score - TIE and _same_level(one, best)]
    rivals = any(
        _today(one) != _today(best) for one in sure if one.score >= best.score - RIVAL and _same_level(one, best)
    )
    return Choice(best, tuple(equals), rivals)


def _by_key(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for one in mentions:
        for key in one.bearer.unit.land[: 2 if one.bearer.unit.level == Level.PROVINCE else 1]:
            found.setdefault(key, []).append(one)
    return found


def _with_places(one: Mention, districts: dict[str, list[Mention]], provinces: dict[str, list[Mention]]) -> Reading:
    """Give a commune the district and the province that say most for it; one word cannot be both."""
    unit = one.bearer.unit
    score = one.weight + (0.0 if unit.old else TODAY)
    readings = []
    for district in (_best(districts, unit.land, (one,)), None):
        worth = district.weight * (1.0 if unit.old else LAND) if district else 0.0
        province, share = _province(unit, provinces, (one, district) if district else (one,))
        readings.append(
            Reading(one, district, province, score + worth + (province.weight * share if province else 0.0))
        )
    return max(readings, key=lambda reading: reading.score)


def _district(one: Mention, provinces: dict[str, list[Mention]]) -> Reading:
    province, share = _province(one.bearer.unit, provinces, (one,))
    return Reading(None, one, province, one.weight + (province.weight * share if province else 0.0))


def _province(
    unit: Unit, provinces: dict[str, list[Mention]], taken: tuple[Mention, ...]
) -> tuple[Mention | None, float]:
    """Return the named province in which a place lies or lay, and how much that says."""
    if found := _best(provinces, unit.land, taken):
        return found, 1.0
    others = [
        one
        for some in provinces.values()
        for one in some
        if one.bearer.unit.province == unit.province and not any(one.meets(other) for other in taken)
    ]
    return max(others, key=lambda one: one.weight, default=None), NEIGHBOUR


def _best(places: dict[str, list[Mention]], land: tuple[str, ...], taken: tuple[Mention, ...]) -> Mention | None:
    there = [one for key in land for one in places.get(key, ()) if not any(one.meets(other) for other in taken)]
    return max(there, key=lambda one: one.weight, default=None)


def _stands(reading: Reading) -> bool:
    """Tell whether something in a reading can stand alone."""
    parts = [one for one in (reading.commune, reading.district, reading.province) if one]
    return any(not one.weak for one in parts) and (len(parts) > 1 or parts[0].weight > 1.0)


def _contradicted(reading: Reading, by_level: dict[Level, list[Mention]]) -> bool:
    """Tell whether the text names a province, or a district by its kind, in which the reading does not lie."""
    smallest = reading.smallest
    if smallest is None or reading.province:
        return False
    mine = [one for one in (reading.commune, reading.district) if one]
    for level in (Level.DISTRICT, Level.PROVINCE):
        apart = [
            one
            for one in by_level[level]
            if not one.weak
            and (one.named or level == Level.PROVINCE)
            and not one.mended
            and not any(one.meets(other) for other in mine)
        ]
        if apart and all(one.bearer.unit.province != smallest.bearer.unit.province for one in apart):
            return True
    return False


def _same_level(one: Reading, other: Reading) -> bool:
    first, second = one.smallest, other.smallest
    return first is not None and second is not None and first.bearer.unit.level == second.bearer.unit.level


def _today(reading: Reading) -> tuple[str, ...]:
    smallest = reading.smallest
    return tuple(one.code for one in smallest.bearer.unit.communes) if smallest else ()
