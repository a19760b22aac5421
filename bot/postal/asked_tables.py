"""The table of what people ask about the post."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, MetaData, String, Table

from bot.delivery.tables import ROW_ID
from feedback.columns import NAMES

metadata = MetaData(naming_convention=NAMES)

postal_asked = Table(
    "postal_asked",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("day", Date, nullable=False, comment="By Vietnam's calendar; the hour is not kept"),
    Column("procedure_code", String(32), nullable=False, comment="Empty for none"),
    Column("topic", String(12), nullable=False, comment="bot.postal.asked.Topic"),
    Index("ix_postal_asked_day", "day"),
    sqlite_autoincrement=True,
)
"""Append only, and nobody's: no conversation, no channel. A row each, for counters that many turns write would make them wait."""
