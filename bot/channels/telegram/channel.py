"""Telegram as a channel: verifies, reads, renders and sends for one bot account."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence

from bot.channels.contract import Inbound, NativeCall, Ref, Reply, Sent
from bot.channels.telegram.reading import read_inbound
from bot.channels.telegram.rendering import CAPS, AskTitle, render
from bot.channels.telegram.sending import MakesCalls, send
from bot.channels.telegram.updates import read_update
from bot.delivery.ports import Clock

NAME = "telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class TelegramChannel:
    """A push channel over the Bot API."""

    name = NAME
    caps = CAPS

    def __init__(self, *, client: MakesCalls, account: str, secret: str, title: AskTitle, clock: Clock) -> None:
        """Take what it speaks through.

        Args:
            client: makes the calls.
            account: the bot's id.
            secret: what Telegram puts into the header of every request, as we told it.
            title: names the buttons that ask for a telephone number or a place.
            clock: dates what Telegram does not.
        """
        self._client = client
        self._account = account
        self._secret = secret.encode()
        self._title = title
        self._clock = clock

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Tell whether a request carries the secret; see ``Channel.verify``."""
        given = headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, self._secret)

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """Read an update; see ``Channel.parse``."""
        update = read_update(raw)
        inbound = read_inbound(update, NAME, self._account, self._clock) if update is not None else None
        return [] if inbound is None else [inbound]

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """Give a reply Telegram's form; see ``Channel.render``."""
        return render(ref, reply, shown, self._title)

    async def send(self, call: NativeCall) -> Sent:
        """Make one call; see ``Channel.send``."""
        return await send(self._client, call)
