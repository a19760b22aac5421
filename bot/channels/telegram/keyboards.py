"""Buttons in Telegram's form: rows that can be read on a telephone, links that Telegram accepts. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.channels.contract import Ask, Choice

TINY, TINY_ROW = 4, 5
"""Letters of a title such as "3 ★", and how many of those stand side by side."""
SHORT, SHORT_ROW = 18, 2
"""Letters of a title that leaves room for another one on a telephone, and how many."""
NO_TITLE = "…"
"""Telegram takes no button without a letter."""
MAX_URL = 2048
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]*")


def inline_keyboard(buttons: Sequence[Choice]) -> dict[str, Any]:
    """Return the keyboard under a message."""
    rows: list[list[Choice]] = []
    for button in buttons:
        beside = _beside(button)
        if rows and len(rows[-1]) < min(beside, *(_beside(one) for one in rows[-1])):
            rows[-1].append(button)
        else:
            rows.append([button])
    return {"inline_keyboard": [[_inline(button) for button in row] for row in rows]}


def asking_keyboard(ask: Ask, title: str, others: Sequence[Choice]) -> dict[str, Any]:
    """Return the keyboard that takes the place of the citizen's own, with a button that hands something over.

    The other choices stand below it; Telegram sends their titles as if they had been typed.
    """
    wanted = {Ask.CONTACT: "request_contact", Ask.LOCATION: "request_location"}[ask]
    rows: list[list[dict[str, Any]]] = [[{"text": title, wanted: True}]]
    rows += [[{"text": choice.title.strip() or NO_TITLE}] for choice in others]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}


def removed_keyboard() -> dict[str, Any]:
    """Return what takes such a keyboard away; without effect where there is none."""
    return {"remove_keyboard": True}


def is_web_address(url: str | None) -> bool:
    """Tell whether Telegram takes an address for a button: the whole message is refused for one that it does not."""
    if not url or len(url) > MAX_URL or re.search(r"[\s\x00-\x1f\x7f<>\"]", url):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (_HOST.fullmatch(host) is not None or _is_address(host))


def _is_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 4
    except ValueError:
        return False


def _beside(button: Choice) -> int:
    """Return how many titles of this length stand in one row."""
    length = len(button.title)
    return TINY_ROW if length <= TINY else SHORT_ROW if length <= SHORT else 1


def _inline(button: Choice) -> dict[str, Any]:
    title = button.title.strip() or NO_TITLE
    if button.id:
        return {"text": title, "callback_data": button.id}
    return {"text": title, "url": button.url}
