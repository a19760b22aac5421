"""Notices by SMS: to which telephone they may go, what they were about, and how often one was tried."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_STATE = "sent: its fate is open; missed: it did not arrive"
_TOLD = "What it was about; see news.Told"
_ATTEMPTS = "How often an SMS was begun"


def upgrade() -> None:
    """Add the columns."""
    consent = "Keyed hash of the proven telephone to which SMS may go when a notice does not arrive; empty: none may"
    op.add_column("dossier_watch", sa.Column("sms_to", sa.LargeBinary(length=32), nullable=True, comment=consent))
    told = sa.Column("told", sa.String(length=24), nullable=False, server_default="", comment=_TOLD)
    op.add_column("watch_notice", told)
    attempts = sa.Column("attempts", sa.SmallInteger(), nullable=False, server_default="0", comment=_ATTEMPTS)
    op.add_column("watch_notice", attempts)
    _explain_state("See notice_store.State", _STATE)


def downgrade() -> None:
    """Drop the columns."""
    for table, column in (("watch_notice", "attempts"), ("watch_notice", "told"), ("dossier_watch", "sms_to")):
        op.drop_column(table, column)
    _explain_state(_STATE, "See notice_store.State")


def _explain_state(now: str, before: str) -> None:
    """Change a comment, where the database keeps comments."""
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("watch_notice", "state", comment=now, existing_comment=before)
