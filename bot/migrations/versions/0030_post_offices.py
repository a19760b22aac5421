"""Post offices that the operator imported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "post_office",
        sa.Column("code", sa.String(20), nullable=False, comment="The post's own number"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column(
            "commune",
            sa.String(5),
            nullable=False,
            comment="Today's commune; empty where the list's place was not clear",
        ),
        sa.Column("province", sa.String(2), nullable=False, comment="Today's province; empty likewise"),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("hours", sa.String(300), nullable=False, comment="Opening hours as the list says"),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column(
            "exact", sa.Boolean(), nullable=False, comment="False: latitude and longitude are of the commune's middle"
        ),
        sa.Column("as_of", sa.String(10), nullable=False, comment="When the list stood so, ISO"),
        sa.Column("source", sa.String(200), nullable=False, comment="Who made the list"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_post_office")),
    )
    op.create_index("ix_post_office_province", "post_office", ["province"])
    op.create_index("ix_post_office_point", "post_office", ["latitude", "longitude"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("post_office")
