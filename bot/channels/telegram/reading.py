"""What a citizen sent, read from Telegram's update. Pure.

Only private chats are served: in a group what one person asks would be answered before everybody. There nothing is said,
but to a command that names the bot ("/start@mot_cua_bot"): whoever gives it is told to write privately.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.telegram.deep_links import start_payload
from bot.channels.telegram.updates import CallbackQuery, File, MemberUpdate, Message, Update, User
from bot.delivery.ports import Clock

PRIVATE = "private"
_GROUPS = frozenset({"group", "supergroup"})
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?=\s|$)\s*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.ASCII)


@dataclass(frozen=True)
class _Content:
    """What a message carries, before it is known whose it is."""

    kind: InboundKind
    text: str = ""
    payload: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def read_inbound(update: Update, name: str, account: str, clock: Clock) -> Inbound | None:
    """Return the message in an update; ``None`` when it holds none for us.

    Args:
        update: as Telegram sent it.
        name: of the channel.
        account: which of our bots it came to.
        clock: dates what Telegram does not.
    """
    message, tap, member = update.message, update.callback_query, update.my_chat_member
    if message is not None:
        return _message(update, message, name, account, clock)
    if tap is not None:
        return _tap(update, tap, name, account, clock)
    if member is not None:
        return _member(update, member, name, account, clock)
    return None


def _message(update: Update, message: Message, name: str, account: str, clock: Clock) -> Inbound | None:
    content = _content(message) if message.chat.type == PRIVATE else _in_group(message)
    if message.sender is None or message.sender.is_bot or content is None:
        return None
    return Inbound(
        ref=Ref(name, account, str(message.chat.id)),
        id=str(update.update_id),
        kind=content.kind,
        at=_moment(message.date, clock),
        text=content.text,
        payload=content.payload,
        data=content.data,
        locale=_language(message.sender),
    )


def _in_group(message: Message) -> _Content | None:
    """Return that somebody in a group calls the bot by its name; nothing of what they wrote is taken over."""
    found = _COMMAND.match(message.text) if message.chat.type in _GROUPS else None
    named = found is not None and "@" in found[0]
    return _Content(InboundKind.UNSUPPORTED, data={"group": True}) if named else None


def _tap(update: Update, tap: CallbackQuery, name: str, account: str, clock: Clock) -> Inbound | None:
    message = tap.message
    if message is None or message.chat.type != PRIVATE or tap.sender.is_bot or not tap.data:
        return None
    return Inbound(
        ref=Ref(name, account, str(message.chat.id)),
        id=str(update.update_id),
        kind=InboundKind.CHOICE,
        at=clock(),
        payload=tap.data,
        data={"tap": tap.id},
        shown=str(message.message_id) if message.date else "",
        locale=_language(tap.sender),
    )


def _member(update: Update, member: MemberUpdate, name: str, account: str, clock: Clock) -> Inbound | None:
    if member.chat.type != PRIVATE:
        return None
    was = member.old_chat_member.status if member.old_chat_member is not None else ""
    kinds = {"kicked": InboundKind.UNFOLLOW, "member": InboundKind.FOLLOW if was in ("kicked", "left") else None}
    kind = kinds.get(member.new_chat_member.status)
    if kind is None:
        return None
    ref = Ref(name, account, str(member.chat.id))
    return Inbound(ref, str(update.update_id), kind, _moment(member.date, clock), locale=_language(member.sender))


def _content(message: Message) -> _Content | None:
    """Return what a message carries; ``None`` for service messages, which nobody wrote."""
    if message.text:
        return _written(message.text)
    if message.contact is not None and message.sender is not None:
        # Anybody's contact can be passed on: only the sender's own number proves who the sender is.
        own = message.contact.user_id == message.sender.id
        return _Content(InboundKind.CONTACT, data={"phone": message.contact.phone_number, "own": own})
    if message.location is not None:
        place = {"latitude": message.location.latitude, "longitude": message.location.longitude}
        return _Content(InboundKind.LOCATION, data=place)
    if message.foreign:
        return _Content(InboundKind.UNSUPPORTED, message.caption)
    if message.photo:
        largest = max(message.photo, key=lambda one: one.file_size)
        return _Content(InboundKind.IMAGE, message.caption, data=_file(largest, "image/jpeg"))
    if message.document is not None:
        return _Content(InboundKind.FILE, message.caption, data=_file(message.document, ""))
    if message.voice is not None:
        return _Content(InboundKind.VOICE, message.caption, data=_file(message.voice, "audio/ogg"))
    return None


def _written(text: str) -> _Content:
    """Read a text: ``/start`` opens the conversation; other commands are left to the dialogue, without the bot's name."""
    found = _COMMAND.match(text)
    if found is None:
        return _Content(InboundKind.TEXT, text)
    rest = text[found.end() :]
    if found[1].lower() == "start":
        return _Content(InboundKind.START, payload=start_payload(rest.strip()))
    return _Content(InboundKind.TEXT, f"/{found[1]} {rest}".rstrip())


def _file(file: File, kind: str) -> dict[str, Any]:
    return {"file": file.file_id, "name": file.file_name, "size": file.file_size, "type": file.mime_type or kind}


def _language(user: User) -> str:
    found = _LANGUAGE.match(user.language_code.lower())
    return found[0] if found else ""


def _moment(date: int, clock: Clock) -> datetime:
    """Return Telegram's date; ours where it gives none or one that no calendar has."""
    try:
        return datetime.fromtimestamp(date, UTC) if date > 0 else clock()
    except (ValueError, OverflowError, OSError):
        return clock()
