"""Requests to speak to a person: whose they are, and with which note they were passed on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLE = "handover_request"


def upgrade() -> None:
    """Add the columns; who waits already is the receiving unit's."""
    op.add_column(
        TABLE,
        sa.Column(
            "unit",
            sa.String(40),
            nullable=False,
            server_default="",
            comment="Whose it is; empty: the receiving unit's",
        ),
    )
    op.add_column(
        TABLE, sa.Column("note", sa.Text(), comment="Of who passed it on to the unit, masked; empty for none")
    )


def downgrade() -> None:
    """Take the columns away; everybody sees who waits again."""
    for name in ("note", "unit"):
        op.drop_column(TABLE, name)
