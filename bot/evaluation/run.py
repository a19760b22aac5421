"""Asks labelled questions through the complete path: inbox, dialogue, outbox, and Rasa over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.web.channel import ACCOUNT, NAME
from bot.delivery.engine import Engine
from bot.dialogue.choices import choose
from bot.errors import BotError
from bot.evaluation.cases import Case
from nlu.understanding import Candidate

PATIENCE = 30.0
"""Seconds after which a question counts as not answered at all."""

ANSWERED = ("answered", "details_missing")


class UnansweredError(BotError):
    """The engine gave no answer to a question."""


@dataclass(frozen=True)
class Result:
    """What one question got."""

    case: Case
    outcome: str
    candidates: tuple[Candidate, ...]
    """Ten best services; what was answered stands first."""
    intent: str
    aspects: tuple[str, ...]
    milliseconds: float
    options: tuple[tuple[str, ...], ...] = ()
    """Codes of each service offered, when asked back."""
    confidence: float = 0.0
    """That the first service is the right one, between 0 and 1."""
    signs: Mapping[str, float] = field(default_factory=dict)
    """What the ranking saw, with ``out_of_scope`` of the words; what the decision on the scope is fitted on."""
    by: str = ""
    """What understood the message, as in ``Understander``; empty when it was answered without reading it closely."""

    @property
    def rank(self) -> int:
        """Place of the first right service among the candidates, from 0; 99 when it is not there."""
        return next((place for place, one in enumerate(self.candidates) if self._right(one.codes)), 99)

    @property
    def right_among_options(self) -> bool:
        """Whether it was asked back with a right service among those offered."""
        return any(map(self._right, self.options))

    @property
    def answered(self) -> bool:
        """Whether one procedure was answered."""
        return self.outcome in ANSWERED

    @property
    def told(self) -> tuple[str, ...]:
        """The aspects that the answer tells first: what the question is taken to ask."""
        return self.aspects[:2]

    def _right(self, codes: Sequence[str]) -> bool:
        return not set(codes).isdisjoint(self.case.accept)

    @property
    def aspect_right(self) -> bool | None:
        """Whether the aspect asked for was understood with at most one other; ``None`` when it is not scored."""
        if self.case.aspect == "none":
            return None
        return self.case.aspect in self.aspects[:2] and len(self.aspects) <= 2


async def ask_all(engine: Engine, cases: Iterable[Case]) -> list[Result]:
    """Ask the questions one after the other, each as the first message of a conversation of its own."""
    return [await _ask(engine, case) for case in cases]


async def _ask(engine: Engine, case: Case) -> Result:
    ref = Ref(NAME, ACCOUNT, uuid4().hex)
    if case.context:
        await _turn(engine, Inbound(ref, "0", InboundKind.CHOICE, datetime.now(UTC), payload=choose(case.context[0])))
    began = time.perf_counter()
    trace = await _turn(engine, Inbound(ref, "1", InboundKind.TEXT, datetime.now(UTC), text=case.text))
    seconds = time.perf_counter() - began
    return read_trace(case, trace, 1000 * seconds)


def read_trace(case: Case, trace: Mapping[str, Any], milliseconds: float) -> Result:
    """Read what a turn left in its trace."""
    found = [
        Candidate(one["code"], float(one["score"]), one.get("name", ""), tuple(one.get("members") or (one["code"],)))
        for one in trace.get("candidates", [])
    ]
    answered = trace.get("codes", []) if trace["outcome"] in ANSWERED else []
    first = [_service(code, found) for code in answered]
    ranked = [*first, *(one for one in found if one not in first)]
    sure = trace.get("scores", {}).get("sure", found[0].score if found else 0.0)
    return Result(
        case=case,
        outcome=trace["outcome"],
        candidates=tuple(dict.fromkeys(ranked))[:10],
        intent=trace.get("intent", ""),
        aspects=tuple(trace.get("aspects", ())),
        milliseconds=round(milliseconds, 2),
        options=tuple(_service(code, found).codes for code in trace.get("options", ()))
        if trace["outcome"] == "choose"
        else (),
        confidence=float(sure),
        signs={**trace.get("scores", {}), "out_of_scope": float(trace.get("out_of_scope", 0.0))},
        by=str(trace.get("by", "")),
    )


def _service(code: str, found: Sequence[Candidate]) -> Candidate:
    """Return the candidate that a code belongs to; a code that search did not find stands alone."""
    return next((one for one in found if code in one.codes), Candidate(code, 1.0, members=(code,)))


async def _turn(engine: Engine, inbound: Inbound) -> dict[str, Any]:
    received = await engine.receive(inbound)
    answer = await engine.answer(received, PATIENCE)
    if answer.trace is None:
        raise UnansweredError(f"no answer within {PATIENCE:.0f} s; see the log")
    return dict(answer.trace)
