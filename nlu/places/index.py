"""Every name that a place bears, and what bears it; names that are one slip away. Built once, then only read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nlu.places.place import Commune, Province
from nlu.places.slips import one_slip
from nlu.places.sources import Lists, OldCommune, OldDistrict, Spelling
from nlu.places.spelling import Level, bare, key_of
from nlu.places.spelling import syllables as syllables_of
from nlu.text import fold
from nlu.yaml_files import read_yaml

ALIASES = Path(__file__).with_name("data") / "aliases.yml"
_GLUE = re.compile(r"\W+")
LEAST = 5
"""Letters of a name from which a slip is mended; shorter ones are too like each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A place of today or of before 01/07/2025."""

    level: Level
    kind: str
    own: str
    """Its name without its kind."""
    name: str
    """With its kind."""
    old: bool
    province: Province
    """Of today."""
    land: tuple[str, ...]
    """Keys of the places in which it lies or lay; a district's and a province's own key is the first."""
    communes: tuple[Commune, ...]
    """What it is today: of a commune its heirs, the default first; of a district all on its land."""
    full_name: str = ""
    """Of an old place: up to its province."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A place that bears a name."""

    unit: Unit
    kind: str
    """The kind under which it bears this name: "xã" of a ward that had been one."""
    short: bool = False
    """Whether the name is an abbreviation or a part of the whole."""
    other: bool = False
    """Whether it is another name than the unit's own: then nobody knows its accents."""


Names = Mapping[str, list[Bearer]]


@dataclass(frozen=True)
class Index:
    """All names."""

    names: Names
    syllables: frozenset[str]
    """Keys of the single words of names."""
    shorthand: Names
    """Initials and the like: read only beside another name, or behind a kind."""
    halves: Mapping[tuple[int, str], list[str]]
    """Length of a name and its first or (behind a dash) last half → the names."""

    def near(self, key: str) -> list[str]:
        """Return the names that are one slip away: a letter put in, left out, taken for another, two swapped."""
        if len(key) < LEAST:
            return []
        found = {
            name
            for length in (len(key) - 1, len(key), len(key) + 1)
            for half in (key[: length // 2], "-" + key[len(key) - (length - length // 2) :])
            for name in self.halves.get((length, half), ())
            if name != key and one_slip(key, name)
        }
        middle = len(key) // 2
        crossed = key[: middle - 1] + key[middle] + key[middle - 1] + key[middle + 1 :]
        return sorted(found | ({crossed} if crossed in self.names else set()))


def build_index(lists: Lists) -> Index:
    """Gather the names of all places."""
    names: dict[str, list[Bearer]] = defaultdict(list)
    syllables: set[str] = set()
    units = [*_provinces(lists), *_districts(lists), *_communes(lists)]
    for unit, spellings in units:
        words = syllables_of(unit.own)
        key = "".join(words)
        names[key].append(Bearer(unit, unit.kind))
        if (glued := key_of(_GLUE.sub("", unit.own))) != key:
            names[glued].append(Bearer(unit, unit.kind))
        syllables.update(words)
        for kind, other in spellings:
            if (kind, spelt := key_of(other)) != (unit.kind, key):
                names[spelt].append(Bearer(unit, kind, other=True))
    _add_parts(names, [unit for unit, _ in units])
    _add_aliases(names, [unit for unit, _ in units])
    halves: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key in names:
        if len(key) >= LEAST:
            halves[len(key), key[: len(key) // 2]].append(key)
            halves[len(key), "-" + key[len(key) // 2 :]].append(key)
    return Index(dict(names), frozenset(syllables), _shorthand([unit for unit, _ in units]), dict(halves))


Spelt = tuple[Unit, tuple[Spelling, ...]]


def _provinces(lists: Lists) -> Iterator[Spelt]:
    """Yield the provinces; one that went on under its name is one place, not two."""
    olds = {bare(name)[1]: key for key, (name, _) in lists.old_provinces.items()}
    for one in lists.provinces:
        keys = (one.code, *(key for key in (olds.pop(bare(one.name)[1], ""),) if key))
        yield Unit(Level.PROVINCE, *bare(one.name), one.name, False, one, keys, ()), ()
    for key in olds.values():
        name, today = lists.old_provinces[key]
        yield Unit(Level.PROVINCE, *bare(name), name, True, today, (key,), (), name), ()


def _districts(lists: Lists) -> Iterator[Spelt]:
    inside: dict[str, dict[str, Commune]] = defaultdict(dict)
    for old in lists.old_communes:
        inside[old.district.key].update({one.code: one for one in old.today})
    for one in lists.old_districts:
        name, province = lists.old_provinces[one.province]
        communes = tuple(inside[one.key].values())
        land = (one.key, one.province, province.code)
        yield (
            Unit(Level.DISTRICT, *bare(one.name), one.name, True, province, land, communes, f"{one.name}, {name}"),
            one.spellings,
        )


def _communes(lists: Lists) -> Iterator[Spelt]:
    lands: dict[str, dict[str, None]] = defaultdict(dict)
    shared: dict[OldDistrict, tuple[str, ...]] = {}
    for old in lists.old_communes:
        for heir in old.today:
            lands[heir.code].update({old.district.key: None, old.district.province: None})
    for one in lists.communes:
        land = (*lands[one.code], one.province.code)
        yield Unit(Level.COMMUNE, *bare(one.name), one.name, False, one.province, land, (one,)), ()
    for old in lists.old_communes:
        province = old.today[0].province
        land = shared.setdefault(old.district, (old.district.key, old.district.province, province.code))
        yield (
            Unit(Level.COMMUNE, *bare(old.name), old.name, True, province, land, old.today, _full(old, lists)),
            old.spellings,
        )


def _full(old: OldCommune, lists: Lists) -> str:
    places = (old.name, old.district.name, lists.old_provinces[old.district.province][0])
    return ", ".join(dict.fromkeys(places))


def _add_parts(names: dict[str, list[Bearer]], units: Iterable[Unit]) -> None:
    """Let a name with a dash be called by either part, where no other place shares that part."""
    parts: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if " - " in unit.name and unit.level == Level.COMMUNE and not unit.old:
            for part in unit.own.split(" - "):
                parts[key_of(part)].append(unit)
    for key, some in parts.items():
        if len(some) == 1:
            names[key].append(Bearer(some[0], some[0].kind, short=True))


def _add_aliases(names: dict[str, list[Bearer]], units: Iterable[Unit]) -> None:
    called: Mapping[str, list[str]] = read_yaml(ALIASES)
    for unit in units:
        if unit.level != Level.COMMUNE:
            for alias in called.get(unit.own, ()):
                names[key_of(alias)].append(Bearer(unit, unit.kind, short=len(alias) <= 4, other=True))


def _shorthand(units: Iterable[Unit]) -> dict[str, list[Bearer]]:
    """Make "qn", "qngai" of provinces and of the towns that bore a province's name."""
    made: dict[str, list[Bearer]] = defaultdict(list)
    capitals = {unit.own for unit in units if unit.level == Level.PROVINCE}
    for unit in units:
        name = "" if unit.level == Level.COMMUNE else unit.own
        words = fold(name).replace("-", " ").split()
        if len(words) < 2 or (unit.level == Level.DISTRICT and name not in capitals):
            continue
        initials = "".join(word[0] for word in words)
        for short in {initials, initials[:-1] + words[-1]}:
            made[key_of(short)].append(Bearer(unit, unit.kind, short=True))
    return dict(made)
