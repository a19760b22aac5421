"""What could not be delivered waits for an official's decision; templates know which of their versions somebody changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

UNDECIDED = "state IN ('dead', 'unreachable') AND given_up_at IS NULL"


def upgrade() -> None:
    """Add the columns and the index."""
    op.add_column(
        "feedback_template",
        sa.Column("revision", sa.Integer(), nullable=False, server_default="1", comment="Raised by every change"),
    )
    op.add_column(
        "outbox",
        sa.Column(
            "given_up_at",
            sa.DateTime(timezone=True),
            comment="When an official decided that it is not sent any more",
        ),
    )
    op.create_index(
        "ix_outbox_undecided",
        "outbox",
        ["state", "id"],
        sqlite_where=sa.text(UNDECIDED),
        postgresql_where=sa.text(UNDECIDED),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_outbox_undecided", "outbox")
    op.drop_column("outbox", "given_up_at")
    op.drop_column("feedback_template", "revision")
