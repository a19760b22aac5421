"""Suggests what to take out of a text before it is published: who somebody is and how to reach them. Pure; an official decides.

Better too much than too little: what is masked needlessly costs a click, what is not costs somebody their privacy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from feedback.publication.patterns import PATTERNS, Reason

MARK = "[…]"
"""Stands where something was taken out."""
_SHORTEST_KNOWN = 4
"""Letters of the sender's own words below which they would be found everywhere."""


class KnownKind(StrEnum):
    """What of a sender is looked for."""

    WORDS = "words"
    NUMBER = "number"


@dataclass(frozen=True)
class Known:
    """Something that tells who the sender is, from the sealed part of the record."""

    text: str = field(repr=False)
    kind: KnownKind = KnownKind.WORDS


@dataclass(frozen=True)
class Mask:
    """A part of a text, from its first sign to behind its last one."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True)
class Suggested:
    """A text with what should be taken out of it."""

    text: str
    """In the normal form to which the masks' places belong."""
    masks: tuple[Mask, ...]
    """In their order; none touches another."""

    @property
    def redacted(self) -> str:
        """The text without all of it."""
        return redact(self.text, self.masks)


def suggest(text: str, known: Sequence[Known] = ()) -> Suggested:
    """Return what should be taken out.

    Args:
        text: of the question or the answer.
        known: what tells who the sender is.
    """
    clean = unicodedata.normalize("NFC", text)
    folded = fold_letters(clean)
    found = [*_known(clean, folded, known), *_patterns(clean, folded)]
    return Suggested(clean, tuple(_merged(found)))


def tells_of(text: str, known: Sequence[Known]) -> tuple[Mask, ...]:
    """Return where a text still tells who the sender is."""
    clean = unicodedata.normalize("NFC", text)
    return tuple(_merged(_known(clean, fold_letters(clean), known)))


def redact(text: str, masks: Iterable[Mask]) -> str:
    """Return a text without some of its parts.

    Args:
        text: as ``suggest`` returned it.
        masks: those that an official kept or drew; they may touch and need no order.
    """
    out, place = [], 0
    for mask in _merged(masks):
        start, end = max(place, min(mask.start, len(text))), max(0, min(mask.end, len(text)))
        if end > start:
            out += [text[place:start], MARK]
            place = end
    return "".join((*out, text[place:]))


def fold_letters(text: str) -> str:
    """Return a text in small letters without accents, of the same length: places in it are places in the text."""
    return "".join(map(_folded, text))


def _folded(sign: str) -> str:
    bare = unicodedata.normalize("NFD", sign)[0].lower()
    return "d" if bare == "đ" else bare if len(bare) == 1 else sign


def _patterns(clean: str, folded: str) -> Iterator[Mask]:
    for one in PATTERNS:
        for found in one.pattern.finditer(folded if one.folded else clean):
            start, end = found.span(one.group)
            if end > start:
                yield Mask(start, end, one.reason)


def _known(clean: str, folded: str, known: Iterable[Known]) -> Iterator[Mask]:
    for one in known:
        wanted = fold_letters(unicodedata.normalize("NFC", one.text))
        if one.kind is KnownKind.NUMBER:
            digits = [sign for sign in wanted if sign.isdecimal()][-9:]
            pattern = r"(?:\+?84|0)?[ .\-()]*" + r"[ .\-()]*".join(digits) if len(digits) == 9 else ""
        else:
            words = re.findall(r"\w+", wanted)
            pattern = r"\b" + r"\W+".join(words) + r"\b" if sum(map(len, words)) >= _SHORTEST_KNOWN else ""
        if pattern:
            yield from (Mask(*found.span(), Reason.SENDER) for found in re.finditer(pattern, folded))


def _merged(masks: Iterable[Mask]) -> Iterator[Mask]:
    """Yield masks that do not touch; what lies over each other becomes one, with the reason of the longer."""
    last: Mask | None = None
    longest = 0
    for mask in sorted(masks, key=lambda one: (one.start, -one.end)):
        if last is None or mask.start >= last.end:
            if last is not None:
                yield last
            last, longest = mask, mask.end - mask.start
            continue
        reason = mask.reason if mask.end - mask.start > longest and last.reason is not Reason.SENDER else last.reason
        longest = max(longest, mask.end - mask.start)
        last = Mask(last.start, max(last.end, mask.end), reason)
    if last is not None:
        yield last
