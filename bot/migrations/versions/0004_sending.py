"""Sending: what the platform said of each message, who cannot be reached, and which process has which conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")
UNSENT = sa.text("state IN ('waiting', 'sending')")


def upgrade() -> None:
    """Add the columns and the tables; nothing that is there changes."""
    op.add_column("outbox", sa.Column("sent_id", sa.String(length=128), comment="The platform's id of the message"))
    op.add_column("outbox", sa.Column("detail", sa.String(length=200), comment="What the platform said last"))
    op.drop_index("ix_outbox_waiting", "outbox")
    op.create_index("ix_outbox_unsent", "outbox", ["id"], unique=False, sqlite_where=UNSENT, postgresql_where=UNSENT)
    op.add_column(
        "conversation",
        sa.Column(
            "unreachable_at",
            sa.DateTime(timezone=True),
            comment="Since when nothing can be sent there; empty again once the citizen writes",
        ),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=36), nullable=False, comment="Drawn anew at each start"),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="By the database's clock; beyond it what the process held is free",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "lease",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False, comment="Who works on it; free once that one is gone"),
        sa.ForeignKeyConstraint(["owner"], ["worker.id"], name=op.f("fk_lease_owner"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel", "account", "conversation", name=op.f("pk_lease")),
    )
    op.create_index("ix_lease_owner", "lease", ["owner"], unique=False)


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("lease")
    op.drop_table("worker")
    op.drop_column("conversation", "unreachable_at")
    op.drop_index("ix_outbox_unsent", "outbox")
    op.create_index("ix_outbox_waiting", "outbox", ["id"], unique=False, sqlite_where=WAITING, postgresql_where=WAITING)
    op.drop_column("outbox", "detail")
    op.drop_column("outbox", "sent_id")
