"""Slips are found by procedure, open dossiers by their unit, and what all procedures together come to by day."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

OPEN = sa.text("status NOT IN (3, 7, 8, 9, 10)")
ASKED = sa.text("kind = 'supplement'")
SLIPS = sa.text("kind IN ('supplement', 'refused', 'late_apology')")
AT_ONCE = 50_000
"""Lines of history that one statement fills in."""
NATIONAL = {
    "sqlite": "procedure_code GLOB '[0-9].[0-9][0-9][0-9][0-9][0-9][0-9]*'",
    "postgresql": "procedure_code ~ '^[0-9][.][0-9]{6}'",
}
"""That a code begins with a national part: its first eight characters."""
DASH = {"sqlite": sa.func.instr, "postgresql": sa.func.strpos}
PATH = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")
IN_ORDER = ("due_at", "code", "status")
INDEXES = {
    "ix_dossier_open_office": ("dossier", ["office", *IN_ORDER], OPEN),
    "ix_dossier_open_unit": ("dossier", ["unit", *IN_ORDER], OPEN),
    "ix_dossier_change_asked": ("dossier_change", ["procedure_code", "at"], ASKED),
}
dossier = sa.table("dossier", *map(sa.column, ("code", "procedure_code", "office")), sa.column("sample", sa.Boolean()))
line = sa.table("dossier_change", *map(sa.column, ("id", "code", "procedure_code")))
FILED = ("received", "ended", "late", "undated", "post_received", "post_ended", "post_late", "post_undated")
TOTALLED = (
    sa.table("figure_post_day", *map(sa.column, ("grain", "day", "procedure_code", "topic", "count"))),
    sa.table("figure_filed_day", *map(sa.column, ("grain", "day", "procedure_code", *FILED))),
)
GRAIN = "d of a day, m of a month: the sum of its days"
WITH_TOTALS = f"{GRAIN}; t of a day: all procedures together, under an empty code"
RATED = ("answer_rating", "dossier_rating")


def upgrade() -> None:
    """Make the columns, fill them in, and only then make their indexes."""
    op.add_column(
        "dossier",
        sa.Column(
            "office",
            PATH,
            nullable=True,
            comment="Of what has not ended: the unit in its code, the highest level first",
        ),
    )
    op.add_column(
        "dossier_change",
        sa.Column(
            "procedure_code",
            sa.String(32),
            nullable=True,
            comment="Of a slip that is no sample's: the national part of its dossier's",
        ),
    )
    _fill_in()
    for name, (table, columns, where) in INDEXES.items():
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    for counts in TOTALLED:
        _add_totals(counts)
    _comment(WITH_TOTALS)
    _count_ratings()


def downgrade() -> None:
    """Drop them."""
    op.create_index("ix_answer_rating_rated_at", "answer_rating", ["rated_at", "useful"])
    for table in RATED:
        op.drop_table(f"{table}_day")
    for counts in TOTALLED:
        op.execute(sa.delete(counts).where(counts.c.grain == "t"))
    _comment(GRAIN)
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table)
    op.drop_column("dossier_change", "procedure_code")
    op.drop_column("dossier", "office")


def _fill_in() -> None:
    connection = op.get_bind()
    name = connection.dialect.name
    connection.execute(sa.update(dossier).where(OPEN).values(office=_path(name)))
    code = dossier.c.procedure_code
    national = sa.case((sa.text(NATIONAL[name]), sa.func.substr(code, 1, 8)), else_=code)
    own = sa.select(national).where(dossier.c.code == line.c.code, sa.not_(dossier.c.sample)).scalar_subquery()
    least, most = connection.execute(sa.select(sa.func.min(line.c.id), sa.func.max(line.c.id))).one()
    for first in range(least or 0, (most or 0) + 1, AT_ONCE):
        within = line.c.id >= first, line.c.id < first + AT_ONCE
        connection.execute(sa.update(line).where(SLIPS, *within).values(procedure_code=own))


def _path(name: str) -> sa.ColumnElement[str]:
    """Return the unit of a code with the highest level first: ``000.00.16.H48-…`` and ``H48.16.00-…``."""
    code, part = dossier.c.code, sa.func.substr
    top, upper, lower, lowest = (part(code, *place) for place in ((11, 3), (8, 2), (5, 2), (1, 3)))
    old = top.concat(".").concat(upper).concat(".").concat(lower).concat(".").concat(lowest)
    new = part(code, 1, DASH[name](code, "-") - 1)
    return sa.case((part(code, 1, 1).between("0", "9"), old), else_=new)


def _add_totals(counts: sa.TableClause) -> None:
    """Add all procedures of each day up."""
    numbers = [column for column in counts.c if column.name == "count" or column.name in FILED]
    keys = [column for column in counts.c if column.name in ("day", "topic")]
    names = ["grain", "procedure_code", *(column.name for column in (*keys, *numbers))]
    total = sa.select(sa.literal("t"), sa.literal(""), *keys, *map(sa.func.sum, numbers))
    op.execute(sa.insert(counts).from_select(names, total.where(counts.c.grain == "d").group_by(*keys)))


def _comment(words: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for counts in TOTALLED:
            op.alter_column(counts.name, "grain", comment=words, existing_nullable=False, existing_type=sa.String(1))


def _count_ratings() -> None:
    """Count the ratings that are kept by day; each that comes counts itself."""
    op.drop_index("ix_answer_rating_rated_at", "answer_rating")
    answers, dossiers = RATED
    day = "By Vietnam's calendar"
    _count_by_day(answers, "rated_at", sa.Column("useful", sa.Boolean(), nullable=False), day)
    day = "Of the last change, by Vietnam's calendar"
    _count_by_day(dossiers, "changed_at", sa.Column("attitude", sa.String(8), nullable=False), day)


def _count_by_day(name: str, moment: str, said: sa.Column[Any], comment: str) -> None:
    made = op.create_table(
        f"{name}_day",
        sa.Column("day", sa.Date(), nullable=False, comment=comment),
        said,
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", said.name, name=op.f(f"pk_{name}_day")),
        sqlite_with_rowid=False,
    )
    rated = sa.table(name, sa.column(moment), sa.column(said.name))
    day: sa.ColumnElement[Any] = sa.func.date(rated.c[moment], "+7 hours")
    if op.get_bind().dialect.name == "postgresql":
        day = sa.cast(rated.c[moment].op("AT TIME ZONE")("Asia/Ho_Chi_Minh"), sa.Date())
    # Grouped by what is selected: PostgreSQL would take the same words with other parameters for something else.
    days = sa.select(day.label("day"), rated.c[said.name]).subquery()
    keys = days.c.day, days.c[said.name]
    op.execute(
        sa.insert(made).from_select(["day", said.name, "count"], sa.select(*keys, sa.func.count()).group_by(*keys))
    )
