"""Replies in Telegram's form, within its limits. Pure.

Every limit is kept here, because Telegram refuses a whole message for one button too long; what it parses is HTML in which
everything but our own bold is escaped.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.channels.contract import Ask, Caps, FileRef, Markup, NativeCall, Proactive, Ref, Reply
from bot.channels.fitting import Fitted, fit
from bot.channels.markup import to_html
from bot.channels.telegram.keyboards import asking_keyboard, inline_keyboard, is_web_address, removed_keyboard
from nlu.text import looks_vietnamese

CAPS = Caps(
    max_text=4096,
    max_buttons=100,
    title_max=64,
    payload_max_bytes=64,
    markup=Markup.HTML,
    edit=True,
    typing=True,
    proactive=Proactive.FREE,
    utf16=True,
    upload=True,
    contact=True,
)
MAX_CAPTION = 1024
NOTHING = "…"
"""Telegram sends no message without a visible letter."""
FETCHED = frozenset({"application/pdf", "application/zip", "image/gif"})
"""The kinds of file that Telegram fetches from an address itself; others go along as links."""

AskTitle = Callable[[Ask, str], str]
"""Returns the title of the button that hands something over, in a language."""


def render(ref: Ref, reply: Reply, shown: str, title: AskTitle) -> list[NativeCall]:
    """Return the calls that bring a reply to its chat; see ``Channel.render``.

    Args:
        ref: where it goes.
        reply: what is said.
        shown: id of the message whose button was tapped.
        title: names the button that asks for a telephone number or a place.
    """
    sent = [file for file in reply.files if file.kind in FETCHED and is_web_address(file.url)]
    fitted = _fitted(reply, tuple(file for file in reply.files if file not in sent))
    texts = [part for part in fitted.parts if _visible(part)]
    if not texts and (fitted.buttons or reply.ask or not sent):
        texts = [NOTHING]
    markups = [*(removed_keyboard() for _ in texts[1:]), _markup(reply, fitted, title)]
    messages = [_message(ref, text, markup) for text, markup in zip(texts, markups, strict=False)]
    documents = [_document(ref, file) for file in sent]
    if messages and reply.replace and not reply.ask and shown.isdecimal():
        messages[0] = _edit(messages[0], int(shown))
        if len(messages) == 1:
            return [*messages, *documents]
    # The buttons stay at the end of the chat.
    return [*messages[:-1], *documents, *messages[-1:]]


def sent_anew(edit: NativeCall) -> NativeCall:
    """Return the call that says the same in a new message, for when the old one cannot be edited any more."""
    return NativeCall("sendMessage", {name: value for name, value in edit.body.items() if name != "message_id"})


def without_markup(call: NativeCall) -> NativeCall:
    """Return the same call in plain text, for when Telegram cannot parse ours."""
    text = html.unescape(re.sub(r"</?b>", "", str(call.body.get("text", ""))))
    body = {name: value for name, value in call.body.items() if name != "parse_mode"}
    return NativeCall(call.method, {**body, "text": text})


def as_link(document: NativeCall) -> NativeCall:
    """Return a message with a document's address, for when Telegram cannot fetch it."""
    text = f"{document.body.get('caption', '')}: {document.body.get('document', '')}"
    return NativeCall("sendMessage", {"chat_id": document.body.get("chat_id"), "text": text})


def without_links(call: NativeCall) -> NativeCall | None:
    """Return the same call with its links as lines of text, for when Telegram takes an address for no button.

    ``None`` when it has none.
    """
    keyboard = dict(call.body.get("reply_markup") or {})
    rows = keyboard.get("inline_keyboard", [])
    links = [button for row in rows for button in row if "url" in button]
    if not links:
        return None
    lines = "\n".join(html.escape(f"{button['text']}: {button['url']}", quote=False) for button in links)
    left = [[button for button in row if "url" not in button] for row in rows]
    keyboard["inline_keyboard"] = [row for row in left if row]
    text = f"{call.body.get('text', '')}\n\n{lines}"
    body = {**call.body, "text": text, "reply_markup": keyboard}
    if not keyboard["inline_keyboard"]:
        del body["reply_markup"]
    return NativeCall(call.method, body)


def _fitted(reply: Reply, linked: tuple[FileRef, ...]) -> Fitted:
    """Fit a reply; links that no button can carry, and files that Telegram does not fetch, become lines of the text."""
    written = [
        choice
        for choice in reply.choices
        if not choice.id and (reply.ask is not None or not is_web_address(choice.url))
    ]
    lines = "\n".join(f"{choice.title}: {choice.url}" for choice in written if choice.url)
    text = "\n\n".join(part for part in (reply.text, lines) if part)
    choices = tuple(choice for choice in reply.choices if choice not in written)
    return fit(replace(reply, text=text, choices=choices, files=linked), replace(CAPS, upload=False))


def _markup(reply: Reply, fitted: Fitted, title: AskTitle) -> dict[str, Any]:
    if reply.ask is not None:
        language = "vi" if looks_vietnamese(reply.text) else "en"
        return asking_keyboard(reply.ask, title(reply.ask, language), fitted.buttons)
    return inline_keyboard(fitted.buttons) if fitted.buttons else removed_keyboard()


def _message(ref: Ref, text: str, markup: dict[str, Any]) -> NativeCall:
    body = {
        "chat_id": _chat(ref),
        "text": to_html(text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": markup,
    }
    return NativeCall("sendMessage", body)


def _edit(message: NativeCall, shown: int) -> NativeCall:
    """Return the call that puts a message in the place of another one; without new buttons the old ones go."""
    body = {**message.body, "message_id": shown}
    if "inline_keyboard" not in body["reply_markup"]:
        del body["reply_markup"]
    return NativeCall("editMessageText", body)


def _document(ref: Ref, file: FileRef) -> NativeCall:
    caption = file.name[:MAX_CAPTION] if _visible(file.name) else NOTHING
    return NativeCall("sendDocument", {"chat_id": _chat(ref), "document": file.url, "caption": caption})


def _chat(ref: Ref) -> int | str:
    return int(ref.conversation) if ref.conversation.isdecimal() else ref.conversation


def _visible(text: str) -> bool:
    """Tell whether there is something to see: not only spaces, marks of direction and control characters."""
    return any(unicodedata.category(letter)[0] not in "ZC" for letter in text)
