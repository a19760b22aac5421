"""What Telegram refuses: texts and keyboards beyond its limits, in its own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.channels.splitting import utf16_length
from tests.fakes.telegram.entities import EntityError, shown_text

MAX_TEXT, MAX_CAPTION, MAX_DATA, MAX_BUTTONS, MAX_ROW = 4096, 1024, 64, 100, 8


class Refusal(Exception):
    """An answer of Telegram that is not ``ok``."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> Refusal:
    """Return a refusal for what was sent."""
    return Refusal(400, f"Bad Request: {description}")


def checked_text(body: Mapping[str, str]) -> str:
    """Return the text as it is shown."""
    text = body.get("text", "")
    if body.get("parse_mode") == "HTML":
        try:
            text = shown_text(text)
        except EntityError as error:
            raise bad(f"can't parse entities: {error}") from error
    if not text.replace("\u200b", "").strip(" \n\t\r\0"):
        raise bad("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad("message is too long")
    return text


def checked_markup(body: Mapping[str, str]) -> dict[str, Any]:
    """Return the keyboard."""
    markup: dict[str, Any] = json.loads(body.get("reply_markup", "{}"))
    rows = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in buttons:
        _check_button(button)
    for row in markup.get("keyboard", []):
        if any(not button.get("text", "").strip() for button in row):
            raise bad("keyboard button text is empty")
    return markup


def _check_button(button: Mapping[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("text buttons are unallowed in the inline keyboard")
    if ("url" in button) == ("callback_data" in button):
        raise bad("exactly one of the optional fields must be used")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MAX_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        host = urlsplit(button["url"]).hostname or ""
        if "." not in host or " " in button["url"]:
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
