"""What ``t.me/<bot>?start=tt_1-001193`` carries: Telegram's start parameters allow no dot, procedure codes have them. Pure."""

from __future__ import annotations

import re

PROCEDURE = "tt_"
"""What the parameters of our own links to a procedure begin with."""
_PARAMETER = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
"""What Telegram passes, and the dots of a code that somebody types behind ``/start``."""


def start_payload(parameter: str) -> str:
    """Return a start parameter as the dialogue reads it, the code with its dots; empty for what is no parameter."""
    if _PARAMETER.fullmatch(parameter) is None:
        return ""
    return parameter.replace("-", ".") if parameter.startswith(PROCEDURE) else parameter
