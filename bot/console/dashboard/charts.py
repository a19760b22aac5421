"""Charts as SVG within the page: no script, no style of its own, colours of the console's sheet, and words for who sees none.

A library would put script and style into each chart, which the console's policy lets nobody do, and would not follow
dark mode. Each series has a colour and a pattern or dash of its own, so that nobody has to tell colours apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 360
_BAR, _ROW, _LEGEND = 13, 39, 18
_TOP, _BOTTOM, _LEFT, _HEIGHT = 10, 22, 48, 170
MOST_BARS = 12
"""More would not be read; the table has them all."""
MOST_SERIES = 4


@dataclass(frozen=True)
class Series:
    """Values under one name."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class Chart:
    """What is drawn."""

    key: str
    """Names it within the page."""
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    """As many values each as there are labels."""
    lines: bool = False
    """Over time, rather than bars beside names."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not any(value for one in self.series for value in one.values)


def draw(chart: Chart) -> Markup:
    """Return the chart; the longest bars only, where there are many."""
    return _lines(chart) if chart.lines else _bars(chart)


def _bars(chart: Chart) -> Markup:
    rows = list(zip(chart.labels, *(one.values for one in chart.series), strict=True))[:MOST_BARS]
    most = max((sum(row[1:]) for row in rows), default=0) or 1
    room = WIDTH - 45 * len(chart.series)
    parts, legend = _legend(chart)
    top = legend + 4
    for label, *values in rows:
        parts.append(_text(0, top + 12, _cut(label, 50)))
        left = 0.0
        for place, value in enumerate(values):
            wide = room * value / most
            if value:
                at = f'x="{left:.1f}" y="{top + 17}" width="{max(wide, 1):.1f}" height="{_BAR}"'
                parts.append(f'<rect class="s{place}" {at}/>')
            left += wide
        parts.append(_text(left + 5, top + 28, " + ".join(_number(value) for value in values), "v"))
        top += _ROW
    if len(chart.labels) > MOST_BARS:
        parts.append(_text(0, top + 12, f"… và {len(chart.labels) - MOST_BARS} dòng nữa trong bảng"))
        top += _LEGEND
    return _svg(chart, top, parts)


def _lines(chart: Chart) -> Markup:
    top = max((value for one in chart.series for value in one.values), default=0)
    step = _step(top)
    highest = max(step * math.ceil(top / step), step)
    parts, legend = _legend(chart)
    low, high = legend + _HEIGHT - _BOTTOM, legend + _TOP

    def across(place: int) -> float:
        return _LEFT + (WIDTH - _LEFT - 8) * (place / max(1, len(chart.labels) - 1))

    def up(value: float) -> float:
        return low - (low - high) * value / highest

    for number in range(int(highest / step) + 1):
        y = up(number * step)
        parts.append(f'<line class="g" x1="{_LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(_text(_LEFT - 5, y + 4, _number(number * step), "e"))
    for place, one in enumerate(chart.series[:MOST_SERIES]):
        points = [(across(at), up(value)) for at, value in enumerate(one.values)]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline class="l{place}" points="{drawn}"/>')
        if len(points) == 1:
            parts.append(f'<circle class="s{place}" cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="4"/>')
    ends = (0, len(chart.labels) - 1) if len(chart.labels) > 1 else (0,)
    for at in ends if chart.labels else ():
        parts.append(_text(across(at), low + 16, chart.labels[at], "e" if at else ""))
    return _svg(chart, legend + _HEIGHT, parts)


def _legend(chart: Chart) -> tuple[list[str], int]:
    """Return the names of the series, below each other, and how high they are."""
    if len(chart.series) < 2:
        return [], 0
    parts: list[str] = []
    for place, one in enumerate(chart.series[:MOST_SERIES]):
        y = place * _LEGEND + 9
        line = f'<line class="l{place}" x1="0" x2="26" y1="{y}" y2="{y}"/>'
        bar = f'<rect class="s{place}" x="0" y="{y - 6}" width="22" height="11"/>'
        parts.append(line if chart.lines else bar)
        parts.append(_text(32, y + 4, one.name))
    return parts, min(len(chart.series), MOST_SERIES) * _LEGEND + 4


def _svg(chart: Chart, height: float, parts: Sequence[str]) -> Markup:
    inside = Markup("".join(parts))  # noqa: S704 - every word in it is escaped
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="bd-{key}-t bd-{key}-d" viewBox="0 0 {width} {height:.0f}">'
        '<title id="bd-{key}-t">{title}</title><desc id="bd-{key}-d">{said}</desc>{parts}</svg>'
    ).format(key=chart.key, width=WIDTH, height=height, title=chart.title, said=describe(chart), parts=inside)


def describe(chart: Chart) -> str:
    """Say in words what the chart shows; all numbers stand in the table beside it."""
    said = []
    for one in chart.series[:MOST_SERIES]:
        if one.values:
            at = max(range(len(one.values)), key=lambda place: one.values[place])
            said.append(
                f"{one.name}: tổng {_number(sum(one.values))}, nhiều nhất {_number(one.values[at])} ở {chart.labels[at]}."
            )
    return " ".join([*said, "Số đầy đủ ở bảng ngay dưới."])


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    # Not by Markup's own way, which takes ten times as long, and a page has hundreds.
    own = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{own}>{escape(words)}</text>'


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _number(value: float) -> str:
    """Write a number as in Vietnam."""
    if value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return f"{value:.1f}".replace(".", ",")


def _step(top: float) -> float:
    """Return a round distance between lines, so that there are three to five of them; whole, for these are counts."""
    rough = max(1.0, top / 4)
    size = 10 ** math.floor(math.log10(rough))
    return float(next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough))
