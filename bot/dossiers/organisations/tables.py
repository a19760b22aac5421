"""The tables of organisations: their tokens' hashes, linked conversations, pages, files to fetch, and how much they ask."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table

from bot.delivery.tables import ACCOUNT, CHANNEL, CONVERSATION, ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

DIGEST = LargeBinary(32)
NAME_LENGTH = 200
UNITS_LENGTH = 500

organisation = Table(
    "organisation",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("name", String(NAME_LENGTH), nullable=False),
    Column("identity_key", DIGEST, nullable=False, unique=True, comment="As dossier.identity_key"),
    Column("identity", LargeBinary, nullable=False, comment="Sealed: SoDinhDanh"),
    Column("units", String(UNITS_LENGTH), nullable=False, comment="Receiving units, divided by spaces; empty for all"),
    Column("token", DIGEST, nullable=True, unique=True, comment="HMAC-SHA256 of the token; empty when revoked"),
    Column("issued_at", UtcDateTime, nullable=False, comment="When the present token was issued"),
    Column("revoked_at", UtcDateTime, nullable=True),
    sqlite_autoincrement=True,
)

organisation_link = Table(
    "organisation_link",
    metadata,
    Column("channel", CHANNEL, primary_key=True),
    Column("account", ACCOUNT, primary_key=True),
    Column("conversation", CONVERSATION, primary_key=True),
    Column("organisation", ROW_ID, nullable=False),
    Column("token", DIGEST, nullable=False, comment="Of the token that was shown: another one ends the link"),
    Column("until", UtcDateTime, nullable=False),
    Column("digest", Boolean, nullable=False, comment="Whether a summary is sent each week"),
    Column("language", String(8), nullable=False, comment="In which it is sent"),
    Column("digested", String(8), nullable=True, comment="ISO week of the last summary, or of the wish for it"),
    Index("ix_organisation_link_organisation", "organisation"),
    Index("ix_organisation_link_until", "until"),
)

organisation_page = Table(
    "organisation_page",
    metadata,
    Column("channel", CHANNEL, primary_key=True),
    Column("account", ACCOUNT, primary_key=True),
    Column("conversation", CONVERSATION, primary_key=True),
    Column("address", DIGEST, nullable=False, unique=True, comment="HMAC-SHA256 of the secret part of the address"),
    Column("language", String(8), nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False, comment="Tokens typed since"),
    Column("since", UtcDateTime, nullable=False, comment="From when on tries are counted"),
    Index("ix_organisation_page_until", "until"),
)
"""On which a conversation's token is typed once; stays an hour longer than the page, for its tries."""

organisation_file = Table(
    "organisation_file",
    metadata,
    Column("address", DIGEST, primary_key=True, comment="HMAC-SHA256 of the secret part of the address"),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("codes", LargeBinary, nullable=False, comment="Sealed: the codes asked for; none for all"),
    Column("language", String(8), nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Index("ix_organisation_file_conversation", "channel", "account", "conversation"),
    Index("ix_organisation_file_until", "until"),
)
"""The table itself is made when it is fetched: only its question is kept."""

organisation_use = Table(
    "organisation_use",
    metadata,
    Column("organisation", ROW_ID, primary_key=True),
    Column("hour", UtcDateTime, primary_key=True, comment="When the hour began"),
    Column("amount", Integer, nullable=False, comment="Questions asked in it"),
    Index("ix_organisation_use_hour", "hour"),
)
