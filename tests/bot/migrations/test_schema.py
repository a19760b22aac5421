"""Tests of the migrations: they make exactly the tables that the packages declare."""

from __future__ import annotations

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.migrations.schema import METADATA, MigrationError, alembic_config, upgrade
from bot.unit_of_work import open_engine


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
