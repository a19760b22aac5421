"""The one contract that every channel keeps: verify, parse, render, send (design: capabilities instead of special cases)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable


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
    """Came to us without a word: followed, pressed "message us", unblocked."""
    UNFOLLOW = "unfollow"
    """Left or blocked us: nothing more may be sent."""
    STATUS = "status"
    """Read or received a message of ours; never answered."""
    STAFF = "staff"
    """A person of the agency writes, on the platform's own desk or on ours; with ``{"back": True}`` gives back to the assistant."""
    WITHDRAW = "withdraw"
    """Asked the platform to have their data deleted."""
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


class Ask(StrEnum):
    """What a reply asks the citizen's client to hand over."""

    CONTACT = "contact"
    LOCATION = "location"


class SendStatus(StrEnum):
    """What came of a native call."""

    OK = "ok"
    RETRY = "retry"
    """Not now: rate limit, night, or the platform is away."""
    UNREACHABLE = "unreachable"
    """The citizen cannot be written to: blocked, left, or the platform's window is over."""
    AUTH = "auth"
    """Our account or its token is refused; a person must act, then it is tried again."""
    BUG = "bug"
    """The platform refuses what we sent; sending it again would not help."""
    CLOSED = "closed"
    """This one may not be said now by the platform's rules; the citizen can be written to otherwise."""


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
    """What the kind brings: contact ``{"phone", "own"}``, location ``{"latitude", "longitude"}``, image, file and voice
    ``{"url" or "file", "name", "size", "type"}``."""
    shown: str = ""
    """For a tapped button: the channel's id of our message that carries it."""
    locale: str = ""
    """Language of the citizen's client ("vi", "en"), where the platform says it."""
    source: str = ""
    """Keyed hash of the network address it came from; empty where the platform hides it. Not part of what was said: the
    same message may be sent again from another address."""
    browser: str = ""
    """Keyed hash of the key of the browser or program it came from; empty on channels that have none."""

    @property
    def file(self) -> str:
        """Where the channel keeps what was sent, so that it can be fetched; empty for a message that brings nothing."""
        return str(self.data.get("file") or self.data.get("url") or "")


@dataclass(frozen=True)
class FileRef:
    """A file that goes with a reply."""

    name: str
    """As the citizen sees it, with its ending."""
    url: str
    """Where it can be fetched by anybody: channels that cannot carry files show this link."""
    kind: str
    """Media type."""


@dataclass(frozen=True)
class Choice:
    """A button, or a line of a numbered list where the channel has no buttons."""

    id: str
    """At most 64 bytes; understood by ``bot.dialogue`` alone. Empty for a pure link."""
    title: str
    url: str | None = None


@dataclass(frozen=True)
class Table:
    """The facts of a reply as a table, for channels that can show one; its cells are plain text.

    The reply's ``text`` says the same without it: a channel that shows the table leaves the text out.
    """

    caption: str
    columns: tuple[str, ...]
    """Headings; the first stands over the headings of the rows."""
    rows: tuple[tuple[str, ...], ...]
    """Each begins with its heading, and is as long as ``columns``."""
    lead: str = ""
    """Said above it, in the light markup of ``Reply``."""
    note: str = ""
    """Said beneath it."""


@dataclass(frozen=True)
class Reply:
    """What the assistant says, before a channel gives it its form.

    ``text`` is plain text with this light markup: ``**bold**``, lines that start with ``- ``, and blank lines between
    paragraphs. Channels escape everything else.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    files: tuple[FileRef, ...] = ()
    ask: Ask | None = None
    replace: bool = False
    """Whether it takes the place of the message whose button was tapped, where the channel can edit."""
    first_number: int = 1
    """Number of the first choice in a numbered list: the choices of one turn are counted on over its replies."""
    table: Table | None = None
    """What ``text`` says, for channels that can show a table."""


@dataclass(frozen=True)
class Template:
    """A notice in a few values, for platforms that after a while take nothing but forms they approved beforehand.

    Which approved form stands for a kind is a matter of settings; a channel that has none passes it over.
    """

    kind: str
    """What the notice is about: small letters, digits and ``_``."""
    values: Mapping[str, str]
    """Of the form's parameters, by name: all of them and no others."""
    phone: str = ""
    """Telephone number that the person gave for notices: a second way, where the platform has it."""


@dataclass(frozen=True)
class Caps:
    """What a channel can carry."""

    max_text: int
    """Units of one message: see ``utf16``."""
    max_buttons: int
    """Beyond these, choices become a numbered list."""
    title_max: int
    payload_max_bytes: int
    markup: Markup
    edit: bool
    typing: bool
    proactive: Proactive
    utf16: bool = False
    """Whether the platform counts UTF-16 units instead of characters."""
    upload: bool = False
    """Whether files go along; else their links do."""
    contact: bool = False
    """Whether the client can be asked for the citizen's telephone number."""


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


@runtime_checkable
class Announces(Protocol):
    """A channel on which writing first is not the same as answering."""

    def announce(self, ref: Ref, reply: Reply, key: str, template: Template | None = None) -> Sequence[NativeCall]:
        """Give a notice the channel's form, with whatever must be asked before it may be sent. Pure.

        Args:
            ref: where it goes.
            reply: what is said.
            key: of the notice, unique.
            template: says the same where only an approved form may be sent.
        """
        ...


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

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """Give a reply the channel's form within its limits. Pure.

        Args:
            ref: where it goes.
            reply: what is said.
            shown: the channel's id of the message whose button was tapped; a reply with ``replace`` takes its place
                where the channel can edit.
        """
        ...

    async def send(self, call: NativeCall) -> Sent:
        """Make one native call; never raises for what the platform answers."""
        ...
