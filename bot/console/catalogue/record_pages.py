"""The list of procedures, one procedure with its sources, and the sheet for the notice board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aiohttp import web
from markupsafe import Markup

from bot.console.catalogue.outside import HOME, Outside
from bot.console.catalogue.shelf import Filters, page_of
from bot.console.catalogue.words import ASPECTS, DETAILS, LEVELS, ONLINE, PARTS, say_as_of
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from bot.doors.doors import short_code
from bot.doors.qr import inline_svg
from nlu.catalogue.completeness import REQUIRED, WHERE_THERE, completeness
from nlu.catalogue.model import Procedure
from nlu.catalogue.proposal_store import OPEN, ProposalStore
from nlu.catalogue.silence_store import SilenceStore
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.wording import fee_lines, paper_lines, time_lines, way_lines

SIZE = 50
CODE = r"{code:\d\.\d{6}[0-9A-Y.]*}"
NOT_THERE = "Danh mục đang dùng không có thủ tục mã này. Có thể mã gõ sai, hoặc thủ tục đã bị bỏ."
ONLY = {"": "Tất cả", "old": "Đã cũ", "gaps": "Thiếu phần bắt buộc", "doubts": "Còn nghi ngờ", "listing": "Chỉ có tên"}


@dataclass(frozen=True)
class Part:
    """One part of a procedure as it is shown."""

    key: str
    label: str
    lines: tuple[str, ...]
    source: str
    url: str
    as_of: str
    own: bool
    """Whether the part has a source of its own."""


def parts_of(procedure: Procedure) -> list[Part]:
    """Return everything of a record in the order in which officials read it, each part with its source and date."""
    shown = {
        "summary": (procedure.summary,),
        "papers": paper_lines(procedure),
        "times": time_lines(procedure),
        "fees": fee_lines(procedure),
        "ways": way_lines(procedure),
        "steps": procedure.steps,
        "agencies": procedure.agencies,
        "levels": tuple(LEVELS[level] for level in procedure.levels),
        "applicants": procedure.applicants,
        "result": (procedure.result,),
        "conditions": (procedure.conditions,),
        "legal_basis": procedure.legal_basis,
        "decision": (procedure.decision,),
        "online": (ONLINE[procedure.online],) if procedure.online else (),
        "nationwide": ("Nộp ở bất kỳ nơi nào trong cả nước",) if procedure.nationwide else (),
        "url": (procedure.url or "",),
        "published_by": (procedure.published_by,),
        "caveats": procedure.caveats,
        "also_called": procedure.also_called,
    }
    origins = {one.part: one for one in procedure.origins}
    found = []
    for key, lines in shown.items():
        origin = origins.get(key)
        source = origin.source if origin else procedure.source
        as_of = origin.as_of if origin else procedure.as_of
        told = tuple(line for line in lines if line)
        found.append(Part(key, PARTS[key], told, source.name, source.url or "", say_as_of(as_of), origin is not None))
    return found


class RecordPages:
    """Reading the catalogue."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", HOME, CATALOGUE_READERS, self.listed),
            Route("GET", f"{HOME}/{CODE}", CATALOGUE_READERS, self.shown),
            Route("GET", f"{HOME}/{CODE}/niem-yet", CATALOGUE_READERS, self.board),
        ]

    async def listed(self, visit: Visit) -> web.StreamResponse:
        """Show and search the live catalogue."""
        shelf = await self._outside.shelves.live()
        asked = visit.asked
        only = asked.get("loc", "") if asked.get("loc", "") in ONLY else ""
        wanted = Filters(asked.get("q", "").strip()[:200], asked.get("linhvuc", ""), only)
        found = shelf.find(wanted, self._old_before)
        counts = shelf.counts(self._old_before)
        rows, after = page_of(found, asked.get("sau", ""), SIZE)
        return self._outside.frame.respond(
            visit,
            "catalogue_list.html",
            version=shelf.version,
            total=len(shelf.rows),
            fields=shelf.fields,
            wanted=wanted,
            only=[(key, word, counts[key]) for key, word in ONLY.items()],
            found=len(found),
            gaps=counts["gaps"],
            detailed=counts[""] - counts["listing"],
            rows=rows,
            after=after,
            parts=PARTS,
            details=DETAILS,
            old_before=self._old_before,
            may_edit=visit.official.has(EDITORS),
        )

    async def shown(self, visit: Visit) -> web.StreamResponse:
        """Show one procedure with the source and date of each part."""
        code = visit.part["code"]
        procedure = await self._procedure(code)
        async with self._outside.transactions.read() as session:
            silent = await SilenceStore(session).of(code)
            waiting = await ProposalStore(session).list(OPEN, 10)
        today = self._outside.today()
        return self._outside.frame.respond(
            visit,
            "catalogue_record.html",
            one=procedure,
            parts=parts_of(procedure),
            gaps=completeness(procedure),
            required=[PARTS[key] for key in REQUIRED],
            where_there=[PARTS[key] for key in WHERE_THERE],
            words=PARTS,
            aspects=ASPECTS,
            silent=[one for one in silent if one.until >= today],
            old=procedure.as_of_date < self._old_before,
            as_of=say_as_of(procedure.as_of),
            waiting=waiting,
            board=bool(self._outside.doors.public_url),
            may_edit=visit.official.has(EDITORS),
        )

    async def board(self, visit: Visit) -> web.StreamResponse:
        """Show the sheet for the notice board."""
        procedure = await self._procedure(visit.part["code"])
        doors = self._outside.doors
        if not doors.public_url:
            raise Refused("Chưa đặt địa chỉ công khai (MOTCUA_PUBLIC_URL) nên chưa in được mã QR.", 409)
        address, today = doors.page(procedure.code), self._outside.today()
        async with self._outside.transactions.read() as session:
            silent = [one for one in await SilenceStore(session).of(procedure.code) if one.until >= today]
        return self._outside.frame.respond(
            visit,
            "catalogue_board.html",
            one=procedure,
            parts=[part for part in parts_of(procedure) if part.lines and part.key not in _NOT_ON_BOARD],
            qr=Markup(inline_svg(address)),  # noqa: S704 - made by segno from our own address
            address=address,
            short=short_code(procedure.code),
            as_of=say_as_of(procedure.as_of),
            printed=today,
            silent=silent,
            aspects=ASPECTS,
        )

    async def _procedure(self, code: str) -> Procedure:
        async with self._outside.transactions.read() as session:
            found = await CatalogueStore(session).get_live([code])
        if not found:
            raise Refused(NOT_THERE, 404)
        return found[0]

    @property
    def _old_before(self) -> date:
        return self._outside.today() - timedelta(days=self._outside.stale_after_days)


_NOT_ON_BOARD = frozenset({"summary", "also_called", "url", "published_by", "levels", "decision"})
"""Among them the decision, which stands in the head of the sheet."""
