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
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_features import FIELDS, WHOLE, Features, Searched, Titles, feature_matrix
from nlu.catalogue.index_lines import Lines
from nlu.catalogue.index_postings import Found, Postings, Rarity
from nlu.catalogue.index_query import ASKING, Lexicon, Query, character_runs, read_query
from nlu.catalogue.index_repair import Repair
from nlu.catalogue.index_requests import likeness, shared_services, spread
from nlu.catalogue.index_shorthand import EVERYDAY, TOLD
from nlu.catalogue.index_weights import Weights
from nlu.text import fold, normalise, words
from nlu.understanding import Candidate

FORMAT = 3
"""Layout of the stored arrays; an index of another layout is refused and ranked by the process that can read it."""
SHORTLIST = 60
"""Procedures that are looked at closely; at 60 the right one is among them for 97 of 100 answerable dev questions."""
OUTRIGHT = 4.0
"""What a service gains whose name is exactly what was said."""
_POSTINGS = (
    "name_words", "name_accents", "name_pairs", "name_grams", "core_words", "said_words", "said_pairs", "asked_words",
    "body_words",
)  # fmt: skip
_LINES = ("core_lines", "said_lines", "request_lines")
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError)
"""What damaged bytes raise; RuntimeError where they look encrypted or compressed in a way that is not known."""


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
    members: tuple[tuple[str, ...], ...]
    """Codes of each service, that of the record which answers best first."""
    names: tuple[str, ...]
    sayings: tuple[tuple[str, ...], ...]
    flags: tuple[tuple[str, ...], ...]
    name_words: Postings
    name_accents: Postings
    name_pairs: Postings
    name_grams: Postings
    core_words: Postings
    said_words: Postings
    said_pairs: Postings
    asked_words: Postings
    body_words: Postings
    core_lines: Lines
    """Names without what only tells level or authority, of every member."""
    said_lines: Lines
    """Everyday sayings."""
    request_lines: Lines
    """Requests that leave open which of several services is meant …"""
    request_services: tuple[tuple[int, ...], ...]
    """… and the numbers of those services."""
    titles: Titles
    """Names and sayings prepared for looking closely."""
    rarity: Rarity
    lexicon_pairs: tuple[tuple[str, str], ...]
    weights: Weights
    recipe: str = ""
    """Hash of the words, sayings and weights that it was built with; another one means that it is due to be built anew."""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The code that stands for each service."""
        return tuple(codes[0] for codes in self.members)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Everyday words of this index."""
        return Lexicon.of(self.lexicon_pairs)

    @cached_property
    def repair(self) -> Repair:
        """Mends words that nothing in this index has."""
        told = [one for pair in self.lexicon_pairs for one in pair]
        lines = itertools.chain(self.names, itertools.chain.from_iterable(self.sayings), told, [*EVERYDAY] * TOLD)
        return Repair.of(map(words, lines), self.rarity.known)

    @cached_property
    def identity(self) -> str:
        """Hash of all that decides a ranking: two databases may both have a version 1, and a version's index may be renewed."""
        told = (self.version, self.members, self.names, self.sayings, self.flags, self.recipe, self.weights.to_json())
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]

    def rarity_of(self, word: str) -> float:
        """Return the rarity of a folded word among all that the catalogue says, bodies included."""
        return self.rarity.of(word)

    def rank(self, text: str, limit: int = 10) -> Ranking:
        """Rank the catalogue for a question.

        Args:
            text: the citizen's words.
            limit: how many candidates to return.
        """
        if not self.members or not any(letter.isalpha() for letter in text):
            return Ranking((), 0.0, {})
        found = self.features(text)
        totals = found.matrix @ self.weights.rank_vector + self._named_outright(found)
        order = np.argsort(-totals, kind="stable")
        totals = totals[order]
        shares = np.exp((totals - totals[0]) * self.weights.sharpness)
        shares /= shares.sum()
        scope_features = found.scope(order, shares)
        in_scope = self.weights.in_scope(scope_features)
        second = float(shares[1]) if len(shares) > 1 else 0.0
        scope_features["lead"] = float(shares[0]) - second
        scope_features["odds"] = min(float(np.log(shares[0] / max(second, 1e-6))), 6.0)
        naming = self.weights.names_service(scope_features)
        # Who says a service's whole name has said which one is meant.
        named = scope_features["core_literal"] >= WHOLE or scope_features["core_inside"] > 0
        fits = likeness(self.request_lines, found.query.content, self.rarity_of)
        scope_features["request"] = float(fits.max(initial=0.0))
        shared = () if named else shared_services(fits, self.request_services)
        ranked = found.documents[order]
        if shared:
            ranked, shares = spread(ranked, shares, shared)
        candidates = tuple(
            Candidate(codes[0], round(float(share), 4), self.names[number], codes)
            for number, share in zip(ranked[:limit].tolist(), shares[:limit], strict=True)
            if (codes := self.members[number])
        )
        told = {
            "naming": naming,
            "sure": self.weights.sure(scope_features),
            "ambiguous": 1.0 if shared else 0.0 if named else self.weights.ambiguous(scope_features),
        }
        return Ranking(candidates, in_scope, {**scope_features, **told})

    def _named_outright(self, found: Features) -> NDArray[np.float32]:
        """Prefer the service whose name is all that the question says: "lại" and "lái" fold to the same word."""
        said = (" ".join(found.query.sequence), " ".join(found.query.content))
        cores = self.titles.cores
        return np.asarray([OUTRIGHT if cores[n] in said else 0.0 for n in found.documents.tolist()], np.float32)

    def features(self, text: str) -> Features:
        """Return the shortlist for a question with its features; what ``rank`` weighs and the fitting script learns from."""
        query = read_query(" ".join(self.repair.mend(words(normalise(text)))), self.lexicon)
        searched = self._search(query)
        first = self.weights.shortlist["said_f"] * searched.said.highest()
        for name in FIELDS:
            first = first + self.weights.shortlist[name] * searched.fields[name]
        size = min(SHORTLIST, len(self.members))
        documents = np.argpartition(-first, size - 1)[:size]
        documents = documents[np.argsort(-first[documents], kind="stable")]
        return feature_matrix(query, self, documents, searched)

    def _search(self, query: Query) -> Searched:
        """Look the question up in every field, and weigh every saying."""
        lists: dict[str, Found] = {"core": self.core_words.find(query.weighted)}
        fields: dict[str, NDArray[np.float32]] = {}
        grams = dict.fromkeys(character_runs(query.sequence), 1.0)
        for name, postings, sought in (
            ("words", self.name_words, query.weighted),
            ("accents", self.name_accents, query.accented if query.has_accents else {}),
            ("pairs", self.name_pairs, query.pairs),
            ("grams", self.name_grams, grams),
            ("said", self.said_words, query.weighted),
            ("said_pairs", self.said_pairs, query.pairs),
            ("asked", self.asked_words, query.weighted),
            ("body", self.body_words, query.weighted),
        ):
            lists[name] = postings.find(sought)
            fields[name] = postings.score(lists[name], np.asarray(list(sought.values())), len(self.members))
        return Searched(fields, lists, self.said_lines.weigh(*self._content(query)))

    def _content(self, query: Query) -> tuple[dict[str, float], dict[str, float]]:
        """Return what the written content words of a question are worth, and how rare its content words are."""
        rarity = {word: self.rarity.of(word) for word, weight in query.weighted.items() if weight > ASKING}
        worth = {word: query.weighted[word] * value for word, value in rarity.items() if word in query.sequence}
        return worth, rarity

    def to_bytes(self) -> bytes:
        """Return the index as a compressed archive of arrays and JSON."""
        meta = {
            "format": FORMAT,
            "version": self.version,
            "members": self.members,
            "names": self.names,
            "sayings": self.sayings,
            "flags": self.flags,
            "requests": self.request_services,
            "lexicon": self.lexicon_pairs,
            "weights": self.weights.to_json(),
            "recipe": self.recipe,
        }
        arrays: dict[str, NDArray[np.generic]] = {
            "meta": np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), dtype=np.uint8)
        }
        for prefix in (*_POSTINGS, *_LINES):
            arrays.update(getattr(self, prefix).arrays(prefix))
        arrays.update(self.titles.arrays("titles"))
        arrays.update(self.rarity.arrays("rarity"))
        out = io.BytesIO()
        np.savez_compressed(out, allow_pickle=False, **arrays)
        return out.getvalue()

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
        except _UNREADABLE as error:
            raise IndexFormatError(
                f"the catalogue index cannot be read: {error}; publish the catalogue again"
            ) from error
        if meta.get("format") != FORMAT:
            raise IndexFormatError(f"the catalogue index has layout {meta.get('format')}, this program reads {FORMAT}")
        try:
            return cls(
                version=meta["version"],
                members=tuple(tuple(codes) for codes in meta["members"]),
                names=tuple(meta["names"]),
                sayings=tuple(tuple(said) for said in meta["sayings"]),
                flags=tuple(tuple(flags) for flags in meta["flags"]),
                request_services=tuple(tuple(numbers) for numbers in meta["requests"]),
                lexicon_pairs=tuple((said, meant) for said, meant in meta["lexicon"]),
                weights=Weights.from_json(meta["weights"]),
                recipe=meta.get("recipe", ""),
                **_stored_fields(arrays),
            )
        except (KeyError, ValueError) as error:
            raise IndexFormatError(
                f"the catalogue index is incomplete: {error}; publish the catalogue again"
            ) from error


def _stored_fields(arrays: Mapping[str, NDArray[np.generic]]) -> dict[str, Any]:
    return {
        **{name: Postings.from_arrays(name, arrays) for name in _POSTINGS},
        **{name: Lines.from_arrays(name, arrays) for name in _LINES},
        "titles": Titles.from_arrays("titles", arrays),
        "rarity": Rarity.from_arrays("rarity", arrays),
    }


def stored_recipe(data: bytes) -> str:
    """Return the recipe of a stored index without reading the rest of it; empty when it cannot be read."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            meta = json.loads(archive["meta"].tobytes())
    except _UNREADABLE:
        return ""
    return str(meta.get("recipe", "")) if meta.get("format") == FORMAT else ""


def folded_name(name: str) -> str:
    """Return a name as typed without accents, for comparing typed answers with offered titles."""
    return fold(normalise(name))
