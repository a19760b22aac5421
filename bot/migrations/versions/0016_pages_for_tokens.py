"""Pages on which organisations' tokens are typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MARK = sa.LargeBinary(length=32)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "organisation_page",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("address", MARK, nullable=False, comment="HMAC-SHA256 of the secret part of the address"),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, comment="Tokens typed since"),
        sa.Column("since", MOMENT, nullable=False, comment="From when on tries are counted"),
        sa.PrimaryKeyConstraint("channel", "account", "conversation", name=op.f("pk_organisation_page")),
        sa.UniqueConstraint("address", name=op.f("uq_organisation_page_address")),
    )
    op.create_index("ix_organisation_page_until", "organisation_page", ["until"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("organisation_page")
