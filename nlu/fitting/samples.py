"""Questions with their right services, made ready for learning: the features of each shortlist, the right rows marked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.entries import (
    REQUESTS,
    SAYINGS_DIR,
    Words,
    all_sayings,
    entries_of,
    load_lexicon,
    load_requests,
    load_sayings,
)
from nlu.catalogue.importing.findings import Finding
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index, request_lines, request_services
from nlu.catalogue.index_weights import Weights
from nlu.catalogue.model import Procedure
from nlu.catalogue.services import Entry
from nlu.text import fold
from nlu.yaml_files import read_yaml

Floats = NDArray[np.float32]
TRAINING = Path(__file__).resolve().parents[1] / "data" / "training"
OWN_SOURCES = frozenset({"sayings", "questions"})
FOLDS = 5
CLOSEST = 24
"""Rows kept of each shortlist, by the present weights: the rest is never near the right one."""
OWN = 2500
"""How many of the second writer's sayings and of the long questions are learned from: more gains nothing."""


@dataclass(frozen=True)
class Asked:
    """A text, the index it is asked on, and the codes that are right; none when no procedure answers."""

    index: Index
    text: str
    right: frozenset[str] = frozenset()
    source: str = ""
    kind: str = ""
    """``answer`` or ``clarify``: of a labelled question, or of a request that is to be asked back about."""

    @property
    def part(self) -> int:
        """Part of the cross-validation: by service, so that no service is learned from and asked about."""
        owner = next((codes[0] for codes in self.index.members if self.right & set(codes)), min(self.right, default=""))
        return crc32(owner.encode()) % FOLDS


@dataclass(frozen=True)
class Samples:
    """Shortlists of equal length: features, which rows are right, which rows are there, weights, parts."""

    x: Floats
    right: NDArray[np.bool_]
    there: NDArray[np.bool_]
    weight: Floats
    part: NDArray[np.int64]


def read_procedures(catalogue: Path) -> list[Procedure]:
    """Read a catalogue file."""
    findings: list[Finding] = []
    with Spool() as spool:
        reading = Reading(spool, findings.append, date.today())
        reading.read(catalogue, lambda _: None)
        reading.finish()
        return list(spool.procedures())


def labelled(index: Index, path: Path) -> list[Asked]:
    """Return the labelled questions of a file, each with its twin without accents right after it."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    asked = [
        Asked(index, row["text"], frozenset(row["accept"]), row["source"], row.get("kind", "answer"))
        for row in rows
        if row["accept"]
    ]
    return [twin for one in asked for twin in (one, replace(one, text=fold(one.text)))]


def own_questions(entries: Sequence[Entry], weights: Weights) -> list[Asked]:
    """Return a sample of the project's own long questions, asked on an index that knows none of them."""
    known = build_index([replace(entry, questions=()) for entry in entries], 1, load_lexicon(), weights)
    asked = [(question, entry.code) for entry in entries for question in entry.questions]
    return [Asked(known, text, frozenset({code}), "questions") for text, code in _some(asked)]


def second_sayings(records: Sequence[Procedure], weights: Weights) -> list[Asked]:
    """Return a sample of the second writer's sayings, asked on an index that knows only the first one's."""
    words = replace(Words.of_project(), sayings=all_sayings(SAYINGS_DIR / "first"))
    index = build_index(entries_of(records, words=words), 1, load_lexicon(), weights)
    said = [(line, code) for code, lines in load_sayings(SAYINGS_DIR / "second").items() for line in lines]
    return [Asked(index, text, frozenset({code}), "sayings") for text, code in _some(said)]


def requests(index: Index, kind: str) -> list[Asked]:
    """Return the project's own short requests of a kind: ``clarify`` where a clerk would ask back, or ``answer``."""
    rows = [json.loads(line) for line in REQUESTS.read_text("utf-8").splitlines()]
    return [Asked(index, row["text"], frozenset(row["accept"]), "requests") for row in rows if row["kind"] == kind]


def unseen_requests(index: Index) -> list[Asked]:
    """Return the requests about which a clerk would ask back, each on an index that does not know it."""
    known, found = load_requests(), []
    for part in range(FOLDS):
        kept = [one for one in known if _part(one.text) != part]
        lines, services = request_lines(kept, index.rarity), request_services(index.members, kept)
        without = replace(index, request_lines=lines, request_services=services)
        held = [one for one in known if _part(one.text) == part]
        found += [Asked(without, one.text, frozenset(one.codes), "requests", "clarify") for one in held]
    return found


def _part(text: str) -> int:
    return crc32(fold(text).encode()) % FOLDS


def nameless(path: Path, index: Index) -> list[Asked]:
    """Return questions that name no service: the labelled follow-ups, and the project's own."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return [Asked(index, text) for text in (*texts, *(line for _, line in training_lines("*follow_up.yml")))]


def training_lines(pattern: str = "*.yml") -> Iterable[tuple[str, str]]:
    """Return (intent, sentence) of the project's own training data."""
    for path in sorted(TRAINING.glob(pattern)):
        for block in read_yaml(path)["nlu"]:
            for line in block["examples"].splitlines():
                yield block["intent"], line.removeprefix("- ").strip()


def gather(asked: Sequence[Asked], own_weight: float) -> Samples:
    """Compute the features of every question.

    Args:
        asked: questions with right answers.
        own_weight: of one of the project's own sayings or questions; a labelled one weighs one over the root of its
            source's size, so that a large source does not drown the small ones.
    """
    sizes = Counter(one.source for one in asked)
    width = len(asked[0].index.features("a").matrix[0])
    x = np.zeros((len(asked), CLOSEST, width), np.float32)
    right = np.zeros(x.shape[:2], bool)
    there = np.zeros(x.shape[:2], bool)
    for row, one in enumerate(asked):
        found = one.index.features(one.text)
        order = np.argsort(-(found.matrix @ one.index.weights.rank_vector), kind="stable")[:CLOSEST]
        x[row, : len(order)] = found.matrix[order]
        there[row, : len(order)] = True
        right[row, : len(order)] = [bool(one.right & set(one.index.members[n])) for n in found.documents[order]]
    weight = [own_weight if one.source in OWN_SOURCES else sizes[one.source] ** -0.5 for one in asked]
    return Samples(x, right, there, np.asarray(weight, np.float32), np.asarray([one.part for one in asked]))


def _some(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    unique = sorted(dict.fromkeys(pairs))
    return Random(2008).sample(unique, min(OWN, len(unique)))
