"""A dialogue that echoes, so that the engine and the page can be tested without catalogue or Rasa."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import msgspec

from bot.channels.contract import Choice, Inbound, InboundKind, Reply
from bot.dialogue.state import ConversationState
from bot.dialogue.turn import TurnResult


class DialogueFault(Exception):
    """What ``FakeDialogue`` raises when told to fail."""


@dataclass
class FakeDialogue:
    """Answers "Bạn viết: …" with two buttons, counts its turns, and can be made slow, stuck or faulty."""

    seen: list[str] = field(default_factory=list)
    """Texts in the order in which their turns began."""
    heard: list[Inbound] = field(default_factory=list)
    """The whole messages, in the same order."""
    seconds: float = 0.0
    """How long each turn takes."""
    failures: int = 0
    """How many of the next turns raise."""
    gate: asyncio.Event | None = None
    """When set: turns wait for it."""
    running: int = 0
    most_at_once: int = 0
    replies: tuple[Reply, ...] = ()
    """What to answer instead of the echo."""

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """See ``Dialogue.turn``."""
        said = inbound.payload if inbound.kind is InboundKind.CHOICE else inbound.text
        self.seen.append(said)
        self.heard.append(inbound)
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            if self.gate is not None:
                await self.gate.wait()
            await asyncio.sleep(self.seconds)
        finally:
            self.running -= 1
        if self.failures:
            self.failures -= 1
            raise DialogueFault("the words of the citizen must not be logged: " + said)
        after = msgspec.structs.replace(state, turns=state.turns + 1)
        echo = Reply(
            text=f"Bạn viết: **{said}** (lượt {after.turns})",
            choices=(Choice(id="fee", title="Lệ phí"), Choice(id="time", title="Thời hạn giải quyết")),
        )
        return TurnResult(replies=self.replies or (echo,), state=after, trace={"intent": "echo", "turn": after.turns})
