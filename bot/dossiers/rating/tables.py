"""The table of ratings: one per dossier, found by a keyed hash, so that it tells of no dossier and of no person."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, MetaData, String, Table

from bot.delivery.tables import CHANNEL
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

MARK = LargeBinary(32)
ANSWER = String(8)

dossier_rating = Table(
    "dossier_rating",
    metadata,
    Column("dossier", MARK, primary_key=True, comment="HMAC-SHA256 of the code"),
    Column(
        "person", MARK, nullable=True, comment="HMAC-SHA256 of the conversation; empty once its person was forgotten"
    ),
    Column("channel", CHANNEL, nullable=False),
    Column("contacts", ANSWER, nullable=False),
    Column("agencies", ANSWER, nullable=False),
    Column("attitude", ANSWER, nullable=False),
    Column("comment", LargeBinary, nullable=True, comment="Sealed, masked; empty for none"),
    Column("first_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("ix_dossier_rating_person", "person"),
    Index("ix_dossier_rating_changed_at", "changed_at", "attitude"),
)

dossier_rating_day = Table(
    "dossier_rating_day",
    metadata,
    Column("day", Date, primary_key=True, comment="Of the last change, by Vietnam's calendar"),
    Column("attitude", ANSWER, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Written with each rating, so that a year of figures reads its days."""
