"""Many made-up rows at once into either kind of database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert

from bot.unit_of_work import UnitOfWork


def is_postgres(transactions: UnitOfWork) -> bool:
    """Tell which kind it is."""
    return transactions.engine.dialect.name == "postgresql"


async def careless(transactions: UnitOfWork) -> None:
    """Have SQLite wait for no disk: these rows can be made again."""
    if is_postgres(transactions):
        return
    async with transactions.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute("PRAGMA synchronous=OFF")
        await raw.execute("PRAGMA cache_size=-1500000")


async def copied(transactions: UnitOfWork, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows, the quickest way."""
    if not rows:
        return
    if not is_postgres(transactions):
        async with transactions.write() as session:
            await session.execute(insert(table), list(rows))
        return
    columns = [column.name for column in table.columns if column.name in rows[0]]
    async with transactions.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        records = [[row[name] for name in columns] for row in rows]
        await raw.copy_records_to_table(table.name, records=records, columns=columns)


async def settled(transactions: UnitOfWork, tables: Iterable[Table]) -> None:
    """Have PostgreSQL know its tables as it would after a day."""
    if not is_postgres(transactions):
        return
    async with transactions.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        for table in tables:
            await raw.execute(f"VACUUM ANALYZE {table.name}")
