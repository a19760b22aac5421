"""What applicants think of how their dossiers were handled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MARK = sa.LargeBinary(length=32)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "dossier_rating",
        sa.Column("dossier", MARK, nullable=False, comment="HMAC-SHA256 of the code"),
        sa.Column(
            "person",
            MARK,
            nullable=True,
            comment="HMAC-SHA256 of the conversation; empty once its person was forgotten",
        ),
        sa.Column("channel", sa.String(length=16), nullable=False),
        *(sa.Column(name, sa.String(length=8), nullable=False) for name in ("contacts", "agencies", "attitude")),
        sa.Column("comment", sa.LargeBinary(), nullable=True, comment="Sealed, masked; empty for none"),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_dossier_rating")),
    )
    op.create_index("ix_dossier_rating_person", "dossier_rating", ["person"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("dossier_rating")
