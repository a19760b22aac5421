"""Reads what an official types about an organisation: its name, and the units whose dossiers it may see."""

from __future__ import annotations

import re

from bot.dossiers.organisations.tables import NAME_LENGTH, UNITS_LENGTH

_UNIT = re.compile(r"[A-Y]\d{2}(\.\d{1,3})*|\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}")


def name_of(text: str) -> str | None:
    """Return an organisation's name; ``None`` for what is none, or too long."""
    plain = " ".join(text.split())
    return plain if plain and len(plain) <= NAME_LENGTH and plain.isprintable() else None


def unit_of(text: str) -> str | None:
    """Return a unit's identifier such as H48 or H48.30.02; ``None`` for what is none."""
    plain = text.strip().upper()
    return plain if _UNIT.fullmatch(plain) and len(plain) <= UNITS_LENGTH else None
