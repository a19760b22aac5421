"""Entering what came on paper, at the counter or by telephone: the same register, the same clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.done import go
from bot.console.roles import ConsoleRole
from bot.console.routing import Route, Visit
from bot.console.triage.counting import Counts
from bot.console.triage.desk import TriageDesk
from bot.console.triage.forms import Field, FieldKind, FormError, choice, picked
from bot.console.triage.queues import PATH, address_of
from bot.console.triage.refusals import said_of
from bot.console.triage.words import ABOUTS, CATEGORIES, CHANNELS, KINDS, SENDERS, choices
from feedback.case import Case
from feedback.entered_again import OtherContentsError
from feedback.errors import FeedbackError
from feedback.receipts import new_receipt, read_receipt
from feedback.record import About, Category, Kind, SenderKind, Status, Submission
from feedback.requirements import Lack
from feedback.sheet import CHANNELS as WAYS
from feedback.sheet import Sheet, SheetError, submission_of
from feedback.working_time.zone import VIETNAM, here

LACKS = {Lack.NAME: "tên người gửi", Lack.ADDRESS: "địa chỉ", Lack.PHONE: "số điện thoại", Lack.EMAIL: "thư điện tử"}
NEW, SUPPLEMENT = "moi", "bo-sung"
"""What a sheet with an old receipt is."""
OTHER = (
    "Mã biên nhận này đã cấp cho phản ánh số {number}, nhưng tờ vừa nhập khác ở: {parts}. Chưa có gì được ghi; những gì "
    "bạn đã nhập còn nguyên bên dưới. Hãy chọn ở cuối biểu mẫu xem đây là phản ánh mới hay là bổ sung."
)
DIFFERS = {
    "came_by": "cách đến",
    "received_at": "ngày giờ nhận",
    "name": "tên người gửi",
    "address": "địa chỉ",
    "phone": "số điện thoại",
    "email": "thư điện tử",
    "sender": "người gửi là ai",
    "text": "nội dung",
    "proposal": "đề xuất",
    "kind": "phản ánh hay kiến nghị",
    "about": "nói về hành vi hay quy định",
    "category": "nhóm",
    "procedure_code": "mã thủ tục",
    "agency": "cơ quan bị phản ánh",
    "dossier_code": "mã hồ sơ",
    "happened_on": "ngày xảy ra",
    "may_publish": "đồng ý công khai",
}
"""The fields of a sheet, as it is said that they differ."""
WRONG = {
    "came_by": "Hãy chọn phản ánh đến bằng cách nào.",
    "received_at": "Hãy ghi ngày giờ nhận.",
    "text": "Hãy ghi nội dung sự việc, ít nhất 20 ký tự.",
    "procedure_code": "Danh mục không có thủ tục mang mã này. Hãy xem lại mã hoặc để trống.",
}


@dataclass(frozen=True)
class EnterPage:
    """See the module."""

    desk: TriageDesk
    counts: Counts

    def routes(self) -> list[Route]:
        """Return the routes."""
        roles = frozenset({ConsoleRole.RECEIVER})
        return [
            Route("GET", f"{PATH}/vao-so", roles, self.show),
            Route("POST", f"{PATH}/vao-so", roles, self.enter),
        ]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show the form."""
        return self._page(visit, fields(visit.at), "", 200)

    async def enter(self, visit: Visit) -> web.StreamResponse:
        """Enter it, or show the form again with what was typed.

        An old receipt with other contents is nobody's guess: whoever typed it says whether it is a supplement or a new record.
        """
        desk, way = self.desk, visit.text("la")
        receipt = (read_receipt(visit.text("bien-nhan")) if way != NEW else None) or new_receipt()
        try:
            given = await submission_of(sheet_of(visit), desk.names, desk.office.book, receipt)
            async with desk.transactions.write() as session:
                try:
                    made = await desk.steps.intake.enter(session, visit.actor, given, visit.at)
                except OtherContentsError as other:
                    if way != SUPPLEMENT:
                        raise
                    return await self._supplemented(session, visit, other, given)
        except OtherContentsError as error:
            return self._page(visit, _typed(visit), _said(error), 409, error.case)
        except FeedbackError as error:
            return self._page(visit, _typed(visit), _said(error), 422)
        self.counts.forget()
        return go(address_of(made.id), f"Đã vào sổ số {made.number}/{made.year}.")

    async def _supplemented(
        self, session: AsyncSession, visit: Visit, other: OtherContentsError, given: Submission
    ) -> web.StreamResponse:
        """Add the words to the record that has the receipt."""
        said = {"text": given.matter.text, "proposal": given.matter.proposal}
        text = "\n\n".join(words for name, words in said.items() if name in other.fields and words)
        await self.desk.steps.supplementing.supplement(session, visit.actor, other.case.id, text, visit.at)
        self.counts.forget()
        return go(address_of(other.case.id), f"Đã ghi bổ sung vào phản ánh số {other.case.register_number}.")

    def _page(
        self, visit: Visit, shown: Sequence[Field], wrong: str, status: int, known: Case | None = None
    ) -> web.StreamResponse:
        return self.desk.frame.respond(
            visit,
            "triage_enter.html",
            status,
            fields=shown,
            kinds_of=FieldKind,
            wrong=wrong,
            receipt=visit.text("bien-nhan") or new_receipt(),
            known=known,
            known_at=address_of(known.id) if known else "",
            waits=known is not None and known.status is Status.NEEDS_SUPPLEMENT,
            ways={"new": NEW, "supplement": SUPPLEMENT},
            path=PATH,
        )


def _typed(visit: Visit) -> list[Field]:
    return [one.typed(visit) for one in fields(visit.at)]


def fields(at: datetime) -> list[Field]:
    """Return what Article 7 asks for, and what the register needs."""
    ways = tuple((way, CHANNELS[way]) for way in WAYS)
    return [
        Field("cach", "Đến bằng cách nào", FieldKind.CHOICE, ways),
        Field("ngay", "Ngày nhận", FieldKind.DAY, value=f"{here(at):%Y-%m-%d}"),
        Field("gio", "Giờ nhận", value=f"{here(at):%H:%M}", most=5, hint="Ví dụ 09:30. Thời hạn tính từ lúc này."),
        Field("ten", "Tên người gửi", most=200),
        Field("dia-chi", "Địa chỉ", most=300),
        Field("dien-thoai", "Số điện thoại", required=False, most=20),
        Field("thu", "Thư điện tử", required=False, most=254),
        Field("nguoi-gui", "Người gửi là", FieldKind.CHOICE, choices(SENDERS), SenderKind.CITIZEN),
        Field("noi-dung", "Nội dung, theo lời người gửi", FieldKind.LONG, most=12_000),
        Field("de-xuat", "Đề xuất của người gửi", FieldKind.LONG, required=False, most=12_000),
        Field("hinh-thuc", "Đây là", FieldKind.CHOICE, choices(KINDS), Kind.REPORT),
        Field("ve", "Nói về", FieldKind.CHOICE, choices(ABOUTS), About.CONDUCT),
        Field("nhom", "Nhóm (Điều 5)", FieldKind.CHOICE, (("", "Chưa xếp"), *choices(CATEGORIES)), required=False),
        Field("thu-tuc", "Mã thủ tục", required=False, most=32),
        Field("co-quan", "Mã cơ quan bị phản ánh", required=False, most=40),
        Field("ho-so", "Mã hồ sơ", required=False, most=64),
        Field("ngay-xay-ra", "Ngày xảy ra", FieldKind.DAY, required=False),
        Field("dong-y", "Người gửi đồng ý công khai nội dung", FieldKind.TICK, required=False),
    ]


def sheet_of(visit: Visit) -> Sheet:
    """Read what was typed.

    Raises:
        FormError: a choice or a moment is none.
    """
    return Sheet(
        came_by=visit.text("cach"),
        received_at=_moment(visit),
        name=visit.text("ten"),
        address=visit.text("dia-chi"),
        text=visit.text("noi-dung"),
        phone=visit.text("dien-thoai"),
        email=visit.text("thu"),
        sender=choice(visit, "nguoi-gui", SenderKind, "người gửi là ai"),
        kind=choice(visit, "hinh-thuc", Kind, "phản ánh hay kiến nghị"),
        about=choice(visit, "ve", About, "nói về hành vi hay quy định"),
        category=picked(visit, "nhom", Category),
        proposal=visit.text("de-xuat"),
        procedure_code=visit.text("thu-tuc"),
        agency=visit.text("co-quan"),
        dossier_code=visit.text("ho-so"),
        happened_on=_day(visit),
        may_publish=bool(visit.text("dong-y")),
    )


def _moment(visit: Visit) -> datetime:
    try:
        typed = datetime.strptime(f"{visit.text('ngay')} {visit.text('gio')}", "%Y-%m-%d %H:%M")
    except ValueError as error:
        raise FormError("Ngày giờ nhận không đúng. Ví dụ: ngày 26/11/2026, giờ 09:30.") from error
    return typed.replace(tzinfo=VIETNAM)


def _day(visit: Visit) -> date | None:
    given = visit.text("ngay-xay-ra")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise FormError("Ngày xảy ra không đúng.") from error


def _said(error: FeedbackError) -> str:
    if isinstance(error, FormError):
        return str(error)
    if isinstance(error, OtherContentsError):
        parts = ", ".join(DIFFERS[one] for one in error.fields)
        return OTHER.format(number=error.case.register_number, parts=parts)
    if isinstance(error, SheetError):
        missing = ", ".join(LACKS[one] for one in error.lacks)
        if missing:
            return f"Chưa đúng hoặc còn thiếu: {missing}. Điều 7 Nghị định 20 yêu cầu các thông tin này thì mới vào sổ."
        return WRONG.get(error.field, "Biểu mẫu còn chỗ chưa đúng.")
    return said_of(error)
