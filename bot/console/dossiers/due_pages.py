"""Hồ sơ: what is late or due, and one dossier; who filed it only with a reason, which the applicant can see was given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from bot.console.audit.entry import What
from bot.console.done import go
from bot.console.dossiers.words import SLIPS, STATUSES, URGENCIES
from bot.console.frame import Area, Frame
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.dossiers.due import working_days_left
from bot.dossiers.officials import Mark, OfficialDossiers
from bot.dossiers.record import Record
from nlu.codes import CodeError, parse_dossier_code

TEMPLATES = Path(__file__).parent / "templates"
PATH = "/canbo/ho-so"
ROLES = frozenset({ConsoleRole.DOSSIERS})
READERS = ROLES | {ConsoleRole.AUDITOR}
AREA = Area("Hồ sơ", PATH, READERS)
LONGEST_REASON = 300
SHORTEST_REASON = 5
NO_CODE = "Không có hồ sơ nào mang mã này trong dữ liệu của trợ lý. Hãy xem lại mã, hoặc tra ở hệ thống một cửa."
NEEDS_REASON = f"Hãy ghi lý do xem (từ {SHORTEST_REASON} đến {LONGEST_REASON} ký tự). Người nộp hồ sơ thấy được là có cán bộ đã xem."
Notes = Callable[[Official, str, str, str, datetime], Awaitable[None]]
"""Writes into the console's log who did what about what, and why."""


@dataclass(frozen=True)
class DuePages:
    """What is due, and single dossiers."""

    dossiers: OfficialDossiers
    frame: Frame
    notes: Notes

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", PATH, READERS, self.due),
            Route("GET", PATH + "/tim", READERS, self.find),
            Route("GET", PATH + "/ma/{code}", READERS, self.one),
            Route("POST", PATH + "/ma/{code}/nguoi-nop", ROLES, self.owner),
        ]

    async def due(self, visit: Visit) -> web.Response:
        """List what is due, or late."""
        late, unit = visit.asked.get("muc") == "tre", visit.asked.get("don-vi", "").strip()[:100]
        page = await self.dossiers.due(visit.at, late=late, unit=unit, after=_mark(visit.asked))
        onward = {"muc": "tre" if late else "den-han", "don-vi": unit}
        following = ""
        if page.after is not None:
            following = "?" + urlencode({**onward, "sau": page.after[0].isoformat(), "ma": page.after[1]})
        return self.frame.respond(
            visit,
            "dossiers_due.html",
            page=page,
            late=late,
            unit=unit,
            following=following,
            urgencies=URGENCIES,
            statuses=STATUSES,
            path=PATH,
        )

    async def find(self, visit: Visit) -> web.StreamResponse:
        """Go to the dossier of a typed code."""
        return go(f"{PATH}/ma/{_code(visit.asked.get('ma', ''))}")

    async def one(self, visit: Visit) -> web.Response:
        """Show a dossier without who filed it."""
        return await self._show(visit, {}, "", "")

    async def owner(self, visit: Visit) -> web.Response:
        """Show who filed it, for a reason."""
        why = " ".join(visit.text("why").split())
        if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
            return await self._show(visit, {}, why, NEEDS_REASON)
        code = _code(visit.part["code"])
        await self.notes(visit.official, What.DOSSIER_OWNER_SEEN, code, why, visit.at)
        owner = await self.dossiers.owner(visit.official.account, code, visit.at)
        if owner is None:
            raise Refused(
                "Hồ sơ này không còn thông tin người nộp: đã quá thời hạn lưu, hoặc nguồn không cho biết.", 404
            )
        shown = {"Người nộp": owner.name, "Điện thoại": owner.phone, "Số định danh": owner.identity}
        return await self._show(visit, {name: value or "không có" for name, value in shown.items()}, "", "")

    async def _show(self, visit: Visit, owner: Mapping[str, str], why: str, wrong: str) -> web.Response:
        code = _code(visit.part["code"])
        found = await self.dossiers.one(code)
        if found is None:
            raise Refused(NO_CODE, 404)
        kept, history = found
        return self.frame.respond(
            visit,
            "dossiers_one.html",
            422 if wrong else 200,
            record=kept.record,
            kept=kept,
            days=self._days_left(kept.record, visit.at),
            history=history,
            owner=owner,
            why=why,
            wrong=wrong,
            may_see=visit.official.has(ROLES),
            statuses=STATUSES,
            slips=SLIPS,
            longest=LONGEST_REASON,
            path=PATH,
        )

    def _days_left(self, record: Record, at: datetime) -> int | None:
        if record.appointment is None or record.ended_at is not None:
            return None
        return working_days_left(record.code, record.appointment, at, self.dossiers.time)


def _code(raw: str) -> str:
    try:
        return parse_dossier_code(raw).text
    except CodeError as error:
        raise Refused(
            "Mã hồ sơ chưa đúng dạng, ví dụ đúng: H48.30-261126-0001. Hãy xem lại mã trên giấy hẹn.", 404
        ) from error


def _mark(asked: Mapping[str, str]) -> Mark | None:
    """Read where a page begins; whatever is no such place begins the list anew."""
    try:
        moment = datetime.fromisoformat(asked.get("sau", ""))
    except ValueError:
        return None
    return (moment, asked.get("ma", "")) if moment.tzinfo is not None else None
