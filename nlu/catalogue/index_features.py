"""Looks closely at a shortlist: how well each procedure's name and sayings fit the question. Pure, numpy only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    "domestic": r"trong nuoc",
    "first": r"lan dau|cap moi|dang ky moi",
    "again": (
        r"\blai\b|\bhong\b|\brach\b|that lac|(?:bi|lam|danh|roi) mat\b"
        r"|mat (?:giay|the|so|bang|ho so|can cuoc|chung|ca vet|bien|dang ky|ho chieu|ban chinh|gplx)"
    ),
    "change": r"thay doi|dieu chinh|sua|cai chinh|bo sung|\bdoi\b|dinh chinh|chuyen doi",
    "extend": r"gia han|het han|keo dai",
    "end": r"cham dut|giai the|thu hoi|xoa|huy bo|\bhuy\b|cat\b|tra lai",
    "pause": r"tam ngung|tam dung|dinh chi",
    "refuse": r"tu choi",
    "branch": r"chi nhanh|van phong dai dien|dia diem kinh doanh",
    "copy": r"ban sao|trich luc|sao y|ban chinh",
    "mobile": r"luu dong",
    "birth": r"khai sinh|moi de|moi sinh|so sinh",
    "death": r"khai tu|bao tu|chung tu\b|tu vong|mai tang|qua doi|tu tuat",
    "marriage": r"ket hon|hon nhan",
    "adoption": r"con nuoi",
    "land": r"\bdat\b|dat dai|thua dat",
    "vehicle": r"\bxe\b|phuong tien|bien so",
    "licence": r"giay phep lai xe|bang lai",
    "translation": r"nguoi dich|ban dich",
    "residence": r"thuong tru|tam tru|cu tru|luu tru|tam vang",
    "military": r"quan doi|quan nhan|bo quoc phong|bo cong an|cong an nhan dan|dan quan|bo doi|co yeu|nghia vu quan su",
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


@lru_cache(maxsize=16384)
def core_name(name: str) -> str:
    """Return a procedure's name folded and without what only tells level or authority.

    Kept for every name of a catalogue: each turn asks for those of its candidates.
    """
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
        plain = [fold(normalise(name)) for name in names]
        marks = [[float(bool(p.search(name))) for p in _COMPILED.values()] for name in plain]
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
class Totals:
    """Summed rarities of the words of names and sayings: the same for every question, so added up once per index."""

    names: tuple[float, ...]
    cores: tuple[float, ...]
    rarest_first: tuple[tuple[str, ...], ...]
    """Words of each core name, the rarest first."""
    sayings: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, titles: Titles, idf: Callable[[str], float]) -> Totals:
        """Add up; nothing counts as one, so that it can be divided by."""
        return cls(
            names=tuple(sum(map(idf, name)) or 1.0 for name in titles.name_words),
            cores=tuple(sum(map(idf, core)) or 1.0 for core in titles.core_words),
            rarest_first=tuple(tuple(sorted(core, key=idf, reverse=True)) for core in titles.core_words),
            sayings=tuple(tuple(sum(map(idf, said)) or 1.0 for _, said in lines) for lines in titles.sayings),
        )


@dataclass(frozen=True)
class Sought:
    """The words of a question with what each is worth."""

    rarity: Mapping[str, float]
    strict: Mapping[str, float]
    """Weight times rarity of those words that name a service rather than ask."""
    values: tuple[tuple[str, float, float, float, float], ...]
    """Of every word: its rarity, weight times rarity, the same if it is in ``strict``, and what it can cover of a name."""
    total: float
    strict_total: float
    line: str
    """All words in order, with a space at both ends."""

    @classmethod
    def of(cls, query: Query, idf: Callable[[str], float]) -> Sought:
        """Weigh the words of a question."""
        rarity = {word: idf(word) for word in query.weighted}
        worth = {word: weight * rarity[word] for word, weight in query.weighted.items()}
        strict = {word: value for word, value in worth.items() if query.weighted[word] > ASKING}
        line = f" {' '.join(query.sequence)} "
        total, strict_total = sum(worth.values()) or 1.0, sum(strict.values()) or 1.0
        values = tuple(
            (word, rarity[word], worth[word], strict.get(word, 0.0), rarity[word] * min(1.0, weight))
            for word, weight in query.weighted.items()
        )
        return cls(rarity, strict, values, total, strict_total, line)


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
    sought = Sought.of(query, index.name_words.idf_of)
    rows = np.zeros((len(documents), len(FEATURES)), np.float32)
    for place, number in enumerate(documents.tolist()):
        rows[place, 6:20] = _closeness(titles, index.totals, number, sought, index.name_words.idf_of)
    for column, name in enumerate(("words", "accents", "pairs", "grams", "said", "body")):
        rows[:, column] = fields[name][documents]
    asked = np.asarray([float(bool(p.search(sought.line))) for p in _COMPILED.values()], dtype=np.float32)
    have = titles.contrasts[documents]
    width = len(CONTRASTS)
    rows[:, 20 : 20 + width] = have * (1 - asked)
    rows[:, 20 + width : 20 + 2 * width] = (1 - have) * asked
    rows[:, 20 + 2 * width :] = titles.flags[documents]
    known = sum(value for word, value in sought.strict.items() if word in index.name_words.vocabulary)
    return Features(documents, rows, query, sought.strict_total, 1 - known / sought.strict_total)


def _closeness(
    titles: Titles, totals: Totals, number: int, sought: Sought, idf: Callable[[str], float]
) -> tuple[float, ...]:
    """Return features 6 to 19 of one procedure: coverage both ways, sayings, phrases, order."""
    name, core = titles.name_words[number], titles.core_words[number]
    name_hit = query_hit = strict_hit = core_hit = 0.0
    # One plain loop: this runs for every word, for sixty procedures, at every turn.
    for word, rarity, worth, strict, covers in sought.values:
        if word in name:
            name_hit += rarity
            query_hit += worth
            strict_hit += strict
        if word in core:
            core_hit += covers
    core_covered, strict_covered = core_hit / totals.cores[number], strict_hit / sought.strict_total
    text, line = titles.cores[number], sought.line
    missing = next((idf(word) for word in totals.rarest_first[number] if word not in sought.rarity), 0.0)
    return (
        name_hit / totals.names[number],
        core_covered,
        query_hit / sought.total,
        strict_covered,
        *_best_saying(titles.sayings[number], totals.sayings[number], sought),
        float(text in line) * min(1.0, totals.cores[number] / 15),
        float(line.strip() in text),
        float(f" {text} " in line),
        core_covered * strict_covered,
        missing / 10,
        min(totals.cores[number] / 60, 2.0),
        float(text.split(" ", 1)[0] in sought.rarity),
    )


def _best_saying(
    sayings: Sequence[tuple[str, frozenset[str]]], totals: Sequence[float], sought: Sought
) -> tuple[float, float, float]:
    """Return coverage, balance and exactness of the saying that fits best."""
    best = (0.0, 0.0, 0.0)
    for (text, said), said_total in zip(sayings, totals, strict=True):
        common = said & sought.strict.keys()
        covered = sum(map(sought.rarity.__getitem__, common)) / said_total
        back = sum(map(sought.strict.__getitem__, common)) / sought.strict_total
        balance = 2 * covered * back / (covered + back) if covered + back else 0.0
        exact = float(f" {text} " in sought.line)
        if balance + exact > best[1] + best[2]:
            best = (covered, balance, exact)
    return best
