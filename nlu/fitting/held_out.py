"""Reads what a model made of sentences that it had not learned, with what the ranking sees in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlu.catalogue.entries import SAYINGS_DIR, Words, all_sayings, entries_of, load_lexicon, load_requests
from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.model import Procedure
from nlu.fitting.samples import training_lines


def held_out_cases(path: Path, records: Sequence[Procedure]) -> list[list[dict[str, Any]]]:
    """Return the cases of a file of ``nlu.components.held_out`` like those of a report, one group per kind.

    A saying is asked on an index that knows only the first writer's; follow-ups name nothing and are left out.
    """
    rows = json.loads(path.read_text("utf-8"))
    nameless = {line for _, line in training_lines("*follow_up.yml")}
    known = build_index(entries_of(records), 1, load_lexicon(), requests=load_requests())
    first = replace(Words.of_project(), sayings=all_sayings(SAYINGS_DIR / "first"))
    blind = build_index(entries_of(records, words=first), 1, load_lexicon(), requests=load_requests())
    groups = {kind: [row for row in rows if row["kind"] == kind] for kind in ("answer", "out_of_scope", "saying")}
    kept = [
        [_case(row, blind if kind == "saying" else known) for row in group if row["text"] not in nameless]
        for kind, group in groups.items()
    ]
    return [group for group in kept if group]


def _case(row: Mapping[str, Any], index: Index) -> dict[str, Any]:
    signs = {**index.rank(row["text"]).features, "out_of_scope": row["out_of_scope"]}
    return {"kind": "answer" if row["kind"] == "saying" else row["kind"], "signs": signs}
