from __future__ import annotations

import json
import math
from datetime import UTC, datetime

from benchmarks.figures import Figures
from benchmarks.load import Phase
from benchmarks.measure import Measurement, Round, Row
from benchmarks.report import Heading, as_json, floors, table

HEADING = Heading(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "procedures.jsonl.gz", 1347, 3)


def rounds(rate: float, p95: float, **cpu: float) -> tuple[Round, ...]:
    return tuple(Round(Figures(p95 / 2, p95, rate, 40, 0), cpu) for _ in range(3))


def row(conversations: int, thinking: float, *, rate: float, p95: float) -> Row:
    return Row(
        Phase(conversations, 5.0, thinking),
        ours=rounds(rate, p95, app=2.0, rasa=4.0),
        stock=rounds(40.0, 300.0, stock=25.0),
    )


def measurement(*rows: Row, first: float = 1.5, app: float = 140.0, rasa: float = 420.0) -> Measurement:
    return Measurement(
        first_answer=(1.0, first, 1.2),
        rasa_ready=12.0,
        stock_first_answer=30.0,
        megabytes={"app": app, "rasa": rasa, "stock": 900.0},
        rows=rows,
        load_average=(0.5, 2.0),
    )


def test_everything_that_is_reached_is_said_to_be() -> None:
    measured = measurement(row(16, 2.0, rate=8.0, p95=40.0), row(64, 0.0, rate=120.0, p95=500.0))
    assert [floor.met for floor in floors(measured)] == [True] * 5
    assert "MISSED" not in table(HEADING, measured)


def test_what_is_missed_is_said_so() -> None:
    slow = measurement(
        row(16, 2.0, rate=8.0, p95=151.0), row(64, 0.0, rate=79.0, p95=500.0), first=5.1, app=251.0, rasa=801.0
    )
    assert [floor.met for floor in floors(slow)] == [False] * 5
    assert table(HEADING, slow).count("MISSED") == 5


def test_the_table_names_load_times_rates_ratio_and_processor_time() -> None:
    line = next(
        one for one in table(HEADING, measurement(row(64, 0.0, rate=100.0, p95=500.0))).splitlines() if "64 ×" in one
    )
    assert line.split() == [
        *("64", "×", "saturated", "250.0", "500.0", "100.0", "0"),
        *("150.0", "300.0", "40.0", "0", "2.50", "1.67", "2.0", "+", "4.0", "|", "25.0"),
    ]


def test_json_has_every_round_and_no_value_that_json_cannot_say() -> None:
    empty = Row(
        Phase(1, 5.0, 2.0),
        ours=(Round(Figures(math.nan, math.nan, 0.0, 0, 3), {"app": 0.0, "rasa": 0.0}),),
        stock=(Round(Figures(1.0, 1.0, 1.0, 1, 0), {"stock": 1.0}),),
    )
    data = json.loads(json.dumps(as_json(HEADING, measurement(empty)), allow_nan=False))
    assert data["load"][0]["ours"]["median"]["p50"] is None
    assert data["load"][0]["ours"]["rounds"][0]["figures"]["failures"] == 3
    assert data["cold_start_seconds"]["first_answer"] == [1.0, 1.5, 1.2]


def test_one_conversation_saturates_nothing_and_has_no_floor() -> None:
    assert len(floors(measurement(row(1, 0.0, rate=1.0, p95=10.0)))) == 3
