"""No sealed column is forgotten when the key is changed."""

from __future__ import annotations

from sqlalchemy import LargeBinary

from bot.app.keys import SEALED
from bot.migrations.schema import METADATA


def test_every_column_that_is_sealed_is_listed() -> None:
    found = {
        f"{table.name}.{column.name}"
        for metadata in METADATA
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary) and "sealed" in (column.comment or "").lower()
    }
    assert {one.name for one in SEALED} == found
    assert len(SEALED) == len(found)
