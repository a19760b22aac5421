"""The tables of access to dossiers: limits, tries, proofs, look-ups, alerts. None of them names a person."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from bot.delivery.tables import CHANNEL, ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

MARK = LargeBinary(32)
KIND = String(12)

asked = Table(
    "dossier_asked",
    metadata,
    Column("person", MARK, primary_key=True, comment="Keyed hash of the conversation"),
    Column("code", MARK, primary_key=True, comment="Keyed hash of the code"),
    Column("day", UtcDateTime, primary_key=True, comment="When the day began in Vietnam"),
    Index("ix_dossier_asked_day", "day"),
)
"""Which codes a person asked about today: the same one again costs nothing."""

amount = Table(
    "dossier_amount",
    metadata,
    Column("subject", MARK, primary_key=True, comment="Keyed hash of what is counted and for whom"),
    Column("since", UtcDateTime, primary_key=True, comment="Beginning of the day or hour"),
    Column("amount", Integer, nullable=False),
    Index("ix_dossier_amount_since", "since"),
)

patience = Table(
    "dossier_patience",
    metadata,
    Column("subject", MARK, primary_key=True, comment="Keyed hash of what is tried and by whom"),
    Column("level", Float, nullable=False, comment="Tries that still count"),
    Column("tried_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False, comment="The next try counts from then on"),
    Index("ix_dossier_patience_tried_at", "tried_at"),
)

challenge = Table(
    "dossier_challenge",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("page", MARK, nullable=False, unique=True, comment="Keyed hash of the one-time page's address"),
    Column("person", MARK, nullable=False, comment="Keyed hash of the conversation"),
    Column("code", MARK, nullable=False, comment="Keyed hash of the dossier's code"),
    Column(
        "attempt", MARK, nullable=False, comment="Keyed hash of person, code and fact: a repeated turn is known again"
    ),
    Column("nonce", LargeBinary(16), nullable=False, comment="Page and one-time code follow from it and our key"),
    Column("body", LargeBinary, nullable=False, comment="Sealed: conversation, code, hash of the fact"),
    Column("state", String(8), nullable=False, comment="See challenge_store.State"),
    Column("matched", Boolean, comment="Whether fact and dossier agree; empty until looked at"),
    Column("attempts", SmallInteger, nullable=False, comment="How often sending was begun"),
    Column("tries", SmallInteger, nullable=False, comment="One-time codes typed"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False, comment="Not to be looked at before"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime, comment="When the gateway took the code"),
    Column("used_at", UtcDateTime),
    Index("ix_dossier_challenge_person", "person"),
    Index("ix_dossier_challenge_state_due_at", "state", "due_at"),
    Index("ix_dossier_challenge_expires_at", "expires_at"),
    sqlite_autoincrement=True,
)
"""A try to prove oneself: to be looked at and sent in the background, then to be answered on a one-time page."""

access = Table(
    "dossier_access",
    metadata,
    Column("person", MARK, primary_key=True, comment="Keyed hash of the conversation"),
    Column("code", MARK, primary_key=True, comment="Keyed hash of the dossier's code"),
    Column("way", String(8), nullable=False, comment="code, contact or fact"),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_dossier_access_expires_at", "expires_at"),
)

lookup = Table(
    "dossier_lookup",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("code", MARK, nullable=False, comment="Keyed hash of the code"),
    Column("person", MARK, comment="Keyed hash of the conversation; empty once the person had it erased"),
    Column("channel", CHANNEL, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("outcome", String(8), nullable=False, comment="told, unknown or down"),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_dossier_lookup_code", "code", "id"),
    Index("ix_dossier_lookup_person", "person"),
    Index("ix_dossier_lookup_at", "at"),
    sqlite_autoincrement=True,
)

alert = Table(
    "dossier_alert",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("kind", KIND, nullable=False, comment="See alert_store.AlertKind"),
    Column("whose", KIND, nullable=False, comment="See alert_store.Whose"),
    Column("subject", MARK, nullable=False, comment="Keyed hash of whom or what it is about"),
    Column("unit", String(40), nullable=False, comment="The agency whose codes were asked about last"),
    Column("channel", CHANNEL, nullable=False),
    Column("day", UtcDateTime, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    UniqueConstraint("kind", "subject", "day"),
    Index("ix_dossier_alert_last_at", "last_at"),
    sqlite_autoincrement=True,
)
