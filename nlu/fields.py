"""Fields (lĩnh vực) as people call them: tells a message that names a whole field and no service in it. Pure but for reading.

It is strict: only what comes down to the field's everyday name, once the asking words are off it, opens a field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from nlu.errors import NluError
from nlu.text import expand, fold, normalise, words

FIELDS = Path(__file__).with_name("data") / "fields.yml"

_HEAD = (
    "da", "vang", "a", "oi", "xin", "chao", "anh", "chi", "em", "ad", "ban", "toi", "minh", "con", "chau",
    "tui", "bac", "co", "chu", "cho", "hoi", "biet", "xem", "chut", "ti", "tham", "dang", "can", "muon", "duoc",
    "giup", "cac", "nhung", "ve", "den", "viec", "thuoc", "ben", "cua", "lam", "gom", "mang",
)  # fmt: skip
"""Words that may stand before the field; with those of ``_NOUNS`` and ``_PHRASES`` and nothing else."""
_NOUNS = ("thu tuc", "giay to", "ho so", "linh vuc")
"""What "làm" and "xin" may have for an object without naming a service: "làm giấy tờ xe", but not "làm căn cước"."""
_PHRASES = (
    "hanh chinh", "van de", "lien quan", "tim hieu", "tu van", "huong dan", "liet ke", "danh sach", "tat ca", "mot so",
    "vui long", "lam on", "xin chao", "cong viec",
)  # fmt: skip
_TAIL = (
    "a", "nhe", "nha", "voi", "di", "oi", "giup", "em", "toi", "minh", "gom", "co", "nhung", "cac", "gi", "nao", "thu tuc",
    "lam", "the nao", "nhu the nao", "can", "can biet", "vay", "ra sao", "can giay to gi", "can nhung giay to gi", "o dau",
    "bao lau", "mat", "het", "bao nhieu", "tien", "lam sao",
)  # fmt: skip
"""What may stand behind it: "hộ tịch có những thủ tục gì ạ"."""
_SURE = frozenset((*_NOUNS, "hoi", "ve", "mang", "lien quan", "tim hieu", "tu van", "ben"))
"""What shows that a message speaks of a field although something else is under discussion."""


class FieldsError(NluError):
    """``fields.yml`` cannot be read."""


class Popular(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A procedure that people ask for."""

    code: str
    title: str
    """What people call it."""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field as people call it."""

    id: str
    say: tuple[str, ...]
    fields: tuple[str, ...]
    """Its names in the catalogue."""
    groups: tuple[tuple[Popular, ...], ...]
    """What people ask for most, those that belong together in one group."""

    @property
    def name(self) -> str:
        """What it is called in an answer."""
        return self.say[0]

    @property
    def popular(self) -> tuple[Popular, ...]:
        """All groups in one row."""
        return tuple(one for group in self.groups for one in group)


@dataclass(frozen=True)
class Fields:
    """All fields."""

    known: tuple[Field, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {_plain(said): field for field in self.known for said in field.say}

    def named(self, text: str, *, surely: bool = False) -> Field | None:
        """Return the field that a message names, if it names nothing else.

        Args:
            text: the message; what it asks about the field ("cần giấy tờ gì") does not count.
            surely: while something is under discussion, the bare name is not enough: "cho trẻ em" may go on about that.
        """
        for head, said in _readings(_plain(text).split()):
            if said in self._by_name and (not surely or _SURE & set(head)):
                return self._by_name[said]
        return None


def load_fields(path: Path = FIELDS) -> Fields:
    """Read the fields.

    Raises:
        FieldsError: the file is not as it should be.
    """
    try:
        found = msgspec.yaml.decode(path.read_bytes(), type=tuple[Field, ...])
    except (OSError, msgspec.MsgspecError) as error:
        raise FieldsError(f"{path} cannot be read: {error}; see its first lines for its form") from error
    return Fields(found)


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in expand(words(normalise(text))))


def _readings(parts: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give what a message may be about with what stands before it, the longest first: "giấy tờ xe" before "xe"."""
    heads = _reached(parts, _STARTS)
    tails = _reached(parts[::-1], _ENDS)
    for start, head in sorted(heads.items()):
        if not _asks(head):
            continue
        for left in sorted(tails):
            if start < len(parts) - left:
                yield head, " ".join(parts[start : len(parts) - left])


def _asks(head: Sequence[str]) -> bool:
    """Tell whether the words before a field ask about it, and want nothing done: neither "làm …" nor "cho con …"."""
    nouns = set(_NOUNS) & set(head)
    return bool(nouns) or not {"lam", "xin", "cho"} & set(head) or bool({"hoi", "biet", "xem"} & set(head))


def _reached(parts: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Return how many words from the beginning consist of these phrases alone, with the phrases."""
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for place in range(len(parts)):
        for phrase in phrases if place in reached else ():
            if tuple(parts[place : place + len(phrase)]) == phrase:
                reached.setdefault(place + len(phrase), (*reached[place], " ".join(phrase)))
    return reached


_STARTS = sorted((tuple(one.split()) for one in (*_HEAD, *_NOUNS, *_PHRASES)), key=len, reverse=True)
_ENDS = tuple(tuple(one.split()[::-1]) for one in _TAIL)
