from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import pytest

from benchmarks.load import TURNS, Outcome, Phase, Surroundings, run_phase
from tests.fakes.talk import FakeTalk, FakeTime

QUESTIONS = [f"câu {number}" for number in range(40)]


@dataclass
class Assistant:
    time: FakeTime = field(default_factory=FakeTime)
    seconds: float = 0.05
    failure: str = ""
    talks: list[FakeTalk] = field(default_factory=list)

    def new_talk(self) -> FakeTalk:
        self.talks.append(FakeTalk(self.time, self.seconds, self.failure))
        return self.talks[-1]

    async def load(self, phase: Phase, seed: int = 1) -> Outcome:
        around = Surroundings(self.time.clock, self.time.sleep)
        return await run_phase(self.new_talk, QUESTIONS, phase, Random(seed), around)

    @property
    def asked(self) -> list[str]:
        return [text for talk in self.talks for text in talk.said]


@pytest.fixture
def assistant() -> Assistant:
    return Assistant()


async def test_a_saturating_citizen_asks_again_as_soon_as_answered(assistant: Assistant) -> None:
    outcome = await assistant.load(Phase(conversations=1, seconds=1.0))
    assert len(outcome.milliseconds) == pytest.approx(20, abs=1)
    assert outcome.milliseconds[0] == pytest.approx(50)
    assert outcome.failures == ()


async def test_thinking_is_spread_around_its_mean(assistant: Assistant) -> None:
    await assistant.load(Phase(conversations=1, seconds=1200.0, thinking=2.0))
    thoughts = [rest for rest in assistant.time.rests[1:] if rest != assistant.seconds]
    assert min(thoughts) >= 1.0
    assert max(thoughts) <= 3.0
    assert sum(thoughts) / len(thoughts) == pytest.approx(2.0, abs=0.1)


async def test_several_citizens_ask_at_the_same_time(assistant: Assistant) -> None:
    outcome = await assistant.load(Phase(conversations=8, seconds=1.0))
    assert len(outcome.milliseconds) == pytest.approx(8 * 20, abs=8)
    assert outcome.seconds == pytest.approx(1.0, abs=0.1)


async def test_a_conversation_ends_after_a_few_messages_and_the_next_begins_afresh(assistant: Assistant) -> None:
    await assistant.load(Phase(conversations=1, seconds=1.0))
    assert len(assistant.talks) == pytest.approx(20 / TURNS, abs=1)
    assert max(len(talk.said) for talk in assistant.talks) == TURNS


async def test_failures_are_counted_by_kind_and_followed_by_a_rest(assistant: Assistant) -> None:
    assistant.failure = "HTTP 429"
    outcome = await assistant.load(Phase(conversations=1, seconds=1.5))
    assert outcome.milliseconds == ()
    assert set(outcome.failures) == {"HTTP 429"}
    assert len(outcome.failures) <= 11


async def test_the_same_seed_asks_two_assistants_the_same_questions(assistant: Assistant) -> None:
    other = Assistant()
    await assistant.load(Phase(conversations=1, seconds=1.0), seed=7)
    await other.load(Phase(conversations=1, seconds=1.0), seed=7)
    assert assistant.asked == other.asked


async def test_nothing_is_sent_after_the_end(assistant: Assistant) -> None:
    assistant.seconds = 5.0
    outcome = await assistant.load(Phase(conversations=2, seconds=1.0))
    assert len(assistant.asked) == 2
    assert len(outcome.milliseconds) == 2
