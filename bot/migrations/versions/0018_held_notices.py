"""Notices of steps that may be taken back at once wait until they no longer may."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment."""
    moment = sa.DateTime(timezone=True)
    why = "Not handed on before: the step may be taken back until then; null for at once"
    op.add_column("feedback_outgoing", sa.Column("held_until", moment, nullable=True, comment=why))


def downgrade() -> None:
    """Drop the moment."""
    op.drop_column("feedback_outgoing", "held_until")
