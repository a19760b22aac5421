"""Tests of the migrations: they make exactly the tables that the packages declare, and leave what released programs kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.tables import outbox
from bot.dossiers.rating.tables import dossier_rating, dossier_rating_day
from bot.dossiers.tables import dossier, dossier_change
from bot.figures.tables import filed_day, post_day
from bot.handover.tables import handover_request
from bot.migrations.schema import METADATA, MigrationError, alembic_config, upgrade
from bot.rating.tables import answer_rating, answer_rating_day
from bot.unit_of_work import open_engine
from feedback.beside.tables import template

RELEASED = "0025"
"""What the last released program made."""
AT = datetime(2026, 11, 1, tzinfo=UTC)
VALUES: Mapping[type, Any] = {int: 1, str: "x", bool: False, bytes: b"x", datetime: AT}
DOSSIER = "000.00.16.H48-261101-0001"
KEPT: Mapping[Table, Mapping[str, Any]] = {
    dossier: {"code": DOSSIER, "ended_at": AT, "procedure_code": "1.001193.000.00.00.H48"},
    dossier_change: {"code": DOSSIER, "kind": "supplement"},
    outbox: {"state": "dead"},
    handover_request: {},
    template: {},
}
"""Tables that got columns since, and what of their rows matters to the new indexes."""
NEW: Mapping[Table, Mapping[str, Any]] = {
    dossier: {"total_points": None, "agency_points": None, "channel": 0, "office": "H48.16.00.000"},
    dossier_change: {"procedure_code": "1.001193"},
    outbox: {"given_up_at": None},
    handover_request: {"unit": "", "note": None},
    template: {"revision": 1},
}


def differences(connection: Connection) -> list[object]:
    """What the tables in the database lack, or have too much."""
    together = MetaData()
    for metadata in METADATA:
        for table in metadata.tables.values():
            table.to_metadata(together)
    context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": together})
    return list(compare_metadata(context, together))


async def test_the_migrations_make_exactly_the_declared_tables(bare_engine: AsyncEngine) -> None:
    await upgrade(bare_engine)

    async with bare_engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_upgrading_again_changes_nothing(bare_engine: AsyncEngine) -> None:
    await upgrade(bare_engine)
    await upgrade(bare_engine)

    async with bare_engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def go(connection: Connection, move: Callable[[Config, str], None], to: str) -> None:
    """Bring a database forward or back to a revision."""
    config = alembic_config()
    config.attributes["connection"] = connection
    move(config, to)


def keep_rows(connection: Connection) -> None:
    """Put a row into each of the tables as they stand."""
    for declared, given in KEPT.items():
        table = Table(declared.name, MetaData(), autoload_with=connection)
        needed = {one.name: VALUES[one.type.python_type] for one in table.columns if not one.nullable}
        connection.execute(insert(table).values(needed | given))


async def test_rows_of_a_released_program_stay_forward_and_back(bare_engine: AsyncEngine) -> None:
    async with bare_engine.begin() as connection:
        await connection.run_sync(go, command.upgrade, RELEASED)
        await connection.run_sync(keep_rows)

    await upgrade(bare_engine)

    async with bare_engine.begin() as connection:
        for table, columns in NEW.items():
            rows = (await connection.execute(select(*(table.c[name] for name in columns)))).mappings()
            assert [dict(row) for row in rows] == [columns], table.name
        await connection.run_sync(go, command.downgrade, RELEASED)
        for table, given in KEPT.items():
            old = next(iter(table.primary_key))
            kept = given.get(old.name, VALUES[old.type.python_type])
            assert (await connection.execute(select(old))).scalars().all() == [kept]


async def test_what_all_procedures_came_to_is_added_up_of_the_days_that_are_kept(bare_engine: AsyncEngine) -> None:
    numbers = {column.name: 2 for column in filed_day.c if not column.primary_key}
    days = [{"grain": "d", "day": AT.date(), "procedure_code": code} for code in ("1.001193", "")]
    month = {"grain": "m", "day": AT.date(), "procedure_code": ""}
    async with bare_engine.begin() as connection:
        await connection.run_sync(go, command.upgrade, "0032")
        for table, more in ((filed_day, numbers), (post_day, {"topic": "price", "count": 3})):
            await connection.execute(insert(table), [one | more for one in (*days, month)])

    await upgrade(bare_engine)

    async with bare_engine.connect() as connection:
        for table, more in ((filed_day, dict.fromkeys(numbers, 4)), (post_day, {"topic": "price", "count": 6})):
            rows = (await connection.execute(select(table).where(table.c.grain == "t"))).mappings()
            assert [dict(row) for row in rows] == [{"grain": "t", "day": AT.date(), "procedure_code": ""} | more]


async def test_ratings_that_are_kept_are_counted_by_the_day_in_vietnam(bare_engine: AsyncEngine) -> None:
    night = datetime(2026, 11, 1, 17, 30, tzinfo=UTC)
    answers = [{"rated_at": at, "useful": useful} for at, useful in ((AT, True), (night, True), (night, True))]
    dossiers = [{"changed_at": at, "attitude": said} for at, said in ((AT, "good"), (night, "bad"))]
    async with bare_engine.begin() as connection:
        await connection.run_sync(go, command.upgrade, "0032")
        for table, given in ((answer_rating, answers), (dossier_rating, dossiers)):
            needed = {one.name: VALUES.get(one.type.python_type, AT) for one in table.columns if not one.nullable}
            for number, one in enumerate(given):
                key = {"id": number} if table is answer_rating else {"dossier": bytes([number])}
                await connection.execute(insert(table).values(needed | key | one))

    await upgrade(bare_engine)

    async with bare_engine.connect() as connection:
        answered = sorted(map(tuple, await connection.execute(select(answer_rating_day))))
        rated = sorted(map(tuple, await connection.execute(select(dossier_rating_day))))
    first, second = date(2026, 11, 1), date(2026, 11, 2)
    assert answered == [(first, True, 1), (second, True, 2)]
    assert rated == [(first, "good", 1), (second, "bad", 1)]


async def test_two_processes_may_upgrade_at_the_same_time(bare_engine: AsyncEngine) -> None:
    await asyncio.gather(*(upgrade(bare_engine) for _ in range(3)))

    async with bare_engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert {"catalogue_version", "inbox", "outbox", "conversation"} <= set(names)


def test_there_is_one_history_without_branches() -> None:
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


def test_no_two_packages_declare_the_same_table() -> None:
    names = [name for metadata in METADATA for name in metadata.tables]

    assert len(names) == len(set(names))


async def test_a_database_that_cannot_be_reached_is_told_in_one_line() -> None:
    engine = open_engine("postgresql://nobody:hush@127.0.0.1:1/none")

    with pytest.raises(MigrationError) as caught:
        await upgrade(engine)

    await engine.dispose()
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)
