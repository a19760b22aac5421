"""How rows of the delivery tables name their conversation."""

from __future__ import annotations

from sqlalchemy import Table, and_
from sqlalchemy.sql.elements import ColumnElement

from bot.channels.contract import Ref


def columns_of(ref: Ref) -> dict[str, str]:
    """Return what a row of a conversation holds of it."""
    return {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}


def values_of(ref: Ref) -> tuple[str, str, str]:
    """Return the same as one value, to be compared with ``places``."""
    return ref.channel, ref.account, ref.conversation


def places(table: Table) -> tuple[ColumnElement[str], ...]:
    """Return the columns that name a conversation."""
    return table.c.channel, table.c.account, table.c.conversation


def of(table: Table, ref: Ref) -> ColumnElement[bool]:
    """Choose the rows of one conversation."""
    return and_(
        table.c.channel == ref.channel, table.c.account == ref.account, table.c.conversation == ref.conversation
    )
