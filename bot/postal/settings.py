"""What can be set for the public postal service; each field's variable is ``MOTCUA_POSTAL_`` and its name in capitals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.dossiers.settings_group import read_group

PREFIX = "MOTCUA_POSTAL_"


@dataclass(frozen=True)
class PostalSettings:
    """Where the agency's lists lie, which map is linked, how long slips and questions are kept."""

    file: Path | None = None
    """YAML file with the agency's procedures, price lists and weights (docs/postal.md)."""
    map_url: str = "https://www.google.com/maps/search/?api=1&query={place}"
    """Address of a map; ``{place}`` becomes latitude and longitude, or the address in words."""
    home: str = ""
    """Name of the province whose offices this installation serves: papers go there unless somebody says otherwise; empty asks."""
    request_days: int = 30
    """How long a slip (phiếu gửi hồ sơ) is kept since it was last touched."""
    asked_days: int = 90
    """How long single questions about the post are kept, which name nobody; the counts of each day stay."""


def read_postal(given: Mapping[str, str], problems: list[str]) -> PostalSettings:
    """Read the group; what cannot be read is added to the problems."""
    return PostalSettings(**read_group(given, _READERS, problems, PREFIX))


def _map_url(raw: str) -> str:
    if not raw.startswith("https://") or raw.count("{place}") != 1 or raw.count("{") != 1:
        raise ValueError("must start with https:// and hold {place} once")
    return raw


def _days(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 365:
        raise ValueError("must be a number of days from 1 to 365")
    return int(raw)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "file": Path,
    "map_url": _map_url,
    "home": str,
    "request_days": _days,
    "asked_days": _days,
}
