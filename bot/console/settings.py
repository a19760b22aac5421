"""What can be set for the console; each field's variable is ``MOTCUA_CONSOLE_`` and its name in capitals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.accounts.account import SecondFactor
from bot.dossiers.settings_group import number, read_group

PREFIX = "MOTCUA_CONSOLE_"


@dataclass(frozen=True)
class ConsoleSettings:
    """How long sign-ins hold, who needs a second factor, how long traces are kept."""

    idle_minutes: int = 30
    """Minutes without a page after which one signs in again."""
    whole_hours: int = 10
    """Hours after which one signs in again in any case."""
    second_factor: SecondFactor = SecondFactor.PERSONAL
    """Who must have one: ``all``, ``personal`` (roles that see personal data, and administrators), or ``off`` for trials."""
    session_days: int = 30
    """Days for which it is kept from where somebody was signed in."""
    audit_days: int = 730
    """Days after which the reasons in the console's log are blanked; the log itself stays."""


def read_console(given: Mapping[str, str], problems: list[str]) -> ConsoleSettings:
    """Read the group; what cannot be read is added to the problems."""
    return ConsoleSettings(**read_group(given, _READERS, problems, PREFIX))


def _second_factor(raw: str) -> SecondFactor:
    if raw not in tuple(SecondFactor):
        raise ValueError(f"must be one of {', '.join(SecondFactor)}")
    return SecondFactor(raw)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "idle_minutes": number(1, 720),
    "whole_hours": number(1, 24),
    "second_factor": _second_factor,
    "session_days": number(1, 365),
    "audit_days": number(30, 36500),
}
