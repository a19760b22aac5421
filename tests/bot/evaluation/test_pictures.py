"""The charts of a report carry its figures; drawing them is the other environment's work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.evaluation.findings import Findings
from bot.evaluation.intents import Intents
from bot.evaluation.origin import Origin
from bot.evaluation.pictures import CALIBRATION, FIELDS, INTENTS, NOISE, SURE, DrawingError, charts, draw
from nlu.noise import AS_WRITTEN
from tests.bot.evaluation.results import result

ORIGIN = Origin("", (), "")
ROOT = Path(__file__).parents[3]


def test_there_is_a_chart_for_all_that_was_found() -> None:
    intents = Intents(0.9, 0.8, {"deny": 0.5}, {"deny": 4, "affirm": 2}, (("deny", "affirm", 1),))
    asked = [result("right", confidence=0.9), result("a", confidence=0.4)]
    found = Findings(ORIGIN, asked, {AS_WRITTEN: asked}, {"right": "Hộ tịch"}, (), intents)
    drawn = {chart["file"]: chart for chart in charts(found)}
    assert list(drawn) == [CALIBRATION, SURE, FIELDS, NOISE, INTENTS]
    assert drawn[FIELDS]["labels"] == ["Hộ tịch"]
    assert drawn[NOISE]["values"] == [0.5]
    assert drawn[INTENTS]["values"] == [[0.75, 0.25], [0.0, 1.0]]
    assert drawn[CALIBRATION]["series"][0]["y"] == [0.0, 1.0]


def test_nothing_found_is_nothing_drawn() -> None:
    assert charts(Findings(ORIGIN, [], {}, {}, ())) == []


async def test_what_cannot_be_drawn_is_said_in_one_line(tmp_path: Path) -> None:
    chart = {"file": "a.png", "kind": "riddle", "title": ""}
    with pytest.raises(DrawingError, match="could not be drawn: "):
        await draw(Path(sys.executable), ROOT, {}, tmp_path, [chart])
