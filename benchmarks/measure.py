"""Runs the whole measurement: starts, rounds of load in turn with the peer, memory at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import aiohttp
import psutil

from benchmarks.errors import BenchError
from benchmarks.figures import Figures, figures
from benchmarks.load import Phase, Talk, run_phase
from benchmarks.ours import Server, make_database, serving, understands, until_understanding
from benchmarks.stock import make_model, serving_stock
from benchmarks.talks import OurTalk, RasaTalk, open_session
from benchmarks.usage import Usage, split_tree, usage, whole_tree
from nlu.training import RasaHome, ensure_model, print_progress

Parts = Callable[[], Mapping[str, list[psutil.Process]]]


@dataclass(frozen=True)
class Plan:
    """What to measure, and for how long."""

    root: Path
    """The project's folder."""
    catalogue: Path | None
    """Procedures to import; ``None`` for the starter catalogue."""
    questions: Sequence[str]
    conversations: tuple[int, ...] = (1, 16, 64)
    """At once."""
    rounds: int = 3
    thinking: float = 2.0
    """Mean seconds between an answer and the next message."""
    thinking_seconds: float = 9.0
    """Length of a phase with thinking."""
    saturated_seconds: float = 4.0
    """Length of a phase without."""
    starts: int = 3
    """Cold starts up to the first answer."""
    seed: int = 2008


@dataclass(frozen=True)
class Side:
    """One of the two assistants, running."""

    new_talk: Callable[[], Talk]
    parts: Parts
    """Its processes by name, as they are now."""


@dataclass(frozen=True)
class Round:
    """One phase of one assistant."""

    figures: Figures
    cpu_ms: Mapping[str, float]
    """Processor time per answered turn by part, in milliseconds: what neighbours on the machine hardly change."""


@dataclass(frozen=True)
class Row:
    """One kind of load, over all rounds."""

    phase: Phase
    ours: tuple[Round, ...]
    stock: tuple[Round, ...]


@dataclass(frozen=True)
class Measurement:
    """Everything that was measured."""

    first_answer: tuple[float, ...]
    """Seconds from the start of the process to the first answer from the catalogue, of each start."""
    rasa_ready: float
    """Seconds from the start until Rasa understands."""
    stock_first_answer: float
    """Seconds from the peer's start to its first answer."""
    megabytes: Mapping[str, float]
    """Resident memory after all load, by part."""
    rows: tuple[Row, ...]
    load_average: tuple[float, float]
    """Of the machine over one minute, before and after: neighbours blur what is measured."""


async def measure(plan: Plan) -> Measurement:
    """Measure everything; leaves no process behind.

    Raises:
        BenchError: something does not start, or Rasa is away at the end.
        NluError: there is no Rasa environment, or training fails.
    """
    home = RasaHome(plan.root)
    await ensure_model(home, os.environ, print_progress)
    model = await make_model(home)
    database = await make_database(plan.root, plan.catalogue)
    before = os.getloadavg()[0]
    async with open_session() as session:
        starts = []
        for number in range(plan.starts - 1):
            print_progress(f"cold start {number + 1} of {plan.starts}")
            async with serving(plan.root, database, session) as server:
                starts.append(server.answered_after)
        print_progress(f"cold start {plan.starts} of {plan.starts}, up to Rasa ready; then the stock assistant")
        async with serving(plan.root, database, session) as server:
            ready = await until_understanding(server, session)
            async with serving_stock(home, model, session) as peer:
                rows, memory = await _loaded(plan, server, peer, session)
            if not await understands(server, session):
                raise BenchError("Rasa went away during the measurement; see var/log/rasa.log")
    return Measurement(
        first_answer=(*starts, server.answered_after),
        rasa_ready=ready,
        stock_first_answer=peer.answered_after,
        megabytes=memory,
        rows=rows,
        load_average=(before, os.getloadavg()[0]),
    )


def phases(plan: Plan) -> list[Phase]:
    """Return the kinds of load of one round."""
    thinking = [Phase(count, plan.thinking_seconds, plan.thinking) for count in plan.conversations]
    return [*thinking, *(Phase(count, plan.saturated_seconds) for count in plan.conversations)]


async def run_rounds(plan: Plan, ours: Side, stock: Side) -> tuple[Row, ...]:
    """Load both in turn, phase by phase and round by round, so that both meet the same weather."""
    kinds = phases(plan)
    found: list[tuple[list[Round], list[Round]]] = [([], []) for _ in kinds]
    for number in range(plan.rounds):
        for place, phase in enumerate(kinds):
            print_progress(f"round {number + 1} of {plan.rounds}: {describe(phase)}")
            seed = plan.seed + number
            # Who goes first alternates: a machine that slows down favours nobody.
            for side in (0, 1) if number % 2 == 0 else (1, 0):
                found[place][side].append(await _one((ours, stock)[side], plan, phase, seed))
    return tuple(Row(phase, tuple(a), tuple(b)) for phase, (a, b) in zip(kinds, found, strict=True))


def describe(phase: Phase) -> str:
    """Return a few words for a kind of load."""
    rest = f"{phase.thinking:g} s of thinking" if phase.thinking else "saturated"
    return f"{phase.conversations} conversations, {rest}"


async def _loaded(
    plan: Plan, server: Server, peer: Server, session: aiohttp.ClientSession
) -> tuple[tuple[Row, ...], Mapping[str, float]]:
    def our_parts() -> Mapping[str, list[psutil.Process]]:
        app, rasa = split_tree(server.process.pid)
        return {"app": app, "rasa": rasa}

    ours = Side(lambda: OurTalk(session, server.url), our_parts)
    stock = Side(lambda: RasaTalk(session, peer.url), lambda: {"stock": whole_tree(peer.process.pid)})
    for side in (ours, stock):
        # What is computed on first use is not what one turn costs.
        await run_phase(side.new_talk, plan.questions, Phase(4, 2.0), Random(plan.seed - 1))
    rows = await run_rounds(plan, ours, stock)
    memory = {name: used.megabytes for side in (ours, stock) for name, used in _used(side).items()}
    return rows, memory


async def _one(side: Side, plan: Plan, phase: Phase, seed: int) -> Round:
    before = _used(side)
    outcome = await run_phase(side.new_talk, plan.questions, phase, Random(seed))
    after = _used(side)
    turns = max(len(outcome.milliseconds), 1)
    spent = {name: 1000 * (after[name].cpu_seconds - before[name].cpu_seconds) / turns for name in before}
    for kind in sorted(set(outcome.failures)):
        print(f"  {outcome.failures.count(kind)} turns failed: {kind}", file=sys.stderr)
    return Round(figures(outcome), spent)


def _used(side: Side) -> dict[str, Usage]:
    return {name: usage(processes) for name, processes in side.parts().items()}
