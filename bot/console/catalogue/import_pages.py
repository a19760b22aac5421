"""Takes a file of procedures in; it is read in the background and becomes a proposal."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import shutil
import time
from pathlib import Path

from aiohttp import web

from bot.console.catalogue.outside import HOME, Outside, say
from bot.console.done import go
from bot.console.roles import EDITORS
from bot.console.routing import Refused, Route, Visit
from bot.jobs.job import JobError, JobKind

MOST_BYTES = 48 * 1024 * 1024
ENDINGS = (".jsonl", ".jsonl.gz", ".csv", ".xlsx", ".yaml", ".yml")
_ODD = re.compile(r"[^\w.() -]+")
LONGEST_NAME = 80
LEFT_SECONDS = 24 * 3600


class ImportPages:
    """``/canbo/thu-tuc/nhap``."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", f"{HOME}/nhap", EDITORS, self.form),
            Route("POST", f"{HOME}/nhap", EDITORS, self.take, MOST_BYTES),
        ]

    async def form(self, visit: Visit) -> web.StreamResponse:
        """Show the form, and how far the last file is."""
        return await self._page(visit, "", "", 200)

    async def take(self, visit: Visit) -> web.StreamResponse:
        """Keep the file and begin to read it."""
        note = visit.text("note")
        given = visit.typed.get("file") if visit.typed is not None else None
        if not isinstance(given, web.FileField) or not given.filename:
            return await self._page(visit, "Chọn một tệp để nhập.", note, 422)
        with contextlib.closing(given.file):
            return await self._taken(visit, given, note)

    async def _taken(self, visit: Visit, given: web.FileField, note: str) -> web.StreamResponse:
        name = file_name(given.filename)
        if not name.lower().endswith(ENDINGS):
            return await self._page(visit, f"Tệp phải có đuôi {', '.join(ENDINGS)}; tệp này là “{name}”.", note, 422)
        if not note:
            return await self._page(visit, "Ghi tệp từ đâu và vì sao nhập: người duyệt cần biết.", note, 422)
        folder = self._outside.uploads / secrets.token_hex(12)
        await asyncio.to_thread(_keep, given, folder / name)
        try:
            asked = {"file": str(folder / name), "note": note}
            await self._outside.jobs.start(JobKind.IMPORT, visit.official.account, "", asked)
        except JobError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise Refused(say(error, "Chưa bắt đầu đọc được tệp; thử lại sau ít phút."), 409) from error
        return go(f"{HOME}/nhap", f"Đang đọc tệp {name}.")

    async def _page(self, visit: Visit, fault: str, note: str, status: int) -> web.Response:
        job = await self._outside.jobs.newest(JobKind.IMPORT)
        return self._outside.frame.respond(
            visit,
            "catalogue_import.html",
            status,
            job=job,
            result=job.result_as(dict[str, int]) if job else None,
            fault=fault,
            note=note,
            endings=ENDINGS,
            most=MOST_BYTES // 1024 // 1024,
        )


def file_name(given: str) -> str:
    """Return the last part of a file's name, without what has a meaning in a path."""
    last = given.replace("\\", "/").rpartition("/")[2]
    return _ODD.sub("_", last).lstrip(". ")[-LONGEST_NAME:] or "tep"


def _keep(given: web.FileField, target: Path) -> None:
    """Keep a file for the process that reads it; what another one left behind when it died goes."""
    for left in target.parents[1].glob("*"):
        if time.time() - left.stat().st_mtime > LEFT_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    target.parent.mkdir(mode=0o700, parents=True)
    with target.open("wb") as out:
        shutil.copyfileobj(given.file, out)
