"""Forms of merging and splitting: numbers stay, and the two records lead to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.console.routing import Visit
from bot.console.triage.forms import Asked, Field, FieldKind, FormError, alike, row_named, words
from bot.console.triage.receiving_forms import classification_fields, classified
from feedback.joining import Part
from feedback.receipts import read_receipt
from feedback.record import Matter
from feedback.register_store import NoSuchRecordError
from feedback.transitions import Action

_NUMBER = re.compile(r"(\d{1,9})\s*/\s*(\d{4})")


@dataclass(frozen=True)
class MergeForm:
    """Gộp vào phản ánh khác."""

    slug: str = "gop"
    title: str = "Gộp vào phản ánh khác"
    key: str = "m"
    actions: tuple[Action, ...] = (Action.MERGE,)
    hint: str = "Câu trả lời của phản ánh kia sẽ gửi cho cả hai người. Số của hai phản ánh giữ nguyên, trang này dẫn sang trang kia và ngược lại."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        found = await alike(asked)
        return [
            *(
                [
                    Field(
                        "giong",
                        "Phản ánh giống nhất",
                        FieldKind.CHOICE,
                        (("", "Không phải các phản ánh này"), *found),
                        required=False,
                    )
                ]
                if found
                else []
            ),
            Field(
                "so",
                f"{'Hoặc số' if found else 'Số'} vào sổ, mã biên nhận của phản ánh kia",
                required=not found,
                most=30,
                hint="Ví dụ: 12/2026",
            ),
            Field("ly-do", "Lý do gộp"),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        into = await self._into(asked, visit)
        await asked.desk.steps.joining.merge(
            asked.session, asked.actor, asked.case.id, into, words(visit, "ly-do", "lý do gộp"), asked.at
        )
        return "Đã gộp; người gửi được báo và sẽ nhận cùng câu trả lời."

    async def _into(self, asked: Asked, visit: Visit) -> int:
        chosen, named = row_named(visit, "giong"), visit.text("so")
        if chosen and not named:
            return chosen
        receipt, number, register = read_receipt(named), _NUMBER.fullmatch(named), asked.desk.register
        found = await register.by_receipt(asked.session, receipt) if receipt else None
        if number:
            found = await register.by_number(asked.session, asked.case.book, int(number[2]), int(number[1]))
        if found is None and not named:
            raise FormError("Hãy chọn hoặc ghi số của phản ánh kia.")
        if found is None:
            raise NoSuchRecordError(f"no record {named}")
        return found.id


@dataclass(frozen=True)
class SplitForm:
    """Tách thành phản ánh riêng."""

    slug: str = "tach"
    title: str = "Tách việc thứ hai"
    key: str = "y"
    actions: tuple[Action, ...] = (Action.SPLIT,)
    hint: str = (
        "Việc thứ hai được vào sổ với số tiếp theo, cùng người gửi. Lời của người gửi trong phản ánh đầu giữ nguyên."
    )

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return [
            Field(
                "noi-dung", "Phần tách ra, theo lời người gửi", FieldKind.LONG, hint="Chép phần nói về việc thứ hai."
            ),
            *classification_fields(about=asked.case.about),
            Field("co-quan", "Mã cơ quan bị phản ánh", value=asked.case.matter.agency, required=False, most=40),
            Field("ly-do", "Lý do tách"),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        matter = Matter(words(visit, "noi-dung", "phần tách ra"), agency=visit.text("co-quan"))
        part = Part(replace(matter), classified(visit))
        why = words(visit, "ly-do", "lý do tách")
        child = await asked.desk.steps.joining.split(asked.session, asked.actor, asked.case.id, part, why, asked.at)
        return f"Đã tách thành phản ánh số {child.register_number}; người gửi được báo."
