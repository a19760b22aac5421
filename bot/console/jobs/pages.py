"""Tells how far long work is, and stops it."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.console.done import HOME, go
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from bot.jobs.desk import JobDesk
from bot.jobs.job import JobError

TEMPLATES = Path(__file__).parent / "templates"


class JobPages:
    """``/canbo/viec``."""

    def __init__(self, jobs: JobDesk) -> None:
        """Take the jobs."""
        self._jobs = jobs

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = HOME + r"/viec/{number:\d{1,9}}"
        return [Route("GET", one, CATALOGUE_READERS, self.told), Route("POST", f"{one}/dung", EDITORS, self.stop)]

    async def told(self, visit: Visit) -> web.StreamResponse:
        """Tell how far a job is."""
        try:
            found = await self._jobs.get(int(visit.part["number"]))
        except JobError as error:
            raise Refused("Không có việc này.", 404) from error
        answer = {"running": found.running, "step": found.step, "done": found.done, "total": found.total}
        return web.json_response(answer, headers={"Cache-Control": "no-store"})

    async def stop(self, visit: Visit) -> web.StreamResponse:
        """Stop a job."""
        stopped = await self._jobs.stop(int(visit.part["number"]), visit.official.account)
        back = visit.text("ve")
        ours = back.startswith(HOME + "/") and "//" not in back and "\\" not in back
        said = "Đã yêu cầu dừng; việc sẽ dừng trong vài giây." if stopped else "Việc ấy đã kết thúc rồi."
        return go(back if ours else HOME, said)
