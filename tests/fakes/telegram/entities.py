"""Telegram's HTML, parsed as strictly as Telegram does it."""

from __future__ import annotations

import html
import re

TAGS = frozenset(
    ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler", "span"]
)
_PIECE = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|(&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)|([^<])", re.DOTALL)


class EntityError(Exception):
    """A text that Telegram would refuse."""


def shown_text(text: str) -> str:
    """Return what a citizen sees.

    Raises:
        EntityError: a tag that Telegram does not know, is not closed or was never opened.
    """
    opened: list[str] = []
    shown: list[str] = []
    at = 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None or (found[2] and found[2] not in TAGS):
            raise EntityError(f"Unsupported start tag at byte offset {len(text[:at].encode())}")
        at = found.end()
        if found[4] or found[5]:
            shown.append(html.unescape(found[4]) if found[4] else found[5])
        elif not found[1]:
            opened.append(found[2])
        elif not opened or opened.pop() != found[2]:
            raise EntityError(f"Unmatched end tag at byte offset {len(text[:at].encode())}")
    if opened:
        raise EntityError(f"Can't find end tag corresponding to start tag {opened[-1]}")
    return "".join(shown)
