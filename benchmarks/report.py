"""Says what was measured: a table for people, JSON for machines, and which of the floors it reaches."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median
from typing import Any

from benchmarks.figures import Figures, medians, ratio
from benchmarks.measure import Measurement, Round, Row

FIRST_ANSWER_SECONDS = 5.0
THINKING_P95_MS = 150.0
THINKING_CONVERSATIONS = 16
SATURATED_RATIO = 2.0
APP_MEGABYTES = 250.0
RASA_MEGABYTES = 800.0


@dataclass(frozen=True)
class Floor:
    """One thing that must be reached."""

    what: str
    wanted: str
    found: str
    met: bool


@dataclass(frozen=True)
class Heading:
    """Under what circumstances it was measured."""

    at: datetime
    catalogue: str
    questions: int
    rounds: int


def floors(measured: Measurement) -> list[Floor]:
    """Compare with what must be reached; a kind of load that was not measured has no floor."""
    start = max(measured.first_answer)
    app, rasa = measured.megabytes["app"], measured.megabytes["rasa"]
    found = [
        Floor(
            "first catalogue answer", f"≤ {FIRST_ANSWER_SECONDS:.0f} s", f"{start:.1f} s", start <= FIRST_ANSWER_SECONDS
        ),
        Floor("memory of the app", f"≤ {APP_MEGABYTES:.0f} MB", f"{app:.0f} MB", app <= APP_MEGABYTES),
        Floor("memory of Rasa", f"≤ {RASA_MEGABYTES:.0f} MB", f"{rasa:.0f} MB", rasa <= RASA_MEGABYTES),
    ]
    for row in measured.rows:
        count = row.phase.conversations
        if row.phase.thinking and count == THINKING_CONVERSATIONS:
            p95 = medians(_figures(row.ours)).p95
            wanted, name = f"≤ {THINKING_P95_MS:.0f} ms", f"p95 of {count} conversations, thinking"
            found.append(Floor(name, wanted, f"{p95:.0f} ms", p95 <= THINKING_P95_MS))
        elif not row.phase.thinking and count > 1:
            # One conversation saturates nothing: it waits for one answer at a time, and says how long that takes.
            times = _ratio(row, lambda one: one.turns_per_second)
            wanted, name = f"≥ {SATURATED_RATIO:g} × stock", f"turns/s of {count} conversations, saturated"
            found.append(Floor(name, wanted, f"{times:.1f} ×", times >= SATURATED_RATIO))
    return found


def table(heading: Heading, measured: Measurement) -> str:
    """Return the whole report as lines for a terminal."""
    return "\n".join([*_head(heading, measured), "", *_load_lines(measured.rows), "", *_floor_lines(floors(measured))])


def as_json(heading: Heading, measured: Measurement) -> dict[str, Any]:
    """Return the whole report as plain data; what has no value is ``None``."""
    data = {
        **asdict(heading),
        "at": heading.at.isoformat(),
        "cpus": os.cpu_count(),
        "load_average": measured.load_average,
        "cold_start_seconds": {
            "first_answer": measured.first_answer,
            "rasa_ready": measured.rasa_ready,
            "stock_first_answer": measured.stock_first_answer,
        },
        "megabytes": dict(measured.megabytes),
        "load": [_row_json(row) for row in measured.rows],
        "floors": [asdict(floor) for floor in floors(measured)],
    }
    found: dict[str, Any] = _plain(data)
    return found


def _head(heading: Heading, measured: Measurement) -> list[str]:
    before, after = measured.load_average
    memory = measured.megabytes
    first = measured.first_answer
    return [
        f"Measured {heading.at:%Y-%m-%d %H:%M} on {os.cpu_count()} CPUs.",
        f"Load average {before:.1f} before, {after:.1f} after: what others do on the machine slows both.",
        f"Catalogue {heading.catalogue}; {heading.questions} questions; medians of {heading.rounds} rounds;",
        "in each round every load is put on ours and on a stock Rasa assistant, one after the other.",
        "",
        f"cold start   first catalogue answer {median(first):.1f} s (slowest of {len(first)}: {max(first):.1f} s), "
        f"Rasa ready {measured.rasa_ready:.1f} s; stock Rasa answers after {measured.stock_first_answer:.1f} s",
        f"memory       app {memory['app']:.0f} MB, Rasa {memory['rasa']:.0f} MB; stock Rasa {memory['stock']:.0f} MB",
    ]


def _load_lines(rows: Sequence[Row]) -> list[str]:
    lines = [
        f"{'':24}{'───────── Một Cửa ──────────':>30}   {'──────── stock Rasa ────────':>29}   {'─ ours/stock ─':>14}",
        f"{'load':<24}{'p50':>7}{'p95':>8}{'turns/s':>9}{'fail':>6}   {'p50':>7}{'p95':>8}{'turns/s':>8}{'fail':>6}"
        f"   {'turns/s':>7}{'p95':>7}   CPU ms a turn (app + Rasa | stock)",
    ]
    for row in rows:
        mode = f"{row.phase.thinking:g} s thinking" if row.phase.thinking else "saturated"
        ours, stock = medians(_figures(row.ours)), medians(_figures(row.stock))
        times = _ratio(row, lambda one: one.turns_per_second)
        slower = _ratio(row, lambda one: one.p95)
        app, rasa, peer = _cpu(row.ours, "app"), _cpu(row.ours, "rasa"), _cpu(row.stock, "stock")
        load = f"{row.phase.conversations:>3} × {mode:<18}"
        cells = f"{_cells(ours, 9)}   {_cells(stock, 8)}   {times:>7.2f}{slower:>7.2f}"
        lines.append(f"{load}{cells}   {app:.1f} + {rasa:.1f} | {peer:.1f}")
    return [*lines, "p50 and p95 in milliseconds, over HTTP as a client sees them; fail: turns without an answer."]


def _floor_lines(found: Sequence[Floor]) -> list[str]:
    return [
        f"{'reached' if floor.met else 'MISSED ':<9}{floor.what:<44}{floor.wanted:>14}   measured {floor.found}"
        for floor in found
    ]


def _cells(one: Figures, wide: int) -> str:
    return f"{one.p50:>7.1f}{one.p95:>8.1f}{one.turns_per_second:>{wide}.1f}{one.failures:>6}"


def _figures(rounds: Sequence[Round]) -> list[Figures]:
    return [one.figures for one in rounds]


def _ratio(row: Row, value: Callable[[Figures], float]) -> float:
    return ratio([value(one) for one in _figures(row.ours)], [value(one) for one in _figures(row.stock)])


def _cpu(rounds: Sequence[Round], part: str) -> float:
    return median(one.cpu_ms[part] for one in rounds)


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "conversations": row.phase.conversations,
        "thinking_seconds": row.phase.thinking,
        "ours": {"median": asdict(medians(_figures(row.ours))), "rounds": [asdict(one) for one in row.ours]},
        "stock": {"median": asdict(medians(_figures(row.stock))), "rounds": [asdict(one) for one in row.stock]},
        "ratio": {
            "turns_per_second": _ratio(row, lambda one: one.turns_per_second),
            "p95": _ratio(row, lambda one: one.p95),
        },
    }


def _plain(value: Any) -> Any:
    """Round numbers, and turn what JSON cannot say into ``None``."""
    if isinstance(value, float):
        return round(value, 3) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
