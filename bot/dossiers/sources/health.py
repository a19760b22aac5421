"""How a source fares, for operators: nothing of a citizen, and nothing of what was asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Health:
    """What is known of a source in this process."""

    name: str
    agencies: tuple[str, ...]
    up: bool | None = None
    """``None`` while nobody asked."""
    since: datetime | None = None
    """Since when it is up or down."""
    last_answer_at: datetime | None = None
    last_fault: str = ""
    asked: int = 0
    """Questions that went to the source."""
    failed: int = 0
    remembered: int = 0
    """Questions that what it said a moment ago answered."""


class Pulse:
    """Keeps a source's health, and says once when it goes down and once when it is back."""

    def __init__(self, name: str, agencies: tuple[str, ...], clock: Callable[[], datetime]) -> None:
        """Begin without knowing."""
        self._clock = clock
        self.health = Health(name, agencies)

    def answered(self) -> None:
        """Note an answer."""
        self._now(up=True)
        health = self.health
        self.health = replace(health, asked=health.asked + 1, last_answer_at=self._clock())

    def failed(self, fault: str, *, down: bool) -> None:
        """Note that nothing, or nonsense, came.

        Args:
            fault: why, in our words.
            down: whether that says something about the source as a whole.
        """
        if down:
            self._now(up=False, fault=fault)
        health = self.health
        self.health = replace(health, asked=health.asked + 1, failed=health.failed + 1, last_fault=fault)

    def remembered(self) -> None:
        """Note a question that needed no asking."""
        self.health = replace(self.health, remembered=self.health.remembered + 1)

    def _now(self, *, up: bool, fault: str = "") -> None:
        if self.health.up is up:
            return
        if not up:
            logger.warning("The source %s is down: %s.", self.health.name, fault)
        elif self.health.up is False:
            logger.info("The source %s is back.", self.health.name)
        self.health = replace(self.health, up=up, since=self._clock())
