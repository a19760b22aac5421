"""Measures ways of ranking on labelled questions, with accents and without, and prints them as one table."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tqdm import tqdm

from bot.evaluation.ablation import Way
from bot.evaluation.cases import Case, accentless
from bot.evaluation.grids import grid
from bot.evaluation.report import aligned

GROUPS: Mapping[str, frozenset[str]] = {
    "portal": frozenset({"dec1mo_faq", "tiennhat_chatbot_tthc", "capphutho_faq"}),
    "everyday": frozenset({"tranbanha_rasa", "nhdandz_bqp"}),
}
"""Sources by how their questions are worded: as a portal's own questions, or as people write. The rest are ``others``."""
OTHERS, ALL = "others", "all"
PLACES = (1, 3, 10)
MISSED = 99

Shares = tuple[float, ...]


@dataclass(frozen=True)
class Row:
    """What one way of ranking came to."""

    name: str
    accented: Mapping[str, Shares]
    """Group → R@k for each of ``PLACES``."""
    folded: Mapping[str, Shares]
    """The same without accents."""
    milliseconds: float | None
    """Median for one question; ``None`` when the way could not be tried."""
    remark: str = ""


def answerable(cases: Iterable[Case]) -> list[Case]:
    """Return the questions of kind ``answer`` that have a right code."""
    return [case for case in cases if case.kind == "answer" and case.accept]


def measure(way: Way, cases: Sequence[Case]) -> Row:
    """Ask a way of ranking every question in both spellings."""
    if cases:
        way.rank(cases[0].text)  # what is prepared once is not counted
    times: list[float] = []
    places = [[_place(way, case, times) for case in some] for some in (cases, accentless(cases))]
    accented, folded = (_by_group(cases, found) for found in places)
    return Row(way.name, accented, folded, round(statistics.median(times), 1) if times else None)


def measure_all(found: Sequence[Way], cases: Sequence[Case]) -> list[Row]:
    """Measure every way, showing how far it is."""
    return [measure(way, cases) for way in tqdm(found, desc="ways of ranking", disable=None, file=sys.stderr)]


def group_of(source: str) -> str:
    """Return the group of a source."""
    return next((name for name, sources in GROUPS.items() if source in sources), OTHERS)


def table(rows: Sequence[Row]) -> str:
    """Return the rows for a terminal."""
    return "\n\n".join(f"{title}\n{aligned([tuple(line) for line in lines])}" for title, lines in _tables(rows))


def markdown(rows: Sequence[Row], origin: Sequence[str]) -> str:
    """Return the rows as a page.

    Args:
        rows: the measured ways.
        origin: names and hashes of what was measured.
    """
    lines = ["# What each part of the search is worth", "", "Written by `make evaluate ABLATION=1`.", ""]
    lines += [*(f"- {one}" for one in origin), "", CAPTION]
    for title, (head, *rest) in _tables(rows):
        lines += ["", f"## {title}", "", *grid(head, rest)]
    return "\n".join(lines) + "\n"


CAPTION = (
    "Each cell is R@1 / R@3 / R@10 over services; ms is the median for one question, in this process. The fitted ranking's"
    " weights were fitted on the development questions, so that its rows are kinder there than on new ones (`python -m"
    " nlu.fitting` prints the cross-validated figures); a row that lacks something keeps the weights fitted with it."
)


def _place(way: Way, case: Case, times: list[float]) -> int:
    began = time.perf_counter()
    ranked = way.rank(case.text)
    times.append(1000 * (time.perf_counter() - began))
    return next((place for place, codes in enumerate(ranked) if not set(codes).isdisjoint(case.accept)), MISSED)


def _by_group(cases: Sequence[Case], places: Sequence[int]) -> dict[str, Shares]:
    groups: dict[str, list[int]] = {}
    for case, place in zip(cases, places, strict=True):
        for name in (group_of(case.source), ALL):
            groups.setdefault(name, []).append(place)
    return {name: tuple(sum(one < k for one in some) / len(some) for k in PLACES) for name, some in groups.items()}


def _tables(rows: Sequence[Row]) -> list[tuple[str, list[list[str]]]]:
    present = [name for name in (*GROUPS, OTHERS, ALL) if any(name in row.accented for row in rows)]
    tables = []
    for title, folded in (("with accents", False), ("without accents", True)):
        lines = [["ranked by", *present, "ms"]]
        for row in rows:
            shares = row.folded if folded else row.accented
            cells = [
                " / ".join(f"{share:.3f}" for share in shares[name]) if name in shares else "–" for name in present
            ]
            lines.append([row.name, *cells, row.remark if row.milliseconds is None else f"{row.milliseconds:.1f}"])
        tables.append((title, lines))
    return tables
