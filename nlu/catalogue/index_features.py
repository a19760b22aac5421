"""Looks closely at a shortlist: how well each service's names and sayings fit the question. Pure, numpy only.

Whatever can be counted for all words and services at once is one matrix product; only phrases are looked at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_contrasts import COMPILED, CONTRASTS
from nlu.catalogue.index_lines import Fit, Weighed
from nlu.catalogue.index_postings import Found, packed, unpacked
from nlu.catalogue.index_query import ASKING, Query
from nlu.text import fold, normalise

if TYPE_CHECKING:
    from nlu.catalogue.index import Index

FLAGS = ("full", "popular", "commune", "province", "central", "citizen", "business", "copy", "old")
"""Facts about a service that say how likely a citizen means it: details known, much asked for, decided near them …"""

FIELDS = ("words", "accents", "pairs", "grams", "said", "said_pairs", "asked", "body")
COVERAGE = (
    "name_covered", "core_covered", "core_literal", "query_covered", "query_strict", "query_literal", "explained",
    "explained_all", "unexplained", "unexplained_all", "unexplained_name",
)  # fmt: skip
CLOSENESS = (
    "said_f", "said_covered", "said_back", "said_exact", "core_f", "name_inside", "query_inside", "core_inside", "order",
    "order_literal", "missing_rare", "long_name", "first_word", "asked_for",
)  # fmt: skip
FEATURES = (
    *FIELDS,
    *COVERAGE,
    *CLOSENESS,
    *(f"has_{name}" for name in CONTRASTS),
    *(f"lacks_{name}" for name in CONTRASTS),
    *(f"is_{flag}" for flag in FLAGS),
)
WHOLE = 0.98
"""Share of a question's content from which a service explains all of it."""
MANY_ALIKE = 10
"""Services that explain all of a question from which there are many."""
MANY_SAYINGS = 10.0
"""Sayings of a service from which it counts as asked for by everybody."""

_PARENTHESES = re.compile(r"\([^()]*\)")
_TAIL = re.compile(
    r"(?:,? ?(?:thuoc|theo) tham quyen.*$|\b(?:thuc hien )?(?:o|tai) cap (?:trung uong|tinh|huyen|xa)\b.*$|- ?cap (?:bo|tinh|xa|huyen)\b.*$)"
)


@lru_cache(maxsize=16384)
def core_name(name: str) -> str:
    """Return a procedure's name folded and without what only tells level or authority.

    Kept for every name of a catalogue: each turn asks for those of its candidates.
    """
    folded = fold(normalise(name))
    folded = re.sub(r"^thu tuc (?:hanh chinh )?", "", folded)
    bare = _TAIL.sub("", _PARENTHESES.sub(" ", folded))
    return " ".join(re.findall(r"\w+", bare)) or folded


@dataclass(frozen=True)
class Titles:
    """Names and sayings prepared once, when the index is built."""

    cores: tuple[str, ...]
    rarest_first: tuple[tuple[str, ...], ...]
    """Words of each core name, the rarest first."""
    name_totals: NDArray[np.float32]
    """Summed rarity of each name's words …"""
    core_totals: NDArray[np.float32]
    """… and of each core name's."""
    sayings: tuple[str, ...]
    """All sayings, folded, in the order of the index's lines."""
    asked_for: NDArray[np.float32]
    contrasts: NDArray[np.float32]
    flags: NDArray[np.float32]

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store."""
        return {
            f"{prefix}.cores": packed(self.cores),
            f"{prefix}.rarest": packed([" ".join(core) for core in self.rarest_first]),
            f"{prefix}.name_totals": self.name_totals,
            f"{prefix}.core_totals": self.core_totals,
            f"{prefix}.sayings": packed(self.sayings),
            f"{prefix}.asked_for": self.asked_for,
            f"{prefix}.contrasts": self.contrasts.astype(np.uint8),
            f"{prefix}.flags": self.flags.astype(np.uint8),
        }

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[np.generic]]) -> Titles:
        """Read what ``arrays`` stored.

        Raises:
            ValueError: the index was built by a program that knows other contrasts or flags.
        """
        total = np.asarray(arrays[f"{prefix}.name_totals"], np.float32)
        return cls(
            cores=unpacked(arrays[f"{prefix}.cores"]),
            rarest_first=tuple(tuple(core.split()) for core in unpacked(arrays[f"{prefix}.rarest"])),
            name_totals=total,
            core_totals=np.asarray(arrays[f"{prefix}.core_totals"], np.float32),
            sayings=unpacked(arrays[f"{prefix}.sayings"]),
            asked_for=np.asarray(arrays[f"{prefix}.asked_for"], np.float32),
            contrasts=np.asarray(arrays[f"{prefix}.contrasts"], np.float32).reshape(len(total), len(CONTRASTS)),
            flags=np.asarray(arrays[f"{prefix}.flags"], np.float32).reshape(len(total), len(FLAGS)),
        )


def prepare_titles(
    names: Sequence[str],
    sayings: Sequence[Sequence[str]],
    flags: Sequence[Collection[str]],
    idf: Callable[[str], float],
) -> Titles:
    """Prepare what looking closely needs of an index.

    Args:
        names: of the services.
        sayings: of each service.
        flags: of each service.
        idf: rarity of a word among names.
    """
    cores = tuple(core_name(name) for name in names)
    core_words = [dict.fromkeys(core.split()) for core in cores]
    folded = [fold(normalise(name)) for name in names]
    name_words = [dict.fromkeys(re.findall(r"\w+", name)) for name in folded]
    marks = [[float(bool(p.search(name))) for p in COMPILED.values()] for name in folded]
    flagged = [[float(flag in have) for flag in FLAGS] for have in flags]
    return Titles(
        cores=cores,
        rarest_first=tuple(tuple(sorted(core, key=idf, reverse=True)) for core in core_words),
        name_totals=np.asarray([sum(map(idf, name)) or 1.0 for name in name_words], np.float32),
        core_totals=np.asarray([sum(map(idf, core)) or 1.0 for core in core_words], np.float32),
        sayings=tuple(fold(normalise(said)) for lines in sayings for said in lines or ("",)),
        asked_for=np.asarray([min(len(said) / MANY_SAYINGS, 1.0) for said in sayings], np.float32),
        contrasts=np.asarray(marks, dtype=np.float32).reshape(len(names), len(CONTRASTS)),
        flags=np.asarray(flagged, dtype=np.float32).reshape(len(names), len(FLAGS)),
    )


@dataclass(frozen=True)
class Searched:
    """What the first step found."""

    fields: Mapping[str, NDArray[np.float32]]
    """Score of every service in every field of ``FIELDS``."""
    lists: Mapping[str, Found]
    """Which services have which words, by field, and in their core names."""
    said: Weighed
    """How well every saying fits."""


@dataclass(frozen=True)
class Features:
    """The shortlist of one question with its features."""

    documents: NDArray[np.intp]
    matrix: NDArray[np.float32]
    query: Query
    content: float
    """Summed rarity of the question's content words."""
    unknown: float
    """Share of that rarity in words that no name of the catalogue has."""

    def scope(self, order: NDArray[np.intp], shares: NDArray[np.float32]) -> dict[str, float]:
        """Return what tells whether any procedure answers, for the ranked shortlist."""
        best = self.matrix[order[0]]
        row = {name: float(best[_PLACE[name]]) for name in _SCOPE}
        row["share"] = float(shares[0])
        explained, named = self.matrix[:, _PLACE["explained"]], self.matrix[:, _PLACE["query_literal"]]
        row["alike"] = float(np.minimum((explained > WHOLE).sum(), MANY_ALIKE)) / MANY_ALIKE
        row["alike_names"] = float(np.minimum((named > WHOLE).sum(), MANY_ALIKE)) / MANY_ALIKE
        row["length"] = min(len(self.query.content) / 10.0, 2.0)
        row["unknown"] = self.unknown
        row["content"] = min(self.content / 40.0, 2.0)
        row["best"] = max(row["core_covered"] * row["query_strict"], row["said_f"])
        return row


_PLACE = {name: place for place, name in enumerate(FEATURES)}
_SCOPE = (
    "query_strict", "query_literal", "core_covered", "core_literal", "said_f", "core_f", "explained", "explained_all",
    "unexplained", "words", "pairs", "grams", "body", "asked", "asked_for", "said_exact", "core_inside", "name_inside",
)  # fmt: skip


@dataclass(frozen=True)
class _Words:
    """The words of a question as columns."""

    terms: tuple[str, ...]
    rarity: NDArray[np.float32]
    """Among names."""
    worth: NDArray[np.float32]
    """Weight times rarity."""
    content: NDArray[np.float32]
    """1 for words that name rather than ask."""
    literal: NDArray[np.float32]
    """1 for those that were written, 0 for what the lexicon added."""
    common: NDArray[np.float32]
    """Rarity among all that the catalogue says, bodies included."""
    covers: NDArray[np.float32]
    """What a word can cover of a name: its rarity, less where it only asks."""

    @classmethod
    def of(cls, query: Query, index: Index) -> _Words:
        terms = tuple(query.weighted)
        weight = np.asarray([query.weighted[term] for term in terms], np.float32)
        rarity = np.asarray([index.name_words.idf_of(term) for term in terms], np.float32)
        written = frozenset(query.sequence)
        return cls(
            terms=terms,
            rarity=rarity,
            worth=weight * rarity,
            content=(weight > ASKING).astype(np.float32),
            literal=np.asarray([float(term in written) for term in terms], np.float32),
            common=np.asarray([index.rarity_of(term) for term in terms], np.float32),
            covers=rarity * np.minimum(weight, 1.0),
        )


def feature_matrix(query: Query, index: Index, documents: NDArray[np.intp], searched: Searched) -> Features:
    """Compute the features of a shortlist, one row per service.

    Args:
        query: the question.
        index: that is searched.
        documents: numbers of the services on the shortlist.
        searched: what the first step found.
    """
    words = _Words.of(query, index)
    titles = index.titles
    line = f" {' '.join(query.sequence)} "
    asked = np.asarray([float(bool(p.search(line))) for p in COMPILED.values()], dtype=np.float32)
    have = titles.contrasts[documents]
    coverage, order = _coverage(words, index, documents, searched.lists)
    rows = np.concatenate(
        [
            np.stack([searched.fields[name][documents] for name in FIELDS], axis=1),
            coverage,
            _closeness(words, index, documents, searched.said.best_of(documents), order, line),
            have * (1 - asked),
            (1 - have) * asked,
            titles.flags[documents],
        ],
        axis=1,
        dtype=np.float32,
    )
    strict = words.worth * words.content
    total = float(strict.sum()) or 1.0
    known = float(strict @ np.asarray([float(term in index.name_words.vocabulary) for term in words.terms], np.float32))
    return Features(documents, rows, query, total, 1 - known / total)


def _coverage(
    words: _Words, index: Index, documents: NDArray[np.intp], lists: Mapping[str, Found]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the ``COVERAGE`` columns, and the two products of coverage both ways."""
    place = np.full(len(index.members), -1, np.int32)
    place[documents] = np.arange(len(documents), dtype=np.int32)
    shape = (len(documents), len(words.terms))
    in_name, in_core, in_said, in_asked, in_body = (
        _incidence(lists[name], place, shape) for name in ("words", "core", "said", "asked", "body")
    )
    told = np.maximum(in_name, in_said)
    literal = words.content * words.literal
    strict, plain = words.worth * words.content, words.worth * literal
    common = words.common * literal
    everything = np.maximum(np.maximum(told, in_asked), in_body)
    core = in_core @ words.covers / index.titles.core_totals[documents]
    core_literal = in_core @ (words.covers * words.literal) / index.titles.core_totals[documents]
    query_strict, query_literal = in_name @ strict / _some(strict), in_name @ plain / _some(plain)
    columns = (
        in_name @ words.rarity / index.titles.name_totals[documents],
        core,
        core_literal,
        in_name @ words.worth / _some(words.worth),
        query_strict,
        query_literal,
        told @ common / _some(common),
        everything @ common / _some(common),
        ((1 - told) * common).max(axis=1, initial=0) / 10,
        ((1 - everything) * common).max(axis=1, initial=0) / 10,
        ((1 - in_name) * plain).max(axis=1, initial=0) / 10,
    )
    return np.stack(columns, axis=1), np.stack([core * query_strict, core_literal * query_literal], axis=1)


def _some(values: NDArray[np.float32]) -> float:
    return float(values.sum()) or 1.0


def _incidence(found: Found, place: NDArray[np.int32], shape: tuple[int, int]) -> NDArray[np.float32]:
    """Tell which service on the shortlist has which word.

    Args:
        found: lists of the words.
        place: row of each service, -1 for those that are not on the shortlist.
        shape: how many rows and words there are.
    """
    marks = np.zeros(shape, np.float32)
    hits = np.flatnonzero((place >= 0)[found.documents])
    columns = found.columns[np.searchsorted(np.cumsum(found.lengths), hits, side="right")]
    marks[place[found.documents[hits]], columns] = 1.0
    return marks


def _closeness(
    words: _Words, index: Index, documents: NDArray[np.intp], fit: Fit, order: NDArray[np.float32], line: str
) -> NDArray[np.float32]:
    """Return the ``CLOSENESS`` columns: sayings, phrases, order."""
    titles, idf = index.titles, index.name_words.idf_of
    said, bare, numbers = frozenset(words.terms), line.strip(), documents.tolist()
    cores, totals = [titles.cores[number] for number in numbers], titles.core_totals[documents]
    names = index.core_lines.weigh(
        {t: w for t, w, c in zip(words.terms, words.worth.tolist(), words.content.tolist(), strict=True) if c},
        dict(zip(words.terms, words.rarity.tolist(), strict=True)),
    )
    best = [titles.sayings[number] for number in fit.line.tolist()]
    inside = [core in line for core in cores]
    missing = [next((idf(word) for word in titles.rarest_first[n] if word not in said), 0.0) for n in numbers]
    columns = (
        fit.balance,
        fit.covered,
        fit.back,
        [bool(saying) and f" {saying} " in line for saying in best],
        names.best_of(documents).balance,
        inside * np.minimum(1, totals / 15),
        [bare in core for core in cores],
        [within and f" {core} " in line for core, within in zip(cores, inside, strict=True)],
        order[:, 0],
        order[:, 1],
        np.asarray(missing, np.float32) / 10,
        np.minimum(totals / 60, 2),
        [core.split(" ", 1)[0] in said for core in cores],
        titles.asked_for[documents],
    )
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)
