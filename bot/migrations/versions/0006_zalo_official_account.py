"""The Zalo Official Account's tokens, uploads and interactions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "zalo_token",
        sa.Column("account", sa.String(64), nullable=False, comment="Id of the Official Account"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Raised by every new pair"),
        sa.Column("pair", sa.LargeBinary(), nullable=False, comment="Sealed access and refresh token"),
        sa.Column("previous", sa.LargeBinary(), comment="Sealed pair before this one"),
        sa.Column("obtained_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False, comment="Of the access token"),
        sa.Column("lease_by", sa.String(32), nullable=False, comment="Process that renews the pair at the moment"),
        sa.Column("lease_until", moment, comment="When another process may try"),
        sa.Column(
            "failure", sa.String(200), nullable=False, comment="Why it could not be renewed; empty when all is well"
        ),
        sa.Column("failed_at", moment),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_zalo_token")),
    )
    op.create_table(
        "zalo_upload",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of name and content"),
        sa.Column("token", sa.Text(), nullable=False, comment="What Zalo calls the file"),
        sa.Column("uploaded_at", moment, nullable=False, comment="Zalo forgets it after seven days"),
        sa.PrimaryKeyConstraint("account", "digest", name=op.f("pk_zalo_upload")),
    )
    op.create_table(
        "zalo_interaction",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("person", sa.String(128), nullable=False, comment="Zalo's id of the person for this account"),
        sa.Column("last_at", moment, nullable=False, comment="Last word or touch, by our clock; opens the free window"),
        sa.Column("left_at", moment, comment="Unfollowed: nothing is sent until they come back"),
        sa.PrimaryKeyConstraint("account", "person", name=op.f("pk_zalo_interaction")),
    )
    op.create_index(op.f("ix_zalo_interaction_last_at"), "zalo_interaction", ["last_at"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("zalo_interaction", "zalo_upload", "zalo_token"):
        op.drop_table(name)
