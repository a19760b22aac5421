"""Any period adds up to the sum of its days, however whole months are taken together; and what is read beside the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from bot.delivery.tables import inbox, outbox
from bot.dossiers.tables import dossier_change
from bot.figures import reading_store
from bot.figures.counting_store import starts
from bot.figures.reading_store import Queue
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


async def test_dossiers_are_found_for_which_papers_were_asked_in_a_period_the_last_first(database: UnitOfWork) -> None:
    since, until = date(2026, 3, 2), date(2026, 4, 1)
    line = {"revision": 2, "from_status": 2, "to_status": 5, "kind": "supplement", "procedure_code": "1.001193"}
    given = [
        ("long ago", since, -1, {}),
        ("first", since, 0, {}),
        ("asked twice", since, 1, {}),
        ("asked twice", until, -2, {"revision": 4}),
        ("asked again later", since, 3, {}),
        ("asked again later", until, 5, {"revision": 4}),
        ("last", until, -1, {}),
        ("too late", until, 0, {}),
        ("of another procedure", since, 2, {"procedure_code": "1.001194"}),
        ("a sample", since, 2, {"procedure_code": None}),
        ("refused", since, 2, {"kind": "refused"}),
    ]
    rows = [
        line | {"code": code, "at": starts(day) + timedelta(minutes=minutes)} | more
        for code, day, minutes, more in given
    ]
    async with database.write() as session:
        await session.execute(insert(dossier_change), rows)
    async with database.read() as session:
        found = await reading_store.asked_for_papers(session, "1.001193", since, until, 9)
        some = await reading_store.asked_for_papers(session, "1.001193", since, until, 2)
    assert found == ["last", "asked twice", "asked again later", "first"]
    assert some == found[:2]


async def test_what_waits_now_is_told_by_channel_and_what_is_done_is_not(database: UnitOfWork) -> None:
    place = {"account": "a", "conversation": "c"}
    came = [("web", "new", 3), ("web", "new", 1), ("web", "done", 0), ("email", "failed", 0)]
    left = [("web", "delivered", 0), ("zalo_oa", "sending", 2), ("zalo_oa", "waiting", 4), ("email", "dead", 0)]
    since = datetime(2026, 11, 26, tzinfo=UTC)
    asked = [
        {"channel": channel, **place, "message_id": str(at), "received_at": since + timedelta(hours=hours)}
        | {"state": state, "recoveries": 0}
        for at, (channel, state, hours) in enumerate(came)
    ]
    told = [
        {"channel": channel, **place, "key": str(at), "created_at": since + timedelta(hours=hours)}
        | {"state": state, "attempts": 0}
        for at, (channel, state, hours) in enumerate(left)
    ]
    async with database.write() as session:
        await session.execute(insert(inbox), asked)
        await session.execute(insert(outbox), told)
    async with database.read() as session:
        found = await reading_store.queues(session)
    assert found == {
        "web": (Queue(2, since + timedelta(hours=1)), Queue(0, None)),
        "zalo_oa": (Queue(0, None), Queue(2, since + timedelta(hours=2))),
    }
