"""The tables of dossiers as their sources last described them, and of what changed in them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.delivery.tables import ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

CODE = String(64)
DIGEST = LargeBinary(32)
UNIT_LENGTH = 200
PATH = String(32).with_variant(String(32, collation="C"), "postgresql")
"""Compared sign by sign, so that what begins alike lies together whatever language the database sorts by."""
IN_ORDER = ("due_at", "code", "status")
"""What a list of dossiers by appointment needs to be found in an index alone."""
OPEN = text("status NOT IN (3, 7, 8, 9, 10)")
"""Has not ended; a query finds the small index of these only when it says so in the same words."""
SLIPS = text("kind IN ('supplement', 'refused', 'late_apology')")
"""A change of which the applicant got a slip; the same holds for it."""
ASKED = text("kind = 'supplement'")
"""Papers were asked for; likewise."""
OWNED = text("contact IS NOT NULL")
"""Whose owner will have to be blanked."""
UNGRADED = text("total_points IS NULL AND ended_at IS NOT NULL")
"""Ended, and kept by a program that did not work its points out."""

dossier = Table(
    "dossier",
    metadata,
    Column("code", CODE, primary_key=True, comment="In normal form"),
    Column("level1", String(8), nullable=False, comment="Province or ministry, as the code names it"),
    Column("source", String(32), nullable=False, comment="Which source said so last"),
    Column("status", SmallInteger, nullable=False, comment="TrangThaiHoSo 1-10; 0: not one of them"),
    Column("procedure_code", String(32), nullable=False, comment="TTHC code; empty for unknown"),
    Column(
        "channel",
        SmallInteger,
        nullable=False,
        server_default="0",
        comment="KenhThucHien 1-3; 0: not told, or not since",
    ),
    Column("unit", String(UNIT_LENGTH), nullable=True, comment="Name of the unit that received it"),
    Column(
        "office",
        PATH,
        nullable=True,
        comment="Of what has not ended: the unit in its code, the highest level first",
    ),
    Column("received_at", UtcDateTime, nullable=True),
    Column("due_at", UtcDateTime, nullable=True, comment="The appointment in force"),
    Column("ended_at", UtcDateTime, nullable=True, comment="When it ended, or was first seen to have ended"),
    Column("as_of", UtcDateTime, nullable=False, comment="When the source said so"),
    Column("revision", Integer, nullable=False, comment="1 on first sight, one more with each change"),
    Column("changed_at", UtcDateTime, nullable=False, comment="When the source first told of this revision"),
    Column("sample", Boolean, nullable=False, comment="Made up for trying the assistant out"),
    Column("body", LargeBinary, nullable=False, comment="Sealed: all of it but the owner's telephone and id number"),
    Column("contact", LargeBinary, nullable=True, comment="Sealed: the owner; empty for unknown or blanked"),
    Column("phone_tail", DIGEST, nullable=True, comment="HMAC-SHA256 of code and the number's last four digits"),
    Column("identity_tail", DIGEST, nullable=True, comment="HMAC-SHA256 of code and the id's last four digits"),
    Column("phone_key", DIGEST, nullable=True, comment="HMAC-SHA256 of the whole number in E.164"),
    Column("identity_key", DIGEST, nullable=True, comment="HMAC-SHA256 of the whole id number"),
    Column("total_points", SmallInteger, nullable=True, comment="Draft grade's index 1; -1: unknown; empty: not yet"),
    Column("agency_points", SmallInteger, nullable=True, comment="Draft grade's index 2; likewise"),
    Index("ix_dossier_received_at", "received_at"),
    Index("ix_dossier_due_at", "due_at"),
    Index("ix_dossier_open_due_at", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_dossier_open_office", "office", *IN_ORDER, sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_dossier_open_unit", "unit", *IN_ORDER, sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_dossier_ended_at", "ended_at"),
    Index("ix_dossier_owned_ended_at", "ended_at", sqlite_where=OWNED, postgresql_where=OWNED),
    Index("ix_dossier_ungraded", "ended_at", "code", sqlite_where=UNGRADED, postgresql_where=UNGRADED),
    Index("ix_dossier_source_as_of", "source", "as_of"),
    Index("ix_dossier_identity_key", "identity_key"),
)

dossier_change = Table(
    "dossier_change",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("code", CODE, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False, comment="When the source told of it"),
    Column("from_status", SmallInteger, nullable=True, comment="Empty on first sight"),
    Column("to_status", SmallInteger, nullable=False),
    Column("kind", String(24), nullable=False, comment="See bot.dossiers.changes.Kind"),
    Column("due_at", UtcDateTime, nullable=True, comment="The appointment in force after it"),
    Column(
        "procedure_code",
        String(32),
        nullable=True,
        comment="Of a slip that is no sample's: the national part of its dossier's",
    ),
    UniqueConstraint("code", "revision", "kind", name="uq_dossier_change_code"),
    Index("ix_dossier_change_code", "code"),
    Index("ix_dossier_change_slips", "at", sqlite_where=SLIPS, postgresql_where=SLIPS),
    Index("ix_dossier_change_asked", "procedure_code", "at", sqlite_where=ASKED, postgresql_where=ASKED),
    sqlite_autoincrement=True,
)
"""Append only; goes with its dossier."""
