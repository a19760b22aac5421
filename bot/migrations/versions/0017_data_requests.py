"""What people ask about their data that only an official can do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "data_request",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False, comment="Order in which they were made"),
        sa.Column("number", sa.String(length=16), nullable=False, comment="As its person was told it"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="bot.privacy.request.RequestKind"),
        sa.Column("words", sa.LargeBinary(), nullable=False, comment="Sealed: what is asked, in the person's words"),
        sa.Column(
            "answer",
            sa.LargeBinary(),
            nullable=True,
            comment="Sealed: what was answered, or why it was refused; empty before",
        ),
        sa.Column("state", sa.String(length=12), nullable=False, comment="bot.privacy.request.RequestState"),
        sa.Column("actor", sa.String(length=64), nullable=True, comment="Official who took the last step"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("acknowledge_by", MOMENT, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("acknowledged_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True, comment="Answered or refused"),
        sa.Column(
            "to_tell",
            sa.Boolean(),
            nullable=False,
            comment="Whether its person is still to be told of the last step",
        ),
        sa.Column(
            "failed",
            sa.String(length=80),
            nullable=True,
            comment="Why the person could not be told; tried again after the next step",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
        sa.UniqueConstraint("number", name=op.f("uq_data_request_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_data_request_conversation", "data_request", ["channel", "account", "conversation"])
    op.create_index("ix_data_request_ended_at", "data_request", ["ended_at"])
    op.create_index(
        "ix_data_request_to_tell",
        "data_request",
        ["id"],
        sqlite_where=sa.text("to_tell"),
        postgresql_where=sa.text("to_tell"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("data_request")
