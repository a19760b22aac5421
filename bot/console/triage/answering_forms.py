"""Forms of the answer: the six criteria, the draft, the decision, what becomes public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.routing import Visit
from bot.console.triage.forms import Asked, Field, FieldKind, alike, choice, rows_named, words
from bot.console.triage.words import BASES, CRITERIA, HIDDEN, OUTCOMES, choices
from feedback.answer import Draft, Verdict
from feedback.publication.item import HiddenWhy
from feedback.record import CONDUCT_OUTCOMES, About, Basis, Criterion, Outcome, Status
from feedback.transitions import Action

MET, NOT_MET = "dat", "khong"


async def latest_draft(asked: Asked) -> Draft | None:
    """Return the newest version of the answer that nobody has approved; ``None`` for none."""
    versions = await asked.desk.steps.reading.answers(asked.session, asked.actor, asked.case.id, asked.at)
    return versions[-1] if versions and versions[-1].approved_at is None else None


@dataclass(frozen=True)
class DraftForm:
    """Soạn trả lời."""

    slug: str = "tra-loi"
    title: str = "Soạn trả lời"
    key: str = "r"
    actions: tuple[Action, ...] = (Action.DRAFT,)
    hint: str = "Đây là dự thảo: chưa gửi cho ai. Người gửi chỉ nhận sau khi lãnh đạo duyệt."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        draft = await latest_draft(asked)
        return [
            Field(
                "ket-qua",
                "Kết quả xử lý",
                FieldKind.CHOICE,
                outcomes(asked.case.about),
                (draft and draft.answer.outcome) or "",
            ),
            Field(
                "noi-dung",
                "Nội dung trả lời, người gửi sẽ đọc",
                FieldKind.LONG,
                value=draft.answer.text if draft else "",
                most=20_000,
            ),
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        outcome = choice(visit, "ket-qua", Outcome, "kết quả xử lý")
        text = words(visit, "noi-dung", "nội dung trả lời")
        draft = await asked.desk.steps.handling.draft(
            asked.session, asked.actor, asked.case.id, text, outcome, asked.at
        )
        return f"Đã lưu dự thảo trả lời, bản {draft.version}; chờ duyệt."


def outcomes(about: About) -> Sequence[tuple[str, str]]:
    """Return the outcomes that fit what a record is about."""
    fitting = [one for one in OUTCOMES if about is About.BOTH or (one in CONDUCT_OUTCOMES) is (about is About.CONDUCT)]
    return choices(OUTCOMES, *fitting)


@dataclass(frozen=True)
class AssessForm:
    """Đánh giá theo sáu tiêu chí (Điều 14)."""

    slug: str = "tieu-chi"
    title: str = "Sáu tiêu chí"
    key: str = "s"
    actions: tuple[Action, ...] = (Action.ASSESS,)
    hint: str = "Mỗi tiêu chí cần kết luận và lý do (Điều 14). Chỉ bắt buộc với phản ánh về quy định."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        draft = await latest_draft(asked)
        there = {one.criterion: one for one in draft.answer.criteria} if draft else {}
        found = [Field("co-so", "Cơ sở để xem xét", FieldKind.CHOICE, choices(BASES), asked.case.basis or Basis.ENOUGH)]
        for one, said in CRITERIA.items():
            verdict = there.get(one)
            met = "" if verdict is None else MET if verdict.met else NOT_MET
            found.append(Field(f"{one}", said, FieldKind.CHOICE, ((MET, "Đạt"), (NOT_MET, "Không đạt")), met))
            found.append(Field(f"{one}-vi", f"{said}: lý do", value=verdict.why if verdict else "", most=1000))
        return found

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        basis = choice(visit, "co-so", Basis, "cơ sở để xem xét")
        given = [(one, visit.text(one), visit.text(f"{one}-vi")) for one in Criterion]
        verdicts = [Verdict(one, said == MET, why) for one, said, why in given if said in (MET, NOT_MET)]
        await asked.desk.steps.handling.assess(asked.session, asked.actor, asked.case.id, verdicts, asked.at, basis)
        return "Đã lưu đánh giá theo sáu tiêu chí."


@dataclass(frozen=True)
class HoldForm:
    """Để lại, chưa đủ cơ sở."""

    slug: str = "cho-co-so"
    title: str = "Để lại, chưa đủ cơ sở"
    key: str = "h"
    actions: tuple[Action, ...] = (Action.HOLD,)
    hint: str = "Phản ánh được giữ để tập hợp thêm (Điều 14). Đồng hồ vẫn chạy."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return [Field("ly-do", "Vì sao chưa đủ cơ sở", FieldKind.LONG)]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        why = words(visit, "ly-do", "lý do")
        await asked.desk.steps.handling.hold(asked.session, asked.actor, asked.case.id, why, asked.at)
        return "Đã để lại vì chưa đủ cơ sở."


@dataclass(frozen=True)
class DecideForm:
    """Duyệt và gửi trả lời."""

    slug: str = "duyet"
    title: str = "Duyệt và gửi"
    key: str = "d"
    actions: tuple[Action, ...] = (Action.DECIDE,)
    hint: str = "Câu trả lời dưới đây gửi ngay cho người gửi và cho những ai đã gộp vào; không hoàn tác được."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        others = await alike(asked, (Status.IN_REVIEW,))
        found = [Field("cong-khai", "Đưa luôn vào hàng chờ công khai", FieldKind.TICK, required=False)]
        if others:
            said = "Trả lời chung cho các phản ánh giống nhau này"
            found.insert(
                0,
                Field(
                    "cung",
                    said,
                    FieldKind.CHECKS,
                    others,
                    required=False,
                    hint="Cùng một câu trả lời gửi cho mọi người gửi.",
                ),
            )
        return found

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        others = rows_named(visit, "cung")
        answering, session, actor, at = asked.desk.steps.answering, asked.session, asked.actor, asked.at
        cases = await answering.answer_many(session, actor, asked.case.id, others, at)
        if visit.text("cong-khai"):
            for one in cases:
                await answering.to_publish(session, actor, one.id, at)
        many = f" cho {len(cases)} phản ánh" if len(cases) > 1 else ""
        public = " và đưa vào hàng chờ công khai" if visit.text("cong-khai") else ""
        return f"Đã duyệt, gửi trả lời{many}{public}."


@dataclass(frozen=True)
class ToPublishForm:
    """Đưa vào hàng chờ công khai."""

    slug: str = "cho-cong-khai"
    title: str = "Đưa vào hàng chờ công khai"
    key: str = "e"
    actions: tuple[Action, ...] = (Action.TO_PUBLISH,)
    hint: str = "Chưa có gì được công khai: người phụ trách sẽ che thông tin cá nhân trước."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return []

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        await asked.desk.steps.answering.to_publish(asked.session, asked.actor, asked.case.id, asked.at)
        return "Đã đưa vào hàng chờ công khai."


@dataclass(frozen=True)
class HideForm:
    """Gỡ khỏi trang công khai."""

    slug: str = "go"
    title: str = "Gỡ khỏi trang công khai"
    key: str = "w"
    actions: tuple[Action, ...] = (Action.HIDE,)
    hint: str = "Nội dung biến mất khỏi trang công khai ngay; đường dẫn cũ nói là đã gỡ và vì sao. Không hoàn tác được."

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``StepForm``."""
        return [Field("ly-do", "Vì sao gỡ", FieldKind.CHOICE, choices(HIDDEN))]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``StepForm``."""
        why = choice(visit, "ly-do", HiddenWhy, "lý do gỡ")
        await asked.desk.publishing.hide(asked.session, asked.actor, asked.case.id, why, asked.at)
        return "Đã gỡ khỏi trang công khai."
