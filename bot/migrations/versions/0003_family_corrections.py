"""Officials' corrections of which codes are one service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "family_corrections",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="the order in which they count"),
        sa.Column("code", sa.String(length=32), nullable=False, comment="TTHC code; of any catalogue version"),
        sa.Column(
            "with_code",
            sa.String(length=32),
            nullable=False,
            comment="code that it is one service with; empty: stands alone",
        ),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="why, in the official's words"),
        sa.Column(
            "ended_by",
            sa.String(length=64),
            nullable=False,
            comment="who took it back or replaced it; empty while it counts",
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="empty while it counts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_corrections")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_family_corrections_code",
        "family_corrections",
        ["code"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("family_corrections")
