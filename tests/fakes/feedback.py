"""Stand-ins for what the talk that takes feedback reads, and what becomes of it: in memory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.channels.contract import Inbound, Ref
from bot.dialogue.effects import BeginDraft, DropDraft, Effect, FollowFeedback, SendFeedback
from bot.dialogue.feedback_ports import AboutFeedback, ByWhen, Item, OfficialDoors, Reception, Taken
from bot.dialogue.flow import Place
from feedback.record import About, Book, Border, Category, Classification, Kind, Sender, Submission
from feedback.suggesting import NamedProcedure, Suggestion
from nlu.text import fold

RECEIVING = Reception(
    book=Book.REGISTER,
    agency="Văn phòng UBND tỉnh Mẫu",
    decision="Quyết định 12/QĐ-UBND",
    doors=OfficialDoors(phone="0260 000 000", address="1 đường Mẫu"),
    controller="Văn phòng UBND tỉnh Mẫu",
    contact="0260 000 001",
    servers="tại Trung tâm dữ liệu tỉnh Mẫu",
    retention="theo quy định về lưu trữ",
    version="2026-11",
)
_SIGNS: tuple[tuple[str, Border, Category | None, float], ...] = (
    (r"meo mieng", Border.EMERGENCY, None, 0.95),
    (r"hoi lo|to cao|vong tien", Border.DENUNCIATION, None, 0.95),
    (r"khieu nai|huy quyet dinh|xem xet lai quyet dinh", Border.COMPLAINT, None, 0.9),
    (r"o ga|den duong|rac thai", Border.FIELD_REPORT, None, 0.9),
    (r"theo luat thi", Border.LEGAL_QUESTION, None, 0.9),
    (r"vay von|khuyen mai", Border.ADVERT, None, 0.9),
    (r"lu ngu", Border.INSULT, None, 0.9),
    (r"de nghi bo|kien nghi bo|nen bo", Border.RECOMMENDATION, Category.SOLUTION, 0.9),
    (r"quy dinh", Border.CONTENT, Category.UNREALISTIC, 0.9),
    (r"cham|phien ha|di lai|thai do|bat (?:toi|em)|tre hen", Border.CONDUCT, Category.OBSTACLE, 0.9),
)


class FakeUnderstanding:
    """Knows a few words; everything else is in doubt."""

    def suggest(self, text: str) -> Suggestion:
        said = fold(text.lower())
        for pattern, border, category, sure in _SIGNS:
            if re.search(rf"\b(?:{pattern})\b", said):
                return Suggestion(_classified(border, category), sure, {border: sure})
        return Suggestion(_classified(Border.OTHER, None), 0.4, {Border.OTHER: 0.4})


def _classified(border: Border, category: Category | None) -> Classification:
    kind = Kind.RECOMMENDATION if border is Border.RECOMMENDATION else Kind.REPORT
    return Classification(border, kind, About.CONDUCT if border is Border.CONDUCT else About.CONTENT, category)


@dataclass
class FakeFeedback:
    """Implements every port of ``AboutFeedback``, and carries effects out."""

    reception: Reception = RECEIVING
    drafts_begun: dict[str, str] = field(default_factory=dict)
    """Versions of the notice, by draft."""
    contacts: dict[str, Sender] = field(default_factory=dict)
    attached: dict[str, list[str]] = field(default_factory=dict)
    records: dict[str, Submission] = field(default_factory=dict)
    """By receipt: the same one twice is one."""
    followed: list[str] = field(default_factory=list)
    items: tuple[Item, ...] = ()
    procedures: dict[str, NamedProcedure] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """Earlier messages by id."""
    takes_files: bool = True
    has_page: bool = True
    is_full: bool = False
    """Whether nothing more is taken today."""

    async def named(self, code: str) -> NamedProcedure | None:
        return self.procedures.get(code)

    async def meant(self, text: str) -> NamedProcedure | None:
        said = fold(text.lower())
        return next((one for one in self.procedures.values() if fold(one.name.lower()) in said), None)

    async def contact(self, draft: str) -> Sender | None:
        return self.contacts.get(draft)

    async def files(self, draft: str) -> int:
        return len(self.attached.get(draft, ()))

    async def take(self, draft: str, inbound: Inbound) -> Taken:
        name = str(inbound.data.get("name", "ảnh.jpg"))
        self.attached.setdefault(draft, []).append(name)
        return Taken(name)

    async def find(self, text: str, procedure_code: str) -> Sequence[Item]:
        return self.items

    async def recall(self, ref: Ref, message: str) -> str:
        return self.said.get(message, "")

    async def full(self, submission: Submission, at: datetime) -> bool:
        return self.is_full

    def about(self) -> AboutFeedback:
        """Put it together as the flows read it."""
        return AboutFeedback(
            reception=lambda: self.reception,
            understands=FakeUnderstanding(),
            procedures=self,
            drafts=self,
            similar=self,
            by_when=lambda at: by_when(at),
            new_draft=lambda: f"draft{len(self.drafts_begun) + 1}",
            new_receipt=lambda: f"PA-2222-{'ABCDEFGH'[len(self.records)] * 4}",
            takes=self if self.takes_files else None,
            agency_of=lambda words: "H48.30" if "Tân Lập" in words else "",
            page=self._page,
            recall=self.recall,
            full=self.full,
        )

    def _page(self, draft: str, at: Place) -> str:
        return f"https://motcua.example/gui/{draft}" if self.has_page else ""

    def apply(self, ref: Ref, effect: Effect) -> None:
        match effect:
            case BeginDraft(draft, version):
                self.drafts_begun[draft] = version
            case DropDraft(draft):
                self.contacts.pop(draft, None)
                self.attached.pop(draft, None)
            case SendFeedback(submission):
                self.records.setdefault(submission.receipt, submission)
            case FollowFeedback(slug):
                self.followed.append(slug)


def by_when(at: datetime) -> ByWhen:
    return ByWhen(date(2026, 11, 30), date(2026, 12, 14))
