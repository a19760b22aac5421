"""What a trial published is found at once; requests about data can be taken up again, and their unit is reminded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change indexes, and add columns."""
    op.add_column(
        "data_request",
        sa.Column(
            "taken_back_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When an official took an answer back last",
        ),
    )
    op.add_column(
        "data_request",
        sa.Column(
            "reminded",
            sa.SmallInteger(),
            nullable=False,
            server_default="0",
            comment="Of what is due next: 0 not yet, 1 that it waits, 2 overdue",
        ),
    )
    op.create_index(
        "ix_feedback_publication_trial",
        "feedback_publication",
        ["record"],
        sqlite_where=sa.text("trial"),
        postgresql_where=sa.text("trial"),
    )
    op.drop_index("ix_feedback_publication_updated_at", table_name="feedback_publication")


def downgrade() -> None:
    """Change them back."""
    op.create_index("ix_feedback_publication_updated_at", "feedback_publication", ["updated_at"])
    op.drop_index("ix_feedback_publication_trial", table_name="feedback_publication")
    op.drop_column("data_request", "reminded")
    op.drop_column("data_request", "taken_back_at")
