"""The form of one procedure: what is typed goes into a proposal, and nothing typed is lost when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.catalogue.form import GROUPS, MORE, Shape, Values, written
from bot.console.catalogue.form_reading import Read, read_form
from bot.console.catalogue.outside import HOME, Outside, number_of, say
from bot.console.catalogue.record_pages import CODE, NOT_THERE
from bot.console.catalogue.words import FEES, LEVELS, ONLINE, PARTS, ROLES, UNITS, WAYS, say_as_of
from bot.console.done import go
from bot.console.roles import EDITORS
from bot.console.routing import Refused, Route, Visit
from nlu.catalogue.errors import CatalogueError
from nlu.catalogue.model import Procedure
from nlu.catalogue.proposal_store import ProposalKind
from nlu.catalogue.proposals import Proposing, propose, propose_edit
from nlu.catalogue.store import CatalogueStore

FORM_BYTES = 1024 * 1024
NOTHING = "Chưa có gì khác bản đang dùng nên chưa có đề nghị nào được lập."
CANNOT = "Chưa lập được đề nghị: danh mục đã thay đổi. Tải lại trang danh mục rồi sửa lại."


@dataclass(frozen=True)
class _Opened:
    """The record as it was opened for editing."""

    record: Procedure
    hash: str
    onto: int | None


class _OrEmpty(dict[str, str]):
    """Fields of empty rows are empty."""

    def __missing__(self, key: str) -> str:
        return ""


class EditPages:
    """Editing one procedure."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", f"{HOME}/{CODE}/sua", EDITORS, self.form),
            Route("POST", f"{HOME}/{CODE}/sua", EDITORS, self.send, FORM_BYTES),
            Route("POST", f"{HOME}/{CODE}/bo", EDITORS, self.remove),
        ]

    async def form(self, visit: Visit) -> web.StreamResponse:
        """Show the form as the record is."""
        opened = await self._opened(visit, visit.asked.get("denghi", ""))
        shape = Shape.of(opened.record).with_room()
        return self._page(visit, opened, written(opened.record), shape, {}, 200)

    async def send(self, visit: Visit) -> web.StreamResponse:
        """Make a proposal of what was typed, or show it again with what is wrong."""
        opened = await self._opened(visit, visit.text("denghi"))
        shape = Shape.read(visit.text("shape"))
        values = _typed(visit, shape)
        if visit.text("do") == "more":
            return self._page(visit, opened, values, _with_more(shape), {}, 200)
        read = read_form(opened.record, values, shape, self._outside.today())
        faults = dict(read.faults)
        if not read.changed and not faults:
            faults["form"] = NOTHING
        if not values["why"]:
            faults["why"] = "Ghi lý do thay đổi: người duyệt cần biết vì sao."
        if faults:
            return self._page(visit, opened, values, shape, faults, 422)
        try:
            number = await self._proposed(visit, opened, read, values)
        except CatalogueError as error:
            return self._page(visit, opened, values, shape, {"form": say(error, CANNOT)}, 409)
        return go(f"{HOME}/de-nghi/{number}", f"Đã lập đề nghị {number}. Người khác phải duyệt trước khi công bố.")

    async def remove(self, visit: Visit) -> web.StreamResponse:
        """Propose that an abolished procedure goes."""
        opened, why = await self._opened(visit, ""), visit.text("why")
        if not why:
            raise Refused("Ghi quyết định bãi bỏ và ngày của nó: người duyệt cần đối chiếu.")
        code = opened.record.code
        wanted = Proposing(visit.official.account, why, visit.at, ProposalKind.EDIT, f"bỏ {code}", without=(code,))
        try:
            made = await propose(self._outside.transactions, lambda: (), wanted)
        except CatalogueError as error:
            raise Refused(say(error, CANNOT), 409) from error
        await self._outside.noted(visit, "Đề nghị bỏ thủ tục", str(made.number), why)
        return go(f"{HOME}/de-nghi/{made.number}", f"Đã lập đề nghị {made.number}. Người khác phải duyệt.")

    async def _proposed(self, visit: Visit, opened: _Opened, read: Read, values: Values) -> int:
        wanted = Proposing(
            by=visit.official.account,
            note=values["why"],
            at=visit.at,
            kind=ProposalKind.EDIT,
            origin=f"sửa {opened.record.code}",
            onto=opened.onto,
        )
        # The hash of the form: whoever opened it long ago must not overwrite what came since.
        made = await propose_edit(self._outside.transactions, read.procedure, visit.text("opened"), wanted)
        await self._outside.noted(visit, "Đề nghị sửa thủ tục", str(made.number), values["why"])
        return made.number

    async def _opened(self, visit: Visit, onto: str) -> _Opened:
        code, version = visit.part["code"], number_of(onto) if onto else None
        async with self._outside.transactions.read() as session:
            store = CatalogueStore(session)
            number = version if version is not None else await store.live_number()
            found = await store.get_many(number, [code]) if number is not None else []
            key = await store.hash_of(number, code) if number is not None else ""
        if not found:
            raise Refused(NOT_THERE, 404)
        return _Opened(found[0], key, version)

    def _page(
        self,
        visit: Visit,
        opened: _Opened,
        values: Values,
        shape: Shape,
        faults: dict[str, str],
        status: int,
    ) -> web.Response:
        return self._outside.frame.respond(
            visit,
            "catalogue_edit.html",
            status,
            one=opened.record,
            opened=values.get("opened") or opened.hash,
            onto=opened.onto,
            values=_OrEmpty(values),
            shape=shape,
            faults=_OrEmpty(faults),
            words=PARTS,
            groups=GROUPS,
            levels=LEVELS,
            ways=WAYS,
            units=UNITS,
            fees=FEES,
            roles=ROLES,
            online=ONLINE,
            as_of=say_as_of(opened.record.as_of),
        )


def _typed(visit: Visit, shape: Shape) -> dict[str, str]:
    """Return everything that was typed, by the names of the fields."""
    names = ["why", "opened", "all_source", "all_source_url", "all_as_of"]
    for group in GROUPS:
        names += [*shape.names(group), f"{group}_source", f"{group}_source_url", f"{group}_as_of"]
    values = {name: visit.text(name) for name in names}
    values["levels"] = " ".join(visit.texts("levels"))
    return values


def _with_more(shape: Shape) -> Shape:
    return Shape((*(count + MORE for count in shape.cases), MORE), shape.methods + 1)
