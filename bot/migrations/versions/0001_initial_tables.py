"""Initial tables: catalogue and delivery."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("state = 'live'")
NEW = sa.text("state = 'new'")
WAITING = sa.text("state = 'waiting'")
TABLES = (
    "outbox",
    "inbox",
    "conversation",
    "catalogue_index",
    "catalogue_entry",
    "catalogue_version",
    "catalogue_revision",
)


def upgrade() -> None:
    """Make the tables, those first that others refer to."""
    _catalogue_revision()
    _catalogue_version()
    _catalogue_entry()
    _catalogue_index()
    _conversation()
    _inbox()
    _outbox()


def downgrade() -> None:
    """Drop the tables."""
    for name in TABLES:
        op.drop_table(name)


def _catalogue_revision() -> None:
    """Make the table of records, stored once by their content."""
    op.create_table(
        "catalogue_revision",
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256 of the body, in hexadecimal"),
        sa.Column(
            "body", sa.LargeBinary(), nullable=False, comment="the record as JSON (nlu.catalogue.model.Procedure)"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_catalogue_revision")),
    )


def _catalogue_version() -> None:
    """Make the table of numbered versions; one of them is live."""
    op.create_table(
        "catalogue_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False, comment="draft, live, retired or withdrawn"),
        sa.Column("base", sa.Integer(), nullable=True, comment="live version when the draft was made"),
        sa.Column("replaced", sa.Integer(), nullable=True, comment="live version before this one"),
        sa.Column("origin", sa.Text(), nullable=False, comment="what it was made from: file names, without folders"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'live', 'retired', 'withdrawn')", name=op.f("ck_catalogue_version_state")
        ),
        sa.ForeignKeyConstraint(["base"], ["catalogue_version.number"], name=op.f("fk_catalogue_version_base")),
        sa.ForeignKeyConstraint(["replaced"], ["catalogue_version.number"], name=op.f("fk_catalogue_version_replaced")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_catalogue_version")),
    )
    op.create_index(
        "uq_catalogue_version_live",
        "catalogue_version",
        ["state"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def _catalogue_entry() -> None:
    """Make the table of what each version holds."""
    op.create_table(
        "catalogue_entry",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False, comment="TTHC code"),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False, comment="lĩnh vực"),
        sa.Column("detail", sa.String(length=16), nullable=False, comment="full or listing"),
        sa.Column("doubts", sa.Integer(), nullable=False, comment="how many facts the import could not vouch for"),
        sa.ForeignKeyConstraint(["hash"], ["catalogue_revision.hash"], name=op.f("fk_catalogue_entry_hash")),
        sa.ForeignKeyConstraint(
            ["version"], ["catalogue_version.number"], name=op.f("fk_catalogue_entry_version"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version", "code", name=op.f("pk_catalogue_entry")),
    )


def _catalogue_index() -> None:
    """Make the table of the search indexes of published versions."""
    op.create_table(
        "catalogue_index",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False, comment="SHA-256 of the body, in hexadecimal"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="nlu.catalogue.index.Index.to_bytes()"),
        sa.ForeignKeyConstraint(
            ["version"], ["catalogue_version.number"], name=op.f("fk_catalogue_index_version"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_catalogue_index")),
    )


def _conversation() -> None:
    """Make the table of what each conversation remembers."""
    op.create_table(
        "conversation",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Raised by every turn; a turn on an older one is repeated"
        ),
        sa.Column("state", sa.LargeBinary(), nullable=False, comment="Sealed ConversationState"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "conversation", name=op.f("pk_conversation")),
    )


def _inbox() -> None:
    """Make the table of messages from citizens."""
    op.create_table(
        "inbox",
        sa.Column("id", ROW_ID, nullable=False, comment="Order of arrival"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False, comment="Which of our accounts on the channel"),
        sa.Column(
            "conversation", sa.String(length=128), nullable=False, comment="The channel's id; for the web a keyed hash"
        ),
        sa.Column("message_id", sa.String(length=128), nullable=False, comment="The channel's id of the message"),
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="Sealed message; empty once blanked"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False, comment="InboxState"),
        sa.Column(
            "recoveries",
            sa.SmallInteger(),
            nullable=False,
            comment="How often a start found it unfinished and next in turn",
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "trace",
            sa.LargeBinary(),
            nullable=True,
            comment="Sealed account of the turn; only when started with tracing",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "channel",
            "account",
            "conversation",
            "message_id",
            name=op.f("uq_inbox_channel_account_conversation_message_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_unfinished", "inbox", ["id"], unique=False, sqlite_where=NEW, postgresql_where=NEW)


def _outbox() -> None:
    """Make the table of messages to citizens."""
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, nullable=False, comment="Order within a conversation"),
        sa.Column("key", sa.String(length=64), nullable=False, comment="Idempotency key: inbox id and ordinal"),
        sa.Column("inbox_id", ROW_ID, nullable=True, comment="Empty for a notice"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="Sealed native call; empty once blanked"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False, comment="OutboxState"),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True, comment="Not to be sent before"),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_outbox_inbox_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_conversation", "outbox", ["channel", "account", "conversation", "id"], unique=False)
    op.create_index("ix_outbox_inbox_id", "outbox", ["inbox_id"], unique=False)
    op.create_index("ix_outbox_waiting", "outbox", ["id"], unique=False, sqlite_where=WAITING, postgresql_where=WAITING)
