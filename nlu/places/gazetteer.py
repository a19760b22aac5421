"""Reads what people write about a place: today's names, old ones, short ones and those with a slip."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nlu.places.abroad import Abroad, load_abroad
from nlu.places.choice import Choice, Reading, choose
from nlu.places.index import Index, Unit, build_index
from nlu.places.leftover import Leftover, leftover
from nlu.places.mentions import Mention, find
from nlu.places.place import Commune, Former, Outcome, PlaceReading, Province
from nlu.places.sources import read_lists
from nlu.places.spelling import Level, Token, cut
from nlu.places.words import prepare
from nlu.text import normalise

MOST_CANDIDATES = 8
LONGEST = 400
"""Characters that are read of a text about a place."""


@dataclass(frozen=True)
class Gazetteer:
    """Today's and yesterday's places."""

    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]
    index: Index
    abroad: Abroad

    def read(self, words: str) -> PlaceReading:
        """Return what words about a place come to. Any text will do; of a long one only the beginning is read."""
        text = normalise(words)[:LONGEST]
        tokens = prepare(cut(text), self.index)
        found = find(tokens, self.index)
        mentions = found.exact
        choice = choose(mentions)
        if choice is None or not _is_sure(choice):
            mentions = found.all
            choice = choose(mentions)
        if self._goes_abroad(tokens, choice):
            return PlaceReading(Outcome.ABROAD)
        used = _used(choice.best, mentions) if choice else []
        left = leftover(text, tokens, used)
        if choice is None:
            return PlaceReading(Outcome.NONE, rest=left.rest, unknown=left.unknown)
        return _told(choice, used, left, doubted=_doubted(used, mentions))

    def _goes_abroad(self, tokens: list[Token], choice: Choice | None) -> bool:
        """Tell whether a place abroad is named, and none in Vietnam that says more."""
        end = self.abroad.find(tokens)
        if end is None:
            return False
        if choice is None:
            return True
        parts = [one for one in (choice.best.commune, choice.best.district, choice.best.province) if one]
        return not any(one.named for one in parts) and all(one.end < end for one in parts)


def _is_sure(choice: Choice) -> bool:
    """Tell whether a commune is named as it should be, kind and all: then nothing is a slip of something else."""
    commune = choice.best.commune
    return commune is not None and commune.exact and commune.named


def _used(best: Reading, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that a reading uses: its own and those that say the same once more."""
    used = [one for one in (best.commune, best.district, best.province) if one]
    province = used[0].bearer.unit.province
    for one in sorted(mentions, key=lambda one: (one.mended, one.start - one.end, -one.weight)):
        unit = one.bearer.unit
        if (
            unit.level != Level.COMMUNE
            and unit.province == province
            and not one.weak
            and not any(one.meets(other) for other in used)
        ):
            used.append(one)
    return sorted(used, key=lambda one: one.start)


def _doubted(used: list[Mention], mentions: list[Mention]) -> bool:
    """Tell whether another province is named as well."""
    return any(
        one.exact and one.bearer.unit.level == Level.PROVINCE and not any(one.meets(other) for other in used)
        for one in mentions
    )


def _told(choice: Choice, used: list[Mention], left: Leftover, doubted: bool) -> PlaceReading:
    best = choice.best
    smallest = best.smallest
    assert smallest is not None
    communes = _communes(choice)
    districts = [one.bearer.unit for one in used if one.bearer.unit.level == Level.DISTRICT]
    provinces = {one.province for one in _units(choice)}
    outcome = _outcome(best, communes, provinces)
    guessed = (
        doubted
        or any(one.mended for one in used)
        or (outcome == Outcome.COMMUNE and (not smallest.named or choice.rivals))
    )
    return PlaceReading(
        outcome,
        commune=communes[0] if outcome == Outcome.COMMUNE else None,
        province=provinces.pop() if len(provinces) == 1 else None,
        candidates=communes[:MOST_CANDIDATES] if outcome in (Outcome.SEVERAL, Outcome.PROVINCE) else (),
        former=tuple(_former(used)) if len(set(_units(choice))) == 1 else (),
        districts=tuple(dict.fromkeys(one.name for one in districts)),
        rest=left.rest,
        unknown=left.unknown if best.commune is None else "",
        guessed=guessed,
    )


def _units(choice: Choice) -> list[Unit]:
    return [one.smallest.bearer.unit for one in choice.equals if one.smallest]


def _communes(choice: Choice) -> tuple[Commune, ...]:
    """Return the communes of today that are meant, the likeliest first; of a divided one its default part first."""
    found = {one.code: one for unit in _units(choice) for one in unit.communes}
    return tuple(found.values())


def _outcome(best: Reading, communes: tuple[Commune, ...], provinces: set[Province]) -> Outcome:
    if len(communes) == 1:
        return Outcome.COMMUNE
    if best.commune is not None:
        return Outcome.SEVERAL
    return Outcome.PROVINCE if len(provinces) == 1 else Outcome.NONE


def _former(used: list[Mention]) -> list[Former]:
    """Return the old communes and provinces among what was named; districts are told by themselves."""
    units = [one.bearer.unit for one in used]
    told = [one for one in units if one.old and one.level == Level.COMMUNE]
    told = told or [one for one in units if one.old and one.level == Level.PROVINCE]
    return [Former(one.full_name, whole=len(one.communes) < 2) for one in dict.fromkeys(told)]


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the places; the files are read once in a process, when first asked for.

    Raises:
        PlacesError: the lists of places cannot be read.
    """
    lists = read_lists()
    return Gazetteer(lists.provinces, lists.communes, build_index(lists), load_abroad())
