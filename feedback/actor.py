"""Who does something to the register: the console authenticates, the services of this package ask what the person may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from feedback.errors import FeedbackError


class Role(StrEnum):
    """What an official is charged with; one person may have several."""

    RECEIVER = "receiver"
    """Cán bộ tiếp nhận: enters, classifies, forwards, asks for supplements, refuses; sees senders' contact data."""
    HANDLER = "handler"
    """Cán bộ xử lý: studies what was given to the own unit and drafts the answer."""
    APPROVER = "approver"
    """Lãnh đạo: approves answers and their publication."""
    PUBLISHER = "publisher"
    """Cán bộ công khai: takes approved answers to the public pages, and off them."""
    REPORTER = "reporter"
    """Reads the register book and the reports, never a sender's contact data."""
    ADMIN = "admin"
    """Holidays, keys, retention; no case by itself."""


class NotAllowedError(FeedbackError):
    """The actor lacks the role, or the case is another unit's; the message says which."""


@dataclass(frozen=True)
class Actor:
    """An official, the assistant itself or a sender, as the log names them."""

    id: str
    """Account of an official (at most 64 characters), ``citizen`` or ``system``: never a citizen's name."""
    unit: str = ""
    """Code of the official's unit in the office file."""
    roles: frozenset[Role] = frozenset()

    def require(self, *roles: Role) -> None:
        """Go on only with one of the roles.

        Raises:
            NotAllowedError: the actor has none of them.
        """
        if not self.has(roles):
            wanted = ", ".join(roles)
            raise NotAllowedError(f"{self.id or 'nobody'} lacks the role for this (one of: {wanted})")

    def has(self, roles: Iterable[Role]) -> bool:
        """Tell whether the actor has one of the roles."""
        return not self.roles.isdisjoint(roles)


CITIZEN = Actor("citizen")
"""The sender of the very record, proven by the conversation or by a second fact."""
SYSTEM = Actor("system")
"""The assistant by itself: clocks, reminders, retention."""
