"""Zalo's webhook events in the contract's terms. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.untyped import identifier, json_object, mapping, words
from bot.channels.zalo_oa.attachments import attached
from bot.channels.zalo_oa.phones import international

NAME = "zalo_oa"
CLICK = "#:"
"""Begins the text that a tapped button sends; Zalo gives it back as if it had been typed. A menu item of the console may
use it too, with a choice id behind it."""
ANONYMOUS = "anonymous:"
"""Begins the conversation of a visitor who is not signed in."""
TYPED_CODE = re.compile(r"#tt[:_-]?(\d[A-Za-z0-9_.-]{2,60})", re.IGNORECASE)
"""A procedure's code from a counter's QR page, as people type or paste it: Zalo's links carry no parameter. Other words
behind a # are words."""
LONGEST_CHOICE = 64

QUIET = {"user_seen_message", "user_received_message", "user_reacted_message", "user_feedback", "update_user_info"}
ALARMING = {"permission_revoked", "change_template_status", "change_oa_daily_quota"}
"""A person should look: the agency withdrew the grant, or Zalo changed what we may send."""


class Noted(StrEnum):
    """What became of an event; counted."""

    TAKEN = "taken"
    QUIET = "quiet"
    """Read, received, reacted: nothing to answer."""
    ECHO = "echo"
    """Our own message came back."""
    ALARM = "alarm"
    FOREIGN = "foreign"
    """Of another app or account."""
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Account:
    """Whose events these are."""

    app_id: str
    oa_id: str


@dataclass(frozen=True)
class ReadEvent:
    """What one request brings."""

    noted: Noted
    inbounds: Sequence[Inbound] = ()
    alarm: str = ""
    """Name of the event that a person should look at."""


@dataclass(frozen=True)
class _Event:
    name: str
    body: Mapping[str, Any]
    account: Account
    at: datetime
    time: str

    def id_of(self, field_name: str) -> str:
        return identifier(mapping(self.body.get(field_name)).get("id"))

    @property
    def message(self) -> Mapping[str, Any]:
        return mapping(self.body.get("message"))

    def inbound(self, user: str, kind: InboundKind, **more: Any) -> Inbound:
        """Return a message of a user; events without a message id get one of their content."""
        number = identifier(self.message.get("msg_id"))
        if not number:
            number = hashlib.sha256(f"{self.name}\n{self.time}\n{user}".encode()).hexdigest()[:40]
        return Inbound(Ref(NAME, self.account.oa_id, user), number, kind, self.at, **more)


_Reader = Callable[[_Event], ReadEvent]
_UNREADABLE = ReadEvent(Noted.UNREADABLE)


def read_event(raw: bytes, account: Account, now: datetime) -> ReadEvent:
    """Read a request that was found genuine.

    Args:
        raw: the body.
        account: ours; events of others give nothing.
        now: dates an event that has no time of its own.
    """
    body = json_object(raw)
    name = words(body.get("event_name"), 100)
    if not name:
        return _UNREADABLE
    time = identifier(body.get("timestamp"))
    event = _Event(name, body, account, moment(time, now), time)
    if _foreign(event):
        return ReadEvent(Noted.FOREIGN)
    if name in QUIET:
        return ReadEvent(Noted.QUIET)
    if name in ALARMING:
        return ReadEvent(Noted.ALARM, alarm=name)
    start, sends, _ = name.partition("_send_")
    reader = _READERS.get(start + sends if sends else name)
    return reader(event) if reader else ReadEvent(Noted.UNKNOWN)


def moment(time: str, now: datetime) -> datetime:
    """Return the moment of a time in milliseconds; ``now`` for what is none."""
    try:
        return datetime.fromtimestamp(int(time) / 1000, UTC) if time.isascii() and time.isdecimal() else now
    except (ValueError, OverflowError, OSError):
        return now


def _foreign(event: _Event) -> bool:
    app = identifier(event.body.get("app_id"))
    ours = event.id_of("sender") if event.name.startswith("oa_") else event.id_of("recipient")
    named = ours or identifier(event.body.get("oa_id"))
    return app not in ("", event.account.app_id) or named not in ("", event.account.oa_id)


def _taken(*inbounds: Inbound) -> ReadEvent:
    return ReadEvent(Noted.TAKEN, inbounds)


def _sent(event: _Event) -> ReadEvent:
    """Read what a citizen, or a visitor who is not signed in, wrote or attached."""
    user = event.id_of("sender")
    what = event.name.rpartition("_send_")[2]
    if event.name.startswith("anonymous"):
        place = identifier(event.message.get("conversation_id"))
        user = f"{ANONYMOUS}{user}:{place}" if user and place and ":" not in user + place else ""
    if not user or len(user) > 128:
        return _UNREADABLE
    text = words(event.message.get("text"))
    if what == "text":
        return _written(event, user, text) if text else _UNREADABLE
    if what not in _ATTACHED:
        what = ""
    found = [event.inbound(user, one.kind, data=one.data, text=text or one.text) for one in attached(what, event.body)]
    numbered = [replace(one, id=f"{one.id}.{number}") for number, one in enumerate(found[1:], start=2)]
    return _taken(found[0], *numbered)


_ATTACHED = {"image", "link", "audio", "video", "sticker", "gif", "location", "business_card", "file"}


def _written(event: _Event, user: str, text: str) -> ReadEvent:
    choice = text.removeprefix(CLICK).strip()
    if text.startswith(CLICK) and choice and len(choice.encode("utf-8", "replace")) <= LONGEST_CHOICE:
        return _taken(event.inbound(user, InboundKind.CHOICE, payload=choice))
    code = TYPED_CODE.fullmatch(text.strip())
    if code:
        return _taken(event.inbound(user, InboundKind.START, payload=f"tt_{code[1]}"))
    return _taken(event.inbound(user, InboundKind.TEXT, text=text))


def _shared(event: _Event) -> ReadEvent:
    """Read the form that a citizen filled in; what we did not ask for (address, birthday) is not taken over."""
    user, info = event.id_of("sender"), mapping(event.body.get("info"))
    if not user:
        return _UNREADABLE
    phone = international(identifier(info.get("phone")) or words(info.get("phone"), 40))
    if not phone:
        return _taken(event.inbound(user, InboundKind.UNSUPPORTED))
    data = {"phone": phone, "own": True, "name": words(info.get("name"), 100)}
    return _taken(event.inbound(user, InboundKind.CONTACT, data=data))


def _kind(kind: InboundKind, who: Callable[[_Event], str]) -> _Reader:
    def read(event: _Event) -> ReadEvent:
        user = who(event)
        return _taken(event.inbound(user, kind)) if user else _UNREADABLE

    return read


def _echoed(event: _Event) -> ReadEvent:
    """Read a message of our side: a person of the agency is told apart by ``admin_id``."""
    admin = identifier(mapping(event.body.get("sender")).get("admin_id"))
    user = event.id_of("recipient")
    if not admin or not user:
        return ReadEvent(Noted.ECHO)
    return _taken(event.inbound(user, InboundKind.STAFF, data={"admin": admin}))


def _user(event: _Event) -> str:
    return identifier(event.body.get("user_id"))


def _follower(event: _Event) -> str:
    return event.id_of("follower") or _user(event)


_READERS: Mapping[str, _Reader] = {
    "user_send_": _sent,
    "anonymous_send_": _sent,
    "oa_send_": _echoed,
    "user_click_chatnow": _kind(InboundKind.FOLLOW, _user),
    "follow": _kind(InboundKind.FOLLOW, _follower),
    "unfollow": _kind(InboundKind.UNFOLLOW, _follower),
    "user_submit_info": _shared,
    "user_withdraw": _kind(InboundKind.WITHDRAW, _user),
}
"""By the event's name; those of sending by its beginning."""
