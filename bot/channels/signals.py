"""What a channel shows while an answer is in the making: a contract beside ``Channel``, for those that can."""

from __future__ import annotations

from typing import Protocol

from bot.delivery.records import Received


class Signals(Protocol):
    """Small signs of life. They are lost without harm: nothing durable waits for them, and no failure of theirs counts."""

    def noticed(self, received: Received) -> None:
        """Show that a message has come; it is committed already. Returns at once and never raises."""
        ...


class NoSignals:
    """For channels that can show nothing."""

    def noticed(self, received: Received) -> None:
        """Show nothing."""
