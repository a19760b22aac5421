"""The table of resume codes: what a conversation hands over, sealed, under a keyed hash of its code."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, MetaData, String, Table

from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

resume_code = Table(
    "resume_code",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True, comment="HMAC-SHA256 of the code; the code itself is not kept"),
    Column("snapshot", LargeBinary, comment="Sealed; empty once used"),
    Column(
        "holder",
        LargeBinary(32),
        comment="HMAC-SHA256 of the conversation that made it, by which its person deletes it; empty once used",
    ),
    Column("channel", String(16), nullable=False, comment="Where it was made"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index("ix_resume_code_expires_at", "expires_at"),
    Index("ix_resume_code_holder", "holder"),
)
