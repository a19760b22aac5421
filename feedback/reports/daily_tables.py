"""Tables of the day's counts: what pages show at once that a report would have to count for minutes. Nothing in them is anybody's."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, SmallInteger, String, Table, Text

from feedback.reports.daily import FLOWS
from feedback.tables import UNIT, metadata

__all__ = ["counted", "day_count", "day_took", "mark", "metadata"]

day_count = Table(
    "feedback_day",
    metadata,
    Column("book", String(16), primary_key=True),
    Column("grain", String(1), primary_key=True, comment="d of a day, m of a month, t of a day in all units together"),
    Column("day", Date, primary_key=True, comment="By Vietnam's calendar; of a month its first"),
    Column("unit", UNIT, primary_key=True, comment="Who has the records now"),
    Column("category", SmallInteger, primary_key=True, autoincrement=False, comment="Article 5; 0 while nobody said"),
    *(Column(name, Integer, nullable=False, comment="As the report's column of that name") for name in FLOWS),
    sqlite_with_rowid=False,
)

day_took = Table(
    "feedback_day_took",
    metadata,
    Column("book", String(16), primary_key=True),
    Column("day", Date, primary_key=True, comment="On which the records were answered"),
    Column("days", SmallInteger, primary_key=True, autoincrement=False, comment="From entry to answer"),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

counted = Table(
    "feedback_counted",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("counts", Text, nullable=False, comment="JSON: what of the day's counts is this record's share"),
)
"""What each record added: taken away again before it is counted anew."""

mark = Table(
    "feedback_counted_mark",
    metadata,
    Column(
        "id", SmallInteger, primary_key=True, autoincrement=False, comment="Always 1: the row that counters wait for"
    ),
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        nullable=False,
        comment="Entry of the log up to which is counted",
    ),
)
