"""Plays citizens: several conversations at once, each asking its next question when the last one is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Protocol

from benchmarks.errors import NoAnswerError

TURNS = 5
"""Messages in one conversation; the next one begins afresh, so that no limit of one conversation is met."""
AFTER_FAILURE = 0.1
"""Seconds of rest after a failed turn: a refusal is quick, and must not turn the load into a flood."""


class Talk(Protocol):
    """One conversation with an assistant."""

    async def say(self, text: str) -> str:
        """Send one message and return the words of the answer.

        Raises:
            NoAnswerError: there was none.
        """
        ...


@dataclass(frozen=True)
class Phase:
    """How to load an assistant for a while."""

    conversations: int
    """At once."""
    seconds: float
    """No message is sent after this; those on their way are waited for."""
    thinking: float = 0.0
    """Mean seconds between an answer and the next message, evenly spread over half to one and a half; 0 saturates."""


@dataclass(frozen=True)
class Outcome:
    """What came of a phase."""

    milliseconds: tuple[float, ...]
    """Of each answered turn."""
    failures: tuple[str, ...]
    """Kind of each failure."""
    seconds: float
    """How long the phase took."""


@dataclass(frozen=True)
class Surroundings:
    """Clock and rest, so that tests need not wait."""

    clock: Callable[[], float] = time.perf_counter
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


async def run_phase(
    new_talk: Callable[[], Talk],
    questions: Sequence[str],
    phase: Phase,
    chance: Random,
    surroundings: Surroundings | None = None,
) -> Outcome:
    """Load an assistant and return what came of it.

    Args:
        new_talk: begins a conversation with the assistant.
        questions: what is asked, in an order drawn by ``chance`` and over again when used up.
        phase: how many, how long, and with what rest.
        chance: the same seed asks two assistants the same questions.
        surroundings: the real clock by default.
    """
    around = surroundings or Surroundings()
    asked = cycle(chance.sample(questions, len(questions)))
    began = around.clock()
    citizens = [
        _Citizen(new_talk, asked, phase, Random(chance.random()), around, began + phase.seconds)
        for _ in range(phase.conversations)
    ]
    async with asyncio.TaskGroup() as group:
        for citizen in citizens:
            group.create_task(citizen.converse())
    return Outcome(
        milliseconds=tuple(value for citizen in citizens for value in citizen.milliseconds),
        failures=tuple(kind for citizen in citizens for kind in citizen.failures),
        seconds=around.clock() - began,
    )


class _Citizen:
    """One loop of asking, being answered, thinking."""

    def __init__(
        self,
        new_talk: Callable[[], Talk],
        asked: Iterator[str],
        phase: Phase,
        chance: Random,
        around: Surroundings,
        deadline: float,
    ) -> None:
        self._new_talk = new_talk
        self._asked = asked
        self._phase = phase
        self._chance = chance
        self._around = around
        self._deadline = deadline
        self.milliseconds: list[float] = []
        self.failures: list[str] = []

    async def converse(self) -> None:
        # Not all at once: people do not arrive together.
        await self._around.sleep(self._chance.uniform(0.0, self._phase.thinking))
        talk, said = self._new_talk(), 0
        while self._around.clock() < self._deadline:
            if said == TURNS:
                talk, said = self._new_talk(), 0
            said += 1
            await self._turn(talk)
            if self._phase.thinking:
                await self._around.sleep(self._phase.thinking * self._chance.uniform(0.5, 1.5))

    async def _turn(self, talk: Talk) -> None:
        began = self._around.clock()
        try:
            await talk.say(next(self._asked))
        except NoAnswerError as error:
            self.failures.append(str(error))
            await self._around.sleep(AFTER_FAILURE)
            return
        self.milliseconds.append(1000 * (self._around.clock() - began))
