"""The citizens on the fake platform: whether they may be written to, and what they were sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

FREE_MESSAGES = 8
FREE = timedelta(hours=48)
LAST = timedelta(days=7)


@dataclass
class Person:
    """Somebody with a Zalo account."""

    id: str
    follows: bool = True
    last_interaction: datetime | None = None
    remain: int = FREE_MESSAGES
    inbox: list[Mapping[str, Any]] = field(default_factory=list)
    """Messages as they were sent."""
    paid: int = 0
    """How many of them cost money."""
    allowed: bool = True
    """False: this person refuses messages of the account."""

    def spoke(self, now: datetime) -> None:
        """Open the window anew."""
        self.last_interaction = now
        self.remain = FREE_MESSAGES

    def refusal(self, now: datetime) -> int:
        """Return the error for a consultation message at this moment; 0 when it may go."""
        if not self.allowed:
            return -244
        if self.last_interaction is None:
            return -213
        return -230 if now - self.last_interaction > LAST else 0

    def receive(self, message: Mapping[str, Any], now: datetime) -> None:
        """Take a consultation message."""
        self.inbox.append(message)
        if self.last_interaction is not None and now - self.last_interaction <= FREE and self.remain > 0:
            self.remain -= 1
        else:
            self.paid += 1

    @property
    def texts(self) -> list[str]:
        """What was written to them."""
        return [message.get("text", "") for message in self.inbox]

    def buttons(self) -> list[Mapping[str, Any]]:
        """The buttons under the last message."""
        payload = self.inbox[-1].get("attachment", {}).get("payload", {}) if self.inbox else {}
        return list(payload.get("buttons", []))
