"""A way out to the officials' own desk: posts ``{"text": …}`` to one address of theirs. Nothing ever comes in by it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence

import aiohttp
from aiohttp import web

from bot.channels.contract import Caps, Inbound, Markup, NativeCall, Proactive, Ref, Reply, SendStatus, Sent
from bot.channels.fitting import fit
from bot.channels.markup import to_plain
from bot.delivery.ports import Desk
from bot.settings import Secret

NAME = "desk"
DESK = Ref(NAME, "default", "officials")
"""The only conversation there is."""
POST = "post"
SECONDS = 20.0
CAPS = Caps(
    max_text=2000,
    max_buttons=0,
    title_max=100,
    payload_max_bytes=64,
    markup=Markup.NONE,
    edit=False,
    typing=False,
    proactive=Proactive.FREE,
)


class DeskChannel:
    """A push channel to an address that may hold a secret: it is never logged nor stored."""

    name = NAME
    caps = CAPS

    def __init__(self, session: aiohttp.ClientSession, address: Secret) -> None:
        """Take the session and where to post."""
        self._session = session
        self._address = address

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Believe nothing: nobody writes to us here."""
        return False

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """Read nothing."""
        return []

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """See ``Channel.render``."""
        return [NativeCall(POST, {"text": to_plain(part)}) for part in fit(reply, CAPS).parts]

    async def send(self, call: NativeCall) -> Sent:
        """See ``Channel.send``."""
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with self._session.post(
                self._address.reveal(), json=dict(call.body), timeout=timeout, allow_redirects=False
            ) as response:
                return _outcome(response.status, response.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Sent(SendStatus.RETRY, detail=type(error).__name__)


class DeskPlatform:
    """The channel alone; see ``Platform``."""

    def __init__(self, channel: DeskChannel) -> None:
        """Take the channel."""
        self.channel = channel

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return none."""
        return ()

    async def keep(self) -> None:
        """Do nothing in the background."""


@contextlib.asynccontextmanager
async def open_desk(address: Secret) -> AsyncIterator[DeskPlatform]:
    """Open the way out around one client session."""
    async with aiohttp.ClientSession() as session:
        yield DeskPlatform(DeskChannel(session, address))


def _outcome(status: int, retry_after: str) -> Sent:
    detail = f"HTTP {status}"
    if 200 <= status < 300:
        return Sent(SendStatus.OK)
    if status in (401, 403):
        return Sent(SendStatus.AUTH, detail=detail)
    if status in (408, 425, 429) or status >= 500:
        return Sent(
            SendStatus.RETRY, retry_after=float(retry_after) if retry_after.isdecimal() else None, detail=detail
        )
    return Sent(SendStatus.BUG, detail=detail)
