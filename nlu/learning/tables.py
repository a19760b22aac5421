"""The tables of the review list: one row for all messages that say the same, masked, and how often they came in each month."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text, UniqueConstraint

from nlu.catalogue.tables import UtcDateTime, metadata

__all__ = ["metadata", "review_months", "review_questions"]

review_questions = Table(
    "review_questions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "hash", String(64), nullable=False, comment="of the masked, folded words; the same for all who say the same"
    ),
    Column("text", Text, nullable=False, comment="masked, at most nlu.learning.masking.LONGEST characters"),
    Column("reason", String(16), nullable=False, comment="nlu.learning.review.Reason; the weightiest so far"),
    Column("candidates", Text, nullable=False, comment="JSON: code, score and name, best first, as last seen"),
    Column("aspects", Text, nullable=False, comment="recognised; names divided by spaces"),
    Column("context", String(32), nullable=False, comment="code of the procedure under discussion; empty for none"),
    Column("suggested", String(32), nullable=False, comment="code that a citizen picked last; empty for none"),
    Column("count", Integer, nullable=False, comment="how often it was met"),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("catalogue_version", Integer, nullable=False, comment="that ranked the candidates; 0 for none"),
    Column("state", String(8), nullable=False, comment="open, later, accepted or rejected"),
    Column("decided_code", String(32), nullable=False, comment="TTHC code; empty unless accepted as a procedure"),
    Column("decided_kind", String(32), nullable=False, comment="out-of-scope intent; empty unless accepted as one"),
    Column("decided_aspects", Text, nullable=False, comment="names divided by spaces"),
    Column("decided_by", String(64), nullable=False),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("hash"),
    CheckConstraint("state IN ('open', 'later', 'accepted', 'rejected')", name="state"),
    sqlite_autoincrement=True,
)

Index("ix_review_questions_state", review_questions.c.state, review_questions.c.count)

# What is reviewed next, and how much waits for which reason: asked anew after every key that a reviewer presses.
Index("ix_review_questions_next", review_questions.c.state, review_questions.c.count, review_questions.c.last_seen)
Index("ix_review_questions_reason", review_questions.c.state, review_questions.c.reason, review_questions.c.count)

review_months = Table(
    "review_month",
    metadata,
    Column("hash", String(64), primary_key=True, comment="of a row of review_questions"),
    Column("month", String(7), primary_key=True, comment="2026-11, in Vietnam's time"),
    Column("count", Integer, nullable=False, comment="how often it was met in this month"),
)

Index("ix_review_month_month", review_months.c.month, review_months.c.count, review_months.c.hash)
