"""Tables of the Official Account: its tokens, the files it uploaded, and when each person last spoke to it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

zalo_token = Table(
    "zalo_token",
    metadata,
    Column("account", String(64), primary_key=True, comment="Id of the Official Account"),
    Column("version", Integer, nullable=False, comment="Raised by every new pair"),
    Column("pair", LargeBinary, nullable=False, comment="Sealed access and refresh token"),
    Column("previous", LargeBinary, comment="Sealed pair before this one"),
    Column("obtained_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, comment="Of the access token"),
    Column("lease_by", String(32), nullable=False, comment="Process that renews the pair at the moment"),
    Column("lease_until", UtcDateTime, comment="When another process may try"),
    Column("failure", String(200), nullable=False, comment="Why it could not be renewed; empty when all is well"),
    Column("failed_at", UtcDateTime),
)

zalo_upload = Table(
    "zalo_upload",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("digest", String(64), primary_key=True, comment="SHA-256 of name and content"),
    Column("token", Text, nullable=False, comment="What Zalo calls the file"),
    Column("uploaded_at", UtcDateTime, nullable=False, comment="Zalo forgets it after seven days"),
)

zalo_interaction = Table(
    "zalo_interaction",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("person", String(128), primary_key=True, comment="Zalo's id of the person for this account"),
    Column("last_at", UtcDateTime, nullable=False, comment="Last word or touch, by our clock; opens the free window"),
    Column("left_at", UtcDateTime, comment="Unfollowed: nothing is sent until they come back"),
    Index("ix_zalo_interaction_last_at", "last_at"),
)
