"""Reads dossier codes out of files that organisations send: CSV or XLSX, kept within limits, never stored."""

from __future__ import annotations

import asyncio
import itertools
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.channels.contract import Ref
from bot.dossiers.importing.errors import DossierFileError
from bot.dossiers.importing.workbook import sheet_names, sheet_rows
from bot.dossiers.organisations.ports import MOST_BYTES, MOST_CODES, Upload, UploadOutcome
from bot.dossiers.photos import FetchesFiles
from nlu.codes import CodeKind, find_codes

MOST_ROWS = 5000
MOST_CELLS = 200
"""Of a row."""
WAITING = 8
"""Files that may wait for their turn; more are sent away rather than heaped up."""
CELL = 500
"""Letters of a cell that are looked at."""
_DIVIDES = re.compile(r"[,;\t\"]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
_NO_TEXT = re.compile(rb"^%PDF|^\{\\rtf|[\x00-\x08\x0e-\x19\x1c-\x1f]")
"""Begins, or stands in, what is no table of text: older workbooks, papers, pictures, programs."""


class TooManyError(Exception):
    """A file has more rows or codes than are read."""


def codes_in_text(text: str) -> tuple[str, ...]:
    """Return the dossier codes in a text, each once, in their order. Pure."""
    found = (one.value for one in find_codes(text) if one.kind is CodeKind.DOSSIER)
    return tuple(dict.fromkeys(found))


def codes_in_file(content: bytes) -> Upload:
    """Return the dossier codes in a file, wherever in it they stand; formulas are text like any other."""
    if len(content) > MOST_BYTES:
        return Upload(UploadOutcome.TOO_LARGE)
    rows = _workbook_rows(content) if content.startswith(_ZIP) else _csv_rows(content)
    if not content.startswith((_ZIP, *_UTF16)) and _NO_TEXT.search(content):
        return Upload(UploadOutcome.NOT_READABLE)
    try:
        found = _codes(rows)
    except TooManyError:
        return Upload(UploadOutcome.TOO_MANY)
    except DossierFileError:
        return Upload(UploadOutcome.NOT_READABLE)
    return Upload(UploadOutcome.READ, found) if found else Upload(UploadOutcome.NO_CODES)


@dataclass
class Uploads:
    """Fetches files from their channels and reads them in a thread, one at a time."""

    fetchers: Mapping[str, FetchesFiles]
    """By name of the channel; those that are switched on may enter themselves later."""
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _asked: int = 0

    async def read(self, ref: Ref, file: str) -> Upload:
        """See ``ReadsUploads.read``."""
        fetcher = self.fetchers.get(ref.channel)
        found = await fetcher.fetch(file, MOST_BYTES) if fetcher is not None else None
        if found is None:
            return Upload(UploadOutcome.NOT_FETCHED)
        return Upload(UploadOutcome.TOO_LARGE) if found.too_large else await self.codes(found.content)

    async def codes(self, content: bytes) -> Upload:
        """Read a file that is here already, as the web chat brings it."""
        if self._asked > WAITING:
            return Upload(UploadOutcome.BUSY)
        self._asked += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(codes_in_file, content)
        finally:
            self._asked -= 1


def _codes(rows: Iterable[Iterable[Any]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise TooManyError
        for cell in itertools.islice(row, MOST_CELLS):
            if isinstance(cell, str):
                found.update(dict.fromkeys(codes_in_text(cell[:CELL])))
        if len(found) > MOST_CODES:
            raise TooManyError
    return tuple(found)


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    text = content.decode(encoding, "replace")
    # No code has one of these signs in it, so that it does not matter which of them divides the cells.
    yield from (_DIVIDES.split(line) for line in text.splitlines())


def _workbook_rows(content: bytes) -> Iterator[list[Any]]:
    """Yield the rows of a workbook's first sheet, read by a process that can take only so much memory and time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.xlsx"
        path.write_bytes(content)
        if not sheet_names(path):
            return
        yield from (cells for _, _, cells in sheet_rows(path, 0))
