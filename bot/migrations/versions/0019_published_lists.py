"""What a trial published is found at once, to be left out; nobody asks for the newest change any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the indexes."""
    op.create_index(
        "ix_feedback_publication_trial",
        "feedback_publication",
        ["record"],
        sqlite_where=sa.text("trial"),
        postgresql_where=sa.text("trial"),
    )
    op.drop_index("ix_feedback_publication_updated_at", table_name="feedback_publication")


def downgrade() -> None:
    """Change them back."""
    op.create_index("ix_feedback_publication_updated_at", "feedback_publication", ["updated_at"])
    op.drop_index("ix_feedback_publication_trial", table_name="feedback_publication")
