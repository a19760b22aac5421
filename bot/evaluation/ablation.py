"""Ways of ranking the catalogue's services, each with a part of what the full ranking has: what is each part worth?

All run on the search index in this process, without Rasa. The fitted rankings that lack something keep the weights that
were fitted with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_postings import Postings, build_postings
from nlu.catalogue.index_query import ASKING, Lexicon, Query, character_runs, read_query
from nlu.catalogue.model import PaperRole, Procedure
from nlu.catalogue.services import Entry
from nlu.text import tokens

MOST = 10
NOTHING = Lexicon.of(())
BESIDE = 0.3
"""What a field other than the name counts beside the name's words."""

Ranks = Callable[[str], Sequence[Sequence[str]]]
"""Text → codes of each of the best services, best first."""
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Way:
    """One way of ranking."""

    name: str
    rank: Ranks


OTHER_FIELDS: Mapping[str, Callable[[Procedure], Sequence[str]]] = {
    "papers": lambda one: [
        paper.name for case in one.cases for paper in case.papers if paper.role is not PaperRole.NOTE
    ],
    "result": lambda one: [one.result],
    "who": lambda one: one.applicants,
    "agency": lambda one: one.agencies,
    "legal basis": lambda one: one.legal_basis,
}
"""Fields of a record other than its name."""


def ways(full: Index, entries: Sequence[Entry], procedures: Sequence[Procedure]) -> list[Way]:
    """Return all ways of ranking a catalogue, from words alone to the full ranking.

    Args:
        full: the index with everything.
        entries: what it was built from.
        procedures: the records of the same catalogue.
    """
    no_sayings = [replace(one, also_called=()) for one in entries]
    no_texts = [replace(one, body="", questions=()) for one in entries]
    return [
        *_of_fields(full),
        *_of_other_fields(full, procedures),
        Way("all fields mixed by hand, not fitted", lambda text: _shortlist(full, text)),
        _fitted("fitted ranking without the lexicon", replace(full, lexicon_pairs=())),
        _fitted("fitted ranking without sayings", _built(no_sayings, full)),
        _fitted("fitted ranking without body and long questions", _built(no_texts, full)),
        _fitted("fitted ranking, everything", full),
    ]


def _built(entries: Sequence[Entry], full: Index) -> Index:
    return build_index(entries, full.version, full.lexicon_pairs, full.weights)


def best(index: Index, scores: Scores) -> list[Sequence[str]]:
    """Return the services with the highest scores; those without any are not found at all."""
    order = np.argsort(-scores, kind="stable")[:MOST]
    return [index.members[number] for number in order.tolist() if scores[number] > 0]


def _of_fields(full: Index) -> list[Way]:
    def way(
        name: str, lexicon: Lexicon, *fields: Callable[[Query], tuple[Postings, Mapping[str, float], float]]
    ) -> Way:
        def rank(text: str) -> list[Sequence[str]]:
            query = read_query(text, lexicon)
            return best(full, _mix(full, [field(query) for field in fields]))

        return Way(name, rank)

    known, pair = full.lexicon, full.weights.shortlist.get("pairs", 1.0)
    return [
        way("words of the name (BM25)", NOTHING, lambda q: (full.name_words, dict.fromkeys(q.sequence, 1.0), 1.0)),
        way("… asking words held back", NOTHING, lambda q: (full.name_words, q.weighted, 1.0)),
        way(
            "… and pairs of words",
            NOTHING,
            lambda q: (full.name_words, q.weighted, 1.0),
            lambda q: (full.name_pairs, q.pairs, pair),
        ),
        way(
            "character runs of the name",
            NOTHING,
            lambda q: (full.name_grams, dict.fromkeys(character_runs(q.sequence), 1.0), 1.0),
        ),
        way("words of the name with the lexicon", known, lambda q: (full.name_words, q.weighted, 1.0)),
        way("everyday sayings (BM25)", known, lambda q: (full.said_words, q.weighted, 1.0)),
        Way("everyday sayings (best line)", lambda text: best(full, _best_lines(full, text))),
        way("long questions", known, lambda q: (full.asked_words, q.weighted, 1.0)),
        way("body", known, lambda q: (full.body_words, q.weighted, 1.0)),
    ]


def _of_other_fields(full: Index, procedures: Sequence[Procedure]) -> list[Way]:
    found = []
    for name, postings in other_postings(full, procedures).items():
        found.append(Way(f"{name} alone", _beside(full, postings, 0.0)))
        found.append(Way(f"words of the name with the lexicon, and {name}", _beside(full, postings, 1.0)))
    return found


def other_postings(index: Index, procedures: Sequence[Procedure]) -> dict[str, Postings]:
    """Return the inverted lists of the fields other than the name, over the services of an index."""
    records = {one.code: one for one in procedures}
    return {
        name: build_postings(
            [tokens(" . ".join(dict.fromkeys(text for code in codes for text in part(records[code])))) for codes in index.members],
            b=0.6,
        )
        for name, part in OTHER_FIELDS.items()
    }  # fmt: skip


def _beside(full: Index, postings: Postings, name: float) -> Ranks:
    def rank(text: str) -> list[Sequence[str]]:
        sought = read_query(text, full.lexicon).weighted
        fields = [(postings, sought, BESIDE), *([(full.name_words, sought, name)] if name else [])]
        return best(full, _mix(full, fields))

    return rank


def _mix(index: Index, fields: Sequence[tuple[Postings, Mapping[str, float], float]]) -> Scores:
    """Add up fields, each divided by what a full match could bring, as the index does."""
    total = np.zeros(len(index.members), np.float32)
    for postings, sought, weight in fields:
        weights = np.asarray(list(sought.values()), np.float64)
        total += weight * postings.score(postings.find(sought), weights, len(index.members))
    return total


def _best_lines(index: Index, text: str) -> Scores:
    query = read_query(text, index.lexicon)
    rarity = {word: index.rarity.of(word) for word, weight in query.weighted.items() if weight > ASKING}
    worth = {word: query.weighted[word] * value for word, value in rarity.items() if word in query.sequence}
    return index.said_lines.weigh(worth, rarity).highest()


def _shortlist(index: Index, text: str) -> list[Sequence[str]]:
    """Return the shortlist in the order of its own mix, before the fitted ranking looks at it."""
    return [index.members[number] for number in index.features(text).documents[:MOST].tolist()]


def _fitted(name: str, index: Index) -> Way:
    return Way(name, lambda text: [one.codes for one in index.rank(text, MOST).candidates])
