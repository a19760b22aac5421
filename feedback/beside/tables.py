"""Tables beside the register. A private note and a saved filter stand sealed; the rest tells nothing of a sender."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from feedback.columns import NAMES, UtcDateTime
from feedback.tables import ACTOR, UNIT

metadata = MetaData(naming_convention=NAMES)

NAME = 120

note = Table(
    "feedback_note",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("record", Integer, nullable=False),
    Column("author", ACTOR, nullable=False),
    Column("unit", UNIT, nullable=False, comment="Of the author"),
    Column("at", UtcDateTime, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="Sealed: what officials tell each other"),
    Index("ix_feedback_note_record", "record"),
)

template = Table(
    "feedback_template",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(NAME), nullable=False),
    Column("action", String(24), nullable=False, comment="The step whose words it gives"),
    Column("about", String(16), comment="conduct or content; null for both"),
    Column("category", SmallInteger, comment="1 to 8 (Article 5); null for all"),
    Column("text", Text, nullable=False, comment="With names of what is filled in, such as {so_bien_nhan}"),
    Column("changed_by", ACTOR, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1", comment="Raised by every change"),
)

saved_filter = Table(
    "feedback_saved_filter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account", ACTOR, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="Sealed: its name, and the address of the list"),
    Index("ix_feedback_saved_filter_account", "account"),
)

viewer = Table(
    "feedback_viewer",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("account", ACTOR, primary_key=True),
    Column("name", String(NAME), nullable=False, comment="As colleagues know the official"),
    Column("seen_at", UtcDateTime, nullable=False, comment="When the page was last known to be open"),
    Column("typed_at", UtcDateTime, comment="When something was last typed on it"),
    Index("ix_feedback_viewer_seen_at", "seen_at"),
)
