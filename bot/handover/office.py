"""Reads who answers when a citizen wants a person; a province writes its own file."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from bot.dialogue.flows.handing_over import Office
from bot.errors import BotError
from feedback.file_faults import FileFault, FileFaultsError
from feedback.file_reading import UnreadableFileError, read_plain, read_shape


class OfficeError(BotError, FileFaultsError):
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
        text = path.read_text("utf-8")
        named, office = read_plain(text), read_shape(text, Office)
    except (OSError, UnicodeDecodeError) as error:
        raise OfficeError(f"{path} is not a file about the office: {error}") from error
    except UnreadableFileError as error:
        raise OfficeError(f"{path} is not a file about the office: {error}", [error.fault]) from error
    if named is None:
        empty = FileFault("person.empty", "is empty")
        raise OfficeError(f"{path} {empty.said}", [empty])
    known = [one.name for one in fields(Office)]
    faults = [
        FileFault("shape.unknown", f"unknown field `{name}`", name, values={"place": "", "expected": ", ".join(known)})
        for name in named
        if name not in known
    ]
    if (office.hours or office.phone) and not (office.source and office.checked):
        said = "hours and telephone need `source` and `checked` (the day they were compared)"
        faults.append(FileFault("person.source", said))
    if office.wait_minutes < 0:
        faults.append(FileFault("person.wait", "`wait_minutes` must not be below 0", "wait_minutes"))
    if faults:
        raise OfficeError(f"{path}: " + "; ".join(one.said for one in faults), faults)
    return replace(office, checked=_as_told(office.checked))


def _as_told(day: str) -> str:
    """Return a day as citizens read it, however it is written."""
    try:
        return f"{date.fromisoformat(day):%d/%m/%Y}"
    except ValueError:
        return day
