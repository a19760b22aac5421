"""What is kept about people, in memory: hand-over requests, ratings, and what was deleted or blanked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.channels.contract import Ref
from bot.dialogue.effects import (
    AskForPerson,
    BlankMessage,
    Effect,
    EraseEverything,
    IssueResumeCode,
    KeepChecklist,
    Rate,
    TakeBackRequest,
    UseResumeCode,
)
from bot.privacy.held import Held
from bot.resume.snapshot import Snapshot, Ticked


@dataclass
class FakeKept:
    """Implements ``HandOvers``, ``ResumeCodes`` and ``Holdings``, and carries effects out."""

    requests: dict[Ref, str] = field(default_factory=dict)
    ratings: list[Rate] = field(default_factory=list)
    held: list[Held] = field(default_factory=lambda: [Held("utter_held_messages", {"count": "3"})])
    blanked: int = 0
    lists: dict[Ref, Ticked] = field(default_factory=dict)
    codes: dict[str, Snapshot | None] = field(default_factory=dict)
    """Used ones carry nothing any more."""

    async def is_open(self, ref: Ref) -> bool:
        return ref in self.requests

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
            case BlankMessage():
                self.blanked += 1
