"""Turns procedures into what the search index knows of them, with the sayings and the lexicon that the project carries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nlu.catalogue.families import Correction, Member, families
from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_requests import Request
from nlu.catalogue.index_weights import FITTED
from nlu.catalogue.model import Detail, Level, PaperRole, Procedure, base_code
from nlu.catalogue.services import Entry
from nlu.catalogue.starter import load_starter, starter_files
from nlu.learning.sayings import learned_sayings, sayings_file, with_learned
from nlu.yaml_files import read_yaml

DATA = Path(__file__).resolve().parents[1] / "data"
LEXICON_DIR = DATA / "lexicon"
SAYINGS_DIR = DATA / "sayings"
QUESTIONS_DIR = DATA / "asked"
REQUESTS = DATA / "requests" / "ambiguous.jsonl"
"""Short requests, written for this project: ``clarify`` where a clerk would ask back, ``answer`` where not."""

_LEVEL_FLAGS = {Level.COMMUNE: "commune", Level.PROVINCE: "province", Level.CENTRAL: "central"}


def index_of(procedures: Iterable[Procedure], version: int, corrections: Sequence[Correction] = ()) -> Index:
    """Build the search index of a catalogue version.

    Args:
        procedures: the version's records.
        version: its number.
        corrections: the officials' words on which codes are one service.
    """
    return index_with(sayings_file(), procedures, version, corrections)


def index_with(
    learned_file: Path | None,
    procedures: Iterable[Procedure],
    version: int,
    corrections: Sequence[Correction] = (),
) -> Index:
    """Build the search index of a catalogue version with sayings that were learned from citizens."""
    learned = learned_sayings(learned_file)
    entries = [with_learned(entry, learned) for entry in entries_of(procedures, corrections)]
    recipe = recipe_with(learned_file, corrections)
    return build_index(entries, version, load_lexicon(), recipe=recipe, requests=load_requests())


def entries_of(
    procedures: Iterable[Procedure], corrections: Sequence[Correction] = (), words: Words | None = None
) -> list[Entry]:
    """Return what search knows of the procedures, with their families; by default with all words of the project."""
    records = list(procedures)
    groups = families((member_of(record) for record in records), corrections)
    known = words or Words.of_project()
    return [entry_of(record, known, groups[record.code]) for record in records]


def member_of(procedure: Procedure) -> Member:
    """Return what grouping into families looks at."""
    return Member(procedure.code, procedure.name, any(doubt.field == "name" for doubt in procedure.doubts))


def index_recipe(corrections: Sequence[Correction] = ()) -> str:
    """Return a hash of all that an index is made with besides the records: code, weights, words, corrections."""
    return recipe_with(sayings_file(), corrections)


def recipe_with(learned_file: Path | None, corrections: Sequence[Correction] = ()) -> str:
    """Return the same for an index with learned sayings."""
    digest = sha256(repr([(one.code, one.with_code) for one in corrections]).encode())
    folder = Path(__file__).parent
    code = sorted([*folder.glob("index*.py"), folder / "families.py", folder / "services.py", Path(__file__)])
    data = [*sorted(LEXICON_DIR.glob("*.yml")), *sorted(SAYINGS_DIR.rglob("*.yml"))]
    data += [*sorted(QUESTIONS_DIR.glob("*.yml")), REQUESTS, FITTED, *starter_files()]
    data += [learned_file] if learned_file is not None and learned_file.is_file() else []
    for path in [*code, *data]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Words:
    """What people say and ask, by base code."""

    sayings: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]
    popular: frozenset[str]
    """Base codes of the procedures that people ask for most."""

    @classmethod
    def of_project(cls) -> Words:
        """Read what the project carries."""
        starter = starter_sayings()
        return cls(_joined(starter, load_sayings()), load_sayings(QUESTIONS_DIR), frozenset(starter))


def entry_of(procedure: Procedure, words: Words, family: str = "") -> Entry:
    """Return what search knows of a procedure.

    Args:
        procedure: the record.
        words: what people say when they mean it.
        family: name of the service that it belongs to.
    """
    base = base_code(procedure.code)
    return Entry(
        code=procedure.code,
        name=procedure.name,
        also_called=tuple(dict.fromkeys((*procedure.also_called, *words.sayings.get(base, ())))),
        questions=words.questions.get(base, ()),
        body=_body(procedure),
        field=procedure.field,
        flags=_flags(procedure, popular=base in words.popular),
        family=family,
    )


def all_sayings(folder: Path = SAYINGS_DIR) -> dict[str, tuple[str, ...]]:
    """Return what people say for each procedure, by code: of the starter catalogue and of a folder."""
    return _joined(starter_sayings(), load_sayings(folder))


def load_sayings(folder: Path = SAYINGS_DIR) -> dict[str, tuple[str, ...]]:
    """Return the sayings of the files in and below a folder, by code."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.rglob("*.yml")):
        for code, said in (read_yaml(path) or {}).items():
            found[code] = (*found.get(code, ()), *said)
    return found


def starter_sayings() -> dict[str, tuple[str, ...]]:
    """Return what people say for each procedure of the starter catalogue, by code."""
    return {procedure.code: procedure.also_called for procedure in load_starter()[0]}


def load_requests(path: Path = REQUESTS) -> list[Request]:
    """Return the requests that leave open which of several services is meant."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Request(row["text"], tuple(row["accept"])) for row in rows if row["kind"] == "clarify"]


def load_lexicon(folder: Path = LEXICON_DIR) -> list[tuple[str, str]]:
    """Return the everyday words with the official words they stand for."""
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.yml")):
        for entry in read_yaml(path) or []:
            pairs.extend((saying, entry["mean"]) for saying in entry["say"])
    return pairs


def _joined(first: Mapping[str, tuple[str, ...]], more: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found = dict(first)
    for code, said in more.items():
        found[code] = tuple(dict.fromkeys((*found.get(code, ()), *said)))
    return found


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
