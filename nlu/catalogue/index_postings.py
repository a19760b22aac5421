"""Inverted lists with BM25 weights, as plain arrays: what the catalogue's search index is made of. Pure, numpy only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
"""BM25 saturation of repeated terms; titles repeat words for no reason a citizen cares about."""


def packed(lines: Iterable[str]) -> NDArray[np.uint8]:
    """Return lines as an array to store."""
    return np.frombuffer("".join(f"{line}\n" for line in lines).encode(), dtype=np.uint8)


def unpacked(stored: NDArray[np.generic]) -> tuple[str, ...]:
    """Read lines that were stored."""
    return tuple(stored.tobytes().decode().split("\n")[:-1])


@dataclass(frozen=True)
class Found:
    """The lists of some terms, end to end."""

    columns: NDArray[np.intp]
    """Places, among the terms looked for, of those that any document has."""
    numbers: NDArray[np.intp]
    """Their numbers in the vocabulary."""
    spans: Sequence[slice]
    """Where their lists stand."""
    lengths: NDArray[np.intp]
    """Of each list."""
    documents: NDArray[np.intp]

    def spread(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the value of its term, among the terms looked for, for every document of the lists."""
        return np.repeat(values[self.columns], self.lengths)


_NONE = np.zeros(0, np.intp)
_NOTHING = Found(_NONE, _NONE, (), _NONE, _NONE)


@dataclass(frozen=True)
class Postings:
    """For each term the documents that have it, with the weight it gives them."""

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int32]
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]

    def find(self, terms: Iterable[str]) -> Found:
        """Return the lists of the terms that any document has, end to end: taking them one by one costs three times as much."""
        numbers = self.vocabulary
        known = [(column, number) for column, term in enumerate(terms) if (number := numbers.get(term)) is not None]
        if not known:
            return _NOTHING
        starts, documents = self._plain_starts, self.documents
        spans = [slice(starts[number], starts[number + 1]) for _, number in known]
        return Found(
            columns=np.asarray([column for column, _ in known], np.intp),
            numbers=np.asarray([number for _, number in known], np.intp),
            spans=spans,
            lengths=np.asarray([span.stop - span.start for span in spans], np.intp),
            # Wide integers here: counting and indexing would widen them again each time.
            documents=np.concatenate([documents[span] for span in spans], dtype=np.intp),
        )

    def score(self, found: Found, sought: NDArray[np.float64], count: int) -> NDArray[np.float32]:
        """Score all documents, each divided by what one with all the terms could reach.

        Args:
            found: the lists of the terms.
            sought: weight of every term that was looked for.
            count: of documents.
        """
        if not len(found.columns):
            return np.zeros(count, np.float32)
        weights = np.concatenate([self.weights[span] for span in found.spans])
        weights *= found.spread(sought.astype(np.float32))
        scores = np.bincount(found.documents, weights, count).astype(np.float32)
        return scores / np.float32(max(float(sought[found.columns] @ self.idf[found.numbers]), 1e-6))

    def idf_of(self, term: str) -> float:
        """Return the rarity of a term; one that no document has is as rare as can be."""
        return self._rarities.get(term, self.rarest)

    @cached_property
    def rarest(self) -> float:
        """Rarity of a term that occurs nowhere."""
        return float(self.idf.max()) if len(self.idf) else 1.0

    @cached_property
    def _plain_starts(self) -> Sequence[int]:
        return tuple(self.starts.tolist())

    @cached_property
    def _rarities(self) -> Mapping[str, float]:
        """The idf as plain numbers: looking one up in an array costs ten times as much, and a turn looks up hundreds."""
        return dict(zip(self.vocabulary, self.idf.tolist(), strict=True))

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store."""
        return {
            f"{prefix}.terms": packed(self.vocabulary),
            f"{prefix}.starts": self.starts,
            f"{prefix}.documents": self.documents,
            f"{prefix}.weights": self.weights.astype(np.float16),
            f"{prefix}.idf": self.idf,
        }

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[np.generic]]) -> Postings:
        """Read what ``arrays`` stored."""
        return cls(
            vocabulary={term: number for number, term in enumerate(unpacked(arrays[f"{prefix}.terms"]))},
            starts=np.asarray(arrays[f"{prefix}.starts"], dtype=np.int32),
            documents=np.asarray(arrays[f"{prefix}.documents"], dtype=np.int32),
            weights=np.asarray(arrays[f"{prefix}.weights"]).astype(np.float32),
            idf=np.asarray(arrays[f"{prefix}.idf"], dtype=np.float32),
        )


@dataclass(frozen=True)
class Rarity:
    """How rare each word is among all that a catalogue says."""

    words: tuple[str, ...]
    values: NDArray[np.float32]

    @property
    def known(self) -> Collection[str]:
        """All words."""
        return self._by_word

    @cached_property
    def _by_word(self) -> Mapping[str, float]:
        return self.as_dict()

    @cached_property
    def rarest(self) -> float:
        """Rarity of a word that occurs nowhere: one that nobody foresaw says little about which service is meant."""
        return float(np.median(self.values)) if len(self.values) else 1.0

    def of(self, word: str) -> float:
        """Return the rarity of a folded word."""
        return self._by_word.get(word, self.rarest)

    def as_dict(self) -> dict[str, float]:
        """Return the rarities as plain numbers."""
        return dict(zip(self.words, self.values.tolist(), strict=True))

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store."""
        return {
            f"{prefix}.words": packed(self.words),
            f"{prefix}.values": self.values,
        }

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[np.generic]]) -> Rarity:
        """Read what ``arrays`` stored."""
        return cls(unpacked(arrays[f"{prefix}.words"]), np.asarray(arrays[f"{prefix}.values"], np.float32))


def build_postings(documents: Iterable[Sequence[str]], *, b: float) -> Postings:
    """Build the lists.

    Args:
        documents: the terms of each document, in document order.
        b: how much a long document is held back, between 0 and 1.
    """
    counts = [Counter(terms) for terms in documents]
    lengths = [sum(count.values()) for count in counts]
    mean = (sum(lengths) / len(lengths)) if lengths else 1.0
    gathered: dict[str, list[tuple[int, int]]] = {}
    for number, count in enumerate(counts):
        for term, times in count.items():
            gathered.setdefault(term, []).append((number, times))
    total = len(counts)
    starts = [0]
    ids: list[int] = []
    weights: list[float] = []
    idf: list[float] = []
    for pairs in gathered.values():
        rarity = math.log(1 + (total - len(pairs) + 0.5) / (len(pairs) + 0.5))
        idf.append(rarity)
        for number, times in pairs:
            norm = K1 * (1 - b + b * lengths[number] / (mean or 1.0))
            ids.append(number)
            weights.append(rarity * times * (K1 + 1) / (times + norm))
        starts.append(len(ids))
    return Postings(
        vocabulary={term: number for number, term in enumerate(gathered)},
        starts=np.asarray(starts, dtype=np.int32),
        documents=np.asarray(ids, dtype=np.int32),
        weights=np.asarray(weights, dtype=np.float16).astype(np.float32),
        idf=np.asarray(idf, dtype=np.float32),
    )
