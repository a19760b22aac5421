"""Table of what people ask about their data that only an official can do."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, LargeBinary, MetaData, SmallInteger, String, Table, text

from bot.delivery.tables import ACCOUNT, CHANNEL, CONVERSATION, ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

data_request = Table(
    "data_request",
    metadata,
    Column("id", ROW_ID, primary_key=True, comment="Order in which they were made"),
    Column("number", String(16), nullable=False, unique=True, comment="As its person was told it"),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("language", String(8), nullable=False),
    Column("kind", String(12), nullable=False, comment="bot.privacy.request.RequestKind"),
    Column("words", LargeBinary, nullable=False, comment="Sealed: what is asked, in the person's words"),
    Column("answer", LargeBinary, comment="Sealed: what was answered, or why it was refused; empty before"),
    Column("state", String(12), nullable=False, comment="bot.privacy.request.RequestState"),
    Column("actor", String(64), comment="Official who took the last step"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("acknowledge_by", UtcDateTime, nullable=False),
    Column("answer_by", UtcDateTime, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    Column("ended_at", UtcDateTime, comment="Answered or refused"),
    Column("to_tell", Boolean, nullable=False, comment="Whether its person is still to be told of the last step"),
    Column("taken_back_at", UtcDateTime, comment="When an official took an answer back last"),
    Column(
        "reminded",
        SmallInteger,
        nullable=False,
        server_default="0",
        comment="Of what is due next: 0 not yet, 1 that it waits, 2 overdue",
    ),
    Column("failed", String(80), comment="Why the person could not be told; tried again after the next step"),
    Index("ix_data_request_conversation", "channel", "account", "conversation"),
    Index("ix_data_request_ended_at", "ended_at"),
    Index("ix_data_request_to_tell", "id", sqlite_where=text("to_tell"), postgresql_where=text("to_tell")),
    sqlite_autoincrement=True,
)
