"""A push channel with the tightest limits of all, that remembers what was sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.channels.contract import (
    Caps,
    Inbound,
    InboundKind,
    Markup,
    NativeCall,
    Proactive,
    Ref,
    Reply,
    SendStatus,
    Sent,
)
from bot.channels.splitting import split_text

CAPS = Caps(
    max_text=200,
    max_buttons=2,
    title_max=20,
    payload_max_bytes=64,
    markup=Markup.NONE,
    edit=False,
    typing=False,
    proactive=Proactive.FREE,
)


@dataclass
class FakeChannel:
    """Speaks ``{"from", "id", "text"}`` and believes a request that carries the header ``X-Fake: yes``."""

    name: str = "fake"
    caps: Caps = CAPS
    sent: list[NativeCall] = field(default_factory=list)
    """What the platform accepted."""
    tries: list[NativeCall] = field(default_factory=list)
    """What was handed to it."""
    outcomes: list[Sent | Exception] = field(default_factory=list)
    """What comes of the next calls; ``OK`` when used up."""
    gate: asyncio.Event | None = None
    """When set: calls wait for it."""

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """See ``Channel.verify``."""
        return headers.get("X-Fake") == "yes"

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """See ``Channel.parse``."""
        try:
            body = json.loads(raw)
            ref = Ref(self.name, "default", body["from"])
            return [Inbound(ref, body["id"], InboundKind.TEXT, datetime(2026, 11, 22, tzinfo=UTC), body["text"])]
        except (ValueError, KeyError, TypeError):
            return []

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """See ``Channel.render``."""
        shown = [choice.title[: self.caps.title_max] for choice in reply.choices[: self.caps.max_buttons]]
        parts = split_text(reply.text, self.caps.max_text)
        return [
            NativeCall("send", {"to": ref.conversation, "text": part, "buttons": shown if part is parts[-1] else []})
            for part in parts
        ]

    async def send(self, call: NativeCall) -> Sent:
        """See ``Channel.send``."""
        self.tries.append(call)
        if self.gate is not None:
            await self.gate.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else Sent(SendStatus.OK)
        if isinstance(outcome, Exception):
            raise outcome
        if outcome.status is not SendStatus.OK:
            return outcome
        self.sent.append(call)
        return Sent(SendStatus.OK, id=str(len(self.sent)))
