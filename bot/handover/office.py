"""Reads who answers when a citizen wants a person; a province writes its own file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import yaml

from bot.dialogue.flows.handing_over import Office
from bot.errors import BotError


class OfficeError(BotError):
    """The file about the office cannot be read."""


def load_office(path: Path | None) -> Office:
    """Read the office's file; without one, citizens are told of the one-stop shop and the national line.

    Args:
        path: YAML with ``place``, ``hours``, ``phone``, ``source`` and ``checked``, all of them text.

    Raises:
        OfficeError: the file is missing or has other fields; what it says must name its source and its day.
    """
    if path is None:
        return Office()
    try:
        office = msgspec.convert(yaml.safe_load(path.read_text("utf-8")), Office, strict=True)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise OfficeError(f"{path} is not a file about the office: {error}") from error
    if (office.hours or office.phone) and not (office.source and office.checked):
        raise OfficeError(f"{path}: hours and telephone need `source` and `checked` (the day they were compared)")
    return office
