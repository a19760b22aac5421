"""Requests to speak to a person, and ratings of answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "handover_request",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column(
            "question",
            sa.Text(),
            nullable=False,
            comment="Last question, masked; empty for none. No other words are kept",
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False, comment="open, closed or taken_back"),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="Empty while open"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_request")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_handover_request_open",
        "handover_request",
        ["channel", "account", "conversation"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_handover_request_state", "handover_request", ["state", "asked_at"])
    op.create_table(
        "answer_rating",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False, comment="TTHC code"),
        sa.Column("aspects", sa.String(length=200), nullable=False, comment="Answered; names divided by spaces"),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column(
            "rated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="To the hour, so that it leads to nobody's messages",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_rating")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answer_rating_procedure", "answer_rating", ["procedure", "rated_at"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("answer_rating")
    op.drop_table("handover_request")
