"""Builds the search index of a catalogue version. Pure."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nlu.catalogue.index import Index
from nlu.catalogue.index_features import core_name, prepare_titles
from nlu.catalogue.index_lines import Lines, build_lines
from nlu.catalogue.index_postings import Rarity, build_postings
from nlu.catalogue.index_query import Lexicon, character_runs, read_query
from nlu.catalogue.index_requests import Request, naming
from nlu.catalogue.index_weights import Weights
from nlu.catalogue.services import Entry, Service, join_services
from nlu.text import expand, fold, normalise, tokens, words

NATIONAL = len("1.001193")
"""Length of the national part of a code."""


def build_index(
    entries: Iterable[Entry],
    version: int,
    lexicon: Sequence[tuple[str, str]] = (),
    weights: Weights | None = None,
    recipe: str = "",
    requests: Sequence[Request] = (),
) -> Index:
    """Build the index of a catalogue version.

    Args:
        entries: one per procedure, in any order; those of one family become one service.
        version: number of the catalogue version.
        lexicon: (saying, official words).
        weights: of the ranking; the fitted ones by default.
        recipe: hash of what the index is built with besides the entries.
        requests: that leave open which of several services is meant.
    """
    services = join_services(entries)
    text = _Text.of(services)
    rarity = _rarity(text.names, text.said, text.asked, text.bodies)
    name_words = build_postings(text.names, b=0.3)
    name_rarity = dict(zip(name_words.vocabulary, name_words.idf.tolist(), strict=True))
    sayings, flags = [service.also_called for service in services], [service.flags for service in services]
    return Index(
        version=version,
        members=tuple(service.codes for service in services),
        names=tuple(service.name for service in services),
        sayings=tuple(sayings),
        flags=tuple(tuple(sorted(have)) for have in flags),
        name_words=name_words,
        **_postings(text),
        core_lines=build_lines(_core_lines(services), name_rarity, name_words.rarest),
        said_lines=build_lines(text.said, rarity.as_dict(), rarity.rarest),
        request_lines=request_lines(requests, rarity),
        request_services=request_services([service.codes for service in services], requests),
        titles=prepare_titles([service.name for service in services], sayings, flags, name_words.idf_of),
        rarity=rarity,
        lexicon_pairs=tuple(lexicon),
        weights=weights or Weights.fitted(),
        recipe=recipe,
    )


@dataclass(frozen=True)
class _Text:
    """What is said of every service, as words."""

    written: list[list[str]]
    """Names with their accents, the other members' words included."""
    names: list[list[str]]
    plain: list[list[str]]
    """The representatives' names alone, folded."""
    cores: list[list[str]]
    said: list[list[list[str]]]
    asked: list[list[str]]
    bodies: list[list[str]]

    @classmethod
    def of(cls, services: Sequence[Service]) -> _Text:
        names = [normalise(service.name) for service in services]
        written = [[*words(name), *service.other_words] for name, service in zip(names, services, strict=True)]
        return cls(
            written=written,
            names=[[fold(word) for word in expand(line)] for line in written],
            plain=[tokens(name) for name in names],
            cores=[core_name(service.name).split() for service in services],
            said=[[tokens(line) for line in service.also_called] for service in services],
            asked=[tokens(" . ".join(service.questions)) for service in services],
            bodies=[tokens(service.body) for service in services],
        )


def _postings(text: _Text) -> dict[str, Any]:
    """Build the inverted lists but that of the names; ``b`` is how much a long text is held back."""
    return {
        "name_accents": build_postings(text.written, b=0.3),
        "name_pairs": build_postings([_pairs(line) for line in text.plain], b=0.3),
        "name_grams": build_postings([character_runs(line) for line in text.plain], b=0.4),
        "core_words": build_postings(text.cores, b=0.3),
        "said_words": build_postings([list(itertools.chain(*lines)) for lines in text.said], b=0.2),
        "said_pairs": build_postings([[pair for line in lines for pair in _pairs(line)] for lines in text.said], b=0.2),
        "asked_words": build_postings(text.asked, b=0.4),
        "body_words": build_postings(text.bodies, b=0.6),
    }


def request_lines(requests: Sequence[Request], rarity: Rarity) -> Lines:
    """Build the lines of the requests: of each the words that name a thing or tell a case."""
    named = [list(naming(read_query(one.text, Lexicon({})).content)) for one in requests]
    return build_lines([[line] for line in named], rarity.as_dict(), rarity.rarest)


def request_services(members: Sequence[Sequence[str]], requests: Sequence[Request]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the services that each request may mean; those that this catalogue lacks are left out."""
    numbers = {code[:NATIONAL]: number for number, codes in enumerate(members) for code in codes}
    return tuple(
        tuple(dict.fromkeys(numbers[code[:NATIONAL]] for code in one.codes if code[:NATIONAL] in numbers))
        for one in requests
    )


def _core_lines(services: Sequence[Service]) -> list[list[list[str]]]:
    return [[core_name(name).split() for name in (service.name, *service.other_names)] for service in services]


def _rarity(
    names: Sequence[Sequence[str]], said: Sequence[Sequence[Sequence[str]]], *texts: Sequence[Sequence[str]]
) -> Rarity:
    """Weigh every word by how few services have it anywhere."""
    holders = Counter(
        word
        for name, lines, *others in zip(names, said, *texts, strict=True)
        for word in {*name, *itertools.chain(*lines, *others)}
    )
    total = len(names)
    # Sorted: the words of a set come in another order in every process, and the same catalogue gives the same bytes.
    values = {word: math.log(1 + (total - count + 0.5) / (count + 0.5)) for word, count in sorted(holders.items())}
    return Rarity(tuple(values), np.asarray(list(values.values()), np.float32))


def _pairs(line: Sequence[str]) -> list[str]:
    return [f"{first} {second}" for first, second in itertools.pairwise(line)]
