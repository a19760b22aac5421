"""The console's pages about the catalogue and questions on a small database; jobs run in the same process."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.app import project_root
from bot.app.console_knowledge import AREAS, FOLDERS
from bot.app.jobs import Jobs
from bot.console.audit.noting import Noting
from bot.console.catalogue.outside import Outside as CatalogueOutside
from bot.console.catalogue.pages import CataloguePages
from bot.console.catalogue.shelf import Shelves
from bot.console.jobs.noting import JobNotes
from bot.console.jobs.pages import JobPages
from bot.console.official import Official
from bot.console.questions.outside import Outside as QuestionsOutside
from bot.console.questions.pages import QuestionPages
from bot.console.roles import ConsoleRole
from bot.doors.doors import Doors
from bot.jobs.desk import JobDesk
from bot.jobs.job import Job, JobKind
from bot.jobs.running import Progress, Work, run_job
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.live import LiveCatalogue
from tests.fakes.console import FakeConsole, official
from tests.fakes.console_log import FakeLog

LAN = official(ConsoleRole.EDITOR)
BINH = official(ConsoleRole.EDITOR, account="binh", name="Trần Văn Bình")
CHI = official(ConsoleRole.AUDITOR, account="chi", name="Lê Chi")
OUTSIDER = official(ConsoleRole.RECEIVER, account="dung", name="Phạm Dũng")
TODAY = date(2026, 11, 26)


async def _never(job: Job, progress: Progress) -> object:
    """Refuse to train the project's own model in a test."""
    raise AssertionError("a test must put its own work in the place of this")


@dataclass
class Knowledge:
    """The pages and what is behind them."""

    url: str
    folder: Path
    works: dict[JobKind, Work] = field(default_factory=dict)
    """Work that tests put in the place of the real one."""
    audit: FakeLog = field(default_factory=FakeLog)
    console: FakeConsole = field(init=False)
    work: UnitOfWork = field(init=False)
    live: LiveCatalogue = field(init=False)
    jobs: JobDesk = field(init=False)
    _running: list[asyncio.Future[object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put them together."""
        self.work = UnitOfWork(open_engine(self.url))
        self.live = LiveCatalogue(self.work, today=lambda: TODAY)
        self.jobs = JobDesk(self.work, self._spawn, lambda: datetime.now(UTC), JobNotes(self.audit.append))
        self.console = FakeConsole([], areas=AREAS, folders=FOLDERS)
        noting = Noting(self.work, self.audit)
        about = CatalogueOutside(
            transactions=self.work,
            frame=self.console.frame,
            jobs=self.jobs,
            shelves=Shelves(self.work),
            doors=Doors("https://motcua.example"),
            today=lambda: TODAY,
            stale_after_days=365,
            uploads=self.folder / "uploads",
            noting=noting,
        )
        asked = QuestionsOutside(
            self.work, self.console.frame, self.jobs, lambda: self.live.index, self.folder, lambda: TODAY, noting
        )
        self.console.pages = [
            *CataloguePages(about, lambda: self.live.index.members if self.live.index else ()).routes(),
            *QuestionPages(asked).routes(),
            *JobPages(self.jobs).routes(),
        ]
        for one in (LAN, BINH, CHI, OUTSIDER):
            self.console.sign_in(one)

    def headers(self, who: Official) -> dict[str, str]:
        """What says who asks."""
        return self.console.sign_in(who)

    async def finished(self) -> None:
        """Wait until the jobs that were started have ended, and follow what they published."""
        while self._running:
            await self._running.pop()
        await self.live.refresh()

    async def close(self) -> None:
        """Give the connections back."""
        await self.finished()
        await self.work.close()

    async def _spawn(self, number: int) -> None:
        keys = {name: Secret("k" * 43) for name in ("signing_key", "encryption_key", "internal_key")}
        settings = Settings(database_url=self.url, **keys)  # type: ignore[arg-type]
        real = Jobs(settings, project_root(), self.work, None).works()
        works = {**real, JobKind.TRAIN: _never, JobKind.PROMOTE: _never, **self.works}
        running = run_job(self.work, number, works, lambda: datetime.now(UTC), beat_seconds=0.05)
        self._running.append(asyncio.ensure_future(running))
