"""Forms of who receives: what it is, who gets it, what is missing, where it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.routing import Visit
from bot.console.triage.desk import Person
from bot.console.triage.forms import Asked, Field, FieldKind, FormError, choice, people_of, picked, units_of, words
from bot.console.triage.words import ABOUTS, BORDERS, CATEGORIES, REQUIREMENTS, choices
from feedback.actor import Role
from feedback.record import About, Border, Category, Classification, Kind, Requirement, Status
from feedback.transitions import Action
from feedback.triage import OWN_DOORS, Receiver, Said

CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def classified(visit: Visit) -> Classification:
    """Read what an official says a record is."""
    border = choice(visit, "loai", BORDERS, "loại nội dung")
    about = choice(visit, "ve", About, "phản ánh về hành vi hay quy định")
    kind = Kind.RECOMMENDATION if border is Border.RECOMMENDATION else Kind.REPORT
    return Classification(border, kind, about, picked(visit, "nhom", Category))


def classification_fields(border: str = "", about: str = "", category: str = "") -> list[Field]:
    """Return the fields that say what a record is."""
    return [
        Field("loai", "Đây là", FieldKind.CHOICE, choices(BORDERS), border),
        Field("ve", "Nói về", FieldKind.CHOICE, choices(ABOUTS), about),
        Field(
            "nhom",
            "Nhóm (Điều 5)",
            FieldKind.CHOICE,
            (("", "Chưa xếp"), *choices(CATEGORIES)),
            category,
            required=False,
        ),
    ]


@dataclass(frozen=True)
class ClassifyForm:
    """Phân loại."""

    slug: str = "phan-loai"
    title: str = "Phân loại"
    key: str = "c"
    actions: tuple[Action, ...] = (Action.CLASSIFY,)
    hint: str = "Việc thuộc Nghị định 20 sẽ được tiếp nhận theo loại bạn chọn. Bạn có thể hoàn tác ngay sau đó."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        case = asked.case
        load = await asked.desk.listing.load(asked.session, asked.actor)
        people = people_of(await asked.desk.people.people(asked.session), load)
        category = str(case.category.value) if case.category else ""
        return [
            *classification_fields(case.border, case.about, category),
            Field("co-quan", "Mã cơ quan bị phản ánh", value=case.matter.agency, required=False, most=40),
            Field("thu-tuc", "Mã thủ tục", value=case.matter.procedure_code, required=False, most=32),
            Field(
                "bi-phan-anh",
                "Cán bộ bị phản ánh (không được xem người gửi)",
                FieldKind.CHOICE,
                (("", "Không phải cán bộ của cơ quan"), *people),
                case.accused,
                required=False,
            ),
            Field("ly-do", "Lý do (nếu khác điều người gửi đã chọn)", required=False),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        case, code = asked.case, visit.text("thu-tuc")
        named = await asked.desk.names.procedure(code) if code else None
        if code and named is None:
            raise FormError(f"Danh mục không có thủ tục mã {code}.")
        changed = code != case.matter.procedure_code
        said = Said(
            classified(visit),
            agency=visit.text("co-quan"),
            procedure_code=code if changed else None,
            procedure_name=(named.name if named else "") if changed else None,
            field=(named.field if named else "") if changed else None,
            accused=visit.text("bi-phan-anh"),
        )
        await asked.desk.steps.triage.classify(asked.session, asked.actor, case.id, said, asked.at, visit.text("ly-do"))
        return "Đã phân loại."


@dataclass(frozen=True)
class AssignForm:
    """Giao xử lý, giao lại."""

    slug: str = "giao"
    title: str = "Giao xử lý"
    key: str = "g"
    actions: tuple[Action, ...] = (Action.TAKE, Action.ASSIGN)
    hint: str = "Người gửi được báo lần đầu khi phản ánh được giao xử lý."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        case = asked.case
        load = await asked.desk.listing.load(asked.session, asked.actor)
        people = [one for one in await _handlers(asked) if one.account != case.accused]
        chosen = "" if case.status in (Status.NEEDS_TRIAGE, Status.RECEIVED, Status.REOPENED) else case.unit
        return [
            Field(
                "don-vi",
                "Đơn vị",
                FieldKind.CHOICE,
                (("", "Theo phân công của cơ quan"), *units_of(asked.desk, load, asked.at)),
                chosen,
                required=False,
            ),
            Field(
                "nguoi",
                "Người xử lý",
                FieldKind.CHOICE,
                (("", "Để đơn vị tự giao"), *people_of(people, load)),
                case.officer,
                required=False,
            ),
            Field("ly-do", "Lý do", required=False, hint="Bắt buộc khi chuyển việc đang xử lý sang đơn vị khác."),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        triage, unit, officer = asked.desk.steps.triage, visit.text("don-vi"), visit.text("nguoi")
        people = {one.account: one for one in await _handlers(asked)}
        if officer and officer not in people:
            raise FormError("Không có người xử lý này.")
        if officer and not unit:
            unit = people[officer].unit
        if officer and people[officer].unit != unit:
            raise FormError(f"{people[officer].name} không thuộc đơn vị đã chọn. Hãy chọn lại đơn vị hoặc người.")
        studied = asked.case.status in (Status.IN_REVIEW, Status.NEEDS_SUPPLEMENT)
        give = triage.assign if studied else triage.take
        case = await give(asked.session, asked.actor, asked.case.id, asked.at, unit, officer, visit.text("ly-do"))
        return f"Đã giao cho {asked.desk.unit_name(case.unit)}" + (f", {people[officer].name}." if officer else ".")


@dataclass(frozen=True)
class ForwardForm:
    """Chuyển cơ quan khác."""

    slug: str = "chuyen"
    title: str = "Chuyển cơ quan khác"
    key: str = "t"
    actions: tuple[Action, ...] = (Action.FORWARD,)
    hint: str = "Người gửi được báo ngay cơ quan nhận và lý do; bước này không hoàn tác được."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return [
            Field("ma", "Mã cơ quan nhận", most=40, hint="Ví dụ: H48.12"),
            Field("ten", "Tên cơ quan nhận, như người gửi sẽ đọc", most=200),
            Field(
                "thu",
                "Thư điện tử đã công bố của cơ quan nhận",
                required=False,
                most=254,
                hint="Để trống nếu bạn tự gửi công văn.",
            ),
            Field("ly-do", "Lý do chuyển, người gửi sẽ đọc", FieldKind.LONG),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        to, why = receiver(visit), words(visit, "ly-do", "lý do chuyển")
        await asked.desk.steps.triage.forward(asked.session, asked.actor, asked.case.id, to, why, asked.at)
        return f"Đã chuyển đến {to.name} và báo cho người gửi."


def receiver(visit: Visit) -> Receiver:
    """Read to whom something goes.

    Raises:
        FormError: it cannot be.
    """
    code, name, mail = visit.text("ma"), words(visit, "ten", "tên cơ quan nhận"), visit.text("thu")
    if not CODE.fullmatch(code):
        raise FormError("Mã cơ quan nhận gồm chữ không dấu, số, dấu chấm hoặc gạch, không quá 40 ký tự.")
    if mail and not MAIL.fullmatch(mail):
        raise FormError("Thư điện tử của cơ quan nhận không đúng dạng.")
    return Receiver(code, name, mail)


@dataclass(frozen=True)
class AskForm:
    """Yêu cầu bổ sung."""

    slug: str = "bo-sung"
    title: str = "Yêu cầu bổ sung"
    key: str = "b"
    actions: tuple[Action, ...] = (Action.ASK_SUPPLEMENT,)
    hint: str = "Người gửi nhận câu hỏi này ngay và đồng hồ dừng đến khi họ trả lời; không hoàn tác được."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return [Field("noi-dung", "Cần bổ sung gì, người gửi sẽ đọc", FieldKind.LONG)]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        what = words(visit, "noi-dung", "điều cần bổ sung")
        await asked.desk.steps.supplementing.ask_supplement(asked.session, asked.actor, asked.case.id, what, asked.at)
        return "Đã yêu cầu người gửi bổ sung; đồng hồ dừng."


@dataclass(frozen=True)
class SupplementForm:
    """Nhận bổ sung trên giấy, qua điện thoại."""

    slug: str = "nhan-bo-sung"
    title: str = "Ghi nội dung bổ sung"
    key: str = "i"
    actions: tuple[Action, ...] = (Action.SUPPLEMENT,)
    hint: str = "Dùng khi người gửi bổ sung tại quầy, trên giấy hoặc qua điện thoại. Đồng hồ chạy tiếp."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return [Field("noi-dung", "Nội dung bổ sung", FieldKind.LONG)]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        await asked.desk.steps.supplementing.supplement(
            asked.session, asked.actor, asked.case.id, visit.text("noi-dung"), asked.at
        )
        return "Đã ghi nội dung bổ sung."


@dataclass(frozen=True)
class RefuseForm:
    """Không tiếp nhận."""

    slug: str = "khong-nhan"
    title: str = "Không tiếp nhận"
    key: str = "q"
    actions: tuple[Action, ...] = (Action.REFUSE,)
    hint: str = "Người gửi được báo ngay cùng lý do; không hoàn tác được."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return [
            Field("yeu-cau", "Yêu cầu của Điều 7 không đáp ứng", FieldKind.CHOICE, choices(REQUIREMENTS)),
            Field("noi-dung", "Giải thích, người gửi sẽ đọc", FieldKind.LONG),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        failed = choice(visit, "yeu-cau", Requirement, "yêu cầu không đáp ứng")
        why = words(visit, "noi-dung", "lời giải thích")
        await asked.desk.steps.triage.refuse(asked.session, asked.actor, asked.case.id, failed, why, asked.at)
        return "Đã báo không tiếp nhận cùng lý do."


@dataclass(frozen=True)
class RedirectForm:
    """Hướng dẫn nơi khác."""

    slug: str = "huong-dan"
    title: str = "Hướng dẫn nơi khác"
    key: str = "o"
    actions: tuple[Action, ...] = (Action.REDIRECT,)
    hint: str = (
        "Dùng cho khiếu nại, tố cáo và việc không thuộc Nghị định 20. Người gửi được báo nơi đúng; không hoàn tác được."
    )

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        doors = choices(BORDERS, *OWN_DOORS)
        chosen = asked.case.border.value if asked.case.border in OWN_DOORS else ""
        return [
            Field("loai", "Đây là", FieldKind.CHOICE, doors, chosen),
            Field("noi-dung", "Hướng dẫn, người gửi sẽ đọc", FieldKind.LONG),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        door = choice(visit, "loai", OWN_DOORS, "loại việc")
        why = words(visit, "noi-dung", "lời hướng dẫn")
        await asked.desk.steps.triage.redirect(asked.session, asked.actor, asked.case.id, door, why, asked.at)
        return "Đã hướng dẫn người gửi sang nơi khác."


async def _handlers(asked: Asked) -> Sequence[Person]:
    """Return those who study cases: nobody else can be given one."""
    return [one for one in await asked.desk.people.people(asked.session) if Role.HANDLER in one.roles]
