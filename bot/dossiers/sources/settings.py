"""What can be set for sources of dossiers and for watching them: variables ``MOTCUA_DOSSIER_`` and a name in capitals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.dossiers.settings_group import read_group
from bot.dossiers.sources.mapping import SECRET_PREFIX
from bot.dossiers.watching.quiet import QuietHours, parse_quiet
from bot.secret import Secret


@dataclass(frozen=True)
class SourceSettings:
    """Sources, their secrets, and the manners of notices."""

    sources: Path | None = None
    """YAML file that describes the one-stop systems; without it the database alone knows dossiers."""
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    """Every variable whose name begins with ``MOTCUA_DOSSIER_SECRET_``, which that file may name."""
    quiet: QuietHours = field(default_factory=QuietHours)
    """Hours in which nobody is told anything, by Vietnam's clock: ``21:00-07:00``, or ``none``."""
    watch_days: int = 30
    """Days for which a dossier is still watched once its result is ready."""


def read_sources_settings(given: Mapping[str, str], problems: list[str]) -> SourceSettings:
    """Read the group; what cannot be read is added to the problems."""
    found = read_group(given, _READERS, problems)
    secrets = {name: Secret(raw) for name, raw in given.items() if name.startswith(SECRET_PREFIX) and raw}
    return SourceSettings(**found, secrets=secrets)


def _days(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 366:
        raise ValueError("must be a number of days from 1 to 366")
    return int(raw)


_READERS: Mapping[str, Callable[[str], Any]] = {"sources": Path, "quiet": parse_quiet, "watch_days": _days}
