"""Runs the ablation on a catalogue file or the starter catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.errors import BotError
from bot.evaluation.ablation import Way, ways
from bot.evaluation.ablation_table import Row, answerable, measure, measure_all
from bot.evaluation.cases import Case
from bot.evaluation.embeddings import NAME, PACKAGE, embedding_way
from nlu.catalogue.entries import entries_of, load_lexicon
from nlu.catalogue.importing.findings import Finding
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.model import Procedure
from nlu.catalogue.starter import load_starter

NOT_ASKED = "not measured: --with-embeddings"
NOT_THERE = f"not measured: {PACKAGE} is not installed"


class AblationError(BotError):
    """The ablation cannot be made."""


def read_procedures(catalogue: Path | None) -> list[Procedure]:
    """Read a catalogue; the starter one when none is named.

    Raises:
        AblationError: the file cannot be read.
    """
    if catalogue is None:
        return list(load_starter()[0])
    if not catalogue.is_file():
        raise AblationError(f"the catalogue {catalogue} cannot be read: there is no such file")
    findings: list[Finding] = []
    with Spool() as spool:
        reading = Reading(spool, findings.append, date.today())
        reading.read(catalogue, lambda _: None)
        reading.finish()
        return list(spool.procedures())


def ablation(procedures: Sequence[Procedure], cases: Sequence[Case], embeddings: bool = False) -> list[Row]:
    """Return one row for each way of ranking.

    Args:
        procedures: the catalogue.
        cases: labelled questions.
        embeddings: whether sentence embeddings are measured too, where their package is installed.

    Raises:
        AblationError: there is no question to measure with.
    """
    asked = answerable(cases)
    if not asked:
        raise AblationError("no question of kind answer with an accepted code: nothing to measure ranking with")
    entries = entries_of(procedures)
    full = build_index(entries, 1, load_lexicon())
    found = ways(full, entries, procedures)
    rows = measure_all(found, asked)
    place = next(number for number, way in enumerate(found) if way.name.startswith("all fields"))
    return [*rows[:place], _embeddings(full, asked, embeddings), *rows[place:]]


def _embeddings(full: Index, asked: Sequence[Case], wished: bool) -> Row:
    if not wished:
        return Row(NAME, {}, {}, None, NOT_ASKED)
    way: Way | None = embedding_way(list(zip(full.members, full.names, strict=True)))
    return measure(way, asked) if way else Row(NAME, {}, {}, None, NOT_THERE)
