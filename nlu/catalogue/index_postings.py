"""Inverted lists with BM25 weights, as plain arrays: what the catalogue's search index is made of. Pure, numpy only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
"""BM25 saturation of repeated terms; titles repeat words for no reason a citizen cares about."""


@dataclass(frozen=True)
class Postings:
    """For each term the documents that have it, with the weight it gives them."""

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int32]
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]

    def add(self, scores: NDArray[np.float32], query: Mapping[str, float]) -> float:
        """Add each document's score for the weighted query terms; return the sum of the weights times idf looked for."""
        sought = 0.0
        documents: list[NDArray[np.int32]] = []
        weights: list[NDArray[np.float32]] = []
        for term, weight in query.items():
            number = self.vocabulary.get(term)
            if number is None:
                continue
            begin, end = self.starts[number], self.starts[number + 1]
            documents.append(self.documents[begin:end])
            weights.append(weight * self.weights[begin:end])
            sought += weight * float(self.idf[number])
        if documents:
            # One pass over all lists: adding list by list costs three times as much.
            scores += np.bincount(np.concatenate(documents), np.concatenate(weights), len(scores)).astype(np.float32)
        return sought

    def idf_of(self, term: str) -> float:
        """Return the rarity of a term; one that no document has is as rare as can be."""
        return self._rarities.get(term, self.rarest)

    @cached_property
    def rarest(self) -> float:
        """Rarity of a term that occurs nowhere."""
        return float(self.idf.max()) if len(self.idf) else 1.0

    @cached_property
    def _rarities(self) -> Mapping[str, float]:
        """The idf as plain numbers: looking one up in an array costs ten times as much, and a turn looks up hundreds."""
        return dict(zip(self.vocabulary, self.idf.tolist(), strict=True))

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store."""
        terms = "\n".join(self.vocabulary).encode()
        return {
            f"{prefix}.terms": np.frombuffer(terms, dtype=np.uint8),
            f"{prefix}.starts": self.starts,
            f"{prefix}.documents": self.documents,
            f"{prefix}.weights": self.weights.astype(np.float16),
            f"{prefix}.idf": self.idf,
        }

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[np.generic]]) -> Postings:
        """Read what ``arrays`` stored."""
        text = arrays[f"{prefix}.terms"].tobytes().decode()
        terms = text.split("\n") if text else []
        return cls(
            vocabulary={term: number for number, term in enumerate(terms)},
            starts=np.asarray(arrays[f"{prefix}.starts"], dtype=np.int32),
            documents=np.asarray(arrays[f"{prefix}.documents"], dtype=np.int32),
            weights=np.asarray(arrays[f"{prefix}.weights"]).astype(np.float32),
            idf=np.asarray(arrays[f"{prefix}.idf"], dtype=np.float32),
        )


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
