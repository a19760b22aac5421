"""Table of what citizens thought of answers: nothing in it shows who said so."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, MetaData, String, Table

from bot.delivery.tables import CHANNEL, ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

answer_rating = Table(
    "answer_rating",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("procedure", String(64), nullable=False, comment="TTHC code"),
    Column("aspects", String(200), nullable=False, comment="Answered; names divided by spaces"),
    Column("useful", Boolean, nullable=False),
    Column("channel", CHANNEL, nullable=False),
    Column("rated_at", UtcDateTime, nullable=False, comment="To the hour, so that it leads to nobody's messages"),
    Index("ix_answer_rating_procedure", "procedure", "rated_at"),
    Index("ix_answer_rating_rated_at", "rated_at", "useful"),
    sqlite_autoincrement=True,
)
