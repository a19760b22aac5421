"""Answered feedback of one sender."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.contract import Ref
from bot.dialogue.flows.feedback_rating import AfterAnswer, Standing


@dataclass
class FakeAnswered:
    """Says the same of every record, and notes what was asked."""

    standing: Standing = field(default_factory=lambda: Standing(AfterAnswer.OPEN, AfterAnswer.OPEN))
    asked: list[str] = field(default_factory=list)

    async def look(self, ref: Ref, receipt: str, now: datetime) -> Standing:
        self.asked.append(receipt)
        return self.standing
