"""The Zalo Bot as a channel: text alone, so every choice is a number."""

from __future__ import annotations

import hmac
import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.channels.contract import Caps, Inbound, Markup, NativeCall, Proactive, Ref, Reply, SendStatus, Sent
from bot.channels.fitting import fit
from bot.channels.markup import to_plain
from bot.channels.zalo_bot.client import Caller, sent
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.channels.zalo_bot.updates import NAME, Noted, read_update
from bot.delivery.ports import Clock

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 – the name of a header
MESSAGE = "sendMessage"
CAPS = Caps(
    max_text=2000,
    max_buttons=0,
    title_max=200,
    payload_max_bytes=64,
    markup=Markup.NONE,
    edit=False,
    typing=True,
    proactive=Proactive.QUOTA,
    utf16=True,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOTHING = "…"
"""Zalo refuses a message without a letter."""


class ZaloBotChannel:
    """A push channel."""

    name = NAME
    caps = CAPS

    def __init__(self, settings: ZaloBotSettings, caller: Caller, clock: Clock) -> None:
        """Take the bot and what it calls with."""
        self._settings = settings
        self._caller = caller
        self._clock = clock
        self.counts: Counter[Noted] = Counter()
        """What became of the updates since the start."""

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Tell whether the request carries our secret; without one nothing is believed."""
        given = headers.get(SECRET_HEADER, "")
        secret = self._settings.secret
        same = hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())
        return same and bool(secret)

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """Read a request; what is not for us is counted."""
        read = read_update(raw, self._settings.account, self._clock())
        self.counts[read.noted] += 1
        return [read.inbound] if read.inbound else []

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """Return the messages that say a reply: numbers for choices, addresses for links and files."""
        plain = replace(reply, text=to_plain(_CONTROLS.sub("", reply.text)))
        parts = [_CONTROLS.sub("", part).strip() for part in fit(plain, CAPS).parts]
        kept = [part for part in parts if part] or [_NOTHING]
        return [NativeCall(MESSAGE, {"chat_id": ref.conversation, "text": part}) for part in kept]

    async def send(self, call: NativeCall) -> Sent:
        """See ``Channel.send``."""
        outcome = sent(await self._caller.call(call.method, call.body))
        if outcome.status in (SendStatus.AUTH, SendStatus.BUG):
            logger.error("Zalo Bot refused %s: %s", call.method, outcome.detail)
        return outcome
