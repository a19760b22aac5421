"""Proposals for the catalogue, what is switched off, months of unanswered questions, and work in the background."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _silences()
    _proposals()
    op.create_table(
        "review_month",
        sa.Column("hash", sa.String(length=64), nullable=False, comment="of a row of review_questions"),
        sa.Column("month", sa.String(length=7), nullable=False, comment="2026-11, in Vietnam's time"),
        sa.Column("count", sa.Integer(), nullable=False, comment="how often it was met in this month"),
        sa.PrimaryKeyConstraint("hash", "month", name=op.f("pk_review_month")),
    )
    op.create_index("ix_review_month_month", "review_month", ["month", "count", "hash"])
    op.create_index("ix_review_questions_next", "review_questions", ["state", "count", "last_seen"])
    op.create_index("ix_review_questions_reason", "review_questions", ["state", "reason", "count"])
    _jobs()


def _silences() -> None:
    op.create_table(
        "catalogue_silence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "code", sa.String(length=32), nullable=False, comment="TTHC code; all codes of its service are meant"
        ),
        sa.Column(
            "aspect",
            sa.String(length=16),
            nullable=False,
            comment="nlu.understanding.Aspect; empty: the whole procedure",
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="why, in the official's words; citizens do not read it"),
        sa.Column("until", sa.Date(), nullable=False, comment="last day on which it counts"),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.String(length=64), nullable=False, comment="who took it back; empty while nobody has"),
        sa.Column("ended_at", MOMENT, nullable=True, comment="empty while nobody took it back"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_silence")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_catalogue_silence_code",
        "catalogue_silence",
        ["code", "aspect"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _proposals() -> None:
    op.create_table(
        "catalogue_proposal",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False, comment="edit or import"),
        sa.Column("state", sa.String(length=10), nullable=False, comment="nlu.catalogue.proposals.ProposalState"),
        sa.Column(
            "authors",
            sa.Text(),
            nullable=False,
            comment="accounts divided by spaces; none of them may approve it",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="why, in the author's words"),
        sa.Column(
            "findings",
            sa.Text(),
            nullable=False,
            comment="JSON: what an import found, counted by kind; empty for an edit",
        ),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column(
            "decided_by",
            sa.String(length=64),
            nullable=False,
            comment="who approved it or sent it back; empty before",
        ),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision", sa.Text(), nullable=False, comment="what was said to it"),
        sa.Column("published_by", sa.String(length=64), nullable=False),
        sa.CheckConstraint("kind IN ('edit', 'import')", name=op.f("ck_catalogue_proposal_kind")),
        sa.ForeignKeyConstraint(["version"], ["catalogue_version.number"], name=op.f("fk_catalogue_proposal_version")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_catalogue_proposal")),
    )
    op.create_index("ix_catalogue_proposal_state", "catalogue_proposal", ["state", "version"])


def _jobs() -> None:
    op.create_table(
        "background_job",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="bot.jobs.job.JobKind"),
        sa.Column("lane", sa.String(length=16), nullable=False, comment="of the jobs in a lane one runs at a time"),
        sa.Column("about", sa.String(length=64), nullable=False, comment="a version or a code; empty for none"),
        sa.Column("asked", sa.Text(), nullable=False, comment="JSON: what else was asked for"),
        sa.Column("state", sa.String(length=10), nullable=False, comment="bot.jobs.job.JobState"),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False, comment="last sign of life"),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("stop_by", sa.String(length=64), nullable=False, comment="who wants it stopped; empty for nobody"),
        sa.Column("step", sa.String(length=160), nullable=False, comment="what it does now"),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False, comment="0 while it is not known"),
        sa.Column("result", sa.Text(), nullable=False, comment="JSON; empty before"),
        sa.Column("fault", sa.Text(), nullable=False, comment="why it failed; empty otherwise"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_background_job")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_background_job_lane",
        "background_job",
        ["lane"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_index("ix_background_job_kind", "background_job", ["kind", "about", "id"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("ix_review_questions_reason", "ix_review_questions_next"):
        op.drop_index(name, table_name="review_questions")
    for table in ("background_job", "review_month", "catalogue_proposal", "catalogue_silence"):
        op.drop_table(table)
