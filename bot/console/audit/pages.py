"""The page of the console's log, and its table to take along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from aiohttp import web

from bot.console.audit.entry import WORDS, Noted
from bot.console.audit.store import Audit, Wanted
from bot.console.files import CSV, Streamed, Taken
from bot.console.frame import Area, Frame, say_moment
from bot.console.roles import SUPERVISORS
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.spreadsheets import Rows, csv_chunks
from feedback.working_time.zone import VIETNAM

PATH = "/canbo/nhat-ky"
AREA = Area("Nhật ký", PATH, SUPERVISORS)
PAGE = 100
EXPORT_PAGE = 1000
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Of days that can be asked for."""
FIELDS = ("actor", "what", "about", "since", "until")
HEAD = ("Số", "Lúc", "Ai", "Việc", "Về", "Lý do", "Mã băm")


@dataclass(frozen=True)
class AuditPages:
    """Shows the log."""

    audit: Audit
    transactions: Transactions
    frame: Frame

    def routes(self) -> list[Route]:
        """Return the pages."""
        return [Route("GET", PATH, SUPERVISORS, self.show), Route("GET", PATH + "/csv", SUPERVISORS, self.export)]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show a page of entries."""
        asked = {name: visit.asked.get(name, "").strip() for name in FIELDS}
        wanted = read_wanted(visit.asked)
        async with self.transactions.read() as session:
            found = await self.audit.page(session, wanted, PAGE + 1)
            last, hash = await self.audit.last(session)
            known = await self.audit.words(session)
        entries = found[:PAGE]
        query = {name: value for name, value in asked.items() if value}
        older = f"{PATH}?{urlencode({**query, 'before': entries[-1].event.seq})}" if len(found) > PAGE else ""
        said = {what: WORDS.get(what, what) for what in {*known, asked["what"]} if what}
        kinds = dict(sorted(said.items(), key=lambda one: one[1]))
        return self.frame.respond(
            visit, "audit_list.html", entries=entries, asked=asked, older=older, kinds=kinds, last=last, hash=hash.hex()
        )

    async def export(self, visit: Visit) -> web.StreamResponse:
        """Give all entries that are wanted as a table; that it was taken along is an entry too."""
        async with self.transactions.read() as session:
            last, _ = await self.audit.last(session)
            # What is written from now on, this taking first of all, is not in it: as many rows go out as are noted.
            wanted = replace(read_wanted(visit.asked), before=last + 1)
            count = await self.audit.count(session, wanted)
        said = ", ".join(f"{name}={visit.asked[name]}" for name in FIELDS if visit.asked.get(name))
        period = "..".join(visit.asked.get(name, "") for name in ("since", "until")).strip(".")
        taken = Taken("Nhật ký (CSV)", period, count, said)
        return Streamed("nhat-ky.csv", f"{CSV}; charset=utf-8", csv_chunks(HEAD, self._rows(wanted)), taken)

    async def _rows(self, wanted: Wanted) -> Rows:
        while True:
            async with self.transactions.read() as session:
                found = await self.audit.page(session, wanted, EXPORT_PAGE)
            if not found:
                return
            for one in found:
                yield _row(one)
            wanted = replace(wanted, before=found[-1].event.seq)


def read_wanted(asked: Mapping[str, str]) -> Wanted:
    """Return which entries an address asks for.

    Raises:
        Refused: a day or a number cannot be read.
    """
    before = asked.get("before", "")
    if before and not (before.isdecimal() and len(before) < 16):
        raise Refused("Địa chỉ trang không đúng. Hãy lọc lại từ đầu.", 400)
    until = _day(asked.get("until", ""))
    return Wanted(
        asked.get("actor", "").strip(),
        asked.get("what", "").strip(),
        asked.get("about", "").strip(),
        _day(asked.get("since", "")),
        until + timedelta(days=1) if until else None,
        int(before) if before else None,
    )


def _day(raw: str) -> datetime | None:
    if not raw.strip():
        return None
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError as error:
        raise Refused("Ngày phải viết như 2026-11-26. Hãy chọn lại ngày.", 400) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}. Hãy chọn lại ngày.", 400)
    return datetime.combine(day, time(), VIETNAM)


def _row(one: Noted) -> tuple[str, ...]:
    event = one.event
    why = "đã xóa theo hạn" if one.blank else one.why
    return (str(event.seq), say_moment(event.at), event.actor, one.words, event.about, why, event.hash.hex())
