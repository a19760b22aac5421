"""Reads untyped JSON of a platform without ever believing its form. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:=+-]{1,100}")
"""Ids are digits today; anything that could be an opaque token is taken, nothing else."""


def json_object(raw: bytes) -> Mapping[str, Any]:
    """Return the JSON object; an empty one for anything else."""
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}
    return mapping(found)


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object's fields; none for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> Sequence[Any]:
    """Return a list's items; none for anything else."""
    return value if isinstance(value, list) else ()


def words(value: object, most: int = 4000) -> str:
    """Return a text, cut to a sane length; empty for anything else."""
    return value[:most] if isinstance(value, str) else ""


def identifier(value: object) -> str:
    """Return an id; numbers are taken as their digits. Empty for what cannot be one."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        value = str(value)
    return value if isinstance(value, str) and _IDENTIFIER.fullmatch(value) else ""
