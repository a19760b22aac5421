"""Access to dossiers: limits, tries, proofs, look-ups, alerts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MARK = sa.LargeBinary(length=32)


def upgrade() -> None:
    """Make the tables."""
    _limits()
    _challenge()
    _access_and_lookups()
    _alert()


def _limits() -> None:
    op.create_table(
        "dossier_asked",
        sa.Column("person", MARK, nullable=False, comment="Keyed hash of the conversation"),
        sa.Column("code", MARK, nullable=False, comment="Keyed hash of the code"),
        sa.Column("day", MOMENT, nullable=False, comment="When the day began in Vietnam"),
        sa.PrimaryKeyConstraint("person", "code", "day", name=op.f("pk_dossier_asked")),
    )
    op.create_index("ix_dossier_asked_day", "dossier_asked", ["day"])
    op.create_table(
        "dossier_amount",
        sa.Column("subject", MARK, nullable=False, comment="Keyed hash of what is counted and for whom"),
        sa.Column("since", MOMENT, nullable=False, comment="Beginning of the day or hour"),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "since", name=op.f("pk_dossier_amount")),
    )
    op.create_index("ix_dossier_amount_since", "dossier_amount", ["since"])
    op.create_table(
        "dossier_patience",
        sa.Column("subject", MARK, nullable=False, comment="Keyed hash of what is tried and by whom"),
        sa.Column("level", sa.Float(), nullable=False, comment="Tries that still count"),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False, comment="The next try counts from then on"),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_dossier_patience")),
    )
    op.create_index("ix_dossier_patience_tried_at", "dossier_patience", ["tried_at"])


def _challenge() -> None:
    op.create_table(
        "dossier_challenge",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("page", MARK, nullable=False, comment="Keyed hash of the one-time page's address"),
        sa.Column("person", MARK, nullable=False, comment="Keyed hash of the conversation"),
        sa.Column("code", MARK, nullable=False, comment="Keyed hash of the dossier's code"),
        sa.Column(
            "attempt",
            MARK,
            nullable=False,
            comment="Keyed hash of person, code and fact: a repeated turn is known again",
        ),
        sa.Column(
            "nonce",
            sa.LargeBinary(length=16),
            nullable=False,
            comment="Page and one-time code follow from it and our key",
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="Sealed: conversation, code, hash of the fact"),
        sa.Column("state", sa.String(length=8), nullable=False, comment="See challenge_store.State"),
        sa.Column(
            "matched", sa.Boolean(), nullable=True, comment="Whether fact and dossier agree; empty until looked at"
        ),
        sa.Column("attempts", sa.SmallInteger(), nullable=False, comment="How often sending was begun"),
        sa.Column("tries", sa.SmallInteger(), nullable=False, comment="One-time codes typed"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False, comment="Not to be looked at before"),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True, comment="When the gateway took the code"),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_challenge")),
        sa.UniqueConstraint("page", name=op.f("uq_dossier_challenge_page")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dossier_challenge_person", "dossier_challenge", ["person"])
    op.create_index("ix_dossier_challenge_state_due_at", "dossier_challenge", ["state", "due_at"])
    op.create_index("ix_dossier_challenge_expires_at", "dossier_challenge", ["expires_at"])


def _access_and_lookups() -> None:
    op.create_table(
        "dossier_access",
        sa.Column("person", MARK, nullable=False, comment="Keyed hash of the conversation"),
        sa.Column("code", MARK, nullable=False, comment="Keyed hash of the dossier's code"),
        sa.Column("way", sa.String(length=8), nullable=False, comment="code, contact or fact"),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "code", name=op.f("pk_dossier_access")),
    )
    op.create_index("ix_dossier_access_expires_at", "dossier_access", ["expires_at"])
    op.create_table(
        "dossier_lookup",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("code", MARK, nullable=False, comment="Keyed hash of the code"),
        sa.Column(
            "person", MARK, nullable=True, comment="Keyed hash of the conversation; empty once the person had it erased"
        ),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False, comment="told, unknown or down"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_lookup")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dossier_lookup_code", "dossier_lookup", ["code", "id"])
    op.create_index("ix_dossier_lookup_person", "dossier_lookup", ["person"])
    op.create_index("ix_dossier_lookup_at", "dossier_lookup", ["at"])


def _alert() -> None:
    op.create_table(
        "dossier_alert",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="See alert_store.AlertKind"),
        sa.Column("whose", sa.String(length=12), nullable=False, comment="See alert_store.Whose"),
        sa.Column("subject", MARK, nullable=False, comment="Keyed hash of whom or what it is about"),
        sa.Column("unit", sa.String(length=40), nullable=False, comment="The agency whose codes were asked about last"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("day", MOMENT, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_alert")),
        sa.UniqueConstraint("kind", "subject", "day", name=op.f("uq_dossier_alert_kind_subject_day")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dossier_alert_last_at", "dossier_alert", ["last_at"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("alert", "lookup", "access", "challenge", "patience", "amount", "asked"):
        op.drop_table(f"dossier_{name}")
