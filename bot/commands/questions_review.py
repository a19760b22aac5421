"""Goes through the review list with a person: one keystroke decides about one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from enum import Enum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.terminal import END, Terminal
from nlu.learning.errors import LearningError
from nlu.learning.review import Kept
from nlu.learning.store import Decision, Question, ReviewState, ReviewStore
from nlu.understanding import Aspect, Intent

KEYS = "1-9 procedure  a aspect  c code  o out of scope  s skip  r reject  d delete  u undo  q quit  ?"
ASPECTS = dict(zip("abcdefghijklmnopq", Aspect, strict=False))
"""Key of each aspect."""
KINDS = dict(zip("abcdefghijklmnopq", (intent for intent in Intent if intent.out_of_scope), strict=False))
"""Key of each kind of question out of scope."""
HELP = """1-9  the message means this procedure, and asks for the aspects shown
a    choose the aspect (+ before its letter adds one, - means none)
c    type the code of another procedure
o    no administrative procedure answers it: choose the kind
s    skip; shown again when nothing else is open
r    nothing is to be learned from it
d    delete the text at once, for good: it still shows who somebody is
u    take the last decision back
q    stop; everything decided is kept"""


class Step(Enum):
    """What a key asks for instead of a decision."""

    UNDO = "u"
    DELETE = "d"
    QUIT = "q"


class Names(Protocol):
    """Knows the procedures of the live catalogue."""

    async def name(self, code: str) -> str | None:
        """Return the name of a procedure; ``None`` when there is none of this code."""
        ...


class Writes(Protocol):
    """The unit of work, as far as it writes."""

    def write(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Give a session whose changes are committed when the block ends."""
        ...


class ReviewSession:
    """One sitting of one reviewer."""

    def __init__(
        self, transactions: Writes, names: Names, terminal: Terminal, by: str, clock: Callable[[], datetime]
    ) -> None:
        """Take the list's database, the catalogue, the person and their name."""
        self._transactions = transactions
        self._names = names
        self._terminal = terminal
        self._by = by
        self._clock = clock
        self._done: list[tuple[int, Question, Decision]] = []
        self.decided = 0
        """Decisions that stand."""

    async def run(self, questions: Sequence[Question]) -> None:
        """Go through the questions until they are all decided, skipped, or the person stops."""
        place = 0
        while place < len(questions) or self._once_more():
            if place == len(questions):
                place = await self._undone(place)
                continue
            question = questions[place]
            self._terminal.show(f"\n[{place + 1} of {len(questions)}]\n{await self._told(question)}")
            step = await self._asked(question)
            if step is Step.QUIT:
                return
            if step is Step.UNDO:
                place = await self._undone(place)
                continue
            if step is Step.DELETE:
                await self._deleted(question)
            elif isinstance(step, Decision):
                await self._written(place, question, step)
            place += 1

    def _once_more(self) -> bool:
        """Tell whether the person wants the last decision back, now that nothing more is there."""
        if not self._done:
            self._terminal.show("Nothing more to review.")
            return False
        return self._terminal.key("Nothing more to review; u takes the last decision back, any other key ends >") == "u"

    async def _asked(self, question: Question) -> Decision | Step:
        """Wait until the person has decided about one question."""
        offered, aspects = options(question), question.aspects
        while True:
            key = self._terminal.key(f"{KEYS} >")
            if key in (END, "q"):
                return Step.QUIT
            if key in ("u", "d"):
                return Step(key)
            if key.isdecimal() and 1 <= int(key) <= len(offered):
                return self._accepted(offered[int(key) - 1].code, aspects)
            if key == "a":
                aspects = self._aspects(aspects)
            elif key in ("s", "r"):
                return self._decision(ReviewState.LATER if key == "s" else ReviewState.REJECTED)
            elif key == "c" and (code := await self._code()):
                return self._accepted(code, aspects)
            elif key == "o" and (kind := self._kind()) is not None:
                return Decision(ReviewState.ACCEPTED, kind=kind, by=self._by, at=self._clock())
            elif key not in ("c", "o"):
                self._terminal.show(HELP)

    def _decision(self, state: ReviewState) -> Decision:
        return Decision(state, by=self._by, at=self._clock())

    def _accepted(self, code: str, aspects: tuple[Aspect, ...]) -> Decision:
        return Decision(ReviewState.ACCEPTED, code, None, aspects, self._by, self._clock())

    def _aspects(self, present: tuple[Aspect, ...]) -> tuple[Aspect, ...]:
        """Let the person choose the aspect asked for; return the present ones when none was chosen."""
        self._terminal.show("  ".join(f"{key} {aspect.value}" for key, aspect in ASPECTS.items()) + "  + add  - none")
        key = self._terminal.key("aspect >")
        adding = key == "+"
        chosen = ASPECTS.get(self._terminal.key("add >") if adding else key)
        if chosen is not None:
            present = tuple(dict.fromkeys((*present, chosen))) if adding else (chosen,)
        elif key == "-":
            present = ()
        self._terminal.show(f"aspects: {_named(present)}")
        return present

    async def _code(self) -> str:
        """Let the person type the code of a procedure; empty when there is none of that code."""
        code = self._terminal.line("code >")
        name = await self._names.name(code) if code else None
        self._terminal.show(name or f"The live catalogue holds no procedure {code!r}.")
        return code if name else ""

    def _kind(self) -> Intent | None:
        self._terminal.show("  ".join(f"{key} {_short(kind)}" for key, kind in KINDS.items()))
        return KINDS.get(self._terminal.key("kind >"))

    async def _written(self, place: int, question: Question, decision: Decision) -> None:
        try:
            async with self._transactions.write() as session:
                await ReviewStore(session).decide(question.id, decision, before=(question.decision.state,))
        except LearningError as error:
            self._terminal.show(str(error))
            return
        self._done.append((place, question, decision))
        self.decided += 1
        self._terminal.show(f"→ {told(decision)}")

    async def _undone(self, place: int) -> int:
        """Take the last decision back and return the place of its question."""
        if not self._done:
            self._terminal.show("There is nothing to take back.")
            return place
        before, question, decision = self._done.pop()
        try:
            async with self._transactions.write() as session:
                await ReviewStore(session).decide(question.id, question.decision, before=(decision.state,))
        except LearningError as error:
            self._terminal.show(str(error))
            return place
        self.decided -= 1
        return before

    async def _deleted(self, question: Question) -> None:
        try:
            async with self._transactions.write() as session:
                await ReviewStore(session).delete(question.id)
        except LearningError as error:
            self._terminal.show(str(error))
        else:
            self._terminal.show("→ deleted")

    async def _told(self, question: Question) -> str:
        """Return a question as it is shown."""
        lines = [
            f"“{question.text}”",
            f"question {question.id}: {question.reason.value}, met {question.count} times,"
            f" last on {question.last_seen:%Y-%m-%d}; aspects: {_named(question.aspects)}",
        ]
        if question.context:
            name = await self._names.name(question.context)
            lines.append(f"said while talking about {question.context} {name or ''}".rstrip())
        for number, one in enumerate(options(question), start=1):
            name = one.name or await self._names.name(one.code) or ""
            mark = "  ← a citizen picked this" if one.code == question.suggested else ""
            lines.append(f"  {number}  {one.score:5.3f}  {one.code:<12}  {name}{mark}")
        return "\n".join(lines)


def options(question: Question) -> list[Kept]:
    """Return the procedures that have a key; what a citizen picked is always among them."""
    found = list(question.candidates)
    if question.suggested and all(one.code != question.suggested for one in found):
        found.insert(0, Kept(question.suggested, 0.0))
    return found[:9]


def told(decision: Decision) -> str:
    """Return a decision in one line."""
    if decision.kind is not None:
        return f"out of scope: {_short(decision.kind)}"
    if decision.code:
        return f"{decision.code} ({_named(decision.aspects)})"
    return {ReviewState.LATER: "skipped", ReviewState.REJECTED: "rejected"}.get(decision.state, "open")


def _short(kind: Intent) -> str:
    return kind.value.removeprefix("out_of_scope_")


def _named(aspects: Sequence[Aspect]) -> str:
    return ", ".join(aspect.value for aspect in aspects) or "none"
