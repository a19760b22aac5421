"""What a message asks for beyond single cues: its aspects in order, those it lists in one breath, and what it is about. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.asking_model import fitted
from nlu.aspects import CUES, cue_aspects
from nlu.text import fold, normalise
from nlu.understanding import Aspect

_CONTENT = (Aspect.CONDITIONS, Aspect.HOW_ONLINE, Aspect.OVERVIEW)
"""Aspects whose cues take in words of the thing asked about."""


def without_cues(text: str) -> str:
    """Return a message without its ways of asking: "cấp lại bao lâu" is "cấp lại"."""
    plain = normalise(text)
    folded = fold(plain)
    if len(folded) != len(plain):  # letters of other scripts fold to more or fewer; then the accents are given up
        plain = folded
    kept = list(plain)
    for aspect, pattern in CUES.items():
        if aspect in _CONTENT:
            continue
        for match in pattern.finditer(folded):
            kept[slice(*match.span())] = " " * len(match[0])
    return " ".join("".join(kept).split())


def in_order_asked(text: str, aspects: Sequence[Aspect]) -> tuple[Aspect, ...]:
    """Sort the aspects of a message by where it asks for them; those without a cue keep their order at the end."""
    folded = fold(normalise(text))
    places = {aspect: match.start() for aspect in aspects if (match := CUES[aspect].search(folded))}
    return tuple(sorted(aspects, key=lambda aspect: places.get(aspect, len(folded))))


_FILLING = frozenset(["tien", "vay", "em", "a", "anh", "chi", "oi", "thi", "the", "con", "nhi", "nhe"])


def is_bare_question(text: str) -> bool:
    """Tell whether a message is nothing but a way of asking: "bao nhiêu tiền" can only be about what was talked of."""
    return bool(cue_aspects(text)) and set(fold(without_cues(text)).strip(" ?.!").split()) <= _FILLING


_LISTING = re.compile(r"[,;.?!]|\b(?:va|voi|roi|con|cung nhu)\b")
"""What stands between the things asked for in one breath: "cần giấy gì, bao lâu và nộp ở đâu"."""


def listed_aspects(text: str) -> tuple[Aspect, ...]:
    """Return the aspects that a message asks for one after the other, in that order; none when it lists fewer than two.

    Cues that are words of names as often as ways of asking do not count here.
    """
    found: dict[Aspect, None] = {}
    for part in _LISTING.split(fold(normalise(text))):
        cues = [aspect for aspect in cue_aspects(part) if aspect not in (Aspect.CONDITIONS, Aspect.OVERVIEW)]
        found.update(dict.fromkeys(cues[:1]))
    return tuple(found) if len(found) > 1 else ()


LISTED = -1.0
"""Log-odds from which something listed counts as asked for: names hold lists too ("kho ngoại quan, nộp lệ phí, …")."""


def all_asked(text: str, learned: Sequence[Aspect]) -> tuple[Aspect, ...]:
    """Return what a message asks for in the order asked: what was learned to be asked, and what it lists besides."""
    listed = listed_aspects(text)
    scores = fitted().scores(text) if listed else {}
    besides = (aspect for aspect in listed if scores[aspect] > LISTED)
    return in_order_asked(text, tuple(dict.fromkeys((*learned, *besides))))
