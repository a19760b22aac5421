"""The pictures of a model report, as data; drawn in Rasa's environment, which has the library for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.evaluation.calibration import at_least, reliability
from bot.evaluation.findings import Findings, by_field
from bot.evaluation.report import figures

CALIBRATION = "calibration.png"
SURE = "sure.png"
FIELDS = "fields.png"
NOISE = "noise.png"
INTENTS = "intents.png"

Chart = dict[str, Any]


class DrawingError(BotError):
    """The pictures could not be drawn."""


def charts(found: Findings) -> list[Chart]:
    """Return the charts that the findings have something for; see ``bot.evaluation.plots`` for their form."""
    tenths, sure = reliability(found.results), at_least(found.results)
    drawn = []
    if tenths:
        said = {"name": "right", "x": [one.said for one in tenths], "y": [one.right for one in tenths]}
        ideal = {"name": "as it should be", "x": [0, 1], "y": [0, 1], "dashed": True}
        drawn.append(_lines(CALIBRATION, "First service right, by confidence", "confidence", [said, ideal]))
    if sure:
        right = {"name": "right", "x": [one.sure for one in sure], "y": [one.right for one in sure]}
        shares = [one.kept for one in sure]
        kept = {"name": "share of all answers", "x": [one.sure for one in sure], "y": shares, "dashed": True}
        drawn.append(_lines(SURE, "Answers at least this sure", "confidence", [right, kept]))
    fields = {name: figures(some)["R@1"] or 0.0 for name, some in by_field(found.results, found.fields).items()}
    noise = {name: figures(some)["R@1"] or 0.0 for name, some in found.noise.items() if some}
    for file, title, values in ((FIELDS, "R@1 by field", fields), (NOISE, "R@1 by kind of noise", noise)):
        if values:
            drawn.append(_bars(file, title, values))
    if found.intents is not None:
        drawn.append(
            {
                "file": INTENTS,
                "kind": "matrix",
                "title": "Intents: written (rows) and understood (columns)",
                "labels": list(found.intents.said),
                "values": found.intents.shares,
            }
        )
    return drawn


async def draw(python: Path, root: Path, environment: Mapping[str, str], folder: Path, drawn: list[Chart]) -> None:
    """Draw charts into a folder.

    Args:
        python: interpreter that has matplotlib.
        root: of the project.
        environment: of that process.
        folder: takes the pictures.
        drawn: the charts.

    Raises:
        DrawingError: nothing was drawn; the message carries the reason.
    """
    process = await asyncio.create_subprocess_exec(
        str(python), "-W", "ignore", "-m", "bot.evaluation.plots", str(folder.resolve()),
        cwd=root, env=dict(environment), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, errors = await process.communicate(json.dumps(drawn).encode())
    if process.returncode:
        reason = errors.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise DrawingError(f"the pictures of the report could not be drawn: {reason[0]}")


def _lines(file: str, title: str, x: str, series: list[dict[str, Any]]) -> Chart:
    return {"file": file, "kind": "lines", "title": title, "x": x, "series": series}


def _bars(file: str, title: str, shares: Mapping[str, float]) -> Chart:
    return {"file": file, "kind": "bars", "title": title, "labels": list(shares), "values": list(shares.values())}
