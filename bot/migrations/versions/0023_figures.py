"""Counts by day of the register, of dossiers, of the talk and of channels, and what a turn came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OUTCOME = "nlu.decision.Outcome of its turn, for counting; empty while there is none"
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SLIPS = sa.text("kind IN ('supplement', 'refused', 'late_apology')")
FLOWS = (
    *("new", "reopened", "not_received", "out_of_scope", "forwarded", "handled", "handled_on_time", "handled_late"),
    *("merged", "withdrawn", "published", "rated", "satisfied", "dissatisfied"),
)
INDEXES = {
    "ix_dossier_change_slips": ("dossier_change", ["at"], SLIPS),
    "ix_answer_rating_rated_at": ("answer_rating", ["rated_at", "useful"], None),
    "ix_dossier_rating_changed_at": ("dossier_rating", ["changed_at", "attitude"], None),
}
TABLES = (
    *("feedback_day", "feedback_day_took", "feedback_counted", "feedback_counted_mark"),
    *(
        "figure_dossier_day",
        "figure_papers_day",
        "figure_talk_day",
        "figure_sent_day",
        "figure_reply_day",
        "figure_mark",
    ),
)


def upgrade() -> None:
    """Make the tables and indexes, and the column of the inbox."""
    op.add_column("inbox", sa.Column("outcome", sa.String(16), nullable=True, comment=OUTCOME))
    _register()
    _others()
    for name, (table, columns, where) in INDEXES.items():
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    op.execute("INSERT INTO feedback_counted_mark (id, seq) VALUES (1, 0)")


def downgrade() -> None:
    """Drop them."""
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table)
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("inbox", "outcome")


def _register() -> None:
    book, day = _key("book", sa.String(16)), "By Vietnam's calendar; of a month its first"
    grain = _key("grain", sa.String(1), "d of a day, m of a month, t of a day in all units together")
    keys = [book, grain, _key("day", sa.Date(), day), _key("unit", sa.String(40), "Who has the records now")]
    keys.append(_key("category", sa.SmallInteger(), "Article 5; 0 while nobody said"))
    _table("feedback_day", keys, dict.fromkeys(FLOWS, "As the report's column of that name"))
    keys = [_key("book", sa.String(16)), _key("day", sa.Date(), "On which the records were answered")]
    keys.append(_key("days", sa.SmallInteger(), "From entry to answer"))
    _table("feedback_day_took", keys, {"count": None})
    op.create_table(
        "feedback_counted",
        _key("record", sa.Integer()),
        sa.Column("counts", sa.Text(), nullable=False, comment="JSON: what of the day's counts is this record's share"),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_feedback_counted")),
    )
    op.create_table(
        "feedback_counted_mark",
        _key("id", sa.SmallInteger(), "Always 1: the row that counters wait for"),
        sa.Column("seq", BIG, nullable=False, comment="Entry of the log up to which is counted"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_counted_mark")),
    )


def _others() -> None:
    _table(
        "figure_dossier_day",
        [
            _grain(),
            _day("On which they ended; of a month its first"),
            _key("unit", sa.String(200), "As its source names it; empty for unknown"),
        ],
        {"ended": "Dossiers", "late": "After their appointment", "undated": "Without an appointment"},
    )
    again = "Of these the second or later of their dossier"
    _table(
        "figure_papers_day",
        [_day(), _key("procedure_code", sa.String(32), "Empty for unknown")],
        {"asked": "Requests for further papers", "again": again, "refused": "Not taken", "late": "Apologies"},
    )
    talk = {
        "came": "Messages of citizens",
        "answered": "Answered a question about a procedure",
        "asked_back": "Asked back which one is meant",
        "declined": "Said that it is not known",
        "failed": "The turn failed",
    }
    _table("figure_talk_day", [_day(), _channel()], talk, "last_came")
    sent = {"went": "Delivered, or kept for the client", "unreachable": "Nobody there", "dead": "Given up"}
    _table("figure_sent_day", [_day("On which the messages were written"), _channel()], sent, "last_went")
    bucket = _key("bucket", sa.SmallInteger(), "Place in bot.figures.waits.BOUNDS")
    _table(
        "figure_reply_day",
        [_grain(), _day("Of a month its first"), _channel(), bucket],
        {"count": "Messages whose first reply took that long"},
    )
    op.create_table(
        "figure_mark",
        _key("name", sa.String(24)),
        sa.Column("number", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_figure_mark")),
    )


def _day(comment: str | None = None) -> sa.Column[Any]:
    return _key("day", sa.Date(), comment)


def _grain() -> sa.Column[Any]:
    return _key("grain", sa.String(1), "d of a day, m of a month: the sum of its days")


def _channel() -> sa.Column[Any]:
    return _key("channel", sa.String(16))


def _key(name: str, kind: sa.types.TypeEngine[Any], comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, kind, autoincrement=False, nullable=False, comment=comment)


def _table(name: str, keys: list[sa.Column[Any]], numbers: Mapping[str, str | None], moment: str = "") -> None:
    columns = [*keys, *(sa.Column(one, sa.Integer(), nullable=False, comment=said) for one, said in numbers.items())]
    if moment:
        columns.append(sa.Column(moment, MOMENT, nullable=True))
    own = sa.PrimaryKeyConstraint(*(key.name for key in keys), name=op.f(f"pk_{name}"))
    op.create_table(name, *columns, own, sqlite_with_rowid=False)
