"""Counts by day of what the draft grades of units are made from, and each ended dossier's points for its days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

UNGRADED = sa.text("total_points IS NULL AND ended_at IS NOT NULL")
POINTS = {
    "total_points": "Draft grade's index 1; -1: unknown; empty: not yet",
    "agency_points": "Draft grade's index 2; likewise",
}
INDICES = {"total_time": 1, "agency_time": 2, "contacts": 3, "agencies": 4, "attitude": 7}
NUMBERS = (
    {"dossiers": "Dossiers", "rated": "Of these somebody rated"}
    | {name: f"Points of the draft grade's index {number}, added up" for name, number in INDICES.items()}
    | {f"{name}_known": "Dossiers that have such points" for name in INDICES}
)


def upgrade() -> None:
    """Make the table and the columns; the points of what is kept are worked out by the program, since it is sealed."""
    for name, comment in POINTS.items():
        op.add_column("dossier", sa.Column(name, sa.SmallInteger(), nullable=True, comment=comment))
    op.create_index(
        "ix_dossier_ungraded", "dossier", ["ended_at", "code"], sqlite_where=UNGRADED, postgresql_where=UNGRADED
    )
    op.create_table(
        "figure_grade_day",
        sa.Column("grain", sa.String(1), nullable=False, comment="d of a day, m of a month: the sum of its days"),
        sa.Column("day", sa.Date(), nullable=False, comment="On which the dossiers ended; of a month its first"),
        sa.Column("unit", sa.String(200), nullable=False, comment="As its source names it; empty for unknown"),
        *(sa.Column(name, sa.Integer(), nullable=False, comment=comment) for name, comment in NUMBERS.items()),
        sa.PrimaryKeyConstraint("grain", "day", "unit", name=op.f("pk_figure_grade_day")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("figure_grade_day")
    op.drop_index("ix_dossier_ungraded", "dossier")
    for name in POINTS:
        op.drop_column("dossier", name)
