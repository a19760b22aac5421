"""Asks labelled questions through the complete path: inbox, dialogue, outbox, and Rasa over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.web.channel import ACCOUNT, NAME
from bot.delivery.engine import Engine
from bot.dialogue.choices import choose
from bot.errors import BotError
from bot.evaluation.cases import Case

PATIENCE = 30.0
"""Seconds after which a question counts as not answered at all."""


class UnansweredError(BotError):
    """The engine gave no answer to a question."""


@dataclass(frozen=True)
class Result:
    """What one question got."""

    case: Case
    outcome: str
    candidates: tuple[tuple[str, float], ...]
    """Ten best (code, score); what was answered stands first."""
    intent: str
    aspects: tuple[str, ...]
    milliseconds: float
    options: tuple[str, ...] = ()
    """Codes offered, when asked back."""

    @property
    def rank(self) -> int:
        """Place of the first right code among the candidates, from 0; 99 when it is not there."""
        codes = [code for code, _ in self.candidates]
        return next((place for place, code in enumerate(codes) if code in self.case.accept), 99)

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
    found = [(one["code"], float(one["score"])) for one in trace.get("candidates", [])]
    codes = list(trace.get("codes", []))
    first = codes if trace["outcome"] in ("answered", "details_missing") else []
    scores = dict(found)
    ranked = [(code, scores.get(code, 1.0)) for code in first] + [pair for pair in found if pair[0] not in first]
    return Result(
        case=case,
        outcome=trace["outcome"],
        candidates=tuple(ranked[:10]),
        intent=trace.get("intent", ""),
        aspects=tuple(trace.get("aspects", ())),
        milliseconds=round(1000 * seconds, 2),
        options=tuple(codes) if trace["outcome"] == "choose" else (),
    )


async def _turn(engine: Engine, inbound: Inbound) -> dict[str, Any]:
    received = await engine.receive(inbound)
    answer = await engine.answer(received, PATIENCE)
    if answer.trace is None:
        raise UnansweredError(f"no answer within {PATIENCE:.0f} s; see the log")
    return dict(answer.trace)
