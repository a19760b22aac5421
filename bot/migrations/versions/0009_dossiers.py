"""Dossiers as their sources describe them, and what changed in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
DIGEST = sa.LargeBinary(length=32)
OPEN = sa.text("status NOT IN (3, 7, 8, 9, 10)")
OWNED = sa.text("contact IS NOT NULL")


def upgrade() -> None:
    """Make the tables."""
    _dossier()
    _dossier_indexes()
    _dossier_change()


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("code", sa.String(length=64), nullable=False, comment="In normal form"),
        sa.Column("level1", sa.String(length=8), nullable=False, comment="Province or ministry, as the code names it"),
        sa.Column("source", sa.String(length=32), nullable=False, comment="Which source said so last"),
        sa.Column("status", sa.SmallInteger(), nullable=False, comment="TrangThaiHoSo 1-10; 0: not one of them"),
        sa.Column("procedure_code", sa.String(length=32), nullable=False, comment="TTHC code; empty for unknown"),
        sa.Column("unit", sa.String(length=200), nullable=True, comment="Name of the unit that received it"),
        sa.Column("received_at", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True, comment="The appointment in force"),
        sa.Column("ended_at", MOMENT, nullable=True, comment="When it ended, or was first seen to have ended"),
        sa.Column("as_of", MOMENT, nullable=False, comment="When the source said so"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="1 on first sight, one more with each change"),
        sa.Column("changed_at", MOMENT, nullable=False, comment="When the source first told of this revision"),
        sa.Column("sample", sa.Boolean(), nullable=False, comment="Made up for trying the assistant out"),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="Sealed: all of it but the owner's telephone and id number",
        ),
        sa.Column(
            "contact", sa.LargeBinary(), nullable=True, comment="Sealed: the owner; empty for unknown or blanked"
        ),
        sa.Column("phone_tail", DIGEST, nullable=True, comment="HMAC-SHA256 of code and the number's last four digits"),
        sa.Column("identity_tail", DIGEST, nullable=True, comment="HMAC-SHA256 of code and the id's last four digits"),
        sa.Column("phone_key", DIGEST, nullable=True, comment="HMAC-SHA256 of the whole number in E.164"),
        sa.Column("identity_key", DIGEST, nullable=True, comment="HMAC-SHA256 of the whole id number"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_dossier")),
    )


def _dossier_indexes() -> None:
    op.create_index("ix_dossier_due_at", "dossier", ["due_at"], unique=False)
    op.create_index(
        "ix_dossier_open_due_at", "dossier", ["due_at"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_dossier_ended_at", "dossier", ["ended_at"], unique=False)
    op.create_index(
        "ix_dossier_owned_ended_at",
        "dossier",
        ["ended_at"],
        unique=False,
        sqlite_where=OWNED,
        postgresql_where=OWNED,
    )
    op.create_index("ix_dossier_source_as_of", "dossier", ["source", "as_of"], unique=False)
    op.create_index("ix_dossier_identity_key", "dossier", ["identity_key"], unique=False)


def _dossier_change() -> None:
    op.create_table(
        "dossier_change",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False, comment="When the source told of it"),
        sa.Column("from_status", sa.SmallInteger(), nullable=True, comment="Empty on first sight"),
        sa.Column("to_status", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False, comment="See bot.dossiers.changes.Kind"),
        sa.Column("due_at", MOMENT, nullable=True, comment="The appointment in force after it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_change")),
        sa.UniqueConstraint("code", "revision", "kind", name="uq_dossier_change_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dossier_change_code", "dossier_change", ["code"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("dossier_change")
    op.drop_table("dossier")
