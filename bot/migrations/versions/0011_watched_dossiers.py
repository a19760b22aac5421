"""Watched dossiers: who is told, when a source is asked again, and which notices have still to arrive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(length=64)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "dossier_watch",
        sa.Column("id", ROW_ID, nullable=False, comment="Never used again: the keys of notices hold it"),
        *_conversation(),
        sa.Column("code", CODE, nullable=False, comment="In normal form"),
        sa.Column(
            "kind", sa.String(length=8), nullable=False, comment="changes; back: once, when its source answers again"
        ),
        sa.Column("level", sa.SmallInteger(), nullable=False, comment="Disclosure level at which it was made"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column(
            "told_revision",
            sa.Integer(),
            nullable=False,
            comment="Of the dossier; beyond it there is something to tell",
        ),
        sa.Column("reminded_for", MOMENT, nullable=True, comment="Appointment of which the day before was told"),
        sa.Column("late_for", MOMENT, nullable=True, comment="Appointment that was told to be missed"),
        sa.Column("ends_at", MOMENT, nullable=False, comment="Deleted then"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_watch")),
        sa.UniqueConstraint("channel", "account", "conversation", "code", "kind", name="uq_dossier_watch_conversation"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dossier_watch_code"), "dossier_watch", ["code"], unique=False)
    op.create_index(op.f("ix_dossier_watch_ends_at"), "dossier_watch", ["ends_at"], unique=False)
    op.create_table(
        "watched_dossier",
        sa.Column("code", CODE, nullable=False),
        sa.Column(
            "source", sa.String(length=32), nullable=False, comment="Who is asked; empty until that was looked up"
        ),
        sa.Column("urgent", sa.SmallInteger(), nullable=False, comment="1 near its appointment: asked before others"),
        sa.Column("next_at", MOMENT, nullable=True, comment="When it is asked again; empty for never"),
        sa.Column("failures", sa.SmallInteger(), nullable=False, comment="In a row"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_watched_dossier")),
    )
    op.create_index("ix_watched_dossier_next", "watched_dossier", ["source", "urgent", "next_at"], unique=False)
    _notices_and_leases()


def _notices_and_leases() -> None:
    op.create_table(
        "watch_notice",
        sa.Column("key", sa.String(length=56), nullable=False, comment="Of the notice in the outbox"),
        *_conversation(),
        sa.Column("code", CODE, nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False, comment="When it was written"),
        sa.Column(
            "state", sa.String(length=8), nullable=False, comment="sent: its fate is open; missed: it did not arrive"
        ),
        sa.Column("check_at", MOMENT, nullable=False, comment="When its fate is looked at next"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_watch_notice")),
    )
    op.create_index("ix_watch_notice_check", "watch_notice", ["state", "check_at"], unique=False)
    op.create_index(
        "ix_watch_notice_conversation", "watch_notice", ["channel", "account", "conversation"], unique=False
    )
    op.create_table(
        "watch_lease",
        sa.Column("name", sa.String(length=48), nullable=False, comment="Which work"),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("until", MOMENT, nullable=False, comment="Then another process may take it over"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watch_lease")),
    )


def _conversation() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("watch_lease", "watch_notice", "watched_dossier", "dossier_watch"):
        op.drop_table(name)
