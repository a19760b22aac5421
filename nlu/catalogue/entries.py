"""Turns procedures into what the search index knows of them, with the sayings and the lexicon that the project carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import yaml

from nlu.catalogue.index import Entry, Index, build_index
from nlu.catalogue.index_weights import FITTED
from nlu.catalogue.model import Detail, Level, PaperRole, Procedure, base_code
from nlu.catalogue.starter import load_starter, starter_files

LEXICON_DIR = Path(__file__).resolve().parents[1] / "data" / "lexicon"

_LEVEL_FLAGS = {Level.COMMUNE: "commune", Level.PROVINCE: "province", Level.CENTRAL: "central"}


def index_of(procedures: Iterable[Procedure], version: int) -> Index:
    """Build the search index of a catalogue version."""
    sayings = starter_sayings()
    entries = [entry_of(procedure, sayings) for procedure in procedures]
    return build_index(entries, version, load_lexicon(), recipe=index_recipe())


def index_recipe() -> str:
    """Return a hash of all that an index is made with besides the records: code, weights, lexicon, sayings."""
    digest = sha256()
    code = sorted(Path(__file__).parent.glob("index*.py"))
    files = [*code, Path(__file__), FITTED, *sorted(LEXICON_DIR.glob("*.yml")), *starter_files()]
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def entry_of(procedure: Procedure, sayings: Mapping[str, tuple[str, ...]]) -> Entry:
    """Return what search knows of a procedure.

    Args:
        procedure: the record.
        sayings: base code → what people say, of the procedures that people ask for most.
    """
    base = base_code(procedure.code)
    return Entry(
        code=procedure.code,
        name=procedure.name,
        also_called=tuple(dict.fromkeys((*procedure.also_called, *sayings.get(base, ())))),
        body=_body(procedure),
        field=procedure.field,
        flags=_flags(procedure, popular=base in sayings),
    )


def starter_sayings() -> dict[str, tuple[str, ...]]:
    """Return what people say for each procedure of the starter catalogue, by code."""
    return {procedure.code: procedure.also_called for procedure in load_starter()[0]}


def load_lexicon(folder: Path = LEXICON_DIR) -> list[tuple[str, str]]:
    """Return the everyday words with the official words they stand for."""
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")) or []:
            pairs.extend((saying, entry["mean"]) for saying in entry["say"])
    return pairs


def _body(procedure: Procedure) -> str:
    papers = (paper.name for case in procedure.cases for paper in case.papers if paper.role is not PaperRole.NOTE)
    parts = (procedure.summary, procedure.result, procedure.field, *procedure.agencies, *papers, procedure.conditions)
    return " . ".join(parts)[:4000]


def _flags(procedure: Procedure, *, popular: bool) -> frozenset[str]:
    found = {_LEVEL_FLAGS[level] for level in procedure.levels if level in _LEVEL_FLAGS}
    who = " ".join(procedure.applicants).lower()
    if procedure.detail is Detail.FULL:
        found.add("full")
    if popular:
        found.add("popular")
    if "công dân" in who:
        found.add("citizen")
    if "doanh nghiệp" in who:
        found.add("business")
    if procedure.code != base_code(procedure.code):
        found.add("copy")
    if procedure.as_of < "2025-07":
        found.add("old")
    return frozenset(found)
