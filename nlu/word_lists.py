"""Lists of words by which a text is told, kept as data: each list is a sign, and so are two of them together. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.yaml_files import read_yaml


@dataclass(frozen=True)
class WordLists:
    """Finds the entries of lists in folded words."""

    lists: Mapping[str, tuple[str, ...]]
    """Entry → the lists that it stands in."""
    lengths: Mapping[str, frozenset[int]]
    """Word → how many words the entries have that begin with it; most words begin none."""

    @classmethod
    def read(cls, path: Path) -> WordLists:
        """Read a file of lists: their entries, folded, with commas between."""
        lists: dict[str, tuple[str, ...]] = {}
        for name, entries in read_yaml(path).items():
            for entry in dict.fromkeys(entry.strip() for entry in entries.split(",")):
                lists[entry] = (*lists.get(entry, ()), name)
        lengths: dict[str, set[int]] = {}
        for entry in lists:
            parts = entry.split()
            lengths.setdefault(parts[0], set()).add(len(parts))
        return cls(lists, {word: frozenset(found) for word, found in lengths.items()})

    def listed(self, found: Sequence[str], most: int) -> dict[str, int]:
        """Return how many different entries of each list stand in a text; a list without any is left out.

        Args:
            found: the words of the text.
            most: entries of one list that count; more count no more than these.
        """
        runs = {
            " ".join(found[at : at + length])
            for at, word in enumerate(found)
            if word in self.lengths
            for length in self.lengths[word]
        }
        counts: dict[str, int] = {}
        for entry in runs & self.lists.keys():
            for name in self.lists[entry]:
                counts[name] = min(most, counts.get(name, 0) + 1)
        return counts


def pairs(names: Sequence[str]) -> set[str]:
    """Return which two lists a text has words of: a proposal and a street are another thing than a proposal and a rule."""
    return {f"{one}&{other}" for one, other in itertools.combinations(sorted(names), 2)}
