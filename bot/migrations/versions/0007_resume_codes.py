"""Resume codes, by which a conversation goes on elsewhere, and saved checklists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
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
    op.create_table(
        "saved_checklist",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="Sealed: procedure, case and ticks; a case may tell much",
        ),
        sa.Column(
            "fingerprint", sa.String(length=16), nullable=False, comment="Of the checklist as the person last saw it"
        ),
        sa.Column("compared", sa.Integer(), nullable=False, comment="Catalogue version it was last compared with"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "conversation", name=op.f("pk_saved_checklist")),
    )
    op.create_index("ix_saved_checklist_compared", "saved_checklist", ["compared"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("saved_checklist")
    op.drop_table("resume_code")
