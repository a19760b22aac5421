"""Versions of what an agency sets itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "configuration_version",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False, comment="Order in which they were set"),
        sa.Column("kind", sa.String(24), nullable=False, comment="bot.configuration.kinds.Kind"),
        sa.Column("body", sa.Text(), nullable=False, comment="YAML; empty: the operator's own file holds again"),
        sa.Column("why", sa.String(300), nullable=False, comment="What it is based on, in the administrator's words"),
        sa.Column("official", sa.String(64), nullable=False, comment="Account of who set it"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration_version")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_configuration_version_kind", "configuration_version", ["kind", "id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("configuration_version")
