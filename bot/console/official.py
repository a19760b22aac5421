"""Who sits before the console."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.console.roles import ConsoleRole, register_roles
from feedback.actor import Actor


@dataclass(frozen=True)
class Official:
    """An account, as pages and services know it."""

    account: str
    """Short name with which logs name the person (at most 64 characters)."""
    name: str
    """As colleagues know the person."""
    unit: str
    """Code of the unit in the office file; empty for none."""
    roles: frozenset[ConsoleRole]

    @property
    def actor(self) -> Actor:
        """The same person, as the register knows them."""
        return Actor(self.account, self.unit, register_roles(self.roles))

    def has(self, roles: Iterable[ConsoleRole]) -> bool:
        """Tell whether the account has one of the roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that holds."""

    official: Official
    session: str
    """Names the sign-in in logs and in the token of forms; not the secret of the cookie."""
    news: bool = False
    """Whether something happened to the account before this sign-in that its owner has not confirmed."""
