"""The parts of Telegram's ``Update`` that we read, in Telegram's own names; everything else in it is passed over."""

from __future__ import annotations

from typing import Any

import msgspec


class Chat(msgspec.Struct):
    """Where it was written."""

    id: int
    type: str


class User(msgspec.Struct):
    """Who wrote."""

    id: int
    is_bot: bool = False
    language_code: str = ""


class Contact(msgspec.Struct):
    """A telephone number that was handed over."""

    phone_number: str
    user_id: int | None = None
    """Whose number it is, when that person is on Telegram."""


class Location(msgspec.Struct):
    """A place that was handed over."""

    latitude: float
    longitude: float


class File(msgspec.Struct):
    """A photo in one size, a document or a voice message."""

    file_id: str
    file_name: str = ""
    mime_type: str = ""
    file_size: int = 0


class Message(msgspec.Struct):
    """A message in a chat; it has one kind of content."""

    message_id: int
    chat: Chat
    date: int = 0
    sender: User | None = msgspec.field(default=None, name="from")
    text: str = ""
    caption: str = ""
    contact: Contact | None = None
    location: Location | None = None
    photo: list[File] = []
    document: File | None = None
    voice: File | None = None
    animation: Any = None
    """A moving picture; it comes as a document too."""
    audio: Any = None
    video: Any = None
    video_note: Any = None
    sticker: Any = None
    poll: Any = None
    dice: Any = None
    game: Any = None
    story: Any = None
    checklist: Any = None
    paid_media: Any = None

    @property
    def foreign(self) -> bool:
        """Whether it carries something that a citizen sent and that we cannot read, as against a service message."""
        carried = (self.audio, self.video, self.video_note, self.sticker, self.poll, self.dice, self.game)
        return any(one is not None for one in (*carried, self.animation, self.story, self.checklist, self.paid_media))


class CallbackQuery(msgspec.Struct):
    """A tap on a button."""

    id: str
    sender: User = msgspec.field(name="from")
    data: str = ""
    message: Message | None = None
    """The message that carries the button; one that is too old comes with the date 0 and cannot be edited."""


class Member(msgspec.Struct):
    """How somebody stands to a chat; here: the bot to a person."""

    status: str


class MemberUpdate(msgspec.Struct):
    """The bot was blocked or unblocked."""

    chat: Chat
    sender: User = msgspec.field(name="from")
    new_chat_member: Member
    old_chat_member: Member | None = None
    date: int = 0


class Update(msgspec.Struct):
    """One thing that happened; it has one of the three contents, or one that we did not ask for."""

    update_id: int
    message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberUpdate | None = None


ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""What Telegram is asked to send. ``edited_message`` is not among them: the first wording is answered already, edits come
days later and with every move of a shared live position, and an answer out of its place would confuse both sides."""

_decoder = msgspec.json.Decoder(Update)


def read_update(raw: bytes) -> Update | None:
    """Return an update; ``None`` for what is none."""
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
