"""Resume codes: what a conversation hands over to another channel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "resume_code",
        sa.Column(
            "digest",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="HMAC-SHA256 of the code; the code itself is not kept",
        ),
        sa.Column("snapshot", sa.LargeBinary(), nullable=True, comment="Sealed; empty once used"),
        sa.Column("channel", sa.String(length=16), nullable=False, comment="Where it was made"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_resume_code")),
    )
    op.create_index("ix_resume_code_expires_at", "resume_code", ["expires_at"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("resume_code")
