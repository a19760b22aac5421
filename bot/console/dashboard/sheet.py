"""A table of figures: what a page shows, a chart draws and a file holds is one and the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.console.dashboard.charts import Chart
from bot.spreadsheets import Cell

NONE = "—"


@dataclass(frozen=True)
class Sheet:
    """One table with its chart."""

    key: str
    """In addresses."""
    title: str
    note: str
    """What is counted."""
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()
    """Empty for a table that adds up to nothing."""
    chart: Chart | None = None
    wide: bool = False
    texts: frozenset[int] = field(default=frozenset({0}))
    """Columns that hold words."""
    standing: bool = False
    """Whether it tells how things stand now, whatever the period."""


def parts_of(first: date, last: date) -> list[tuple[str, date, date]]:
    """Divide a period into days, weeks or months, so many that a chart can show them."""
    count = (last - first).days + 1
    if count <= 62:
        days = [first + timedelta(days=number) for number in range(count)]
        return [(f"{day:%d/%m/%Y}", day, day) for day in days]
    found: list[tuple[str, date, date]] = []
    start = first
    while start <= last:
        if count <= 731:
            end, name = start + timedelta(days=6 - start.weekday()), f"Tuần từ {start:%d/%m/%Y}"
        else:
            end, name = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1), f"{start:%m/%Y}"
        found.append((name, start, min(end, last)))
        start = end + timedelta(days=1)
    return found


def percent(above: int, below: int) -> str:
    """Return a share in percent, as it is written in Vietnam; a dash where there is nothing to divide by."""
    return f"{100 * above / below:.1f} %".replace(".", ",") if below else NONE


def column(rows: Sequence[Sequence[Cell]], place: int) -> list[float]:
    """Return the numbers of a column."""
    return [float(row[place] or 0) for row in rows]
