"""A text's words as the border reads them: folded, shorthand written out, numbers alike. Pure; accents make no difference."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from nlu.text import MAX_LENGTH, expand, fold, normalise, words

LONGEST = 5000
"""Characters that are read; a long story often says its matter at the end."""
WORDS = 3
"""Words of the longest run."""
LETTERS = (3, 4, 5)

_PIECE = re.compile(r"[\w./\-]*\w|[?.!,;:]")
_STOPS = frozenset(".!;:")
_SLANG = {
    "cb": "can bo", "cbo": "can bo", "nv": "nhan vien", "r": "roi", "rui": "roi", "onl": "online", "sv": "sinh vien",
    "hsinh": "hoc sinh", "ca": "ca", "csgt": "canh sat giao thong", "qd": "quyet dinh", "qđ": "quyet dinh", "t": "toi", "tao": "toi",
    "tui": "toi", "mh": "minh", "ng": "nguoi", "ngta": "nguoi ta", "nta": "nguoi ta", "bt": "binh thuong", "vc": "vo chong", "gd": "gia dinh",
    "gđ": "gia dinh", "xl": "xu ly", "lđ": "lao dong", "ldao": "lanh dao", "đg": "duong", "tr": "trieu", "rep": "tra loi",
    "pb": "phong bi", "pbi": "phong bi", "kn": "kien nghi", "pa": "phan anh", "gq": "giai quyet", "bsung": "bo sung", "clip": "clip",
}  # fmt: skip
"""Shorthand of those who are angry and in a hurry, beside that of ``nlu.text``."""


def plain(text: str, longest: int = LONGEST) -> str:
    """Return a text in normal form, its first ``longest`` characters; empty when there is nothing to read."""
    kept = text[:longest].encode("utf-8", "ignore").decode()
    return " ".join(filter(None, (normalise(part) for part in _parts(kept))))


def _parts(text: str) -> list[str]:
    """Part a text where a word ends, none longer than what ``normalise`` keeps."""
    parts = []
    while len(text) > MAX_LENGTH:
        cut = text.rfind(" ", 1, MAX_LENGTH)
        cut = cut if cut > 0 else MAX_LENGTH
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def said(text: str) -> list[str]:
    """Return the folded words of a text in normal form; ``#`` for a number, ``|`` for the end of a sentence, ``?`` for a question's."""
    return [word for piece in _PIECE.findall(text.lower()) for word in _said(piece)]


@lru_cache(maxsize=16384)
def _said(piece: str) -> tuple[str, ...]:
    if piece in _STOPS:
        return ("|",)
    if piece in "?,":
        return () if piece == "," else ("?",)
    return tuple(one for word in expand(words(piece)) for one in _word(word))


def _word(word: str) -> list[str]:
    folded = fold(word)
    if folded[:1].isdecimal():
        return ["#", *([folded.lstrip("0123456789")] if not folded.isdecimal() else [])]
    return _SLANG.get(word, _SLANG.get(folded, folded)).split()


def accented(text: str) -> set[str]:
    """Return the words of a text, and each two of them, with their accents; none where nobody typed any.

    ``hối lộ`` and ``hôi`` are alike once folded; whoever types accents has said which one is meant.
    """
    found = words(text)
    both = (f"{one} {other}" for one, other in itertools.pairwise(found))
    return {f"'{run}" for run in (*found, *both) if not run.isascii()}


def runs(found: list[str]) -> set[str]:
    """Return all runs of one to ``WORDS`` words."""
    marked = ["^", *found, "$"]
    single = {word for word in found if word not in "|#"}
    longer = (
        map(" ".join, zip(*(marked[at:] for at in range(length)), strict=False)) for length in range(2, WORDS + 1)
    )
    return single.union(*longer)


def pieces(found: list[str]) -> set[str]:
    """Return the runs of letters within the words, so that a word with a slip is still known by its other letters."""
    return set(itertools.chain.from_iterable(map(_pieces, set(found))))


@lru_cache(maxsize=16384)
def _pieces(word: str) -> tuple[str, ...]:
    marked = f"<{word}>"
    return tuple(f"~{marked[at : at + length]}" for length in LETTERS for at in range(max(0, len(marked) - length + 1)))
