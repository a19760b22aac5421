"""Reads settings whose names begin alike, such as ``MOTCUA_DOSSIER_``; each part of a module knows its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

PREFIX = "MOTCUA_DOSSIER_"


def read_group(
    given: Mapping[str, str], readers: Mapping[str, Callable[[str], Any]], problems: list[str], prefix: str = PREFIX
) -> dict[str, Any]:
    """Return the settings that are given, by their names in small letters and without the prefix.

    Args:
        given: the environment, with the files that stand behind it.
        readers: reads each setting; raises ``ValueError`` with what it must be.
        problems: what cannot be read is added to them.
        prefix: of the group.
    """
    found: dict[str, Any] = {}
    for name, read in readers.items():
        variable = f"{prefix}{name.upper()}"
        raw = given.get(variable, "").strip()
        if not raw:
            continue
        try:
            found[name] = read(raw)
        except ValueError as error:
            problems.append(f"{variable} {error}")
    return found


def number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number within bounds."""

    def read(raw: str) -> int:
        if not raw.isdecimal() or not least <= int(raw) <= most:
            raise ValueError(f"must be a number from {least} to {most}")
        return int(raw)

    return read


def flag(raw: str) -> bool:
    """Read what is switched on or off.

    Raises:
        ValueError: it is neither 1 nor 0.
    """
    if raw not in ("0", "1"):
        raise ValueError("must be 1 or 0")
    return raw == "1"
