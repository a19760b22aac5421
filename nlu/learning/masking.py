"""Takes out of a message what shows who somebody is, before it is kept for review. Pure.

Better too much than too little; but the words that say which procedure is meant ("đổi tên trong khai sinh", "UBND xã") stay.
"""

from __future__ import annotations

import re

from nlu.learning.masking_names import name_spans
from nlu.learning.masking_numbers import number_spans
from nlu.learning.masking_places import place_spans
from nlu.learning.masking_text import CLOSE, OPEN, Sentence, Span, masked
from nlu.text import MAX_LENGTH, fold, normalise, words

LONGEST = 300
"""Characters kept of a message: what is wanted is said by then, and long stories show more of a person."""

READ = LONGEST + LONGEST // 2
"""Characters of a message that are read at all."""

_MASK = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\D)")
_LOOSE = re.compile(r"(?: *([,.;:]))+(?=\s|$)")
"""Signs that stand alone or beside each other once a mark between them is gone."""
_REPEATED = re.compile(rf"({OPEN}[^{OPEN}{CLOSE}]*{CLOSE})(?:[ ,\-/]*\1)+")


def mask(text: str) -> str:
    """Return a message in normal form without personal data, cut at ``LONGEST``; masking it again changes nothing."""
    clean = normalise(text.encode("utf-8", "ignore").decode())
    if len(clean) > READ:
        # The last word may be half a number that nothing would know for one.
        clean = clean[:READ].rpartition(" ")[0]
    return _cut(_between_marks(clean))


def mask_whole(text: str) -> str:
    """Return a text of any length without personal data, uncut and in its lines; masking it again changes nothing."""
    return "\n".join(
        " ".join(_between_marks(normalise(part)) for part in _sentences(line))
        for line in text.encode("utf-8", "ignore").decode().splitlines()
    )


def _between_marks(clean: str) -> str:
    pieces: list[str] = []
    place = 0
    for found in _MASK.finditer(clean):
        pieces += [_masked(clean[place : found.start()]), found.group()]
        place = found.end()
    return " ".join(_REPEATED.sub(r"\1", "".join((*pieces, _masked(clean[place:])))).split())


def _sentences(line: str) -> list[str]:
    """Part a line where sentences end, and a sentence that is longer than ``MAX_LENGTH`` where a word does."""
    parts: list[str] = []
    for sentence in _SENTENCE_END.split(line):
        while len(sentence) > MAX_LENGTH:
            cut = sentence.rfind(" ", 1, MAX_LENGTH)
            cut = cut if cut > 0 else MAX_LENGTH
            parts.append(sentence[:cut])
            sentence = sentence[cut:]
        parts.append(sentence)
    return [part for part in parts if part.strip()]


def unmasked(text: str) -> str:
    """Return a masked text without the marks, as it is learned from."""
    bare = " ".join(_MASK.sub(" ", text).replace(OPEN, " ").replace(CLOSE, " ").split())
    return _LOOSE.sub(r"\1", bare).strip(" ,.:;-")


def same_key(text: str) -> str:
    """Return what texts have in common that say the same: their folded words."""
    return " ".join(words(fold(text)))


def _masked(text: str) -> str:
    spans: list[Span] = []
    sentence = Sentence(text)
    for finder in (number_spans, place_spans, name_spans):
        spans += finder(sentence)
    return masked(text, spans)


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    kept = text[: LONGEST - 1].rsplit(" ", 1)[0]
    if kept.rfind(OPEN) > kept.rfind(CLOSE):
        kept = kept[: kept.rfind(OPEN)].rstrip()
    return f"{kept} …"
