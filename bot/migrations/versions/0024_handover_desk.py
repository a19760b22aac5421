"""Requests to speak to a person: in which language, who took them, and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE, ONE = "handover_request", "uq_handover_request_open"
PLACE = ["channel", "account", "conversation"]


def upgrade() -> None:
    """Add the columns; a conversation has one request that waits or is being answered."""
    op.add_column(
        TABLE,
        sa.Column(
            "language",
            sa.String(8),
            nullable=False,
            server_default="vi",
            comment="Of the conversation when it was asked",
        ),
    )
    op.add_column(
        TABLE,
        sa.Column("official", sa.String(64), comment="Account of who talks with the person; empty while nobody does"),
    )
    op.add_column(TABLE, sa.Column("taken_at", sa.DateTime(timezone=True), comment="When an official first took it"))
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments.
        _comment("open, taken, closed or taken_back", "Empty while open or taken")
    op.create_index("ix_handover_request_taken_at", TABLE, ["taken_at"])
    op.drop_index(ONE, TABLE)
    standing = sa.text("state IN ('open', 'taken')")
    op.create_index(ONE, TABLE, PLACE, unique=True, sqlite_where=standing, postgresql_where=standing)


def downgrade() -> None:
    """Take the columns away; what is being answered waits again."""
    op.execute("UPDATE handover_request SET state = 'open' WHERE state = 'taken'")
    op.drop_index(ONE, TABLE)
    waiting = sa.text("state = 'open'")
    op.create_index(ONE, TABLE, PLACE, unique=True, sqlite_where=waiting, postgresql_where=waiting)
    op.drop_index("ix_handover_request_taken_at", TABLE)
    if op.get_bind().dialect.name == "postgresql":
        _comment("open, closed or taken_back", "Empty while open")
    for name in ("taken_at", "official", "language"):
        op.drop_column(TABLE, name)


def _comment(state: str, ended_at: str) -> None:
    op.alter_column(TABLE, "state", comment=state)
    op.alter_column(TABLE, "ended_at", comment=ended_at)
