"""Officials' accounts and sign-ins, and the console's own log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _account()
    _recovery_code()
    _session()
    _patience()
    _event()
    _head()


def downgrade() -> None:
    """Drop the tables."""
    for name in ("console_log_head", "console_event", "official_patience", "official_session"):
        op.drop_table(name)
    op.drop_table("official_recovery_code")
    op.drop_table("official_account")


def _account() -> None:
    said_once = "A one-time password: another one is set at the next sign-in"
    said_step = "Thirty seconds of the last code that was taken: none is taken twice"
    op.create_table(
        "official_account",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("account", sa.String(64), nullable=False, comment="Short name; never given to anybody else"),
        sa.Column("name", sa.String(120), nullable=False, comment="As colleagues know the person"),
        sa.Column("unit", sa.String(40), nullable=False, comment="Code in the office file; empty for none"),
        sa.Column(
            "roles", sa.String(200), nullable=False, comment="bot.console.roles.ConsoleRole, with spaces between"
        ),
        sa.Column("password", sa.String(255), comment="argon2id; null for the province's sign-on alone"),
        sa.Column("must_change", sa.Boolean(), nullable=False, comment=said_once),
        sa.Column("password_until", MOMENT, comment="Until when a one-time password is good"),
        sa.Column("totp", sa.LargeBinary(), comment="Sealed: secret of the one-time codes; null while not enrolled"),
        sa.Column("totp_step", sa.BigInteger(), comment=said_step),
        sa.Column("subject", sa.String(255), comment="Who this is at the province's sign-on"),
        sa.Column("disabled_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("seen_at", MOMENT, comment="Last sign-in"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_account")),
        sa.UniqueConstraint("account", name=op.f("uq_official_account_account")),
        sa.UniqueConstraint("subject", name=op.f("uq_official_account_subject")),
    )


def _recovery_code() -> None:
    op.create_table(
        "official_recovery_code",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("code", sa.LargeBinary(32), nullable=False, comment="Hash; gone once used"),
        sa.PrimaryKeyConstraint("account", "code", name=op.f("pk_official_recovery_code")),
    )


def _session() -> None:
    said_carried = "Sealed: what was typed before the sign-in, and what its steps need"
    op.create_table(
        "official_session",
        sa.Column("id", sa.String(32), nullable=False, comment="Names the sign-in; opens nothing"),
        sa.Column("token", sa.LargeBinary(32), nullable=False, comment="Hash of the cookie's secret"),
        sa.Column("account", sa.String(64), nullable=False, comment="Empty until the province's sign-on answered"),
        sa.Column("stage", sa.String(12), nullable=False, comment="bot.console.accounts.account.Stage"),
        sa.Column("carried", sa.LargeBinary(), comment=said_carried),
        sa.Column("network", sa.String(64), nullable=False, comment="From where, shortened"),
        sa.Column("browser", sa.String(80), nullable=False, comment="Kind of browser and system"),
        sa.Column("made_at", MOMENT, nullable=False, comment="From here the absolute limit counts"),
        sa.Column("seen_at", MOMENT, nullable=False, comment="From here the idle limit counts"),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_session")),
        sa.UniqueConstraint("token", name=op.f("uq_official_session_token")),
    )
    op.create_index("ix_official_session_account", "official_session", ["account", "made_at"])
    op.create_index("ix_official_session_seen_at", "official_session", ["seen_at"])


def _patience() -> None:
    op.create_table(
        "official_patience",
        sa.Column(
            "who", sa.LargeBinary(32), nullable=False, comment="Hash of an account's name, a browser or a network"
        ),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False, comment="Before this nothing is tried"),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_official_patience")),
    )


def _event() -> None:
    said_what = "bot.console.audit.entry.What, or an area's own word"
    said_about = "What it was done to: an account, a receipt, a setting"
    op.create_table(
        "console_event",
        sa.Column("seq", ROW_ID, autoincrement=False, nullable=False, comment="1, 2, 3 … without a gap"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False, comment="Account; empty where nobody was signed in"),
        sa.Column("what", sa.String(40), nullable=False, comment=said_what),
        sa.Column("about", sa.String(120), nullable=False, comment=said_about),
        sa.Column("note_digest", sa.LargeBinary(32), nullable=False, comment="Of the salted reason"),
        sa.Column("note", sa.LargeBinary(), comment="Sealed: the reason with its salt; blanked by its age"),
        sa.Column("previous", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_console_event")),
    )
    for column in ("actor", "what", "about"):
        op.create_index(f"ix_console_event_{column}", "console_event", [column, "seq"])
    op.create_index("ix_console_event_at", "console_event", ["at"])


def _head() -> None:
    made = op.create_table(
        "console_log_head",
        sa.Column(
            "id",
            sa.SmallInteger(),
            autoincrement=False,
            nullable=False,
            comment="Always 1: the row that writers wait for",
        ),
        sa.Column("seq", ROW_ID, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_log_head")),
    )
    op.bulk_insert(made, [{"id": 1, "seq": 0, "hash": bytes(32)}])
