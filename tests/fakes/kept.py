"""What is kept about people, in memory: hand-over requests, ratings, and what was deleted or blanked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.contract import Ref
from bot.dialogue.effects import (
    AskForPerson,
    BlankMessage,
    Effect,
    EraseEverything,
    IssueResumeCode,
    KeepChecklist,
    NoteDataRequest,
    Rate,
    TakeBackRequest,
    UseResumeCode,
)
from bot.dialogue.flows.data_request import DataOutside
from bot.dialogue.ports import Concern, Outlook
from bot.privacy.held import Held
from bot.privacy.request import Aims, NewRequest, RequestKind
from bot.resume.snapshot import Snapshot, Ticked


@dataclass
class FakeKept:
    """Implements ``HandOvers``, ``ResumeCodes`` and ``Holdings``, and carries effects out."""

    requests: dict[Ref, str] = field(default_factory=dict)
    ratings: list[Rate] = field(default_factory=list)
    held: list[Held] = field(default_factory=lambda: [Held("utter_held_messages", {"count": "3"})])
    blanked: int = 0
    wait: Outlook = field(default_factory=Outlook)
    """What is known of the wait for a person."""
    concerns: list[Concern] = field(default_factory=list)
    """What people who asked for a person were asking about."""
    lists: dict[Ref, Ticked] = field(default_factory=dict)
    codes: dict[str, Snapshot | None] = field(default_factory=dict)
    """Used ones carry nothing any more."""
    data_requests: dict[str, NewRequest] = field(default_factory=dict)

    def data(self) -> DataOutside:
        """Return what the flow of requests about data reads."""

        async def count_open(_: Ref) -> int:
            return len(self.data_requests)

        def by_when(_: RequestKind, at: datetime) -> Aims:
            return Aims(at + timedelta(days=2), at + timedelta(days=10), "Nghị định 356/2025/NĐ-CP")

        return DataOutside(
            count_open, by_when, lambda: f"DL-2222-222{len(self.data_requests) + 2}", "Sở Mẫu", "0100 000 123"
        )

    async def is_open(self, ref: Ref) -> bool:
        return ref in self.requests

    async def outlook(self, at: datetime) -> Outlook:
        return self.wait

    async def unit(self, ref: Ref, concern: Concern, at: datetime) -> str:
        self.concerns.append(concern)
        return ""

    async def peek(self, code: str) -> Snapshot | None:
        return self.codes.get(code)

    async def about(self, ref: Ref) -> Sequence[Held]:
        asked = [Held("utter_held_person", {"count": "1"})] if ref in self.requests else []
        return [*self.held, *asked]

    def apply(self, ref: Ref, effect: Effect) -> None:
        match effect:
            case AskForPerson(question):
                self.requests.setdefault(ref, question)
            case TakeBackRequest():
                self.requests.pop(ref, None)
            case Rate():
                self.ratings.append(effect)
            case EraseEverything():
                self.held.clear()
                self.requests.pop(ref, None)
            case KeepChecklist(ticked):
                self.lists[ref] = ticked
            case IssueResumeCode(code, snapshot):
                self.codes[code] = snapshot
            case UseResumeCode(code):
                self.codes[code] = None
            case NoteDataRequest(asked):
                self.data_requests.setdefault(asked.number, asked)
            case BlankMessage():
                self.blanked += 1
