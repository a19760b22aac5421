"""Links that open the bot at one procedure: ``t.me/<bot>?start=tt_1-001193``. Pure.

Telegram passes at most 64 letters, digits, ``_`` and ``-``; choice ids (``tt:1.001193``) have dots and colons.
"""

from __future__ import annotations

import re

MAX_PAYLOAD = 64
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_CHOICE = re.compile(r"tt:([A-Za-z0-9.]+)(?::([a-z_]+))?", re.ASCII)
_WRITTEN = re.compile(r"tt_([A-Za-z0-9-]+)(?:_([a-z_]+))?", re.ASCII)


def start_parameter(choice: str) -> str | None:
    """Return the start parameter for a choice id; ``None`` when it cannot be carried by a link."""
    found = _CHOICE.fullmatch(choice)
    if found is None:
        return None
    code, aspect = found[1].replace(".", "-"), found[2]
    parameter = f"tt_{code}_{aspect}" if aspect else f"tt_{code}"
    return parameter if len(parameter) <= MAX_PAYLOAD else None


def start_payload(parameter: str) -> str:
    """Return what a start parameter stands for: a choice id, or the parameter itself (a resume code); empty for neither."""
    found = _WRITTEN.fullmatch(parameter)
    if found is not None:
        code, aspect = found[1].replace("-", "."), found[2]
        return f"tt:{code}:{aspect}" if aspect else f"tt:{code}"
    return parameter if _PAYLOAD.fullmatch(parameter) else ""


def start_link(bot: str, choice: str) -> str | None:
    """Return the link that opens a bot (its user name) at a choice; ``None`` when it cannot be carried."""
    parameter = start_parameter(choice)
    return None if parameter is None else f"https://t.me/{bot}?start={parameter}"
