"""Table of what citizens thought of answers: nothing in it shows who said so."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, MetaData, String, Table

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
    sqlite_autoincrement=True,
)

answer_rating_day = Table(
    "answer_rating_day",
    metadata,
    Column("day", Date, primary_key=True, comment="By Vietnam's calendar"),
    Column("useful", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Written with each rating, so that a year of figures reads its days."""
