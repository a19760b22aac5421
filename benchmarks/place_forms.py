"""Makes ways of writing places from their official names: short, without accents, glued, with slips, old. Repeatable."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from nlu.components.twins import slip
from nlu.noise import SEED, telex_keys
from nlu.places.gazetteer import MOST_CANDIDATES
from nlu.places.place import Commune, Outcome, PlaceReading
from nlu.places.sources import Lists, OldCommune
from nlu.text import fold

HOUSE = "12 Lê Lợi"
_KINDS = {
    "Xã": ("x.", "x", "xa"),
    "Phường": ("p.", "P", "ph."),
    "Thị trấn": ("tt.", "TT", "tt"),
    "Đặc khu": ("đặc khu", "dac khu", "ĐK"),
}
_DISTRICTS = {"Huyện": ("h.", "H"), "Quận": ("q.", "Q"), "Thị xã": ("tx.", "TX"), "Thành phố": ("tp.", "TP")}
_CITIES = {
    "Hồ Chí Minh": ("tphcm", "tp hcm", "HCM"),
    "Hà Nội": ("hn", "tp hn"),
    "Hải Phòng": ("hp", "tp hp"),
    "Đà Nẵng": ("đn", "tp đn"),
    "Cần Thơ": ("tp ct", "ctho"),
    "Huế": ("tp huế", "TT Huế"),
}


@dataclass(frozen=True)
class Form:
    """A way of writing a place."""

    text: str
    style: str
    today: tuple[Commune, ...]
    """What it is today, the default part first."""
    shared: bool = False
    """Whether the words fit other places as well: then to be asked which is right too."""
    rest: str | None = None
    """House and street that must be left over; ``None`` where nothing is asked of them."""

    def is_read(self, reading: PlaceReading) -> bool:
        """Tell whether a reading is right."""
        if self.rest is not None and reading.rest != self.rest:
            return False
        if reading.outcome is Outcome.COMMUNE:
            return reading.commune == self.today[0] and len(self.today) == 1
        if reading.outcome is not Outcome.SEVERAL:
            return False
        if self.shared:
            return self.today[0] in reading.candidates or len(reading.candidates) == MOST_CANDIDATES
        return len(self.today) > 1 and reading.candidates[0] == self.today[0]


def kind_of(name: str) -> tuple[str, str]:
    """Part an official name: "Thị trấn Ba Tơ" → ("Thị trấn", "Ba Tơ")."""
    found = re.match(r"(Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã|Thành phố|Tỉnh)\s+(.+)", name, re.IGNORECASE)
    return (found[1].capitalize(), found[2]) if found else ("", name)


class Maker:
    """Makes forms of places drawn by chance."""

    def __init__(self, lists: Lists, seed: int = SEED) -> None:
        self._lists = lists
        self._chance = Random(seed)
        plain = [fold(kind_of(one.name)[1]) for one in lists.communes]
        self._in_country = Counter(plain)
        self._in_province = Counter(zip((one.province.code for one in lists.communes), plain, strict=True))
        self._old_names = Counter(_old_name(one, style) for style in OLD for one in lists.old_communes)
        self._olds = {one.today[0].code: one for one in lists.old_communes}

    def forms(self, each: int) -> Iterator[Form]:
        """Yield ``each`` forms of every style."""
        for style in TODAY:
            for commune in self._chance.sample(self._lists.communes, each):
                yield self._form(style, commune)
        for style in OLD:
            for old in self._chance.sample(self._lists.old_communes, each):
                yield self._old_form(style, old)

    def every(self) -> Iterator[Form]:
        """Yield the official name of every place, today's and old."""
        for commune in self._lists.communes:
            yield replace(self._form("official", commune), style="official, every one")
        for old in self._lists.old_communes:
            yield replace(self._old_form("old, full", old), style="old, every one")

    def _old_form(self, style: str, old: OldCommune) -> Form:
        province = self._lists.old_provinces[old.district.province][0]
        shared = self._old_names[_old_name(old, style)] > 1
        return Form(OLD[style](self._chance, old, province), style, old.today, shared)

    def _form(self, style: str, commune: Commune) -> Form:
        plain = fold(kind_of(commune.name)[1])
        count = self._in_country[plain] if style == "no province" else self._in_province[commune.province.code, plain]
        old = self._olds.get(commune.code)
        province = (
            self._lists.old_provinces[old.district.province][0]
            if style == "old province" and old
            else commune.province.name
        )
        text = TODAY[style](self._chance, commune, province)
        return Form(text, style, (commune,), count > 1, HOUSE if style == "house and street" else None)


def _old_name(old: OldCommune, style: str) -> tuple[str, str, str]:
    """Return what a style says of an old commune: communes of which it says the same cannot be told apart."""
    place = fold(old.district.name) if style == "old, no province" else old.district.key
    return style, fold(kind_of(old.name)[1]), place


Write = Callable[[Random, Commune, str], str]
OldWrite = Callable[[Random, OldCommune, str], str]


def _short_province(chance: Random, province: str) -> str:
    name = kind_of(province)[1]
    if name in _CITIES:
        return chance.choice(_CITIES[name])
    words = name.split()
    return f"{words[0][0]}{words[-1]}".lower() if len(words) == 2 else name


def _official(chance: Random, commune: Commune, province: str) -> str:
    return f"{commune.name}, {province}"


def _accentless(chance: Random, commune: Commune, province: str) -> str:
    return fold(f"{commune.name} {chance.choice((province, kind_of(province)[1]))}")


def _short(chance: Random, commune: Commune, province: str) -> str:
    kind, name = kind_of(commune.name)
    text = f"{chance.choice(_KINDS[kind])} {name}{chance.choice((', ', ' ', ' - '))}{_short_province(chance, province)}"
    return chance.choice((text, fold(text)))


def _slip(chance: Random, commune: Commune, province: str) -> str:
    kind, name = kind_of(commune.name)
    for _ in range(20):
        wrong = slip(fold(name), chance)
        if wrong != fold(name) and len(name) > 4:
            return f"{fold(kind)} {wrong} {fold(kind_of(province)[1])}"
    return fold(f"{commune.name} {province}")


def _bare(chance: Random, commune: Commune, province: str) -> str:
    _, name = kind_of(commune.name)
    said = commune.name if name[0].isdigit() else name
    text = f"{said}{chance.choice((', ', ' ', ' - '))}{kind_of(province)[1]}"
    return chance.choice((text, text.lower(), fold(text)))


def _reversed(chance: Random, commune: Commune, province: str) -> str:
    return f"{province}, {commune.name}"


def _glued(chance: Random, commune: Commune, province: str) -> str:
    kind, name = kind_of(commune.name)
    plain = re.sub(r"[^\w]", "", fold(name))
    return f"{fold(kind)} {plain} {fold(kind_of(province)[1]).replace(' ', '')}"


def _sentence(chance: Random, commune: Commune, province: str) -> str:
    before = chance.choice(("dạ em ở", "mình gửi về", "địa chỉ là", "nhận kết quả tại", "cho tôi gửi tới"))
    return f"{before} {commune.name.lower()} {province.lower()} {chance.choice(('ạ', 'nhé', 'nha em', ''))}".strip()


def _house(chance: Random, commune: Commune, province: str) -> str:
    return f"{HOUSE}, {commune.name}, {province}"


def _telex(chance: Random, commune: Commune, province: str) -> str:
    return " ".join(
        telex_keys(word) if chance.random() < 0.4 else word for word in f"{commune.name} {province}".lower().split()
    )


def _old_full(chance: Random, old: OldCommune, province: str) -> str:
    return ", ".join(dict.fromkeys((old.name, old.district.name, province)))


def _old_short(chance: Random, old: OldCommune, province: str) -> str:
    kind, name = kind_of(old.name)
    district, town = kind_of(old.district.name)
    short = chance.choice(_KINDS.get(kind) or _DISTRICTS[kind])
    text = f"{short} {name}, {chance.choice(_DISTRICTS[district])} {town}, {kind_of(province)[1]}"
    return chance.choice((text, fold(text), fold(text.replace(",", ""))))


def _old_plain(chance: Random, old: OldCommune, province: str) -> str:
    return fold(f"{old.name} {old.district.name}")


TODAY: dict[str, Write] = {
    "official": _official, "without accents": _accentless, "short": _short, "one slip": _slip, "no kind": _bare, "turned round": _reversed,
    "glued": _glued, "in a sentence": _sentence, "house and street": _house, "Telex keys": _telex,
    "no province": lambda chance, commune, province: commune.name, "old province": _official,
}  # fmt: skip
OLD: dict[str, OldWrite] = {"old, full": _old_full, "old, short": _old_short, "old, no province": _old_plain}
