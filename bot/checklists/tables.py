"""The table of saved checklists: one per conversation, so that people are told when the catalogue changes theirs."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table

from bot.delivery.tables import ACCOUNT, CHANNEL, CONVERSATION
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

saved_checklist = Table(
    "saved_checklist",
    metadata,
    Column("channel", CHANNEL, primary_key=True),
    Column("account", ACCOUNT, primary_key=True),
    Column("conversation", CONVERSATION, primary_key=True),
    Column("body", LargeBinary, nullable=False, comment="Sealed: procedure, case and ticks; a case may tell much"),
    Column("fingerprint", String(16), nullable=False, comment="Of the checklist as the person last saw it"),
    Column("compared", Integer, nullable=False, comment="Catalogue version it was last compared with"),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("ix_saved_checklist_compared", "compared"),
)
