"""The search index of one catalogue version: built once at publishing, stored as plain arrays, ranked in milliseconds.

Both processes run this module (numpy and the standard library only): the Rasa linker on the copy that it fetched, the bot
on its own when Rasa is away or behind.
"""

from __future__ import annotations

import io
import itertools
import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_features import Features, Titles, Totals, core_name, feature_matrix
from nlu.catalogue.index_postings import Postings, build_postings
from nlu.catalogue.index_query import Lexicon, Query, read_query
from nlu.catalogue.index_weights import Weights
from nlu.text import fold, normalise, tokens, words
from nlu.understanding import Candidate

FORMAT = 1
"""Layout of the stored arrays; an index of another layout is refused and ranked by the process that can read it."""
SHORTLIST = 60
"""Procedures that are looked at closely; at 60 the right one is among them for 97 of 100 answerable dev questions."""
GRAM = 4


@dataclass(frozen=True)
class Entry:
    """What search knows of one procedure."""

    code: str
    name: str
    also_called: tuple[str, ...] = ()
    body: str = ""
    """Papers, result, conditions and the like: found by, but not ranked like, the name."""
    field: str = ""
    flags: frozenset[str] = frozenset()
    """Of ``index_features.FLAGS``."""


@dataclass(frozen=True)
class Ranking:
    """What the index makes of a question."""

    candidates: tuple[Candidate, ...]
    in_scope: float
    features: dict[str, float]


class IndexFormatError(ValueError):
    """The bytes are no index of this layout."""


@dataclass(frozen=True)
class Index:
    """The search index of one catalogue version."""

    version: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    sayings: tuple[tuple[str, ...], ...]
    flags: tuple[tuple[str, ...], ...]
    name_words: Postings
    name_accents: Postings
    name_pairs: Postings
    name_grams: Postings
    said_words: Postings
    body_words: Postings
    lexicon_pairs: tuple[tuple[str, str], ...]
    weights: Weights
    recipe: str = ""
    """Hash of the words, sayings and weights that it was built with; another one means that it is due to be built anew."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """Everyday words of this index."""
        return Lexicon.of(self.lexicon_pairs)

    @cached_property
    def identity(self) -> str:
        """Hash of all that decides a ranking: two databases may both have a version 1, and a version's index may be renewed."""
        told = (self.version, self.codes, self.names, self.sayings, self.flags, self.recipe, self.weights.to_json())
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]

    @cached_property
    def titles(self) -> Titles:
        """Names and sayings as sets of words, for looking closely."""
        return Titles.of(self.names, self.sayings, self.flags)

    @cached_property
    def totals(self) -> Totals:
        """What the words of names and sayings are worth."""
        return Totals.of(self.titles, self.name_words.idf_of)

    def rank(self, text: str, limit: int = 10) -> Ranking:
        """Rank the catalogue for a question.

        Args:
            text: the citizen's words.
            limit: how many candidates to return.
        """
        if not self.codes:
            return Ranking((), 0.0, {})
        found = self.features(text)
        order = np.argsort(-(found.matrix @ self.weights.rank_vector), kind="stable")
        totals = (found.matrix @ self.weights.rank_vector)[order]
        shares = np.exp((totals - totals[0]) * self.weights.sharpness)
        shares /= shares.sum()
        scope_features = found.scope(order, shares)
        in_scope = self.weights.in_scope(scope_features)
        naming = self.weights.names_service(scope_features)
        candidates = tuple(
            Candidate(self.codes[found.documents[place]], round(float(share), 4), self.names[found.documents[place]])
            for place, share in zip(order[:limit], shares[:limit], strict=True)
        )
        return Ranking(candidates, in_scope, {**scope_features, "naming": naming})

    def features(self, text: str) -> Features:
        """Return the shortlist for a question with its features; what ``rank`` weighs and the fitting script learns from."""
        query = read_query(text, self.lexicon)
        fields = self._field_scores(query)
        first = np.zeros(len(self.codes), np.float32)
        for name, weight in self.weights.shortlist.items():
            first += weight * fields[name]
        size = min(SHORTLIST, len(self.codes))
        documents = np.argpartition(-first, size - 1)[:size]
        documents = documents[np.argsort(-first[documents], kind="stable")]
        return feature_matrix(query, self, documents, fields)

    def _field_scores(self, query: Query) -> dict[str, NDArray[np.float32]]:
        """Score every document in every field, each divided by what a full match could bring."""
        scores: dict[str, NDArray[np.float32]] = {}
        grams = dict.fromkeys(_grams(query.sequence), 1.0)
        for name, postings, sought in (
            ("words", self.name_words, query.weighted),
            ("accents", self.name_accents, query.accented if query.has_accents else {}),
            ("pairs", self.name_pairs, query.pairs),
            ("grams", self.name_grams, grams),
            ("said", self.said_words, query.weighted),
            ("body", self.body_words, query.weighted),
        ):
            field = np.zeros(len(self.codes), np.float32)
            total = postings.add(field, sought)
            scores[name] = field / max(total, 1e-6)
        return scores

    def to_bytes(self) -> bytes:
        """Return the index as a compressed archive of arrays and JSON."""
        meta = {
            "format": FORMAT,
            "version": self.version,
            "codes": self.codes,
            "names": self.names,
            "sayings": self.sayings,
            "flags": self.flags,
            "lexicon": self.lexicon_pairs,
            "weights": self.weights.to_json(),
            "recipe": self.recipe,
        }
        arrays: dict[str, NDArray[np.generic]] = {
            "meta": np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), dtype=np.uint8)
        }
        for prefix, postings in self._fields().items():
            arrays.update(postings.arrays(prefix))
        out = io.BytesIO()
        np.savez_compressed(out, allow_pickle=False, **arrays)
        return out.getvalue()

    def _fields(self) -> dict[str, Postings]:
        return {
            "words": self.name_words,
            "accents": self.name_accents,
            "pairs": self.name_pairs,
            "grams": self.name_grams,
            "said": self.said_words,
            "body": self.body_words,
        }

    @classmethod
    def from_bytes(cls, data: bytes) -> Index:
        """Read what ``to_bytes`` wrote.

        Raises:
            IndexFormatError: the bytes are damaged or of another layout.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            meta = json.loads(arrays["meta"].tobytes())
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            raise IndexFormatError(
                f"the catalogue index cannot be read: {error}; publish the catalogue again"
            ) from error
        if meta.get("format") != FORMAT:
            raise IndexFormatError(f"the catalogue index has layout {meta.get('format')}, this program reads {FORMAT}")
        try:
            return cls(
                version=meta["version"],
                codes=tuple(meta["codes"]),
                names=tuple(meta["names"]),
                sayings=tuple(tuple(said) for said in meta["sayings"]),
                flags=tuple(tuple(flags) for flags in meta["flags"]),
                lexicon_pairs=tuple((said, meant) for said, meant in meta["lexicon"]),
                weights=Weights.from_json(meta["weights"]),
                recipe=meta.get("recipe", ""),
                name_words=Postings.from_arrays("words", arrays),
                name_accents=Postings.from_arrays("accents", arrays),
                name_pairs=Postings.from_arrays("pairs", arrays),
                name_grams=Postings.from_arrays("grams", arrays),
                said_words=Postings.from_arrays("said", arrays),
                body_words=Postings.from_arrays("body", arrays),
            )
        except (KeyError, ValueError) as error:
            raise IndexFormatError(
                f"the catalogue index is incomplete: {error}; publish the catalogue again"
            ) from error


def build_index(
    entries: Sequence[Entry],
    version: int,
    lexicon: Sequence[tuple[str, str]] = (),
    weights: Weights | None = None,
    recipe: str = "",
) -> Index:
    """Build the index of a catalogue version.

    Args:
        entries: one per procedure, in any order; the index keeps the order of their codes.
        version: number of the catalogue version.
        lexicon: (saying, official words).
        weights: of the ranking; the fitted ones by default.
        recipe: hash of what the index is built with besides the entries.
    """
    ordered = sorted(entries, key=lambda entry: entry.code)
    names = [normalise(entry.name) for entry in ordered]
    folded = [tokens(name) for name in names]
    sayings = _shared_sayings(ordered)
    return Index(
        version=version,
        codes=tuple(entry.code for entry in ordered),
        names=tuple(entry.name for entry in ordered),
        sayings=sayings,
        flags=tuple(tuple(sorted(entry.flags)) for entry in ordered),
        name_words=build_postings(folded, b=0.3),
        name_accents=build_postings([words(name) for name in names], b=0.3),
        name_pairs=build_postings([_pairs(line) for line in folded], b=0.3),
        name_grams=build_postings([_grams(line) for line in folded], b=0.4),
        said_words=build_postings([tokens(" ".join(said)) for said in sayings], b=0.2),
        body_words=build_postings([tokens(entry.body) for entry in ordered], b=0.6),
        lexicon_pairs=tuple(lexicon),
        weights=weights or Weights.fitted(),
        recipe=recipe,
    )


def stored_recipe(data: bytes) -> str:
    """Return the recipe of a stored index without reading the rest of it; empty when it cannot be read."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            meta = json.loads(archive["meta"].tobytes())
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return ""
    return str(meta.get("recipe", "")) if meta.get("format") == FORMAT else ""


def _shared_sayings(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    """Give entries of one name each other's sayings: to the citizen they are one service."""
    by_name: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry.also_called:
            by_name[core_name(entry.name)] = entry.also_called
    return tuple(entry.also_called or by_name.get(core_name(entry.name), ()) for entry in entries)


def _pairs(line: Sequence[str]) -> list[str]:
    return [f"{first} {second}" for first, second in itertools.pairwise(line)]


def _grams(line: Sequence[str]) -> list[str]:
    """Return hashed runs of characters within and across two words; they forgive typos and missing spaces."""
    text = "".join(line)
    return [
        format(zlib.crc32(text[at : at + GRAM].encode()) & 0x3FFFF, "x") for at in range(max(1, len(text) - GRAM + 1))
    ]


def folded_name(name: str) -> str:
    """Return a name as typed without accents, for comparing typed answers with offered titles."""
    return fold(normalise(name))
