"""A reply in Zalo's form: consultation messages within the limits, one attachment each. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from bot.channels.contract import Ask, Caps, Choice, FileRef, Markup, NativeCall, Proactive, Ref, Reply
from bot.channels.fitting import fit
from bot.channels.markup import to_plain
from bot.channels.zalo_oa.client import ANONYMOUS, CONSULT
from bot.channels.zalo_oa.events import ANONYMOUS as VISITOR
from bot.channels.zalo_oa.events import CLICK
from bot.channels.zalo_oa.phones import dialled

CAPS = Caps(
    max_text=2000,
    max_buttons=5,
    title_max=100,
    payload_max_bytes=64,
    markup=Markup.NONE,
    edit=False,
    typing=False,
    proactive=Proactive.WINDOW,
    upload=True,
    contact=True,
)
VISITOR_CAPS = replace(CAPS, max_buttons=0, upload=False, contact=False)
"""A visitor who is not signed in gets text alone."""

SUBTITLE_MAX = 500
FILE = "file"
"""Native method: upload when need be, then send the file, or else its link."""
TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
}
"""What Zalo takes as a file."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOTHING = "…"
"""Zalo refuses a message without a letter."""


@dataclass(frozen=True)
class ContactForm:
    """The words above the form that asks for a telephone number."""

    title: str
    subtitle: str
    image: str = ""
    """Address of its picture."""


def render(ref: Ref, reply: Reply, form: ContactForm) -> Sequence[NativeCall]:
    """Return the calls that say a reply: its text with the buttons on the last part, its files, the form."""
    if ref.conversation.startswith(VISITOR):
        return _for_visitor(ref, reply)
    recipient = {"user_id": ref.conversation}
    files = tuple(file for file in reply.files if ending(file.name) in TYPES)
    fitted = fit(_plain(reply, [file for file in reply.files if file not in files]), CAPS)
    calls = [_call(recipient, {"text": part}) for part in fitted.parts if part]
    if fitted.buttons:
        text = calls.pop().body["message"]["text"] if calls else _NOTHING
        buttons = {"buttons": [_button(choice) for choice in fitted.buttons]}
        calls.append(_call(recipient, {"text": text, "attachment": {"type": "template", "payload": buttons}}))
    calls += [NativeCall(FILE, {"recipient": recipient, "name": file.name, "url": file.url}) for file in files]
    if reply.ask is Ask.CONTACT:
        calls.append(_call(recipient, _form(form)))
    return calls or [_call(recipient, {"text": _NOTHING})]


def link_message(recipient: dict[str, Any], name: str, url: str) -> dict[str, Any]:
    """Return the body that names a file's address instead of carrying the file."""
    return {"recipient": recipient, "message": {"text": f"{name}: {url}"[: CAPS.max_text]}}


def file_message(recipient: dict[str, Any], token: str) -> dict[str, Any]:
    """Return the body that carries an uploaded file."""
    attachment = {"type": "file", "payload": {"token": token}}
    return {"recipient": recipient, "message": {"attachment": attachment}}


def ending(name: str) -> str:
    """Return a file name's ending in small letters, with its dot."""
    return PurePath(name).suffix.lower()


def _for_visitor(ref: Ref, reply: Reply) -> Sequence[NativeCall]:
    person, _, place = ref.conversation.removeprefix(VISITOR).partition(":")
    recipient = {"anonymous_id": person, "conversation_id": place}
    fitted = fit(_plain(reply, []), VISITOR_CAPS)
    return [_call(recipient, {"text": part or _NOTHING}, ANONYMOUS) for part in fitted.parts]


def _plain(reply: Reply, linked: Sequence[FileRef]) -> Reply:
    """Return the reply as plain text, with the addresses of files that Zalo does not take."""
    lines = "\n".join(f"{file.name}: {file.url}" for file in linked)
    text = "\n\n".join(part for part in (to_plain(_clean(reply.text)), lines) if part)
    choices = tuple(
        replace(choice, title=_clean(choice.title).strip() or choice.id.strip() or _NOTHING) for choice in reply.choices
    )
    return replace(reply, text=text, choices=choices)


def _clean(text: str) -> str:
    return _CONTROLS.sub("", unicodedata.normalize("NFC", text))


def _call(recipient: dict[str, Any], message: dict[str, Any], method: str = CONSULT) -> NativeCall:
    return NativeCall(method, {"recipient": recipient, "message": message})


def _button(choice: Choice) -> dict[str, Any]:
    if choice.url and choice.url.startswith("tel:"):
        return {"title": choice.title, "type": "oa.open.phone", "payload": {"phone_code": dialled(choice.url)}}
    if not choice.id and choice.url:
        return {"title": choice.title, "type": "oa.open.url", "payload": {"url": choice.url}}
    return {"title": choice.title, "type": "oa.query.hide", "payload": CLICK + choice.id}


def _form(form: ContactForm) -> dict[str, Any]:
    element = {"title": form.title[: CAPS.title_max], "subtitle": form.subtitle[:SUBTITLE_MAX]}
    if form.image:
        element["image_url"] = form.image
    return {
        "attachment": {"type": "template", "payload": {"template_type": "request_user_info", "elements": [element]}}
    }
