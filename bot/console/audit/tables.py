"""Tables of the console's log: append-only, each entry bound to the one before it."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, MetaData, SmallInteger, String, Table

from bot.delivery.tables import ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

ACTOR_LENGTH = 64
WHAT_LENGTH = 40
ABOUT_LENGTH = 120

console_event = Table(
    "console_event",
    metadata,
    Column("seq", ROW_ID, primary_key=True, autoincrement=False, comment="1, 2, 3 … without a gap"),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(ACTOR_LENGTH), nullable=False, comment="Account; empty where nobody was signed in"),
    Column("what", String(WHAT_LENGTH), nullable=False, comment="bot.console.audit.entry.What, or an area's own word"),
    Column(
        "about", String(ABOUT_LENGTH), nullable=False, comment="What it was done to: an account, a receipt, a setting"
    ),
    Column("note_digest", LargeBinary(32), nullable=False, comment="Of the salted reason"),
    Column("note", LargeBinary, comment="Sealed: the reason with its salt; blanked by its age"),
    Column("previous", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Index("ix_console_event_actor", "actor", "seq"),
    Index("ix_console_event_what", "what", "seq"),
    Index("ix_console_event_about", "about", "seq"),
    Index("ix_console_event_at", "at"),
)

console_log_head = Table(
    "console_log_head",
    metadata,
    Column(
        "id", SmallInteger, primary_key=True, autoincrement=False, comment="Always 1: the row that writers wait for"
    ),
    Column("seq", ROW_ID, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)
