"""The table of background jobs."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, text

from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

background_job = Table(
    "background_job",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False, comment="bot.jobs.job.JobKind"),
    Column("lane", String(16), nullable=False, comment="of the jobs in a lane one runs at a time"),
    Column("about", String(64), nullable=False, comment="a version or a code; empty for none"),
    Column("asked", Text, nullable=False, comment="JSON: what else was asked for"),
    Column("state", String(10), nullable=False, comment="bot.jobs.job.JobState"),
    Column("made_by", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("beat_at", UtcDateTime, nullable=False, comment="last sign of life"),
    Column("ended_at", UtcDateTime),
    Column("stop_by", String(64), nullable=False, comment="who wants it stopped; empty for nobody"),
    Column("step", String(160), nullable=False, comment="what it does now"),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False, comment="0 while it is not known"),
    Column("result", Text, nullable=False, comment="JSON; empty before"),
    Column("fault", Text, nullable=False, comment="why it failed; empty otherwise"),
    Index("ix_background_job_kind", "kind", "about", "id"),
    sqlite_autoincrement=True,
)

# Two buttons pressed at once must not start two trainings.
Index(
    "uq_background_job_lane",
    background_job.c.lane,
    unique=True,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)
"""One job at a time in each lane, whatever the code does."""
