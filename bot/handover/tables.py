"""Table of the requests to speak to a person (gặp cán bộ), which officials work on."""

from __future__ import annotations

from sqlalchemy import Column, Index, MetaData, String, Table, Text, text

from bot.delivery.tables import ACCOUNT, CHANNEL, CONVERSATION, ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

handover_request = Table(
    "handover_request",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("question", Text, nullable=False, comment="Last question, masked; empty for none. No other words are kept"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", String(12), nullable=False, comment="open, taken, closed or taken_back"),
    Column("ended_at", UtcDateTime, comment="Empty while open or taken"),
    Column("language", String(8), nullable=False, server_default="vi", comment="Of the conversation when it was asked"),
    Column("official", String(64), comment="Account of who talks with the person; empty while nobody does"),
    Column("taken_at", UtcDateTime, comment="When an official first took it"),
    Column("unit", String(40), nullable=False, server_default="", comment="Whose it is; empty: the receiving unit's"),
    Column("note", Text, comment="Of who passed it on to the unit, masked; empty for none"),
    Index(
        "uq_handover_request_open",
        "channel",
        "account",
        "conversation",
        unique=True,
        sqlite_where=text("state IN ('open', 'taken')"),
        postgresql_where=text("state IN ('open', 'taken')"),
    ),
    Index("ix_handover_request_state", "state", "asked_at"),
    Index("ix_handover_request_taken_at", "taken_at"),
    sqlite_autoincrement=True,
)
