"""A small office with a month behind it, and the pages about its figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import project_root
from bot.app.house import load_house_texts
from bot.console.dashboard import evidence_pages, pages, reform_pages, reports
from bot.console.dashboard.evidence import Evidence
from bot.console.dashboard.evidence_pages import EvidencePages
from bot.console.dashboard.figures import Board
from bot.console.dashboard.pages import BoardPages
from bot.console.dashboard.reform import Reform
from bot.console.dashboard.reform_pages import ReformPages
from bot.console.dashboard.reports import ReportPages
from bot.console.dashboard.scorecard import Scorecard
from bot.console.dashboard.verifying import LogVerifying
from bot.console.jobs import pages as job_pages
from bot.console.jobs.noting import JobNotes
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.tables import inbox, outbox
from bot.dossiers.rating.store import RatingStore
from bot.dossiers.record import Owner, Record, Status
from bot.dossiers.store import DossierStore
from bot.feedback.dossiers_store import DossiersOfPeriod
from bot.feedback.understanding import TextFolder
from bot.figures.grade_store import GradeCounts
from bot.figures.recount import Recount
from bot.jobs.desk import JobDesk
from bot.jobs.job import Job, JobKind
from bot.jobs.running import Progress, run_job
from bot.unit_of_work import UnitOfWork
from feedback.disclosure import Disclosure
from feedback.publication.item import Published
from feedback.publication.store import PublicationStore
from feedback.record import Book
from feedback.reports.by_procedure import ByProcedure
from feedback.reports.counting_days import CountsDays
from feedback.reports.making import Reports
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import ReviewStore
from tests.factories import procedure
from tests.fakes.console import FakeConsole
from tests.fakes.procedures import FakeCatalogue
from tests.feedback.desk import OFFICE, Desk, written
from tests.feedback.records import NOW
from tests.feedback.reports.test_story_store import _busy_month, timed

KEY = "k" * 32
CIPHER = AesGcmCipher("a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
STORE = DossierStore(CIPHER, KEY)
BIRTH = "1.001193"
SAID = (
    "Làm khai sinh cho con mà phường bắt nộp bản sao sổ hộ khẩu có công chứng",
    "Phường bắt nộp bản sao sổ hộ khẩu công chứng khi làm khai sinh cho con",
    "Cán bộ hẹn ba lần mới nhận hồ sơ khai sinh",
)
APPLICANT = "Trần Thị Chủ Hồ Sơ"
AFTER = NOW + timedelta(days=45)
"""When the month is looked back on."""
HOUR = timedelta(hours=1)


async def fill(database: UnitOfWork) -> None:
    """Let the month happen, and count it."""
    desk = timed()
    async with database.write() as session:
        await _busy_month(session, desk)
        await _said(session, desk)
        await _asked(session)
        await _filed(session)
        await _talked(session)
    counting = CountsDays(desk.log, database.read, database.write)
    grades = GradeCounts(STORE, RatingStore(CIPHER, KEY))
    await Recount.over(database, counting, grades, lambda: AFTER).once()


async def _said(session: AsyncSession, desk: Desk) -> None:
    for days, text in enumerate(SAID):
        at = NOW + timedelta(days=20 + days)
        given = written(at=at)
        matter = replace(given.matter, text=text, procedure_code=BIRTH, procedure_name="Đăng ký khai sinh")
        await desk.steps.intake.receive(session, replace(given, matter=matter), at)
    item = Published(
        record=2,
        slug="abc123",
        question="Quy định không hợp lý […]",
        answer="=Sẽ sửa.",
        agency="H48.12",
        published_at=NOW + timedelta(days=41),
        updated_at=NOW + timedelta(days=41),
    )
    await PublicationStore(TextFolder()).put(session, item)


async def _asked(session: AsyncSession) -> None:
    store, near = ReviewStore(session), (Kept(BIRTH, 0.4, "Đăng ký khai sinh"),)
    for _ in range(3):
        await store.note(Sighting("lam giay cho con", Reason.ASKED_BACK, near), NOW)
    await store.note(Sighting("giay to cua be", Reason.DECLINED, near), NOW)


async def _filed(session: AsyncSession) -> None:
    base = Record(
        "H48.1-261120-0001", Status.RECEIVED, BIRTH, "Đăng ký khai sinh", owner=Owner(APPLICANT, "0901234567")
    )
    base = replace(base, unit="Phường A", received_at=NOW, due_at=NOW + 48 * HOUR)
    other = replace(base, code="H48.1-261120-0002")
    lacking = replace(base, status=Status.NEED_SUPPLEMENT, missing=("Giấy chứng sinh",))
    done = {"status": Status.DONE, "missing": (), "ended_at": NOW + 24 * HOUR}
    late = replace(other, status=Status.DONE, ended_at=NOW + 72 * HOUR)
    for hours, record in ((0, base), (1, other), (2, lacking), (72, late)):
        await STORE.put(session, "source", [(record, NOW + hours * HOUR)])
    third = replace(base, code="H48.1-261120-0003", **done)  # type: ignore[arg-type]
    await STORE.put(session, "source", [(third, NOW + 24 * HOUR)])


async def _talked(session: AsyncSession) -> None:
    place = {"channel": "web", "account": "a", "conversation": "c"}
    for number, outcome in enumerate(("answered", "answered", "choose", "declined"), 1):
        row = {**place, "id": number, "message_id": str(number), "received_at": NOW, "state": "done", "recoveries": 0}
        await session.execute(insert(inbox).values(row | {"outcome": outcome}))
        sent = {"key": f"{number}.0", "inbox_id": number, "created_at": NOW + timedelta(seconds=number), "attempts": 0}
        await session.execute(insert(outbox).values({**place, **sent, "state": "held"}))


async def unlogged(*_: object) -> None:
    """Write nothing down."""


def unit_name(code: str) -> str:
    """Return a name, as the house does."""
    return {"H48.12": "Sở Tư pháp", "H48.1": "Văn phòng"}.get(code, code)


@dataclass
class Pages:
    """All pages about figures over one database."""

    database: UnitOfWork
    book: Book = Book.REGISTER
    desk: Desk = field(default_factory=timed)
    console: FakeConsole = field(init=False)
    jobs: JobDesk = field(init=False)
    board: Board = field(init=False)
    reports: Reports = field(init=False)

    def __post_init__(self) -> None:
        """Put them together."""
        areas = [pages.AREA, reports.AREA, reform_pages.AREA, evidence_pages.AREA]
        self.console = FakeConsole([], areas=areas, folders=[pages.TEMPLATES, job_pages.TEMPLATES], now=AFTER)
        frame, database = self.console.frame, self.database
        self.jobs = JobDesk(database, self._verify, lambda: AFTER, JobNotes(unlogged))
        self.board = Board(database, self.book)
        self.reports = Reports(self.desk.log, DossiersOfPeriod(RatingStore(CIPHER, KEY)), Disclosure(OFFICE))
        catalogue: Any = FakeCatalogue(procedure(BIRTH, name="Đăng ký khai sinh", field="Hộ tịch"))
        reform = Reform(database, catalogue, STORE, ByProcedure(TextFolder()), self.book)
        published = PublicationStore(TextFolder())
        evidence = Evidence(database, self.reports, self.desk.log, published, self.board, unit_name, self.jobs)
        self.console.pages = [
            *BoardPages(frame, self.board, unit_name).routes(),
            *ReportPages(frame, database, self.reports, self.book, unit_name).routes(),
            *ReformPages(frame, reform).routes(),
            *EvidencePages(frame, evidence).routes(),
        ]

    async def _verify(self, number: int) -> None:
        """Do it at once: here is no process beside the server."""

        async def work(job: Job, progress: Progress) -> object:
            return await LogVerifying(self.database, self.desk.log).whole(progress, job.at)

        await run_job(self.database, number, {JobKind.VERIFY: work}, lambda: AFTER)

    def scorecard(self) -> Scorecard:
        """Return the public page."""
        texts = load_house_texts(project_root())
        return Scorecard(self.board, self.book, "UBND tỉnh Thử", texts, lambda: AFTER)
