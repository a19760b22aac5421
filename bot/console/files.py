"""Files that pages give: nobody's cache keeps them, and each says what the console's log notes of it before it leaves."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.spreadsheets import Cell, csv_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
TAKEN = web.ResponseKey("taken", object)
"""What of a response is noted: a ``Taken``, or ``NOTED``."""
NOTED = "noted"
"""Of a file that its page noted itself, in the transaction in which it was read."""


@dataclass(frozen=True)
class Taken:
    """What the log says of a file."""

    what: str
    """In Vietnamese, with its form: ``Sổ theo dõi (XLSX)``; nothing that tells who a citizen is."""
    period: str = ""
    rows: int | None = None
    """``None`` for what is not counted in rows."""
    why: str = field(default="", repr=False)
    """The reason that was asked for, or what else narrowed it; kept sealed."""

    @property
    def about(self) -> str:
        """The same in one line."""
        count = "" if self.rows is None else f"{self.rows} dòng"
        return ", ".join(part for part in (self.what, self.period, count) if part)


class Streamed(web.StreamResponse):
    """A file that goes out while it is made; however large it is, little of it is in memory at once."""

    def __init__(self, name: str, kind: str, chunks: AsyncGenerator[bytes, None], taken: Taken) -> None:
        """Take what is sent; nothing of it is made before ``send``."""
        super().__init__(headers={**headers(name), "Content-Type": kind})
        self[TAKEN] = taken
        self._chunks = chunks

    async def send(self, request: web.Request) -> None:
        """Make it and send it; of who asks for the head alone nothing is made."""
        await self.prepare(request)
        if request.method == "HEAD":
            await self.write_eof()
            return
        async with aclosing(self._chunks) as chunks:
            async for chunk in chunks:
                if chunk:
                    await self.write(chunk)
        await self.write_eof()


def headers(name: str) -> dict[str, str]:
    """Return the headers of a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def file(name: str, content: bytes, kind: str, taken: Taken) -> web.Response:
    """Return a file."""
    charset = "utf-8" if kind == CSV else None
    response = web.Response(body=content, content_type=kind, charset=charset, headers=headers(name))
    response[TAKEN] = taken
    return response


def csv_file(name: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], what: str, period: str) -> web.Response:
    """Return a table for spreadsheet programs."""
    return file(name, csv_bytes([head, *rows]), CSV, Taken(f"{what} (CSV)", period, len(rows)))


async def workbook_file(name: str, write: Callable[[Path], None], taken: Taken) -> web.Response:
    """Return the workbook that is written to a path, beside the loop: a large one takes seconds."""

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bang.xlsx"
            write(path)
            return path.read_bytes()

    return file(name, await asyncio.to_thread(made), XLSX, taken)


def taken_of(response: web.StreamResponse, otherwise: str) -> Taken | None:
    """Return what is to be noted of an answer; ``None`` for one that is no file, or was noted already.

    Args:
        response: as a page gave it.
        otherwise: what to call a file that does not say what it is: forgetting it keeps none out of the log.
    """
    said = response.get(TAKEN)
    if said is None and response.headers.get("Content-Disposition", "").startswith("attachment"):
        return Taken(otherwise)
    return said if isinstance(said, Taken) else None
