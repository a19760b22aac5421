"""What happened to an official's account and was not seen yet, and letters that tell of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns and the table; nobody has news yet."""
    op.add_column(
        "official_account",
        sa.Column("email", sa.LargeBinary(), comment="Sealed: where letters about the account go; null for nowhere"),
    )
    op.add_column(
        "official_account",
        sa.Column(
            "news_at",
            sa.DateTime(timezone=True),
            comment="Since when there is something in the log about the account that its owner has not confirmed",
        ),
    )
    op.create_table(
        "official_letter",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="Sealed: address and words"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_letter")),
    )
    op.create_index("ix_official_letter_made_at", "official_letter", ["made_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("official_letter")
    op.drop_column("official_account", "news_at")
    op.drop_column("official_account", "email")
