"""Any period adds up to the sum of its days, however whole months are taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from bot.figures import reading_store
from bot.figures.tables import dossier_day, reply_day
from bot.unit_of_work import UnitOfWork
from feedback.record import Book
from feedback.reports import daily_store
from feedback.reports.daily import FLOWS
from feedback.reports.daily_tables import day_count

FIRST, COUNT = date(2025, 8, 20), 480
ROWS = {
    dossier_day: ({"unit": ["", "Phường A", "Phường B"]}, ("ended", "late", "undated")),
    reply_day: ({"channel": ["web", "mail"], "bucket": [0, 3]}, ("count",)),
    day_count: ({"book": [Book.REGISTER.value], "unit": ["U1", "U2"], "category": [0, 4]}, FLOWS),
}
PERIODS = [
    (date(2025, 9, 10), date(2026, 11, 11)),
    (date(2025, 9, 1), date(2026, 9, 1)),
    (date(2026, 3, 2), date(2026, 3, 20)),
    (date(2026, 2, 27), date(2026, 4, 1)),
    (date(2026, 2, 27), date(2026, 2, 27)),
]


def rows_of(table: Any, chance: Random) -> Sequence[Mapping[str, Any]]:
    """Random counts of each day, and the months that they come to."""
    choices, names = ROWS[table]
    keys = [{}]
    for name, values in choices.items():
        keys = [key | {name: value} for key in keys for value in values]
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for number in range(COUNT):
        day = FIRST + timedelta(days=number)
        for key in keys:
            counts = {name: chance.randrange(5) for name in names}
            for grain, start in (("d", day), ("m", day.replace(day=1))):
                found.setdefault((grain, start, *key.items()), Counter()).update(counts)
    return [
        {"grain": grain, "day": day, **dict(key)} | {name: counts[name] for name in names}
        for (grain, day, *key), counts in found.items()
    ]


def added(
    rows: Sequence[Mapping[str, Any]], table: Any, since: date, until: date
) -> dict[tuple[Any, ...], Counter[str]]:
    """The days of a period by hand."""
    choices, names = ROWS[table]
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for row in rows:
        if row["grain"] == "d" and since <= row["day"] < until:
            key = tuple(row[name] for name in choices)
            found.setdefault(key, Counter()).update({name: row[name] for name in names})
    return found


@pytest.mark.parametrize(("since", "until"), PERIODS)
async def test_a_period_is_the_sum_of_its_days(database: UnitOfWork, since: date, until: date) -> None:
    chance = Random(4)
    made = {table: rows_of(table, chance) for table in ROWS}
    async with database.write() as session:
        for table, rows in made.items():
            await session.execute(insert(table), rows)
    async with database.read() as session:
        ended = await reading_store.dossiers(session, since, until)
        waits = await reading_store.waits(session, since, until)
        slices = await daily_store.by_unit_and_category(session, Book.REGISTER, since, until)
    by_hand = {table: added(rows, table, since, until) for table, rows in made.items()}
    assert [(one.unit, one.ended, one.late, one.undated) for one in ended] == [
        (key[0], *(counts[name] for name in ROWS[dossier_day][1]))
        for key, counts in sorted(by_hand[dossier_day].items())
    ]
    assert {(channel, bucket): count for channel, own in waits.items() for bucket, count in own.items()} == {
        key: counts["count"] for key, counts in by_hand[reply_day].items()
    }
    assert [(one.unit, one.category, one.counts) for one in slices] == [
        (key[1], key[2], +counts) for key, counts in sorted(by_hand[day_count].items())
    ]
