"""A stand-in for the desk that tells senders where their feedback stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.channels.contract import Ref
from bot.dialogue.effects import Effect, SupplementFeedback, WithdrawFeedback
from bot.dialogue.feedback_status_ports import AboutOwnFeedback
from feedback.clocks import Timer
from feedback.looks import Brief, Look, LookOutcome, Shown
from feedback.record import Book, Status
from feedback.transitions import Action
from feedback.working_time.loading import load_working_time
from tests.bot.messages import NOW

WORKING = load_working_time()
TIMER = Timer(WORKING.rules, WORKING.hours())
SENT = NOW - timedelta(days=2)
FOUR = "4567"
RECEIVED = Shown(
    receipt="PA-2KQM-2XWP",
    register_number="12/2026",
    book=Book.REGISTER,
    status=Status.RECEIVED,
    unit="H48.1",
    receiver="",
    since=SENT,
    submitted_at=SENT,
    procedure_name="Đăng ký khai sinh",
    promises=(TIMER.promise("feedback_transfer", SENT), TIMER.promise("feedback_process", SENT)),
    waits_for="",
    answer="",
    slug="",
    steps=frozenset({Action.WITHDRAW}),
    reopen_until=None,
    satisfied=None,
    merged=False,
    sample=False,
)
WAITING = replace(
    RECEIVED,
    receipt="PA-3KQM-2XWP",
    status=Status.NEEDS_SUPPLEMENT,
    promises=(replace(RECEIVED.promises[1], at=None),),
    waits_for="Ghi rõ ngày nộp hồ sơ",
    steps=frozenset({Action.SUPPLEMENT, Action.WITHDRAW}),
)
ANSWERED = replace(
    RECEIVED,
    receipt="PA-4KQM-2XWP",
    status=Status.PUBLISHED,
    promises=(),
    answer="Đã xin lỗi và trả kết quả.",
    slug="abc",
    steps=frozenset({Action.REOPEN, Action.RATE}),
    reopen_until=NOW + timedelta(days=20),
)
FORWARDED = replace(
    RECEIVED,
    receipt="PA-5KQM-2XWP",
    status=Status.FORWARDED,
    receiver="H48.9",
    promises=(),
    waits_for="Thuộc thẩm quyền Sở Xây dựng",
    steps=frozenset(),
)
LATE = replace(
    RECEIVED, receipt="PA-6KQM-2XWP", promises=(TIMER.promise("feedback_process", NOW - timedelta(days=60)),)
)
_NAMES = {"H48.1": "Văn phòng UBND tỉnh Mẫu", "H48.9": "Sở Xây dựng"}


@dataclass
class FakeOwnFeedback:
    """Knows a few records; carries effects out."""

    own_receipts: tuple[str, ...] = ()
    """Sent in this very conversation."""
    records: dict[str, Shown] = field(
        default_factory=lambda: {one.receipt: one for one in (RECEIVED, WAITING, ANSWERED, FORWARDED, LATE)}
    )
    proved: set[str] = field(default_factory=set)
    tries: int = 0
    added: list[tuple[str, str]] = field(default_factory=list)

    async def look(self, ref: Ref, receipt: str, four: str | None, now: datetime, source: str) -> Look:
        shown = self.records.get(receipt)
        if shown is not None and (receipt in self.own_receipts or receipt in self.proved):
            return Look(LookOutcome.SHOWN, shown)
        if four is None:
            return Look(LookOutcome.NEEDS_FACT)
        self.tries += 1
        if self.tries > 3:
            return Look(LookOutcome.LIMITED, until=now + timedelta(minutes=1))
        if shown is None or four != FOUR:
            return Look(LookOutcome.NOT_MATCHED)
        self.proved.add(receipt)
        return Look(LookOutcome.SHOWN, shown)

    async def own(self, ref: Ref) -> Sequence[Brief]:
        found = [self.records[receipt] for receipt in self.own_receipts]
        return [Brief(one.receipt, one.status, one.submitted_at, one.procedure_name) for one in found]

    def apply(self, ref: Ref, effect: Effect) -> None:
        match effect:
            case SupplementFeedback(receipt, text):
                self.added.append((receipt, text))
                shown = self.records[receipt]
                self.records[receipt] = replace(shown, status=Status.RECEIVED, waits_for="", steps=RECEIVED.steps)
            case WithdrawFeedback(receipt):
                shown = self.records[receipt]
                self.records[receipt] = replace(shown, status=Status.WITHDRAWN, promises=(), steps=frozenset())

    def about(self) -> AboutOwnFeedback:
        """What the flows read."""
        return AboutOwnFeedback(
            self, lambda code: _NAMES.get(code, code), lambda slug: f"https://motcua.example/pakn/{slug}"
        )
