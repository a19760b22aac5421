"""What an account is, which steps its sign-in takes, and who needs a second factor. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.console.official import Official
from bot.console.roles import ConsoleRole

_ACCOUNT = re.compile(r"[a-z][a-z0-9._-]{1,62}[a-z0-9]")
RESERVED = frozenset({"citizen", "system", "unknown"})
"""Names by which logs call somebody else."""
PERSONAL = frozenset(
    {
        ConsoleRole.RECEIVER,
        ConsoleRole.HANDLER,
        ConsoleRole.APPROVER,
        ConsoleRole.DOSSIERS,
        ConsoleRole.ADMINISTRATOR,
    }
)
"""Roles that see personal data, or may give themselves one that does."""


class Stage(StrEnum):
    """How far a sign-in has come; only a whole one opens pages."""

    OUTSIDE = "outside"
    """At the province's sign-on."""
    SECOND = "second"
    """The password was right, a code is asked for."""
    PASSWORD = "password"  # noqa: S105 - a step, no password
    """A one-time password is to be changed."""
    ENROL = "enrol"
    """A second factor is to be set up."""
    WHOLE = "whole"


class SecondFactor(StrEnum):
    """Who must have a second factor; whoever has one is always asked."""

    ALL = "all"
    PERSONAL = "personal"
    OFF = "off"

    def needed(self, roles: Iterable[ConsoleRole]) -> bool:
        """Tell whether an account with these roles must have one."""
        if self is SecondFactor.ALL:
            return True
        return self is SecondFactor.PERSONAL and not PERSONAL.isdisjoint(roles)


@dataclass(frozen=True)
class Account:
    """An account as it is kept."""

    official: Official
    password: str | None = field(repr=False, default=None)
    must_change: bool = False
    password_until: datetime | None = None
    totp: str | None = field(repr=False, default=None)
    """Secret of the one-time codes; ``None`` while not enrolled."""
    subject: str | None = None
    disabled_at: datetime | None = None
    created_at: datetime | None = None
    seen_at: datetime | None = None
    email: str = field(repr=False, default="")
    """Where letters about the account go; empty for nowhere."""
    news_at: datetime | None = None
    """Since when there is news of the account that its owner has not confirmed."""

    def has_news(self, since: datetime) -> bool:
        """Tell whether something happened before a sign-in began: who signs in does not confirm their own doings."""
        return self.news_at is not None and self.news_at < since

    @property
    def name(self) -> str:
        """Short name."""
        return self.official.account

    def opens(self, at: datetime) -> bool:
        """Tell whether its password may be used."""
        return self.disabled_at is None and (self.password_until is None or at < self.password_until)


def first_stage(account: Account) -> Stage | None:
    """Return what is asked for after the password; ``None`` for no second factor."""
    return Stage.SECOND if account.totp else None


def stage_after(account: Account, policy: SecondFactor) -> Stage:
    """Return the stage of who proved themselves as far as the account can be proven."""
    if account.must_change:
        return Stage.PASSWORD
    if account.totp is None and policy.needed(account.official.roles):
        return Stage.ENROL
    return Stage.WHOLE


def read_account(raw: str) -> str | None:
    """Return an account's short name in its one form; ``None`` when it cannot be one."""
    plain = raw.strip().lower()
    return plain if _ACCOUNT.fullmatch(plain) and plain not in RESERVED else None


def read_roles(raw: str) -> frozenset[ConsoleRole]:
    """Return the roles of a kept word list; words of a later version are passed over."""
    return roles_of(raw.split())


def roles_of(named: Iterable[str]) -> frozenset[ConsoleRole]:
    """Return the roles of some words; other words are passed over."""
    wanted = set(named)
    return frozenset(role for role in ConsoleRole if role.value in wanted)


def write_roles(roles: Iterable[ConsoleRole]) -> str:
    """Return the word list of roles."""
    return " ".join(sorted(roles))
