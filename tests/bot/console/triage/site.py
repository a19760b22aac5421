"""A house with a register, officials of two units, and the pages of triage over a real database."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.console_triage import make_triage
from bot.app.feedback import Feedback, make_feedback
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.console.triage.counting import Counts
from bot.console.triage.desk import Person, TriageDesk
from bot.console.triage.pages import AREA, FOLDER, TriagePages
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating.store import RatingStore
from bot.feedback.settings import FeedbackSettings
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork
from feedback.case import Case
from feedback.record import Address, Matter, Outcome, Sender, Status
from feedback.working_time.loading import load_working_time
from nlu.catalogue.model import Procedure
from tests.factories import procedure
from tests.fakes.console import NOW, FakeConsole, official
from tests.fakes.console_log import FakeLog
from tests.feedback.records import submission

FRONT, JUSTICE = "H48.1", "H48.12"
OFFICE = """
code: H48
name: UBND tỉnh Mẫu
intake: published_address
decision: 12/QĐ-UBND
privacy: {controller: UBND, contact: "1", servers: tại tỉnh, retention: năm năm}
units:
  - {code: H48.1, name: Văn phòng, receives: true}
  - {code: H48.12, name: Sở Tư pháp, agencies: [H48.12]}
officials: []
"""
LAN = official(ConsoleRole.RECEIVER, account="lan", unit=FRONT)
TU = official(ConsoleRole.HANDLER, account="tu", unit=JUSTICE, name="Trần Văn Tú")
MAI = official(ConsoleRole.HANDLER, account="mai", unit=JUSTICE, name="Lê Thị Mai")
BINH = official(ConsoleRole.APPROVER, account="binh", unit=JUSTICE, name="Phạm Bình")
CHI = official(ConsoleRole.PUBLISHER, account="chi", unit=FRONT, name="Đỗ Chi")
DUNG = official(ConsoleRole.AUDITOR, account="dung", unit=FRONT, name="Võ Dũng")
ALL = (LAN, TU, MAI, BINH, CHI, DUNG)
TEXT = "Tôi là Nguyễn Văn Thử, số 0901234567. Hồ sơ khai sinh nộp ở Sở Tư pháp trễ hẹn mười ngày mà không ai gọi."
SENT = NOW - timedelta(hours=2)


class OneProcedure:
    """A catalogue with one procedure."""

    async def get(self, code: str) -> Procedure | None:
        return procedure(code) if code == "1.001193" else None


class FakePeople:
    """The officials of the tests."""

    async def people(self, session: AsyncSession) -> list[Person]:
        return [Person(one.account, one.name, one.unit, one.actor.roles) for one in ALL]


@dataclass
class Site:
    """The pages, and what is behind them."""

    database: UnitOfWork
    feedback: Feedback
    console: FakeConsole
    desk: TriageDesk
    counts: Counts
    looks: FakeLog
    client: TestClient[Any, Any] | None = None

    async def received(self, text: str = TEXT, *, who: str = "c1", at: datetime = SENT, **changed: Any) -> Case:
        """A record that was just handed in."""
        given = submission(
            matter=Matter(text, agency=JUSTICE),
            where=Address("web", "default", who),
            sender=Sender("Nguyễn Văn Thử", "Số 1, đường Thử, xã Ví Dụ", "+84901234567"),
            at=at,
        )
        async with self.database.write() as session:
            receipt = await self.feedback.steps.intake.receive(session, replace(given, **changed), at)
            return await self.feedback.register.get(session, receipt.id)

    async def taken(self, text: str = TEXT, **changed: Any) -> Case:
        """A record that Tú studies."""
        case = await self.received(text, **changed)
        async with self.database.write() as session:
            return await self.feedback.steps.triage.take(session, LAN.actor, case.id, SENT, JUSTICE, "tu")

    async def drafted(self, text: str = TEXT, **changed: Any) -> Case:
        """A record whose answer waits for approval."""
        case = await self.taken(text, **changed)
        said = "Sở đã nhắc nhở bộ phận một cửa và trả kết quả."
        async with self.database.write() as session:
            await self.feedback.steps.handling.draft(session, TU.actor, case.id, said, Outcome.CONDUCT_FOUND, SENT)
        return await self.now(case.id)

    async def now(self, id: int) -> Case:
        """The record as it stands."""
        async with self.database.read() as session:
            return await self.feedback.register.get(session, id)

    async def status(self, id: int) -> Status:
        """Where the record stands."""
        return (await self.now(id)).status

    async def get(self, who: Official, path: str, *, status: int = 200) -> str:
        """Return a page as text."""
        assert self.client is not None
        response = await self.client.get(path, headers=self.console.sign_in(who), allow_redirects=False)
        text = await response.text()
        assert response.status == status, text
        return unescape(text)

    async def post(self, who: Official, path: str, **typed: Any) -> ClientResponse:
        """Send a form."""
        assert self.client is not None
        data = [("csrf", self.console.csrf(who))]
        for name, value in typed.items():
            values = value if isinstance(value, list) else [value]
            data += [(name.replace("_", "-"), str(one)) for one in values]
        response: ClientResponse = await self.client.post(
            path, data=data, headers=self.console.sign_in(who), allow_redirects=False
        )
        return response

    async def does(self, who: Official, id: int, step: str, **typed: Any) -> ClientResponse:
        """Make a step on its page, as the record stands."""
        form = await self.get(who, f"/canbo/phan-anh/{id}/lam/{step}")
        revision = re.search(r'name="ban" value="(\d+)"', form)
        assert revision is not None
        response = await self.post(who, f"/canbo/phan-anh/{id}/lam/{step}", **({"ban": revision[1]} | typed))
        assert response.status == 303, unescape(await response.text())
        return response


def make_site(database: UnitOfWork, folder: Path) -> Site:
    """Put the pages together over a database."""
    office = folder / "office.yml"
    office.write_text(OFFICE, "utf-8")
    settings = Settings(
        signing_key=Secret("s" * 40),
        encryption_key=Secret("e" * 40),
        public_url="https://motcua.example",
        feedback=FeedbackSettings(office=office, files=folder / "files"),
    )
    ratings = RatingStore(AesGcmCipher("e" * 40), "s" * 40)
    feedback = make_feedback(settings, OneProcedure(), load_working_time(), ratings)
    console, looks = FakeConsole([], areas=(AREA,), folders=(FOLDER,)), FakeLog()
    desk = make_triage(settings, database, feedback, console.frame, looks, FakePeople())
    counts = Counts(desk.listing)
    console.pages = TriagePages(desk, counts).routes()
    return Site(database, feedback, console, desk, counts, looks)
