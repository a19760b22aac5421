"""The web chat as a channel: its messages, the form of its replies, and its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import msgspec

from bot.channels.contract import (
    Caps,
    Choice,
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
from bot.channels.web.errors import RefusedError
from bot.channels.web.messages import WebMessage, read_message
from bot.delivery.ports import Clock

NAME = "web"
ACCOUNT = "default"
CAPS = Caps(
    max_text=8000,
    max_buttons=20,
    title_max=200,
    payload_max_bytes=64,
    markup=Markup.MARKDOWN,
    edit=False,
    typing=True,
    proactive=Proactive.NONE,
)


class WebChannel:
    """A pull channel: the page and other clients fetch their replies over the API."""

    name = NAME
    caps = CAPS

    def __init__(self, clock: Clock) -> None:
        """Take the clock that dates messages; clients' clocks are not trusted."""
        self._clock = clock

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Tell whether a request may be answered: JSON, and not sent by another site's page in a citizen's browser."""
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return kind == "application/json" and same_site(headers)

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """Read a request body; the conversation is still the client's own name for it."""
        try:
            message = read_message(raw)
        except RefusedError:
            return []
        return [self.inbound(message, message.conversation)]

    def inbound(self, message: WebMessage, conversation: str) -> Inbound:
        """Return a message under the id of its conversation."""
        ref = Ref(NAME, ACCOUNT, conversation)
        locale = message.language if message.language is not msgspec.UNSET else ""
        if message.choice is not msgspec.UNSET:
            return Inbound(ref, message.id, InboundKind.CHOICE, self._clock(), payload=message.choice, locale=locale)
        if message.codes is not msgspec.UNSET:
            name = message.name if message.name is not msgspec.UNSET else ""
            # Only what was read from the file comes here; the file itself is nowhere any more.
            data = {"codes": " ".join(message.codes), "name": name}
            return Inbound(ref, message.id, InboundKind.FILE, self._clock(), data=data, locale=locale)
        text = message.text if message.text is not msgspec.UNSET else ""
        return Inbound(ref, message.id, InboundKind.TEXT, self._clock(), text=text, locale=locale)

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """Give a reply its JSON form; buttons and files stand under its last part, buttons beyond the limit in its text."""
        files = [Choice("", file.name, file.url) for file in reply.files]
        buttons = [*reply.choices[: CAPS.max_buttons], *files]
        beyond = [f"- {choice.title}" for choice in reply.choices[CAPS.max_buttons :]]
        text = "\n".join([reply.text, "", *beyond]) if beyond else reply.text
        parts = split_text(text, CAPS.max_text)
        # The page puts a reply that replaces in the place of the one whose button was pressed.
        replaces = {"replace": True} if reply.replace else {}
        calls = [NativeCall("reply", {"text": part, "choices": []}) for part in parts[:-1]]
        # The page shows the table in place of the text, which says the same; other clients pass it over.
        table = {"table": asdict(reply.table)} if reply.table and len(parts) == 1 else {}
        last = NativeCall("reply", {"text": parts[-1], "choices": [_button(choice) for choice in buttons], **table})
        first, *others = [*calls, last]
        return [NativeCall(first.method, {**first.body, **replaces}), *others]

    async def send(self, call: NativeCall) -> Sent:
        """Nothing is sent: clients fetch."""
        return Sent(SendStatus.OK)


def same_site(headers: Mapping[str, str]) -> bool:
    """Tell whether a request comes from our own page, or from a client that is no browser."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    # Browsers before 2023 send no Sec-Fetch-Site, but name the page's origin with every POST.
    origin, host = headers.get("Origin"), headers.get("Host", "")
    return origin is None or (bool(host) and origin.partition("://")[2] == host)


def _button(choice: Choice) -> dict[str, str | None]:
    cut = replace(choice, title=_shortened(choice.title))
    return {"id": cut.id, "title": cut.title, "url": cut.url}


def _shortened(title: str) -> str:
    return title if len(title) <= CAPS.title_max else title[: CAPS.title_max - 1].rstrip() + "…"
