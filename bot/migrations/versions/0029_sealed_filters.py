"""Saved filters stand sealed: the words that are searched may be a name or a number.

What was saved in the clear is deleted, for a migration has no key to seal it with: officials save their filters again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLE = "feedback_saved_filter"


def upgrade() -> None:
    """Make the table anew, without rows."""
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="Sealed: its name, and the address of the list"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_saved_filter")),
    )
    op.create_index("ix_feedback_saved_filter_account", TABLE, ["account"])


def downgrade() -> None:
    """Make the table of before, without rows."""
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False, comment="As it stands in the address of the list"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_saved_filter")),
        sa.UniqueConstraint("account", "name", name=op.f("uq_feedback_saved_filter_account_name")),
    )
