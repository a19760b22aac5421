"""Reads who answers when a citizen wants a person; a province writes its own file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.dialogue.flows.handing_over import Office
from bot.errors import BotError


class OfficeError(BotError):
    """The file about the office cannot be read."""


def load_office(path: Path | None) -> Office:
    """Read the office's file; without one, citizens are told of the one-stop shop and the national line.

    Args:
        path: YAML with ``place``, ``hours``, ``phone``, ``source`` and ``checked``, all of them text (the day may be
            a date), and ``wait_minutes``.

    Raises:
        OfficeError: the file is missing or has other fields; what it says must name its source and its day.
    """
    if path is None:
        return Office()
    try:
        office = msgspec.convert(_with_told_day(yaml.safe_load(path.read_text("utf-8"))), Office, strict=True)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise OfficeError(f"{path} is not a file about the office: {error}") from error
    if (office.hours or office.phone) and not (office.source and office.checked):
        raise OfficeError(f"{path}: hours and telephone need `source` and `checked` (the day they were compared)")
    if office.wait_minutes < 0:
        raise OfficeError(f"{path}: `wait_minutes` must not be below 0")
    return office


def _with_told_day(read: Any) -> Any:
    """Return what was read with its day as citizens are told it, where it was written as a date: 2026-11-26."""
    if not isinstance(read, dict):
        return read
    checked = read.get("checked")
    try:
        day = checked if isinstance(checked, date) else date.fromisoformat(str(checked))
    except ValueError:
        return read
    return {**read, "checked": f"{day:%d/%m/%Y}"}
