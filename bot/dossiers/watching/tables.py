"""The tables of watched dossiers: who is told, when a source is asked again, and which notices have still to arrive."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, SmallInteger, String, Table, UniqueConstraint

from bot.delivery.tables import ACCOUNT, CHANNEL, CONVERSATION, ROW_ID
from bot.dossiers.tables import CODE
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

KEY = String(56)

dossier_watch = Table(
    "dossier_watch",
    metadata,
    Column("id", ROW_ID, primary_key=True, comment="Never used again: the keys of notices hold it"),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("code", CODE, nullable=False, index=True, comment="In normal form"),
    Column("kind", String(8), nullable=False, comment="changes; back: once, when its source answers again"),
    Column("level", SmallInteger, nullable=False, comment="Disclosure level at which it was made"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("told_revision", Integer, nullable=False, comment="Of the dossier; beyond it there is something to tell"),
    Column("reminded_for", UtcDateTime, comment="Appointment of which the day before was told"),
    Column("late_for", UtcDateTime, comment="Appointment that was told to be missed"),
    Column("ends_at", UtcDateTime, nullable=False, index=True, comment="Deleted then"),
    Column(
        "sms_to",
        LargeBinary(32),
        comment="Keyed hash of the proven telephone to which SMS may go when a notice does not arrive; empty: none may",
    ),
    UniqueConstraint("channel", "account", "conversation", "code", "kind", name="uq_dossier_watch_conversation"),
    sqlite_autoincrement=True,
)

watched_dossier = Table(
    "watched_dossier",
    metadata,
    Column("code", CODE, primary_key=True),
    Column("source", String(32), nullable=False, comment="Who is asked; empty until that was looked up"),
    Column("urgent", SmallInteger, nullable=False, comment="1 near its appointment: asked before others"),
    Column("next_at", UtcDateTime, comment="When it is asked again; empty for never"),
    Column("failures", SmallInteger, nullable=False, comment="In a row"),
    Index("ix_watched_dossier_next", "source", "urgent", "next_at"),
)
"""One row per dossier, however many watch it."""

watch_notice = Table(
    "watch_notice",
    metadata,
    Column("key", KEY, primary_key=True, comment="Of the notice in the outbox"),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("code", CODE, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False, comment="When it was written"),
    Column("state", String(8), nullable=False, comment="See notice_store.State"),
    Column("check_at", UtcDateTime, nullable=False, comment="When its fate is looked at next"),
    Column("told", String(24), nullable=False, server_default="", comment="What it was about; see news.Told"),
    Column("attempts", SmallInteger, nullable=False, server_default="0", comment="How often an SMS was begun"),
    Index("ix_watch_notice_check", "state", "check_at"),
    Index("ix_watch_notice_conversation", "channel", "account", "conversation"),
)
"""Gone once a notice has arrived, or the person was told that it had not."""

watch_lease = Table(
    "watch_lease",
    metadata,
    Column("name", String(48), primary_key=True, comment="Which work"),
    Column("owner", String(36), nullable=False),
    Column("until", UtcDateTime, nullable=False, comment="Then another process may take it over"),
)
