"""What could not be delivered waits for an official's decision: which was taken, and an index of what still waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0025"
branch_labels = None
depends_on = None

UNDECIDED = "state IN ('dead', 'unreachable') AND given_up_at IS NULL"


def upgrade() -> None:
    """Add the column and the index."""
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
    """Drop both."""
    op.drop_index("ix_outbox_undecided", "outbox")
    op.drop_column("outbox", "given_up_at")
