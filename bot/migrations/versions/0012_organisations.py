"""Organisations with their tokens' hashes, linked conversations, files to fetch, and how much is asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
DIGEST = sa.LargeBinary(length=32)


def upgrade() -> None:
    """Make the tables."""
    _organisation()
    op.create_table(
        "organisation_link",
        *_conversation(),
        sa.Column("organisation", ROW_ID, nullable=False),
        sa.Column("token", DIGEST, nullable=False, comment="Of the token that was shown: another one ends the link"),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False, comment="Whether a summary is sent each week"),
        sa.Column("language", sa.String(length=8), nullable=False, comment="In which it is sent"),
        sa.Column(
            "digested",
            sa.String(length=8),
            nullable=True,
            comment="ISO week of the last summary, or of the wish for it",
        ),
        sa.PrimaryKeyConstraint("channel", "account", "conversation", name=op.f("pk_organisation_link")),
    )
    op.create_index("ix_organisation_link_organisation", "organisation_link", ["organisation"])
    op.create_index("ix_organisation_link_until", "organisation_link", ["until"])
    op.create_table(
        "organisation_file",
        sa.Column("address", DIGEST, nullable=False, comment="HMAC-SHA256 of the secret part of the address"),
        *_conversation(),
        sa.Column("codes", sa.LargeBinary(), nullable=False, comment="Sealed: the codes asked for; none for all"),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_organisation_file")),
    )
    op.create_index("ix_organisation_file_conversation", "organisation_file", ["channel", "account", "conversation"])
    op.create_index("ix_organisation_file_until", "organisation_file", ["until"])
    op.create_table(
        "organisation_use",
        sa.Column("organisation", ROW_ID, nullable=False),
        sa.Column("hour", MOMENT, nullable=False, comment="When the hour began"),
        sa.Column("amount", sa.Integer(), nullable=False, comment="Questions asked in it"),
        sa.PrimaryKeyConstraint("organisation", "hour", name=op.f("pk_organisation_use")),
    )
    op.create_index("ix_organisation_use_hour", "organisation_use", ["hour"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("organisation_use", "organisation_file", "organisation_link", "organisation"):
        op.drop_table(name)


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("identity_key", DIGEST, nullable=False, comment="As dossier.identity_key"),
        sa.Column("identity", sa.LargeBinary(), nullable=False, comment="Sealed: SoDinhDanh"),
        sa.Column(
            "units", sa.String(length=500), nullable=False, comment="Receiving units, divided by spaces; empty for all"
        ),
        sa.Column("token", DIGEST, nullable=True, comment="HMAC-SHA256 of the token; empty when revoked"),
        sa.Column("issued_at", MOMENT, nullable=False, comment="When the present token was issued"),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("identity_key", name=op.f("uq_organisation_identity_key")),
        sa.UniqueConstraint("token", name=op.f("uq_organisation_token")),
        sqlite_autoincrement=True,
    )


def _conversation() -> list[sa.Column[str]]:
    lengths = {"channel": 16, "account": 64, "conversation": 128}
    return [sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths.items()]
