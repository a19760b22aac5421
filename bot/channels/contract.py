"""The one contract that every channel keeps: verify, parse, render, send (design: capabilities instead of special cases)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class InboundKind(StrEnum):
    """What a citizen sent."""

    TEXT = "text"
    CHOICE = "choice"
    START = "start"
    CONTACT = "contact"
    LOCATION = "location"
    IMAGE = "image"
    FILE = "file"
    VOICE = "voice"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    STATUS = "status"
    UNSUPPORTED = "unsupported"


class Markup(StrEnum):
    """What light markup a channel can show."""

    HTML = "html"
    MARKDOWN = "markdown"
    NONE = "none"


class Proactive(StrEnum):
    """When the channel lets us write first."""

    FREE = "free"
    WINDOW = "window"
    QUOTA = "quota"
    NONE = "none"


class SendStatus(StrEnum):
    """What came of a native call."""

    OK = "ok"
    RETRY = "retry"
    UNREACHABLE = "unreachable"
    AUTH = "auth"
    BUG = "bug"


@dataclass(frozen=True)
class Ref:
    """A conversation's address, also for writing first."""

    channel: str
    account: str
    """Which of our accounts on the channel ("web" has one, "default")."""
    conversation: str
    """The channel's own id of the conversation; for the web a keyed hash, never the citizen's secret."""


@dataclass(frozen=True)
class Inbound:
    """One message from a citizen."""

    ref: Ref
    id: str
    """The channel's message id, unique within the conversation."""
    kind: InboundKind
    at: datetime
    text: str = ""
    payload: str = ""
    """Choice id, or start parameter."""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """A button, or a line of a numbered list where the channel has no buttons."""

    id: str
    """At most 64 bytes; understood by ``bot.dialogue`` alone. Empty for a pure link."""
    title: str
    url: str | None = None


@dataclass(frozen=True)
class Reply:
    """What the assistant says, before a channel gives it its form.

    ``text`` is plain text with this light markup: ``**bold**``, lines that start with ``- ``, and blank lines between
    paragraphs. Channels escape everything else.
    """

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Caps:
    """What a channel can carry."""

    max_text: int
    max_buttons: int
    title_max: int
    payload_max_bytes: int
    markup: Markup
    edit: bool
    typing: bool
    proactive: Proactive


@dataclass(frozen=True)
class NativeCall:
    """One call of the channel's own API; the body is JSON-able."""

    method: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """Outcome of a native call."""

    status: SendStatus
    id: str = ""
    retry_after: float | None = None
    """Seconds, when the platform said so."""
    detail: str = ""
    """For operators; no personal data."""


class Channel(Protocol):
    """A place where citizens write."""

    name: str
    caps: Caps

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Tell whether the raw request truly comes from the platform."""
        ...

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """Read a raw request; unknown events give nothing. Pure."""
        ...

    def render(self, ref: Ref, reply: Reply) -> Sequence[NativeCall]:
        """Give a reply the channel's form within its limits. Pure."""
        ...

    async def send(self, call: NativeCall) -> Sent:
        """Make one native call; never raises for what the platform answers."""
        ...
