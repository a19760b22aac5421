"""Whose a resume code is, as a keyed hash, so that its person can delete it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; codes that were made before stay without a holder until they expire."""
    with op.batch_alter_table("resume_code") as table:
        table.add_column(
            sa.Column(
                "holder",
                sa.LargeBinary(length=32),
                nullable=True,
                comment="HMAC-SHA256 of the conversation that made it, by which its person deletes it; empty once used",
            )
        )
        table.create_index("ix_resume_code_holder", ["holder"], unique=False)


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("resume_code") as table:
        table.drop_index("ix_resume_code_holder")
        table.drop_column("holder")
