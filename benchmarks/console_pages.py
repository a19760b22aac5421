"""``python -m benchmarks.console_pages``: how long the pages of triage take with 100,000 records, and how much they weigh.

The pages stand behind the console's own guard and frame on a server of this process (``benchmarks.console_measuring``).
Counts of queues are never found kept: each request comes later than they are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from itertools import count as counting
from pathlib import Path

import aiohttp
import msgspec
from aiohttp import web
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.caching import FOLDER
from benchmarks.console_measuring import Page, Took, Workers, served, took, write_office
from benchmarks.feedback_stock import NOW, kept
from benchmarks.side_by_side import run
from bot.app.console_triage import make_triage
from bot.app.feedback import make_feedback
from bot.console.files import Taken
from bot.console.frame import Frame
from bot.console.official import Official, SignedIn
from bot.console.roles import ConsoleRole
from bot.console.routing import CSRF_FIELD, Guard, Typed, Visit
from bot.console.triage.counting import KEPT, Counts
from bot.console.triage.desk import Person
from bot.console.triage.pages import AREA, TriagePages
from bot.console.triage.pages import FOLDER as TEMPLATES
from bot.console.triage.queues import QUEUES
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating.store import RatingStore
from bot.feedback.settings import FeedbackSettings
from bot.keyed_hash import KeyedHash
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork
from feedback.record import Matter, Sender, Status
from feedback.tables import event, record, sender
from feedback.working_time.loading import load_working_time
from nlu.catalogue.model import Procedure

OPENED = 200
"""Records whose pages are opened."""
SECRET = "k" * 40
RECEIVER = Official("receiver", "Nguyễn Thị Lan", "H48.1", frozenset({ConsoleRole.RECEIVER}))
HANDLER = Official("handler", "Trần Văn Tú", "H48.3", frozenset({ConsoleRole.HANDLER}))
APPROVER = Official("approver", "Phạm Bình", "H48.3", frozenset({ConsoleRole.APPROVER}))
ALL = (RECEIVER, HANDLER, APPROVER)
HEADER = "X-Official"
FORMS = KeyedHash("console forms", SECRET)


class NoCatalogue:
    """Names nothing."""

    async def get(self, code: str) -> Procedure | None:
        """See ``bot.app.feedback.Catalogue``."""
        return None


class People:
    """Three officials."""

    async def people(self, session: AsyncSession) -> Sequence[Person]:
        """See ``KnowsPeople.people``."""
        return [Person(one.account, one.name, one.unit, one.actor.roles) for one in ALL]


class NoLooks:
    """Writes nothing down."""

    async def note(
        self, session: AsyncSession, official: Official, what: str, about: str, why: str, at: datetime
    ) -> None:
        """See ``NotesActions.note``."""

    async def taken(self, official: Official, taken: Taken, at: datetime) -> None:
        """See ``Notes.taken``."""

    async def refused(self, official: Official, what: str, at: datetime) -> None:
        """See ``Notes.refused``."""


class ByHeader:
    """Believes a header."""

    async def who(self, request: web.Request, at: datetime) -> SignedIn | None:
        """See ``SignIns.who``."""
        found = next((one for one in ALL if one.account == request.headers.get(HEADER)), None)
        return SignedIn(found, found.account) if found else None

    async def interrupted(self, request: web.Request, typed: Typed | None) -> web.StreamResponse:
        """See ``SignIns.interrupted``."""
        return web.Response(status=403)

    async def outdated(self, visit: Visit) -> web.StreamResponse | None:
        """See ``SignIns.outdated``."""
        return None


async def readable(transactions: UnitOfWork, unit: str) -> Sequence[int]:
    """Make some open records of a unit such as their pages can be opened, with a sender; return them."""
    cipher = AesGcmCipher(SECRET)
    wanted = record.c.unit == unit, record.c.status == Status.IN_REVIEW
    async with transactions.write() as session:
        chosen = select(record.c.id, record.c.receipt, record.c.masked).where(*wanted).limit(OPENED)
        rows = (await session.execute(chosen)).all()
        for row in rows:
            place = f"feedback {row.receipt}"
            body = cipher.seal(msgspec.msgpack.encode(Matter(row.masked)), place)
            who = cipher.seal(
                msgspec.msgpack.encode(Sender("Nguyễn Văn Thử", "Số 1, đường Thử", "+84901234567")), place
            )
            await session.execute(update(record).where(record.c.id == row.id).values(body=body))
            await session.execute(delete(sender).where(sender.c.record == row.id))
            given = {"record": row.id, "body": who, "language": "vi", "consent_version": "1", "consent_at": NOW}
            await session.execute(insert(sender).values(given))
            await session.execute(update(event).where(event.c.record == row.id).values(note=None))
    return [row.id for row in rows]


def pages(mine: Sequence[int], sayings: Sequence[str], marks: Sequence[str]) -> Sequence[Page]:
    """Return the kinds of pages."""
    root = "/canbo/phan-anh"
    receiver, handler, approver = ({HEADER: one.account} for one in ALL)
    queues = [Page(f"queue: {one.slug}", receiver, [f"{root}?hang={one.slug}"]) for one in QUEUES]
    cases = [f"{root}/{one}" for one in mine]
    form = {CSRF_FIELD: FORMS.of(HANDLER.account).hex()}
    return (
        *queues,
        Page("queue of a handler's unit", handler, [f"{root}?hang=don-vi"]),
        Page("all, somewhere behind", receiver, [f"{root}?hang=tat-ca&sau={one}" for one in marks]),
        Page("search", receiver, [f"{root}?hang=tat-ca&chu={one}" for one in sayings]),
        Page("case", handler, [f"{one}?hang=don-vi" for one in cases]),
        Page("case, next one", handler, [f"{one}/tiep?hang=don-vi" for one in cases]),
        Page("form: assign", handler, [f"{one}/lam/giao" for one in cases]),
        Page("form: draft", handler, [f"{one}/lam/tra-loi" for one in cases]),
        Page("form: decide", approver, [f"{one}/lam/duyet" for one in cases]),
        Page("beside: who else has it open", handler, [f"{one}/dang-xem" for one in cases], form),
        Page("beside: a note", handler, [f"{one}/ghi-chu" for one in cases], form | {"noi-dung": "Đã gọi hỏi lại"}),
    )


async def measure(url: str, name: str, count: int, asked: int) -> list[Took]:
    """Measure one database."""
    transactions = await kept(url, count)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(transactions.close)
        mine = await readable(transactions, HANDLER.unit)
        async with transactions.read() as session:
            chosen = select(record.c.masked, record.c.entered_at, record.c.id)
            rows = (await session.execute(chosen.where(record.c.id % max(1, count // 300) == 0))).all()
        sayings = [" ".join(row.masked.split()[3:5]) for row in rows]
        marks = [f"{row.entered_at:%Y%m%d%H%M%S%f}-{row.id}" for row in rows]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="console-", dir=FOLDER)))
        address = await stack.enter_async_context(served(_app(transactions, folder)))
        session_of = await stack.enter_async_context(aiohttp.ClientSession())
        kinds = pages(mine, sayings, marks)
        workers = await Workers.of(transactions)
        return [await took(session_of, address, name, page, asked, workers) for page in kinds]


def _app(transactions: UnitOfWork, folder: Path) -> web.Application:
    given = FeedbackSettings(office=write_office(folder), files=folder / "files")
    settings = Settings(signing_key=Secret(SECRET), encryption_key=Secret(SECRET), feedback=given)
    ratings = RatingStore(AesGcmCipher(SECRET), SECRET)
    feedback = make_feedback(settings, NoCatalogue(), load_working_time(), ratings)
    frame = Frame((AREA,), (TEMPLATES,))
    desk = make_triage(settings, transactions, feedback, frame, NoLooks(), People())
    asked = counting(1)
    guard = Guard(ByHeader(), frame, FORMS, lambda: NOW + KEPT * next(asked), NoLooks())
    app = web.Application()
    app.add_routes([*guard.routes(TriagePages(desk, Counts(desk.listing)).routes()), *frame.routes()])
    return app


def main() -> None:
    """Measure and print; ends with 1 when a page is too slow or too heavy."""
    run("benchmarks.console_pages", __doc__, measure)


if __name__ == "__main__":
    main()
