"""The review list: masked messages that the assistant did not understand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = (
    ("text", "masked, at most nlu.learning.masking.LONGEST characters"),
    ("candidates", "JSON: code, score and name, best first, as last seen"),
    ("aspects", "recognised; names divided by spaces"),
    ("decided_aspects", "names divided by spaces"),
)
CODES = (
    ("context", 32, "code of the procedure under discussion; empty for none"),
    ("suggested", 32, "code that a citizen picked last; empty for none"),
    ("decided_code", 32, "TTHC code; empty unless accepted as a procedure"),
    ("decided_kind", 32, "out-of-scope intent; empty unless accepted as one"),
    ("reason", 16, "nlu.learning.review.Reason; the weightiest so far"),
    ("state", 8, "open, later, accepted or rejected"),
)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "review_questions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "hash",
            sa.String(length=64),
            nullable=False,
            comment="of the masked, folded words; the same for all who say the same",
        ),
        *(sa.Column(name, sa.Text(), nullable=False, comment=comment) for name, comment in WORDS),
        *(
            sa.Column(name, sa.String(length=length), nullable=False, comment=comment)
            for name, length, comment in CODES
        ),
        sa.Column("count", sa.Integer(), nullable=False, comment="how often it was met"),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("catalogue_version", sa.Integer(), nullable=False, comment="that ranked the candidates; 0 for none"),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_questions")),
        sa.UniqueConstraint("hash", name=op.f("uq_review_questions_hash")),
        sa.CheckConstraint(
            "state IN ('open', 'later', 'accepted', 'rejected')", name=op.f("ck_review_questions_state")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_questions_state", "review_questions", ["state", "count"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("review_questions")
