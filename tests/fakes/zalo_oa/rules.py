"""What Zalo refuses in a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

INVALID = -201
TOO_LONG = -210
EXPIRED = -100
KnowsToken = Callable[[str], bool]
BUTTONS = {"oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.sms", "oa.open.phone"}


def refusal(message: object, knows_token: KnowsToken) -> int:
    """Return the error number for a consultation message; 0 for a good one."""
    if not isinstance(message, dict) or not message or set(message) - {"text", "attachment", "quote_message_id"}:
        return INVALID
    text = message.get("text")
    if text is not None:
        if not isinstance(text, str) or not text.strip():
            return INVALID
        if len(text) > 2000:
            return TOO_LONG
        if text != unicodedata.normalize("NFC", text):
            return INVALID
    attachment = message.get("attachment")
    if attachment is None:
        return 0 if text else INVALID
    return _attachment(attachment, text, knows_token)


def _attachment(attachment: object, text: object, knows_token: KnowsToken) -> int:
    if not isinstance(attachment, dict) or not isinstance(attachment.get("payload"), dict):
        return INVALID
    payload = attachment["payload"]
    if attachment.get("type") == "file":
        token = payload.get("token")
        if text is not None or not isinstance(token, str) or set(payload) != {"token"}:
            return INVALID
        return 0 if knows_token(token) else EXPIRED
    if attachment.get("type") != "template":
        return INVALID
    kind = payload.get("template_type", "buttons")
    if kind == "buttons":
        return _buttons(payload, text)
    if kind == "request_user_info":
        return _form(payload)
    return 0 if kind == "media" and payload.get("elements") and not payload.get("buttons") else INVALID


def _buttons(payload: Mapping[str, Any], text: object) -> int:
    buttons = payload.get("buttons")
    if not text or not isinstance(buttons, list) or not 1 <= len(buttons) <= 5 or "elements" in payload:
        return INVALID
    return next((code for one in buttons if (code := _button(one))), 0)


def _button(button: object) -> int:
    if not isinstance(button, dict) or set(button) - {"title", "type", "payload", "image_icon"}:
        return INVALID
    title, kind, payload = button.get("title"), button.get("type"), button.get("payload")
    if not isinstance(title, str) or not title.strip() or kind not in BUTTONS:
        return INVALID
    if len(title) > 100:
        return TOO_LONG
    if kind.startswith("oa.query"):
        if not isinstance(payload, str) or not payload:
            return INVALID
        return TOO_LONG if len(payload) > 1000 else 0
    if not isinstance(payload, dict):
        return INVALID
    if kind == "oa.open.url":
        return 0 if str(payload.get("url", "")).startswith(("https://", "http://")) else INVALID
    phone = payload.get("phone_code")
    return 0 if isinstance(phone, str) and phone.isdecimal() else INVALID


def _form(payload: Mapping[str, Any]) -> int:
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1 or "buttons" in payload:
        return INVALID
    element = elements[0]
    if not isinstance(element, dict) or not element.get("title"):
        return INVALID
    return TOO_LONG if len(element["title"]) > 100 or len(element.get("subtitle", "")) > 500 else 0
