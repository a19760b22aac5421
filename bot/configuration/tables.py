"""Table of the versions of what an agency sets itself."""

from __future__ import annotations

from sqlalchemy import Column, Index, MetaData, String, Table, Text

from bot.delivery.tables import ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

configuration_version = Table(
    "configuration_version",
    metadata,
    Column("id", ROW_ID, primary_key=True, comment="Order in which they were set"),
    Column("kind", String(24), nullable=False, comment="bot.configuration.kinds.Kind"),
    Column("body", Text, nullable=False, comment="YAML; empty: the operator's own file holds again"),
    Column("why", String(300), nullable=False, comment="What it is based on, in the administrator's words"),
    Column("official", String(64), nullable=False, comment="Account of who set it"),
    Column("set_at", UtcDateTime, nullable=False),
    Index("ix_configuration_version_kind", "kind", "id"),
    sqlite_autoincrement=True,
)
"""Append only: the newest of a kind holds, the others are its history."""
