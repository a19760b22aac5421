"""What officials keep beside the register: private notes, templates, saved filters, who has a record open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ACTOR = sa.String(length=64)
UNIT = sa.String(length=40)

_WHOLE = """
UPDATE feedback_answer SET whole = EXISTS (
    SELECT 1 FROM feedback_event WHERE feedback_event.record = feedback_answer.record AND feedback_event.action = 'draft'
)
"""
"""Whether a sealed answer has a text cannot be read here: it has one when somebody drafted it."""


def upgrade() -> None:
    """Make the tables, and what the queues are counted by."""
    op.create_table(
        "feedback_note",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("author", ACTOR, nullable=False),
        sa.Column("unit", UNIT, nullable=False, comment="Of the author"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="Sealed: what officials tell each other"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_note")),
    )
    op.create_index("ix_feedback_note_record", "feedback_note", ["record"])
    op.create_table(
        "feedback_template",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False, comment="The step whose words it gives"),
        sa.Column("about", sa.String(length=16), nullable=True, comment="conduct or content; null for both"),
        sa.Column("category", sa.SmallInteger(), nullable=True, comment="1 to 8 (Article 5); null for all"),
        sa.Column("text", sa.Text(), nullable=False, comment="With names of what is filled in, such as {so_bien_nhan}"),
        sa.Column("changed_by", ACTOR, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_template")),
    )
    op.create_table(
        "feedback_saved_filter",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account", ACTOR, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False, comment="As it stands in the address of the list"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_saved_filter")),
        sa.UniqueConstraint("account", "name", name=op.f("uq_feedback_saved_filter_account_name")),
    )
    op.create_table(
        "feedback_viewer",
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", ACTOR, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False, comment="As colleagues know the official"),
        sa.Column("seen_at", MOMENT, nullable=False, comment="When the page was last known to be open"),
        sa.Column("typed_at", MOMENT, nullable=True, comment="When something was last typed on it"),
        sa.PrimaryKeyConstraint("record", "account", name=op.f("pk_feedback_viewer")),
    )
    op.create_index("ix_feedback_viewer_seen_at", "feedback_viewer", ["seen_at"])
    op.create_index("ix_feedback_record_officer", "feedback_record", ["officer", "status", "entered_at"])
    op.create_index("ix_feedback_record_accused", "feedback_record", ["accused"])
    # Every step asks which records are merged into its own: without it that is a look at all of them.
    op.create_index("ix_feedback_record_merged_into", "feedback_record", ["merged_into"])
    with op.batch_alter_table("feedback_answer") as changed:
        changed.add_column(
            sa.Column(
                "whole",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="Has a text and an outcome: somebody may approve it",
            )
        )
    op.execute(_WHOLE)
    with op.batch_alter_table("feedback_answer") as changed:
        changed.alter_column("whole", server_default=None)


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("feedback_answer") as changed:
        changed.drop_column("whole")
    op.drop_index("ix_feedback_record_merged_into", "feedback_record")
    op.drop_index("ix_feedback_record_accused", "feedback_record")
    op.drop_index("ix_feedback_record_officer", "feedback_record")
    for table in ("feedback_viewer", "feedback_saved_filter", "feedback_template", "feedback_note"):
        op.drop_table(table)
