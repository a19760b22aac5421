"""What can be set for access to dossiers; each field's variable is ``MOTCUA_DOSSIER_`` and its name in capitals."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.dossiers.settings_group import flag, number, read_group
from bot.secret import Secret

CONSOLE = "console"


@dataclass(frozen=True)
class AccessSettings:
    """Limits, times, and who carries one-time codes."""

    codes_a_day: int = 10
    """Different codes that one conversation may ask about in a day without a proof: a code can be guessed by counting on,
    and who has more dossiers than that is an organisation with a token of its own."""
    source_codes_a_day: int = 300
    """The same for one network address, behind which many people may be."""
    open_codes_an_hour: int = 20_000
    """The same for all of the web chat, where a new conversation costs nothing."""
    access_minutes: int = 30
    """For how long a proven applicant sees the dossier."""
    code_minutes: int = 10
    """For how long a one-time code is good."""
    lookup_days: int = 365
    """For how long it is kept when a dossier was looked at."""
    alert_days: int = 365
    """For how long alerts about tried-out codes are kept."""
    agencies_file: Path | None = None
    """YAML list of the agencies for which the second fact alone is enough, each with the document that decides it."""
    sms_url: str = ""
    """Address of the SMS gateway; without it and without ``codes_to`` no one-time codes are sent."""
    sms_method: str = "POST"
    sms_headers: Mapping[str, str] = field(default_factory=dict)
    """JSON object."""
    sms_body: str = ""
    """JSON, or pairs as of a form; see ``sms.gateway.Gateway`` for what is filled in."""
    sms_good: str = ""
    """What the gateway's answer contains when it took the message; empty: its status tells."""
    sms_seconds: int = 10
    """How long the gateway may take."""
    sms_secret: Secret | None = None
    """Filled in for ``{secret}``."""
    sms_accents: bool = False
    """Whether messages are written with accents: one SMS then holds 70 characters instead of 160, and says less."""
    sms_notices: bool = True
    """Whether who watches a dossier may have an SMS sent when a notice does not reach them; each costs the agency one."""
    codes_to: str = ""
    """For development alone: ``console``, or a file to which codes are written instead of being sent."""


def read_access(given: Mapping[str, str], problems: list[str]) -> AccessSettings:
    """Read the group; what cannot be read is added to the problems."""
    found = read_group(given, _READERS, problems)
    if found.get("sms_url") and found.get("codes_to"):
        problems.append("MOTCUA_DOSSIER_SMS_URL and MOTCUA_DOSSIER_CODES_TO exclude each other: the latter shows codes")
    return AccessSettings(**found)


def _gateway(raw: str) -> str:
    if not raw.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return raw


def _method(raw: str) -> str:
    if raw.upper() not in ("GET", "POST", "PUT"):
        raise ValueError("must be GET, POST or PUT")
    return raw.upper()


def _headers(raw: str) -> Mapping[str, str]:
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ValueError("must be a JSON object of texts")
    return found


def _body(raw: str) -> str:
    if raw.startswith(("{", "[")):
        try:
            json.loads(raw)
        except ValueError as error:
            raise ValueError("begins like JSON and is none") from error
    return raw


_READERS: Mapping[str, Callable[[str], Any]] = {
    "codes_a_day": number(1, 1000),
    "source_codes_a_day": number(1, 1_000_000),
    "open_codes_an_hour": number(1, 10_000_000),
    "access_minutes": number(1, 1440),
    "code_minutes": number(1, 60),
    "lookup_days": number(1, 3660),
    "alert_days": number(1, 3660),
    "agencies_file": Path,
    "sms_url": _gateway,
    "sms_method": _method,
    "sms_headers": _headers,
    "sms_body": _body,
    "sms_good": str,
    "sms_seconds": number(1, 60),
    "sms_secret": Secret,
    "sms_accents": flag,
    "sms_notices": flag,
    "codes_to": str,
}
