"""Questions are asked through the complete path: inbox, dialogue, outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.app import make_engine, open_house, project_root
from bot.channels.web.channel import WebChannel
from bot.delivery.engine import Engine
from bot.evaluation.cases import Case
from bot.evaluation.run import ask_all, read_trace
from bot.settings import Secret, Settings
from tests.bot.dialogue_house import BIRTH, MARRIAGE


@pytest.fixture
async def engine(small_catalogue: str) -> AsyncIterator[Engine]:
    """An engine without Rasa, on a small catalogue, that keeps traces."""
    settings = Settings(database_url=small_catalogue, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    async with open_house(settings, project_root(), None) as house:
        await house.catalogue.refresh()
        running = make_engine(house, house.transactions, WebChannel(lambda: datetime.now(UTC)), trace=True)
        await running.start()
        yield running
        await running.stop()


async def test_each_question_is_the_first_message_of_its_own_conversation(engine: Engine) -> None:
    asked = Case("đăng ký khai sinh cần giấy tờ gì", "answer", (BIRTH.code,), "documents", (), "dev")
    alone = Case("thế lệ phí bao nhiêu", "clarify", (), "fee", (), "dev")
    first, second = await ask_all(engine, [asked, alone])
    assert (first.outcome, first.rank, first.aspect_right) == ("answered", 0, True)
    assert first.candidates[0].code == BIRTH.code
    assert first.milliseconds > 0
    assert second.outcome != "answered"


async def test_a_follow_up_has_its_procedure_under_discussion(engine: Engine) -> None:
    case = Case("thế lệ phí bao nhiêu", "follow_up", (MARRIAGE.code,), "fee", (MARRIAGE.code,), "dev")
    (result,) = await ask_all(engine, [case])
    assert result.outcome == "answered"
    assert result.candidates[0].code == MARRIAGE.code
    assert result.aspect_right


async def test_at_most_ten_candidates_are_told_whatever_the_outcome(engine: Engine) -> None:
    (result,) = await ask_all(engine, [Case("hôm nay trời mưa", "out_of_scope", (), "none", (), "dev")])
    assert result.outcome == "declined"
    assert 0 < len(result.candidates) <= 10


CASE = Case("câu hỏi", "clarify", ("1.3",), "none", (), "dev")
FOUND = [{"code": "1.1", "score": 0.6}, {"code": "1.2", "score": 0.3, "members": ["1.2", "1.3"]}]


def trace(**changes: Any) -> dict[str, Any]:
    """What a turn leaves behind."""
    return {"outcome": "choose", "codes": [], "candidates": FOUND, "scores": {"sure": 0.7}, **changes}


def test_the_service_that_was_answered_stands_first_whatever_code_of_it_was_shown() -> None:
    found = read_trace(CASE, trace(outcome="answered", codes=["1.3"]), 1.0)
    assert [one.codes for one in found.candidates] == [("1.2", "1.3"), ("1.1",)]
    assert found.rank == 0
    assert found.options == ()


def test_an_answer_that_search_did_not_find_stands_first_by_itself() -> None:
    found = read_trace(CASE, trace(outcome="answered", codes=["1.9"]), 1.0)
    assert [one.code for one in found.candidates] == ["1.9", "1.1", "1.2"]


def test_what_is_offered_is_known_by_its_service() -> None:
    found = read_trace(CASE, trace(options=["1.2", "1.8"]), 1.0)
    assert found.options == (("1.2", "1.3"), ("1.8",))
    assert found.right_among_options


def test_the_confidence_is_that_in_the_first_service_or_its_score() -> None:
    assert read_trace(CASE, trace(), 1.0).confidence == 0.7
    assert read_trace(CASE, trace(scores={}), 1.0).confidence == 0.6
    assert read_trace(CASE, {"outcome": "emergency"}, 1.0).confidence == 0.0
