"""Tables of the delivery engine: what came in, what goes out, and what each conversation remembers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)

from feedback.columns import NAMES, UtcDateTime


class InboxState(StrEnum):
    """How far a message from a citizen has come."""

    NEW = "new"
    DONE = "done"
    FAILED = "failed"
    """Every try raised; the citizen was told so."""


class OutboxState(StrEnum):
    """How far a native call has come."""

    HELD = "held"
    """On a pull channel: kept for the citizen's own client to fetch."""
    WAITING = "waiting"
    """On a push channel: to be sent."""
    SENDING = "sending"
    """Handed to the platform; found so after a crash, nobody knows whether it got there."""
    DELIVERED = "delivered"
    UNREACHABLE = "unreachable"
    DEAD = "dead"
    """Given up; a person must look at it."""


UNSENT = (OutboxState.WAITING, OutboxState.SENDING)
"""What still has to leave."""

ENDED_UNSENT = (OutboxState.DEAD, OutboxState.UNREACHABLE)
"""What did not arrive; it can be sent once more while its words are kept."""

UNDECIDED = "state IN ('dead', 'unreachable') AND given_up_at IS NULL"
"""What did not arrive, and nobody decided about yet; in SQL, word for word as its index has it."""

UNFINISHED = "state = 'new'"
LEAVING = "state IN ('waiting', 'sending')"
"""What came and was not answered yet, and what still has to leave; in SQL, word for word as their indexes have it."""

metadata = MetaData(naming_convention=NAMES)

ROW_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is INTEGER."""
CHANNEL = String(16)
ACCOUNT = String(64)
CONVERSATION = String(128)
MESSAGE_ID = String(128)
SENT_ID = 128
DETAIL = 200
OWNER = String(36)

inbox = Table(
    "inbox",
    metadata,
    Column("id", ROW_ID, primary_key=True, comment="Order of arrival"),
    Column("channel", CHANNEL, nullable=False),
    Column(
        "account",
        ACCOUNT,
        nullable=False,
        comment="Which of our accounts on the channel",
    ),
    Column(
        "conversation",
        CONVERSATION,
        nullable=False,
        comment="The channel's id; for the web a keyed hash",
    ),
    Column(
        "message_id",
        MESSAGE_ID,
        nullable=False,
        comment="The channel's id of the message",
    ),
    Column("body", LargeBinary, comment="Sealed message; empty once blanked"),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False, comment="InboxState"),
    Column(
        "recoveries",
        SmallInteger,
        nullable=False,
        comment="How often a start found it unfinished and next in turn",
    ),
    Column("finished_at", UtcDateTime),
    Column("outcome", String(16), comment="nlu.decision.Outcome of its turn, for counting; empty while there is none"),
    Column(
        "trace",
        LargeBinary,
        comment="Sealed account of the turn; only when started with tracing",
    ),
    UniqueConstraint("channel", "account", "conversation", "message_id"),
    Index(
        "ix_inbox_unfinished",
        "id",
        sqlite_where=text(UNFINISHED),
        postgresql_where=text(UNFINISHED),
    ),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ROW_ID, primary_key=True, comment="Order within a conversation"),
    Column(
        "key",
        String(64),
        nullable=False,
        unique=True,
        comment="Idempotency key: inbox id and ordinal",
    ),
    Column(
        "inbox_id",
        ROW_ID,
        ForeignKey("inbox.id", ondelete="CASCADE"),
        index=True,
        comment="Empty for a notice",
    ),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("body", LargeBinary, comment="Sealed native call; empty once blanked"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", String(12), nullable=False, comment="OutboxState"),
    Column("attempts", SmallInteger, nullable=False),
    Column("due_at", UtcDateTime, comment="Not to be sent before"),
    Column("finished_at", UtcDateTime),
    Column("sent_id", String(SENT_ID), comment="The platform's id of the message"),
    Column("detail", String(DETAIL), comment="What the platform said last"),
    Column("given_up_at", UtcDateTime, comment="When an official decided that it is not sent any more"),
    Index("ix_outbox_conversation", "channel", "account", "conversation", "id"),
    Index(
        "ix_outbox_unsent",
        "id",
        sqlite_where=text(LEAVING),
        postgresql_where=text(LEAVING),
    ),
    Index(
        "ix_outbox_undecided",
        "state",
        "id",
        sqlite_where=text(UNDECIDED),
        postgresql_where=text(UNDECIDED),
    ),
    sqlite_autoincrement=True,
)

conversation = Table(
    "conversation",
    metadata,
    Column("channel", CHANNEL, primary_key=True),
    Column("account", ACCOUNT, primary_key=True),
    Column("conversation", CONVERSATION, primary_key=True),
    Column(
        "version",
        Integer,
        nullable=False,
        comment="Raised by every turn; a turn on an older one is repeated",
    ),
    Column("state", LargeBinary, nullable=False, comment="Sealed ConversationState"),
    Column("updated_at", UtcDateTime, nullable=False),
    Column(
        "unreachable_at",
        UtcDateTime,
        comment="Since when nothing can be sent there; empty again once the citizen writes",
    ),
)

worker = Table(
    "worker",
    metadata,
    Column("id", OWNER, primary_key=True, comment="Drawn anew at each start"),
    Column(
        "expires_at",
        UtcDateTime,
        nullable=False,
        comment="By the database's clock; beyond it what the process held is free",
    ),
)

lease = Table(
    "lease",
    metadata,
    Column("channel", CHANNEL, primary_key=True),
    Column("account", ACCOUNT, primary_key=True),
    Column("conversation", CONVERSATION, primary_key=True),
    Column(
        "owner",
        OWNER,
        ForeignKey("worker.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="Who works on it; free once that one is gone",
    ),
)
