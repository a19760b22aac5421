"""Looks closely at a shortlist: how well each procedure's name and sayings fit the question. Pure, numpy only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_query import ASKING, Query
from nlu.text import fold, normalise, tokens

if TYPE_CHECKING:
    from nlu.catalogue.index import Index

FLAGS = ("full", "popular", "commune", "province", "central", "citizen", "business", "copy", "old")
"""Facts about an entry that say how likely a citizen means it: details known, much asked for, decided near them …"""

CONTRASTS: Mapping[str, str] = {
    "foreign": r"nuoc ngoai|ngoai giao|lanh su|viet kieu|quoc tich khac",
    "again": r"\blai\b|\bmat\b|\bhong\b|\brach\b|that lac",
    "change": r"thay doi|dieu chinh|sua doi|cai chinh|bo sung|\bdoi\b|dinh chinh|chuyen doi",
    "extend": r"gia han|het han|keo dai",
    "end": r"cham dut|giai the|thu hoi|xoa|huy bo|\bhuy\b|cat\b|tra lai",
    "pause": r"tam ngung|tam dung|dinh chi",
    "branch": r"chi nhanh|van phong dai dien|dia diem kinh doanh",
    "copy": r"ban sao|trich luc|sao y|ban chinh",
    "mobile": r"luu dong",
    "military": r"quan doi|quan nhan|quoc phong|cong an|dan quan|bo doi|co yeu|nghia vu quan su",
    "ministry": r"cap bo|bo truong|trung uong|thuoc tham quyen.*\bbo\b",
    "online_link": r"lien thong",
    "organisation": r"doanh nghiep|cong ty|to chuc|co so\b|co quan|don vi",
    "customs": r"hai quan|xuat khau|nhap khau|tam nhap",
}
"""Things that make two services different although their names share most words. Each gives two features: the procedure
has it and the question does not, and the other way round."""

_COMPILED = {name: re.compile(pattern) for name, pattern in CONTRASTS.items()}

FEATURES = (
    "words", "accents", "pairs", "grams", "said", "body",
    "name_covered", "core_covered", "query_covered", "query_covered_strict", "said_covered", "said_f", "said_exact",
    "name_inside", "query_inside", "core_inside", "order", "missing_rare", "long_name", "first_word",
    *(f"has_{name}" for name in CONTRASTS), *(f"lacks_{name}" for name in CONTRASTS),
    *(f"is_{flag}" for flag in FLAGS),
)  # fmt: skip

_PARENTHESES = re.compile(r"\([^()]*\)")
_TAIL = re.compile(
    r"(?:,? ?(?:thuoc|theo) tham quyen.*$|\b(?:thuc hien )?(?:o|tai) cap (?:trung uong|tinh|huyen|xa)\b.*$|- ?cap (?:bo|tinh|xa|huyen)\b.*$)"
)


def core_name(name: str) -> str:
    """Return a procedure's name folded and without what only tells level or authority."""
    folded = fold(normalise(name))
    folded = re.sub(r"^thu tuc (?:hanh chinh )?", "", folded)
    bare = _TAIL.sub("", _PARENTHESES.sub(" ", folded))
    return re.sub(r"\s+", " ", bare).strip(" .,;-") or folded


@dataclass(frozen=True)
class Titles:
    """Names and sayings as words, prepared once per index."""

    cores: tuple[str, ...]
    core_words: tuple[frozenset[str], ...]
    name_words: tuple[frozenset[str], ...]
    sayings: tuple[tuple[tuple[str, frozenset[str]], ...], ...]
    contrasts: NDArray[np.float32]
    flags: NDArray[np.float32]

    @classmethod
    def of(cls, names: Sequence[str], sayings: Sequence[Sequence[str]], flags: Sequence[Sequence[str]]) -> Titles:
        """Prepare the titles of an index."""
        cores = tuple(core_name(name) for name in names)
        marks = [[float(bool(p.search(fold(normalise(name))))) for p in _COMPILED.values()] for name in names]
        flagged = [[float(flag in have) for flag in FLAGS] for have in flags]
        return cls(
            cores=cores,
            core_words=tuple(frozenset(core.split()) for core in cores),
            name_words=tuple(frozenset(tokens(name)) for name in names),
            sayings=tuple(tuple((" ".join(line), frozenset(line)) for line in map(tokens, said)) for said in sayings),
            contrasts=np.asarray(marks, dtype=np.float32).reshape(len(names), len(CONTRASTS)),
            flags=np.asarray(flagged, dtype=np.float32).reshape(len(names), len(FLAGS)),
        )


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
        row = {
            name: float(best[FEATURES.index(name)])
            for name in ("query_covered", "core_covered", "said_f", "words", "pairs", "grams", "body")
        }
        row["share"] = float(shares[0])
        row["unknown"] = self.unknown
        row["content"] = min(self.content / 40.0, 2.0)
        row["best"] = max(row["core_covered"] * row["query_covered"], row["said_f"])
        return row


def feature_matrix(
    query: Query, index: Index, documents: NDArray[np.intp], fields: Mapping[str, NDArray[np.float32]]
) -> Features:
    """Compute the features of a shortlist, one row per document."""
    titles = index.titles
    rarity = {word: index.name_words.idf_of(word) for word in query.weighted}
    sought = {word: weight * rarity[word] for word, weight in query.weighted.items()}
    strict = {word: value for word, value in sought.items() if query.weighted[word] > ASKING}
    total, strict_total = sum(sought.values()) or 1.0, sum(strict.values()) or 1.0
    line = f" {' '.join(query.sequence)} "
    rows = np.zeros((len(documents), len(FEATURES)), np.float32)
    for place, number in enumerate(documents):
        rows[place, 6:20] = _closeness(titles, int(number), query, sought, strict, total, strict_total, line, index)
    for column, name in enumerate(("words", "accents", "pairs", "grams", "said", "body")):
        rows[:, column] = fields[name][documents]
    asked = np.asarray([float(bool(p.search(line))) for p in _COMPILED.values()], dtype=np.float32)
    have = titles.contrasts[documents]
    width = len(CONTRASTS)
    rows[:, 20 : 20 + width] = have * (1 - asked)
    rows[:, 20 + width : 20 + 2 * width] = (1 - have) * asked
    rows[:, 20 + 2 * width :] = titles.flags[documents]
    known = sum(value for word, value in strict.items() if word in index.name_words.vocabulary)
    return Features(documents, rows, query, strict_total, 1 - known / strict_total)


def _closeness(
    titles: Titles,
    number: int,
    query: Query,
    sought: Mapping[str, float],
    strict: Mapping[str, float],
    total: float,
    strict_total: float,
    line: str,
    index: Index,
) -> tuple[float, ...]:
    """Return features 6 to 19 of one procedure: coverage both ways, sayings, phrases, order."""
    idf = index.name_words.idf_of
    name, core = titles.name_words[number], titles.core_words[number]
    name_total = sum(map(idf, name)) or 1.0
    core_total = sum(map(idf, core)) or 1.0
    name_covered = sum(idf(word) for word in name if word in sought) / name_total
    core_hit = sum(idf(word) * min(1.0, query.weighted[word]) for word in core if word in sought)
    query_covered = sum(value for word, value in sought.items() if word in name) / total
    strict_covered = sum(value for word, value in strict.items() if word in name) / strict_total
    said_covered, said_f, said_exact = _best_saying(titles.sayings[number], strict, strict_total, idf, line)
    text = titles.cores[number]
    missing = max((idf(word) for word in core if word not in sought), default=0.0)
    head = text.split(" ", 1)[0]
    return (
        name_covered,
        core_hit / core_total,
        query_covered,
        strict_covered,
        said_covered,
        said_f,
        said_exact,
        float(text in line) * min(1.0, core_total / 15),
        float(line.strip() in text),
        float(f" {text} " in line),
        (core_hit / core_total) * strict_covered,
        missing / 10,
        min(core_total / 60, 2.0),
        float(head in query.weighted),
    )


def _best_saying(
    sayings: Sequence[tuple[str, frozenset[str]]],
    strict: Mapping[str, float],
    strict_total: float,
    idf: object,
    line: str,
) -> tuple[float, float, float]:
    """Return coverage, balance and exactness of the saying that fits best."""
    rarity = idf
    best = (0.0, 0.0, 0.0)
    for text, said in sayings:
        said_total = sum(rarity(word) for word in said) or 1.0  # type: ignore[operator]
        hit = sum(rarity(word) for word in said if word in strict)  # type: ignore[operator]
        covered = hit / said_total
        back = sum(value for word, value in strict.items() if word in said) / strict_total
        balance = 2 * covered * back / (covered + back) if covered + back else 0.0
        exact = float(f" {text} " in line)
        if balance + exact > best[1] + best[2]:
            best = (covered, balance, exact)
    return best
