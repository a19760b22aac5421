"""Joins the entries of a catalogue into services: what search ranks, one for each family of codes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlu.text import normalise, words


@dataclass(frozen=True)
class Entry:
    """What search knows of one procedure."""

    code: str
    name: str
    also_called: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    """What people ask a ministry about it, in whole sentences; found by, like the body."""
    body: str = ""
    """Papers, result, conditions and the like: found by, but not ranked like, the name."""
    field: str = ""
    flags: frozenset[str] = frozenset()
    """Of ``index_features.FLAGS``."""
    family: str = ""
    """Name of its family (``nlu.catalogue.families``); empty when it stands alone."""


@dataclass(frozen=True)
class Service:
    """One family as search sees it; the member whose record answers best stands for it."""

    codes: tuple[str, ...]
    """The representative's code first."""
    name: str
    other_names: tuple[str, ...]
    """The other members' names, where they differ."""
    other_words: tuple[str, ...]
    """Words of the other members' names that the representative's lacks, accents kept."""
    also_called: tuple[str, ...]
    questions: tuple[str, ...]
    body: str
    field: str
    flags: frozenset[str]


_ONE_IS_ENOUGH = frozenset({"full", "popular", "commune", "province", "central", "citizen", "business"})
"""Flags that a service has when one of its members has them; the others it has when all have."""
LONGEST_BODY = 6000


def join_services(entries: Iterable[Entry]) -> list[Service]:
    """Join entries of one family, in the order of the representatives' codes."""
    by_family: dict[str, list[Entry]] = {}
    for entry in entries:
        by_family.setdefault(entry.family or entry.code, []).append(entry)
    joined = (_join(sorted(members, key=_second_choice)) for members in by_family.values())
    return sorted(joined, key=lambda service: service.codes[0])


def _second_choice(entry: Entry) -> tuple[bool, bool, bool, str]:
    """Tell what speaks against a record when its service has others; false goes first."""
    return "full" not in entry.flags, "copy" in entry.flags, "old" in entry.flags, entry.code


def _join(members: Sequence[Entry]) -> Service:
    first = members[0]
    own = set(words(normalise(first.name)))
    others = dict.fromkeys(word for member in members[1:] for word in words(normalise(member.name)))
    some = frozenset().union(*(member.flags for member in members))
    every = first.flags.intersection(*(member.flags for member in members))
    return Service(
        codes=tuple(member.code for member in members),
        name=first.name,
        other_names=tuple(dict.fromkeys(member.name for member in members[1:] if member.name != first.name)),
        other_words=tuple(word for word in others if word not in own),
        also_called=tuple(dict.fromkeys(said for member in members for said in member.also_called)),
        questions=tuple(dict.fromkeys(asked for member in members for asked in member.questions)),
        body=" . ".join(dict.fromkeys(member.body for member in members if member.body))[:LONGEST_BODY],
        field=next((member.field for member in members if member.field), ""),
        flags=(some & _ONE_IS_ENOUGH) | every,
    )
