"""Reads where a journey by post begins and ends from answers in words, and says what became of old names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.texts import Texts
from bot.dialogue.typed_answers import asks_something
from bot.postal.ports import ReadsPlaces
from nlu.places.place import Commune, Outcome, PlaceReading, Province
from nlu.text import expand, fold, normalise

LONGEST = 25
"""Words beyond which nobody answers where they are."""
_TO_WORDS = r"(?:den|toi|di|ra|vao|ve|len|xuong|sang)"
_ROUTES = (
    re.compile(rf"\btu (?P<origin>.+?) {_TO_WORDS} (?P<target>.+)"),
    re.compile(
        rf"\b(?:o|tai) (?P<origin>(?!dau\b).+?) (?:(?:muon|can|dinh) )?(?:gui|nop|ship|chuyen)(?: \w+){{0,3}}? {_TO_WORDS} (?P<target>(?!nha\b|tan\b|ca\b).+)"
    ),
    re.compile(r"\bfrom (?P<origin>.+?) to (?P<target>.+)"),
)
_FROM = re.compile(r"\b(?:tu|from) (?P<origin>.+)")
_TO = re.compile(
    rf"\b(?:gui|nop|ship|chuyen|giao|cuoc)(?: \w+){{0,3}}? {_TO_WORDS} (?P<target>(?!nha\b|tan\b|ca\b).+)|\bsend(?: \w+){{0,3}}? to (?P<abroad>.+)"
)
_SENT_TO = re.compile(rf"\b(?:gui|ship|chuyen|giao)(?: \w+){{0,3}}? (?:qua|{_TO_WORDS}) (?P<target>(?!buu\b|nha\b).+)")
_TAIL = re.compile(
    r"[ ,.?!]+(?:thi|la bao|het|mat bao|ton (?:bao|nhieu)|het nhieu|bao nhieu|nhieu (?:tien|khong)|bao lau|may (?:tien|ngay)|cuoc|gia (?:bao|the)|phi bao|nang (?:khoang|co|nua|mot|hai|ba|tam|\d+\w*)"
    r"|khoang \d+\w*|duoc khong|cho (?:em|anh|chi|toi)|(?:qua|bang) buu|vay|nhe|nhi|how|please|by post)\b.*$"
)
"""What stands behind a place; no word alone that a place may be called by: "Gia Lai", "Đà Nẵng"."""
_COMMUNE = re.compile(r"(?:Xã|Phường|Thị trấn|Đặc khu)\b")
"""How the full name of a former commune begins; the others were provinces."""
_NO_PLACE = re.compile(r"(?:a |o |em |toi )*(?:nham|sai|khong phai|khong|thoi)(?: roi| a| nhe)*")
"""Takes an answer back; there are communes of such names."""
_SAME = re.compile(
    r"\b(?:(?:cung|trong|chung|mot)(?: mot)? tinh|(?<!tan )(?<!giao )noi tinh|same province|within the province)\b"
)
_OTHER = re.compile(r"\b(?:khac tinh|tinh khac|lien tinh|ngoai tinh|other province|another province)\b")


def distance_said(text: str) -> str:
    """Return "same" or "other" for a message that tells how far it goes without naming a place; else ""."""
    said = fold(normalise(text))
    return "same" if _SAME.search(said) else "other" if _OTHER.search(said) else ""


def route_in(text: str) -> tuple[str, str]:
    """Return the words that tell from where and to where a message speaks of; empty ones where it does not."""
    written = normalise(text)
    said = fold(written)
    if len(said) != len(written):
        written = said  # rare letters that fold to more than one: the words without accents are read as well
    found = next((one for pattern in _ROUTES if (one := pattern.search(said))), None)
    if found is not None:
        return _place(written, said, *found.span("origin")), _place(written, said, *found.span("target"))
    origin, target = _FROM.search(said), _TO.search(said)
    return (
        _place(written, said, *origin.span("origin")) if origin else "",
        _place(written, said, *target.span(target.lastgroup or 0)) if target and not origin else "",
    )


def _place(written: str, said: str, start: int, end: int) -> str:
    tail = _TAIL.search(said[start:end])
    return written[start : start + tail.start() if tail else end].strip(" ,.?!")


def places_said(places: ReadsPlaces, text: str) -> tuple[str, str]:
    """Return the words from ``route_in`` that are places indeed."""
    origin, target = (words if words and is_place(places, words) else "" for words in route_in(text))
    return origin, target


def goes_abroad(places: ReadsPlaces, text: str) -> bool:
    """Tell whether a message asks to send something to a place outside Vietnam."""
    written = expand(normalise(text).lower().split())
    said = " ".join(fold(word) for word in written)
    found = _SENT_TO.search(said)
    if found is None:
        return False
    before, named = said[: found.start("target")].split(), _TAIL.sub("", found["target"]).split()
    target = " ".join(written[len(before) : len(before) + len(named)]).strip(" ,.?!")
    return places.read(f"nước {target}").outcome is Outcome.ABROAD  # so that "duc" may be a country too


def is_place(places: ReadsPlaces, words: str) -> bool:
    """Tell whether words name a place."""
    return places.read(words).outcome is not Outcome.NONE


def place_words(places: ReadsPlaces, text: str) -> str | None:
    """Return the words of an answer that names a place, wherever in the world; ``None`` for any other message."""
    said = normalise(text)
    if not said or len(said.split()) > LONGEST or asks_something(text) or _NO_PLACE.fullmatch(fold(said).strip(" .!")):
        return None
    origin, target = route_in(said)
    said = origin or target or said
    return said if is_place(places, said) else None


@dataclass(frozen=True)
class Where:
    """A place as it was understood."""

    reading: PlaceReading
    commune: Commune | None = None
    province: Province | None = None

    @property
    def abroad(self) -> bool:
        """Whether it is outside Vietnam."""
        return self.reading.outcome is Outcome.ABROAD

    @property
    def name(self) -> str:
        """Its name, the smaller part first."""
        parts = (self.commune.name if self.commune else "", self.province.name if self.province else "")
        return ", ".join(part for part in parts if part)


def where(places: ReadsPlaces, said: str, picked: str = "") -> Where:
    """Understand an answer.

    Args:
        places: reads it.
        said: the words.
        picked: code of the commune that was chosen among several.
    """
    reading = places.read(said)
    chosen = next((one for one in reading.candidates if one.code == picked), reading.commune)
    return Where(reading, chosen, chosen.province if chosen else reading.province)


def told_of(texts: Texts, found: Where) -> list[str]:
    """Return what the person should know of how a place was understood: old names, districts, a guess."""
    reading, render = found.reading, texts.render
    said = []
    communes = [one.name for one in reading.former if _COMMUNE.match(one.name)]
    provinces = [one.name for one in reading.former if one.name not in communes]
    if communes and found.commune:
        said.append(render("utter_place_now", old=_joined(communes), now=found.name))
    elif reading.former and found.province:
        said.append(render("utter_place_now_in", old=_joined(communes or provinces), now=found.province.name))
    elif reading.districts:
        said.append(render("utter_place_no_districts", districts=_joined(reading.districts)))
    if reading.unknown and found.province:
        said.append(render("utter_place_unknown", name=reading.unknown, province=found.province.name))
    if reading.guessed and found.name and not reading.former:
        said.append(render("utter_place_guessed", name=found.name))
    return said


def _joined(names: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(names))
