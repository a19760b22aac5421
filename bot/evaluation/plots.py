"""Draws charts as PNG files; runs in Rasa's environment: ``python -m bot.evaluation.plots FOLDER < charts.json``.

Imports nothing of the project, and matplotlib only when it draws: the app's environment has none. A chart has ``file``,
``kind`` and ``title``, and by its kind: ``lines``: ``x`` and ``series`` (``name``, ``x``, ``y``, ``dashed``); ``bars``:
``labels`` and ``values``; ``matrix``: ``labels`` and ``values``, one row for each label. All values are shares.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

DPI = 100
COLOUR = "#0b5394"


def draw(chart: Mapping[str, Any], folder: Path) -> Path:
    """Draw one chart and return its file."""
    import_module("matplotlib").use("Agg")
    pyplot = import_module("matplotlib.pyplot")
    count = len(chart.get("labels", ()))
    size = {"lines": (6, 4.5), "bars": (8, 1 + 0.3 * count), "matrix": (3 + 0.24 * count, 3 + 0.24 * count)}
    figure, axes = pyplot.subplots(figsize=size[chart["kind"]])
    {"lines": _lines, "bars": _bars, "matrix": _matrix}[chart["kind"]](axes, chart)
    axes.set_title(chart["title"], fontsize=10)
    figure.tight_layout()
    path = folder / str(chart["file"])
    # Without the program's name and version the same figures give the same file.
    figure.savefig(path, dpi=DPI, metadata={"Software": None})
    pyplot.close(figure)
    return path


def _lines(axes: Any, chart: Mapping[str, Any]) -> None:
    for one in chart["series"]:
        axes.plot(
            one["x"],
            one["y"],
            label=one["name"],
            color="grey" if one.get("dashed") else COLOUR,
            linestyle="--" if one.get("dashed") else "-",
            marker=None if one.get("dashed") else "o",
        )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(chart["x"])
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)


def _bars(axes: Any, chart: Mapping[str, Any]) -> None:
    bars = axes.barh(chart["labels"], chart["values"], color=COLOUR)
    axes.bar_label(bars, fmt="%.3f", padding=3, fontsize=8)
    axes.set_xlim(0, 1.12)
    axes.invert_yaxis()
    axes.tick_params(labelsize=8)


def _matrix(axes: Any, chart: Mapping[str, Any]) -> None:
    places = range(len(chart["labels"]))
    axes.imshow(chart["values"], cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(places, chart["labels"], rotation=90, fontsize=7)
    axes.set_yticks(places, chart["labels"], fontsize=7)
    for row, shares in enumerate(chart["values"]):
        for column, share in enumerate(shares):
            if share >= 0.05:
                colour = "white" if share > 0.5 else "black"
                axes.text(column, row, f"{share:.1f}".lstrip("0"), ha="center", va="center", fontsize=5, color=colour)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the charts that stand in the input."""
    (folder,) = map(Path, sys.argv[1:] if arguments is None else arguments)
    folder.mkdir(parents=True, exist_ok=True)
    for chart in json.load(sys.stdin):
        draw(chart, folder)


if __name__ == "__main__":
    main()
