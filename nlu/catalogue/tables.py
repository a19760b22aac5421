"""The tables of the catalogue: versions, what each holds, the records stored once by their content, corrected families.

Beside them: proposals that wait for a second person, and what is switched off for a while.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC on every database; SQLite by itself would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a moment without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


revision = Table(
    "catalogue_revision",
    metadata,
    Column("hash", String(64), primary_key=True, comment="SHA-256 of the body, in hexadecimal"),
    Column("body", LargeBinary, nullable=False, comment="the record as JSON (nlu.catalogue.model.Procedure)"),
)

version = Table(
    "catalogue_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False, comment="draft, live, retired or withdrawn"),
    Column("base", Integer, ForeignKey("catalogue_version.number"), comment="live version when the draft was made"),
    Column("replaced", Integer, ForeignKey("catalogue_version.number"), comment="live version before this one"),
    Column("origin", Text, nullable=False, comment="what it was made from: file names, without folders"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    CheckConstraint("state IN ('draft', 'live', 'retired', 'withdrawn')", name="state"),
)

# Two publications at once must not leave two live versions, whatever the code does.
Index(
    "uq_catalogue_version_live",
    version.c.state,
    unique=True,
    sqlite_where=text("state = 'live'"),
    postgresql_where=text("state = 'live'"),
)

entry = Table(
    "catalogue_entry",
    metadata,
    Column("version", Integer, ForeignKey("catalogue_version.number", ondelete="CASCADE"), primary_key=True),
    Column("code", String(32), primary_key=True, comment="TTHC code"),
    Column("hash", String(64), ForeignKey("catalogue_revision.hash"), nullable=False),
    Column("name", Text, nullable=False),
    Column("field", Text, nullable=False, comment="lĩnh vực"),
    Column("detail", String(16), nullable=False, comment="full or listing"),
    Column("doubts", Integer, nullable=False, comment="how many facts the import could not vouch for"),
)

search_index = Table(
    "catalogue_index",
    metadata,
    Column("version", Integer, ForeignKey("catalogue_version.number", ondelete="CASCADE"), primary_key=True),
    Column("etag", String(64), nullable=False, comment="SHA-256 of the body, in hexadecimal"),
    Column("body", LargeBinary, nullable=False, comment="nlu.catalogue.index.Index.to_bytes()"),
)

family_corrections = Table(
    "family_corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True, comment="the order in which they count"),
    Column("code", String(32), nullable=False, comment="TTHC code; of any catalogue version"),
    Column("with_code", String(32), nullable=False, comment="code that it is one service with; empty: stands alone"),
    Column("made_by", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False, comment="why, in the official's words"),
    Column("ended_by", String(64), nullable=False, comment="who took it back or replaced it; empty while it counts"),
    Column("ended_at", UtcDateTime, comment="empty while it counts"),
    sqlite_autoincrement=True,
)

# An official's word about a code replaces the one before; the old ones are kept to tell who decided what.
Index(
    "uq_family_corrections_code",
    family_corrections.c.code,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)

silence = Table(
    "catalogue_silence",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("code", String(32), nullable=False, comment="TTHC code; all codes of its service are meant"),
    Column("aspect", String(16), nullable=False, comment="nlu.understanding.Aspect; empty: the whole procedure"),
    Column("reason", Text, nullable=False, comment="why, in the official's words; citizens do not read it"),
    Column("until", Date, nullable=False, comment="last day on which it counts"),
    Column("made_by", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_by", String(64), nullable=False, comment="who took it back; empty while nobody has"),
    Column("ended_at", UtcDateTime, comment="empty while nobody took it back"),
    sqlite_autoincrement=True,
)

Index(
    "uq_catalogue_silence_code",
    silence.c.code,
    silence.c.aspect,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)

proposal = Table(
    "catalogue_proposal",
    metadata,
    Column("version", Integer, ForeignKey("catalogue_version.number"), primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False, comment="edit or import"),
    Column("state", String(10), nullable=False, comment="nlu.catalogue.proposals.ProposalState"),
    Column("authors", Text, nullable=False, comment="accounts divided by spaces; none of them may approve it"),
    Column("note", Text, nullable=False, comment="why, in the author's words"),
    Column("findings", Text, nullable=False, comment="JSON: what an import found, counted by kind; empty for an edit"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("decided_by", String(64), nullable=False, comment="who approved it or sent it back; empty before"),
    Column("decided_at", UtcDateTime),
    Column("decision", Text, nullable=False, comment="what was said to it"),
    Column("published_by", String(64), nullable=False),
    CheckConstraint("kind IN ('edit', 'import')", name="kind"),
)

Index("ix_catalogue_proposal_state", proposal.c.state, proposal.c.version)
