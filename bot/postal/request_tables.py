"""The table of requests for the post."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, MetaData, SmallInteger, String, Table

from bot.delivery.tables import ACCOUNT, CHANNEL, CONVERSATION
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

postal_request = Table(
    "postal_request",
    metadata,
    Column("id", String(16), primary_key=True, comment="Number on the slip; says nothing of the person"),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("language", String(8), nullable=False),
    Column("body", LargeBinary, comment="Sealed: the slip, or what a draft was given on its page; empty before"),
    Column("procedure", String(40), nullable=False, comment="Code, for counting; empty in a draft"),
    Column("option", String(12), nullable=False, comment="bot.postal.option.PostalOption; empty in a draft"),
    Column("state", String(12), nullable=False, comment="bot.postal.request.RequestState"),
    Column("consent_version", String(32), nullable=False, comment="Of the notice that was read"),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, comment="Last touched by its person or by sending"),
    Column("mail_to", String(254), nullable=False, comment="The post office's address; empty until it is to be sent"),
    Column("sendings", SmallInteger, nullable=False, comment="How often it was confirmed; part of the letter's key"),
    Column("leaves_at", UtcDateTime, comment="Until then sending can be taken back"),
    Column("handed_at", UtcDateTime, comment="When the letter went into the outbox; from then on it cannot be"),
    Index("ix_postal_request_conversation", "channel", "account", "conversation"),
    Index("ix_postal_request_updated_at", "updated_at"),
    Index("ix_postal_request_state", "state", "leaves_at"),
    Index("ix_postal_request_made_at", "made_at"),
)
