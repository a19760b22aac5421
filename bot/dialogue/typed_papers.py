"""Reads names of papers as somebody types them: parts them, cleans them, and finds those that a list has already. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback.requirements import plain
from nlu.text import expand, fold, normalise, words

LONGEST = 120
"""Letters of one name."""
_PARTS = re.compile(r"[;\n]|,(?! \d)")
_AND = re.compile(r"\s(?:và|va|với|voi|cùng|and)\s", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:[-–•*+]|\d{1,2}[.)]|(?:(?:gửi|gui|bỏ|bo|ghi|kèm|kem|cho|còn|con) )?(?:thêm|them|nữa|nua)\b"
    r"|(?:có|co|và|va|cả|ca|với|voi) (?=\w+ \w))\s*",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:\s+(?:nữa|nua|nhé|nhe|nha|ạ|luôn|luon))+$", re.IGNORECASE)
_OFF = re.compile(
    r"(?:(?:thôi|thoi|cho|em|tôi|toi) )*(?:bỏ|bo|xóa|xoa|bớt|bot|không gửi|khong gui|không kèm|khong kem|remove|without)(?: bớt| bot| ra| đi)* (?P<name>.+?)"
    r"(?: (?:nữa|nua|ra|đi|di|nhé|nhe|nha|ạ|giúp em|giup em|ra khỏi (?:đó|danh sách)))*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:toi|em|minh|chi|anh|i) (?:\w+ ){0,2}(?:muon|can|cung|phai|se|dang|chua|khong|want|need)\b"
)
_KEYS = frozenset({"abc", "abcd", "xyz", "asd", "asdf", "qwe", "qwer", "qwerty", "test", "haha", "hihi", "blah"})


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a text, each without signs and words around it, and with a capital first."""
    found = (_cleaned(part) for part in _PARTS.split(text))
    return tuple(dict.fromkeys(one for one in found if one))


def taken_off(text: str) -> str:
    """Return the name that words take off the list ("bỏ giấy chứng sinh ra"); "" where they do not."""
    found = _OFF.fullmatch(normalise(text).strip(" .,!?"))
    return found["name"] if found else ""


def is_doubtful(name: str) -> bool:
    """Tell whether a name hardly names anything: one letter, "abc", "xxxx", a sentence about somebody."""
    said = fold(name)
    letters = [one for one in said if one.isalpha()]
    if len(letters) < 3 or len(set(letters)) < 2 or said in _KEYS or _SENTENCE.search(said):
        return True
    return not set(letters) & set("aeiouy")


def listed_in(name: str, listed: Sequence[str]) -> tuple[int, ...]:
    """Return the places in a list that a name means; several papers may stand in it, with "và" between them.

    Args:
        name: as it was typed, with or without accents, shortened or not.
        listed: names of the record.
    """
    place = _place(name, listed)
    if place is not None:
        return (place,)
    parts = [_place(one, listed) for one in _AND.split(name)]
    return tuple(one for one in parts if one is not None) if len(parts) > 1 and None not in parts else ()


def _place(name: str, listed: Sequence[str]) -> int | None:
    said, lines = _bare(name), [_bare(one) for one in listed]
    if not said:
        return None
    begins = [place for place, line in enumerate(lines) if line[: len(said)] == said]
    if len(said) == 1:
        initials = ["".join(word[0] for word in line) for line in lines]
        short = [place for place, one in enumerate(initials) if len(said[0]) > 1 and one.startswith(said[0])]
        return next(iter(begins if len(begins) == 1 else short), None)
    inside = [place for place, line in enumerate(lines) if set(said) <= set(line)]
    return next(iter(begins or inside), None)


def _bare(name: str) -> list[str]:
    return [part for word in expand(words(normalise(name))) for part in fold(word).split()]


def _cleaned(part: str) -> str:
    name = plain(part).strip(" .,:!?…")
    while (shorter := _BEHIND.sub("", _BEFORE.sub("", name))) != name:
        name = shorter.strip()
    name = name[:LONGEST].rstrip()
    return name[:1].upper() + name[1:]
