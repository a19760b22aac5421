"""The agency's own wording of sentences: what replaces what, and how each channel would show it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.contract import Caps, Markup, Reply
from bot.channels.fitting import fit
from bot.channels.markup import to_plain
from bot.channels.telegram.rendering import CAPS as TELEGRAM
from bot.channels.web.channel import CAPS as WEB
from bot.channels.zalo_bot.channel import CAPS as ZALO_BOT
from bot.channels.zalo_oa.render import CAPS as ZALO_OA
from bot.dialogue.texts import Texts
from feedback.file_reading import read_plain, write_plain
from nlu.text import fold

CHANNELS: Mapping[str, Caps] = {"Web": WEB, "Telegram": TELEGRAM, "Zalo OA": ZALO_OA, "Zalo Bot": ZALO_BOT}
SHOWN = 60
"""Sentences of one list."""


@dataclass(frozen=True)
class Preview:
    """How a channel would show a sentence."""

    channel: str
    parts: Sequence[str]
    """Messages, one after the other."""
    marked: bool
    """Whether the channel shows bold."""


def previews(wording: str) -> Sequence[Preview]:
    """Return how the channels would show a wording; values stand there as ``{name}``."""
    shown = []
    for name, caps in CHANNELS.items():
        plain = caps.markup is Markup.NONE
        parts = fit(Reply(wording), caps).parts
        shown.append(Preview(name, [to_plain(part) for part in parts], not plain))
    return shown


def found_keys(texts: Texts, words: str) -> Sequence[str]:
    """Return the keys of the sentences in which all words stand, with or without accents; by key for no words."""
    wanted = fold(words).split()
    keys = (
        key
        for key, variants in texts.sentences.items()
        if all(word in fold(" ".join((key, *variants.values()))) for word in wanted)
    )
    return sorted(keys)[:SHOWN]


def read_own(body: str) -> Mapping[str, Mapping[str, str]]:
    """Return the own wordings of a version by key and language."""
    own: Mapping[str, Mapping[str, str]] = read_plain(body) or {}
    return own


def with_wording(body: str, key: str, wording: Mapping[str, str]) -> str:
    """Return a version with another wording of one sentence; languages without words fall back to the usual one.

    Args:
        body: the YAML so far; empty for none.
        key: of the response.
        wording: by language.
    """
    own = {name: dict(variants) for name, variants in read_own(body).items()}
    kept = {language: text for language, text in wording.items() if text}
    own.pop(key, None)
    if kept:
        own[key] = kept
    ordered = dict(sorted(own.items()))
    return write_plain(ordered) if ordered else ""
