"""Tables of the day's counts; days are those of Vietnam's calendar, and nothing in a row is anybody's."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, SmallInteger, String, Table

from bot.delivery.tables import CHANNEL
from bot.dossiers.rating.grade import OF_DOSSIER
from bot.dossiers.rating.grade import Index as GradeIndex
from bot.dossiers.tables import UNIT_LENGTH
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

GRAIN = "d of a day, m of a month: the sum of its days"
WITH_TOTALS = f"{GRAIN}; t of a day: all procedures together, under an empty code"
_BIG = BigInteger().with_variant(Integer, "sqlite")


def _numbers(**named: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False, comment=comment) for name, comment in named.items()]


def points_of(index: GradeIndex) -> str:
    """Return the column of ``grade_day`` with the points of an index, added up."""
    return index.name.lower()


def known_of(index: GradeIndex) -> str:
    """Return the column of ``grade_day`` with the number of dossiers that have points of an index."""
    return f"{index.name.lower()}_known"


dossier_day = Table(
    "figure_dossier_day",
    metadata,
    Column("grain", String(1), primary_key=True, comment=GRAIN),
    Column("day", Date, primary_key=True, comment="On which they ended; of a month its first"),
    Column("unit", String(UNIT_LENGTH), primary_key=True, comment="As its source names it; empty for unknown"),
    *_numbers(ended="Dossiers", late="After their appointment", undated="Without an appointment"),
    sqlite_with_rowid=False,
)

grade_day = Table(
    "figure_grade_day",
    metadata,
    Column("grain", String(1), primary_key=True, comment=GRAIN),
    Column("day", Date, primary_key=True, comment="On which the dossiers ended; of a month its first"),
    Column("unit", String(UNIT_LENGTH), primary_key=True, comment="As its source names it; empty for unknown"),
    *_numbers(dossiers="Dossiers", rated="Of these somebody rated"),
    *_numbers(**{points_of(index): f"Points of the draft grade's index {index}, added up" for index in OF_DOSSIER}),
    *_numbers(**{known_of(index): "Dossiers that have such points" for index in OF_DOSSIER}),
    sqlite_with_rowid=False,
)
"""What the draft grades of units are made from."""

papers_day = Table(
    "figure_papers_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("procedure_code", String(32), primary_key=True, comment="Empty for unknown"),
    *_numbers(
        asked="Requests for further papers",
        again="Of these the second or later of their dossier",
        refused="Not taken",
        late="Apologies",
    ),
    sqlite_with_rowid=False,
)

filed_day = Table(
    "figure_filed_day",
    metadata,
    Column("grain", String(1), primary_key=True, comment=WITH_TOTALS),
    Column("day", Date, primary_key=True, comment="On which they were received, or ended; of a month its first"),
    Column("procedure_code", String(32), primary_key=True, comment="Empty for unknown"),
    *_numbers(
        received="Dossiers received",
        ended="Dossiers that ended",
        late="Of these after their appointment",
        undated="Of these without an appointment",
        post_received="Of the received ones filed by the public postal service",
        post_ended="Of the ended ones, likewise",
        post_late="Of the late ones, likewise",
        post_undated="Of the undated ones, likewise",
    ),
    sqlite_with_rowid=False,
)

post_day = Table(
    "figure_post_day",
    metadata,
    Column("grain", String(1), primary_key=True, comment=WITH_TOTALS),
    Column("day", Date, primary_key=True, comment="Of a month its first"),
    Column("procedure_code", String(32), primary_key=True, comment="Empty for none"),
    Column("topic", String(12), primary_key=True, comment="bot.postal.asked.Topic"),
    *_numbers(count="How often it was asked or done"),
    sqlite_with_rowid=False,
)

talk_day = Table(
    "figure_talk_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", CHANNEL, primary_key=True),
    *_numbers(
        came="Messages of citizens",
        answered="Answered a question about a procedure",
        asked_back="Asked back which one is meant",
        declined="Said that it is not known",
        failed="The turn failed",
    ),
    Column("last_came", UtcDateTime),
    sqlite_with_rowid=False,
)

sent_day = Table(
    "figure_sent_day",
    metadata,
    Column("day", Date, primary_key=True, comment="On which the messages were written"),
    Column("channel", CHANNEL, primary_key=True),
    *_numbers(went="Delivered, or kept for the client", unreachable="Nobody there", dead="Given up"),
    Column("last_went", UtcDateTime),
    sqlite_with_rowid=False,
)

reply_day = Table(
    "figure_reply_day",
    metadata,
    Column("grain", String(1), primary_key=True, comment=GRAIN),
    Column("day", Date, primary_key=True, comment="Of a month its first"),
    Column("channel", CHANNEL, primary_key=True),
    Column("bucket", SmallInteger, primary_key=True, autoincrement=False, comment="Place in bot.figures.waits.BOUNDS"),
    *_numbers(count="Messages whose first reply took that long"),
    sqlite_with_rowid=False,
)

mark = Table(
    "figure_mark",
    metadata,
    Column("name", String(24), primary_key=True),
    Column("number", _BIG, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
"""Where counting goes on, and numbers that hold at one moment."""
