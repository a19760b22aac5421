"""Splits what was written together and reads what a keyboard left behind, before names are looked for. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu.catalogue.index_slips import without_telex
from nlu.places.index import Index
from nlu.places.spelling import KINDS, Token, key_of

LEAST_GLUED = 5
"""Letters from which an unknown word may be several ("iachim" is one name all the same)."""
MOST_GLUED = 60
_TYPED = re.compile("[sfrxj]$|aa|aw|ee|oo|ow|uw|dd")
"""Keys of Telex where fingers leave them; elsewhere they are slips ("chsu", "baxh")."""
_GLUED_KINDS = tuple(sorted(("".join(words) for words in KINDS), key=len, reverse=True))


def prepare(tokens: list[Token], index: Index) -> list[Token]:
    """Return the words with those split that hide several names or a kind, and Telex keys read."""
    ready: list[Token] = []
    for token in tokens:
        ready.extend(_pieces(token, index))
    return ready


def _pieces(token: Token, index: Index) -> list[Token]:
    key = token.key
    if len(key) < 3 or key in index.names or key in index.syllables or (key,) in KINDS:
        return [token]
    if telex := _untyped(token.said, index):
        return [replace(token, key=key_of(telex), said=telex)]
    if LEAST_GLUED <= len(key) <= MOST_GLUED and len(key) == len(token.said) and (cuts := _cuts(key, index)):
        ends = [sum(cuts[: at + 1]) for at in range(len(cuts))]
        return [
            Token(
                key[end - size : end],
                token.said[end - size : end],
                token.start + end - size,
                token.start + end,
                token.breaks and end == size,
                token.apart and end == size,
            )
            for size, end in zip(cuts, ends, strict=True)
        ]
    return [token]


def _untyped(said: str, index: Index) -> str:
    """Return the word that Telex keys were meant for: "ngaix" → "ngãi"; empty if there is none."""
    if not _TYPED.search(said):
        return ""
    return next((one for one in without_telex(said) if key_of(one) in index.syllables), "")


def _cuts(key: str, index: Index) -> list[int]:
    """Return the lengths of the pieces of "xaiachimcontum": kinds and names, the whole word used up; empty if it cannot be."""
    if whole := _names(key, index, most=4):
        return whole
    for kind in _GLUED_KINDS:
        rest = key[len(kind) :]
        if len(kind) > 1 and key.startswith(kind) and rest in index.syllables:
            return [len(kind), len(rest)]
    return []


def _names(key: str, index: Index, most: int) -> list[int]:
    if not key:
        return []
    for kind in ("", *_GLUED_KINDS):
        if not key.startswith(kind):
            continue
        rest = key[len(kind) :]
        for size in range(min(len(rest), 22), 2 if len(kind) != 1 else 4, -1):
            if rest[:size] not in index.names and not (kind and rest[:size] in index.shorthand):
                continue
            behind = _names(rest[size:], index, most - 1) if most > 1 else []
            if behind or size == len(rest):
                return [*([len(kind)] if kind else []), size, *behind]
    return []
