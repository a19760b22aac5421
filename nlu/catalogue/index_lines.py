"""The lines by which a service may be called (its names and everyday sayings), and which of them fits a question best. Pure.

All lines of the catalogue are weighed at once: one pass over the inverted lists of the question's words, whatever the
number of services.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_postings import Postings, build_postings

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Fit:
    """How well some lines fit a question: numbers between 0 and 1, one per line."""

    balance: Floats
    """Harmonic mean of ``covered`` and ``back``."""
    covered: Floats
    """Share of the line's words, by rarity, that the question has."""
    back: Floats
    """Share of the question's content words, by worth, that the line has."""
    line: NDArray[np.intp]
    """Number of each line."""


@dataclass(frozen=True)
class Weighed:
    """How well every line fits a question."""

    lines: Lines
    hit: NDArray[np.float64]
    """Summed rarity of the words that each line has of the question."""
    told: NDArray[np.float64]
    """Share of the question's words, by worth, that each line has."""

    def highest(self) -> Floats:
        """Return the balance of every service's best line."""
        highest = np.zeros(len(self.lines.starts) - 1, np.float32)
        touched = np.flatnonzero(self.told > 0)
        if len(touched):
            owners = self.lines.owners[touched]
            firsts = _firsts(owners)
            highest[owners[firsts]] = np.maximum.reduceat(self._fit(touched).balance, firsts)
        return highest

    def best_of(self, services: NDArray[np.intp]) -> Fit:
        """Return the fit of the best line of each of some services, of equals that of the first."""
        starts = self.lines.starts[services].astype(np.intp)
        lengths = self.lines.starts[services + 1] - starts
        ends = np.cumsum(lengths)
        owners = np.repeat(np.arange(len(services)), lengths)
        lines = np.arange(len(owners)) + np.repeat(starts - ends + lengths, lengths)
        balance = self._fit(lines).balance
        hits = np.flatnonzero(balance == np.maximum.reduceat(balance, ends - lengths)[owners])
        return self._fit(lines[hits[_firsts(owners[hits])]])

    def _fit(self, lines: NDArray[np.intp]) -> Fit:
        covered = np.minimum(self.hit[lines].astype(np.float32) / self.lines.totals[lines], 1)
        back = self.told[lines].astype(np.float32)
        return Fit(2 * covered * back / np.maximum(covered + back, 1e-6), covered, back, lines)


def _firsts(owners: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where each run of equals begins."""
    return np.concatenate([[0], np.flatnonzero(owners[1:] != owners[:-1]) + 1])


@dataclass(frozen=True)
class Lines:
    """Lines of all services, in the order of the services."""

    words: Postings
    """Folded word → lines."""
    starts: NDArray[np.int32]
    """First line of each service, and the number of lines at the end; a service has at least one line."""
    totals: Floats
    """Summed rarity of each line's words."""

    @cached_property
    def owners(self) -> NDArray[np.intp]:
        """Service of each line."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def weigh(self, worth: Mapping[str, float], rarity: Mapping[str, float]) -> Weighed:
        """Weigh every line.

        Args:
            worth: content words of the question with their weight times rarity.
            rarity: of the same words.
        """
        found = self.words.find(worth)
        total = sum(worth.values()) or 1.0
        hit = found.spread(np.asarray([rarity[word] for word in worth], np.float32))
        told = found.spread(np.asarray([value / total for value in worth.values()], np.float32))
        sums = [np.bincount(found.documents, values, len(self.totals)) for values in (hit, told)]
        return Weighed(self, np.asarray(sums[0], np.float64), np.asarray(sums[1], np.float64))

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store."""
        return {
            **self.words.arrays(f"{prefix}.words"),
            f"{prefix}.first": self.starts,
            f"{prefix}.totals": self.totals,
        }

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[np.generic]]) -> Lines:
        """Read what ``arrays`` stored."""
        return cls(
            words=Postings.from_arrays(f"{prefix}.words", arrays),
            starts=np.asarray(arrays[f"{prefix}.first"], dtype=np.int32),
            totals=np.asarray(arrays[f"{prefix}.totals"], dtype=np.float32),
        )


def build_lines(services: Iterable[Sequence[Sequence[str]]], rarity: Mapping[str, float], rarest: float) -> Lines:
    """Build the lines.

    Args:
        services: for each service its lines, each as folded words.
        rarity: of every word; one that is not there is as rare as ``rarest``.
        rarest: the highest rarity.
    """
    starts, flat = [0], []
    for lines in services:
        flat.extend([list(dict.fromkeys(line)) for line in lines] or [[]])
        starts.append(len(flat))
    totals = [sum(rarity.get(word, rarest) for word in line) or 1.0 for line in flat]
    return Lines(
        build_postings(flat, b=0.0),
        np.asarray(starts, np.int32),
        np.asarray(totals, np.float32),
    )
