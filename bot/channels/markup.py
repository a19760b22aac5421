"""Turns the light markup of replies (``**bold**`` and lists) into what a channel shows. Pure."""

from __future__ import annotations

import html
import re

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITEM = re.compile(r"^- ", re.MULTILINE)


def to_html(text: str) -> str:
    """Return HTML with everything escaped but ``<b>``; a bold that a cut left open stays as it is written."""
    return _ITEM.sub("• ", _BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False)))


def to_plain(text: str) -> str:
    """Return the text without markup."""
    return _ITEM.sub("• ", _BOLD.sub(r"\1", text))
