"""Which unit of the office file a citizen names: only where the words surely are its name. Pure."""

from __future__ import annotations

from datetime import date

from feedback.office import Office
from nlu.text import expand, fold, normalise, words

SHORTEST = 2
"""Words of a name that is looked for within others."""


def agency_in(office: Office, said: str, day: date) -> str:
    """Return the code of the unit, or of the office itself, whose whole name stands in the words; empty for none, or several.

    "UBND phường Tân Lập" is "Ủy ban nhân dân phường Tân Lập", with or without accents. A name within a longer one that
    stands there as well ("Sở Y tế" in "Thanh tra Sở Y tế") is not meant.
    """
    asked = f" {plain_name(said)} "
    named = {office.code: office.name, **{unit.code: unit.name for unit in office.units if unit.holds(day)}}
    found = {
        code: f" {plain} "
        for code, name in named.items()
        if code and len((plain := plain_name(name)).split()) >= SHORTEST
    }
    found = {code: plain for code, plain in found.items() if plain in asked}
    outer = {
        code for code, plain in found.items() if not any(plain in other for other in found.values() if other != plain)
    }
    return outer.pop() if len(outer) == 1 else ""


def plain_name(text: str) -> str:
    """Return a name without accents and capitals, its short forms written out."""
    return " ".join(fold(word) for word in expand(words(normalise(text))))
