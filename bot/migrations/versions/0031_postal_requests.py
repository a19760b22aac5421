"""Requests for the post: the sender's slip as people filled it in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "postal_request",
        sa.Column("id", sa.String(16), nullable=False, comment="Number on the slip; says nothing of the person"),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(128), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=True,
            comment="Sealed: the slip, or what a draft was given on its page; empty before",
        ),
        sa.Column("procedure", sa.String(40), nullable=False, comment="Code, for counting; empty in a draft"),
        sa.Column("option", sa.String(12), nullable=False, comment="bot.postal.option.PostalOption; empty in a draft"),
        sa.Column("state", sa.String(12), nullable=False, comment="bot.postal.request.RequestState"),
        sa.Column("consent_version", sa.String(32), nullable=False, comment="Of the notice that was read"),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), nullable=False, comment="Last touched by its person or by sending"
        ),
        sa.Column(
            "mail_to",
            sa.String(254),
            nullable=False,
            comment="The post office's address; empty until it is to be sent",
        ),
        sa.Column(
            "sendings",
            sa.SmallInteger(),
            nullable=False,
            comment="How often it was confirmed; part of the letter's key",
        ),
        sa.Column(
            "leaves_at", sa.DateTime(timezone=True), nullable=True, comment="Until then sending can be taken back"
        ),
        sa.Column(
            "handed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the letter went into the outbox; from then on it cannot be",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postal_request")),
    )
    op.create_index("ix_postal_request_conversation", "postal_request", ["channel", "account", "conversation"])
    op.create_index("ix_postal_request_updated_at", "postal_request", ["updated_at"])
    op.create_index("ix_postal_request_state", "postal_request", ["state", "leaves_at"])
    op.create_index("ix_postal_request_made_at", "postal_request", ["made_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("postal_request")
