"""What the talk about where feedback stands needs from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.channels.contract import Choice, Ref
from bot.dialogue.texts import Texts
from feedback.looks import Brief, Look


class LooksUpFeedback(Protocol):
    """Where records stand; what it counts is committed before it answers."""

    async def look(self, ref: Ref, receipt: str, four: str | None, now: datetime, source: str) -> Look:
        """Answer for a receipt in normal form; see ``feedback.asking.StatusDesk.look``."""
        ...

    async def own(self, ref: Ref) -> Sequence[Brief]:
        """Return what this conversation sent, the newest first."""
        ...


def _nothing(_: Texts, __: str) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True)
class AboutOwnFeedback:
    """Everything that the flows about sent feedback read from outside."""

    desk: LooksUpFeedback
    unit: Callable[[str], str]
    """Gives the name of a unit or agency by its code."""
    link: Callable[[str], str]
    """Gives the address of a public item's page by its slug; empty for none."""
    after_answer: Callable[[Texts, str], Sequence[Choice]] = field(default=_nothing)
    """Buttons for what comes after an answer, such as rating it, by receipt."""
