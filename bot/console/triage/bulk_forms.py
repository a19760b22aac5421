"""What can be done with many records at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.console.roles import ConsoleRole
from bot.console.routing import Visit
from bot.console.triage.answering_forms import latest_draft
from bot.console.triage.forms import Asked, Field, FieldKind, FormError, StepForm, words
from bot.console.triage.publish_page import proposed, publish_one
from bot.console.triage.receiving_forms import AssignForm, ForwardForm, classification_fields, classified
from feedback.publication.service import Redacted
from feedback.transitions import ANSWERED
from feedback.triage import Said


class BulkForm(Protocol):
    """Something that is done with each of some records."""

    @property
    def slug(self) -> str:
        """As the list names it."""
        ...

    @property
    def title(self) -> str:
        """As the button says it."""
        ...

    @property
    def hint(self) -> str:
        """What it leads to."""
        ...

    @property
    def roles(self) -> frozenset[ConsoleRole]:
        """Who may."""
        ...

    @property
    def most(self) -> int:
        """Records at once."""
        ...

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """Return what is filled in once for all of them; ``asked`` has the first one."""
        ...

    async def own(self, asked: Asked, visit: Visit) -> Sequence[Field]:
        """Return what is looked through for each record."""
        ...

    async def do(self, asked: Asked, visit: Visit) -> str:
        """Do it with one record; return what is said of it."""
        ...


@dataclass(frozen=True)
class BulkStep:
    """A step whose own form is filled in once for all of them."""

    form: StepForm
    roles: frozenset[ConsoleRole]
    most: int = 50

    @property
    def slug(self) -> str:
        """See ``BulkForm``."""
        return self.form.slug

    @property
    def title(self) -> str:
        """See ``BulkForm``."""
        return self.form.title

    @property
    def hint(self) -> str:
        """See ``BulkForm``."""
        return self.form.hint

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``BulkForm``."""
        return await self.form.fields(asked)

    async def own(self, asked: Asked, visit: Visit) -> Sequence[Field]:
        """See ``BulkForm``."""
        return ()

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``BulkForm``."""
        return await self.form.do(asked, visit)


@dataclass(frozen=True)
class BulkClassify:
    """Phân loại; what a record is about stays with each."""

    slug: str = "phan-loai"
    title: str = "Phân loại"
    hint: str = "Cùng một loại cho mọi phản ánh đã chọn; cơ quan và thủ tục của từng phản ánh giữ nguyên."
    roles: frozenset[ConsoleRole] = frozenset({ConsoleRole.RECEIVER})
    most: int = 50

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``BulkForm``."""
        return [*classification_fields(), Field("ly-do", "Lý do", required=False)]

    async def own(self, asked: Asked, visit: Visit) -> Sequence[Field]:
        """See ``BulkForm``."""
        return ()

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``BulkForm``."""
        said = Said(classified(visit))
        await asked.desk.steps.triage.classify(
            asked.session, asked.actor, asked.case.id, said, asked.at, visit.text("ly-do")
        )
        return "Đã phân loại."


@dataclass(frozen=True)
class BulkDecide:
    """Duyệt: each its own draft, read here before."""

    slug: str = "duyet"
    title: str = "Duyệt và gửi"
    hint: str = "Mỗi phản ánh được trả lời bằng dự thảo của chính nó, in dưới đây. Gửi ngay; không hoàn tác được."
    roles: frozenset[ConsoleRole] = frozenset({ConsoleRole.APPROVER})
    most: int = 20

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``BulkForm``."""
        return [Field("cong-khai", "Đưa luôn tất cả vào hàng chờ công khai", FieldKind.TICK, required=False)]

    async def own(self, asked: Asked, visit: Visit) -> Sequence[Field]:
        """See ``BulkForm``."""
        draft = await latest_draft(asked)
        return [Field("", draft.answer.text if draft and draft.answer.text else "Chưa có dự thảo trả lời.")]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``BulkForm``."""
        answering = asked.desk.steps.answering
        await answering.decide(asked.session, asked.actor, asked.case.id, asked.at)
        if not visit.text("cong-khai"):
            return "Đã duyệt và gửi trả lời."
        await answering.to_publish(asked.session, asked.actor, asked.case.id, asked.at)
        return "Đã duyệt, gửi trả lời và đưa vào hàng chờ công khai."


@dataclass(frozen=True)
class BulkPublish:
    """Công khai: each looked through here, with what is suggested taken out already."""

    slug: str = "cong-khai"
    title: str = "Công khai"
    hint: str = "Các phần nên che đã được thay bằng […]; máy có thể bỏ sót nên hãy đọc từng ô trước khi công khai."
    roles: frozenset[ConsoleRole] = frozenset({ConsoleRole.APPROVER, ConsoleRole.PUBLISHER})
    most: int = 20

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """See ``BulkForm``."""
        return ()

    async def own(self, asked: Asked, visit: Visit) -> Sequence[Field]:
        """See ``BulkForm``."""
        case = asked.case
        proposal = await proposed(asked.desk, asked.session, asked.actor, case, visit)
        parts = (("hoi", "Câu hỏi", proposal.question), ("dap", "Câu trả lời", proposal.answer))
        return [
            Field(
                f"{name}-{case.id}",
                f"{said}, số {case.register_number}",
                FieldKind.LONG,
                value=visit.text(f"{name}-{case.id}") or found.redacted,
            )
            for name, said, found in parts
        ]

    async def do(self, asked: Asked, visit: Visit) -> str:
        """See ``BulkForm``."""
        case = asked.case
        if case.status not in ANSWERED:
            raise FormError("Phản ánh này chưa có câu trả lời được duyệt.")
        redacted = Redacted(
            words(visit, f"hoi-{case.id}", "câu hỏi sẽ công khai"),
            words(visit, f"dap-{case.id}", "câu trả lời sẽ công khai"),
        )
        await publish_one(asked.desk, asked.session, asked.actor, case, redacted, visit)
        return "Đã công khai."


_FORMS: Sequence[BulkForm] = (
    BulkStep(AssignForm(), frozenset({ConsoleRole.RECEIVER, ConsoleRole.HANDLER, ConsoleRole.APPROVER})),
    BulkClassify(),
    BulkStep(ForwardForm(), frozenset({ConsoleRole.RECEIVER})),
    BulkDecide(),
    BulkPublish(),
)
BULK: Mapping[str, BulkForm] = {one.slug: one for one in _FORMS}
"""By the name that the list sends."""
