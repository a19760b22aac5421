"""Tables of officials' accounts and sign-ins. Accounts are never deleted: logs name them for as long as the logs are kept."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table

from bot.delivery.tables import ROW_ID
from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

ACCOUNT_LENGTH = 64
NAME_LENGTH = 120
UNIT_LENGTH = 40
SUBJECT_LENGTH = 255
EMAIL_LENGTH = 128
"""As much as the outbox has room for: an address that is longer could be kept, and never written to."""
NETWORK_LENGTH = 64
BROWSER_LENGTH = 80

official_account = Table(
    "official_account",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column(
        "account",
        String(ACCOUNT_LENGTH),
        nullable=False,
        unique=True,
        comment="Short name; never given to anybody else",
    ),
    Column("name", String(NAME_LENGTH), nullable=False, comment="As colleagues know the person"),
    Column("unit", String(UNIT_LENGTH), nullable=False, comment="Code in the office file; empty for none"),
    Column("roles", String(200), nullable=False, comment="bot.console.roles.ConsoleRole, with spaces between"),
    Column("password", String(255), comment="argon2id; null for the province's sign-on alone"),
    Column(
        "must_change", Boolean, nullable=False, comment="A one-time password: another one is set at the next sign-in"
    ),
    Column("password_until", UtcDateTime, comment="Until when a one-time password is good"),
    Column("totp", LargeBinary, comment="Sealed: secret of the one-time codes; null while not enrolled"),
    Column("totp_step", BigInteger, comment="Thirty seconds of the last code that was taken: none is taken twice"),
    Column("subject", String(SUBJECT_LENGTH), unique=True, comment="Who this is at the province's sign-on"),
    Column("disabled_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(ACCOUNT_LENGTH), nullable=False),
    Column("seen_at", UtcDateTime, comment="Last sign-in"),
    Column("email", LargeBinary, comment="Sealed: where letters about the account go; null for nowhere"),
    Column(
        "news_at",
        UtcDateTime,
        comment="Since when there is something in the log about the account that its owner has not confirmed",
    ),
)

official_letter = Table(
    "official_letter",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("body", LargeBinary, nullable=False, comment="Sealed: address and words"),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_official_letter_made_at", "made_at"),
)

official_recovery_code = Table(
    "official_recovery_code",
    metadata,
    Column("account", String(ACCOUNT_LENGTH), primary_key=True),
    Column("code", LargeBinary(32), primary_key=True, comment="Hash; gone once used"),
)

official_session = Table(
    "official_session",
    metadata,
    Column("id", String(32), primary_key=True, comment="Names the sign-in; opens nothing"),
    Column("token", LargeBinary(32), nullable=False, unique=True, comment="Hash of the cookie's secret"),
    Column("account", String(ACCOUNT_LENGTH), nullable=False, comment="Empty until the province's sign-on answered"),
    Column("stage", String(12), nullable=False, comment="bot.console.accounts.account.Stage"),
    Column("carried", LargeBinary, comment="Sealed: what was typed before the sign-in, and what its steps need"),
    Column("network", String(NETWORK_LENGTH), nullable=False, comment="From where, shortened"),
    Column("browser", String(BROWSER_LENGTH), nullable=False, comment="Kind of browser and system"),
    Column("made_at", UtcDateTime, nullable=False, comment="From here the absolute limit counts"),
    Column("seen_at", UtcDateTime, nullable=False, comment="From here the idle limit counts"),
    Column("ended_at", UtcDateTime),
    Index("ix_official_session_account", "account", "made_at"),
    Index("ix_official_session_seen_at", "seen_at"),
)

official_patience = Table(
    "official_patience",
    metadata,
    Column("who", LargeBinary(32), primary_key=True, comment="Hash of an account's name, a browser or a network"),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False, comment="Before this nothing is tried"),
)
