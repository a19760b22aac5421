"""Reads a file of post offices with the places that the program knows."""

from __future__ import annotations

from pathlib import Path

from bot.dossiers.importing.reading import Progress
from bot.postal.office import PostOffice
from bot.postal.office_file import OfficeReading
from nlu.places.gazetteer import load_gazetteer


def read_offices(file: Path, source: str, as_of: str, progress: Progress) -> tuple[OfficeReading, list[PostOffice]]:
    """Return the offices of a file, and the reading with what it found wrong or unclear.

    Args:
        file: one of the formats of ``motcua postal offices import``.
        source: who made the list.
        as_of: ISO day on which it stood so.
        progress: told as reading goes on.

    Raises:
        PostalFileError: the file cannot be read as a whole.
    """
    reading = OfficeReading(load_gazetteer(), source, as_of)
    return reading, reading.read(file, progress)
