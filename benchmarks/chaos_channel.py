"""A push channel for the fault test: it speaks to the recording platform, and every reply says what it answers."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp

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
from bot.dialogue.state import ConversationState
from bot.dialogue.turn import Dialogue, TurnResult

NAME = "chaos"
ACCOUNT = "default"
GENUINE = "X-Chaos-Genuine"
"""Header that carries the shared secret."""
SENDER = "X-Chaos-Sender"
"""Header that tells the platform of the fault test which of our processes calls: what came twice is put down to it."""
CAPS = Caps(
    max_text=100_000,
    max_buttons=8,
    title_max=200,
    payload_max_bytes=64,
    markup=Markup.NONE,
    edit=False,
    typing=False,
    proactive=Proactive.FREE,
)


class ChaosChannel:
    """See ``Channel``: one call per reply."""

    name = NAME
    caps = CAPS

    def __init__(self, session: aiohttp.ClientSession, platform: str, secret: str) -> None:
        """Take the platform's address and the secret that its requests carry."""
        self._session = session
        self._platform = platform
        self._secret = secret

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """See ``Channel.verify``."""
        return hmac.compare_digest(headers.get(GENUINE, "").encode(), self._secret.encode())

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """See ``Channel.parse``."""
        body = json.loads(raw)
        ref = Ref(NAME, ACCOUNT, body["from"])
        return [Inbound(ref, str(body["id"]), InboundKind.TEXT, datetime.now(UTC), body["text"])]

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """See ``Channel.render``."""
        return [NativeCall("send", {"to": ref.conversation, "text": reply.text})]

    async def send(self, call: NativeCall) -> Sent:
        """See ``Channel.send``."""
        headers = {SENDER: str(os.getpid())}
        try:
            async with self._session.post(f"{self._platform}/send", json=dict(call.body), headers=headers) as response:
                body = await response.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            return Sent(SendStatus.RETRY, detail=type(error).__name__)
        if response.status == 200:
            return Sent(SendStatus.OK, id=body["id"])
        if response.status == 429:
            return Sent(SendStatus.RETRY, retry_after=body["retry_after"], detail="429")
        return Sent(SendStatus.BUG, detail=str(response.status))


class Numbered:
    """Lets the real dialogue answer, and writes on each reply what it answers and which of how many it is."""

    def __init__(self, dialogue: Dialogue) -> None:
        """Take the real dialogue."""
        self._dialogue = dialogue

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """See ``Dialogue.turn``."""
        result = await self._dialogue.turn(state, inbound)
        count = len(result.replies)
        replies = (replace(one, text=f"{inbound.id}/{place}/{count}") for place, one in enumerate(result.replies))
        return replace(result, replies=tuple(replies))
