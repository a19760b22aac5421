"""Questions are asked through the complete path: inbox, dialogue, outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.app import make_engine, open_house, project_root
from bot.channels.web.channel import WebChannel
from bot.delivery.engine import Engine
from bot.evaluation.cases import Case
from bot.evaluation.run import ask_all
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
    assert first.candidates[0][0] == BIRTH.code
    assert first.milliseconds > 0
    assert second.outcome != "answered"


async def test_a_follow_up_has_its_procedure_under_discussion(engine: Engine) -> None:
    case = Case("thế lệ phí bao nhiêu", "follow_up", (MARRIAGE.code,), "fee", (MARRIAGE.code,), "dev")
    (result,) = await ask_all(engine, [case])
    assert result.outcome == "answered"
    assert result.candidates[0][0] == MARRIAGE.code
    assert result.aspect_right


async def test_at_most_ten_candidates_are_told_whatever_the_outcome(engine: Engine) -> None:
    (result,) = await ask_all(engine, [Case("hôm nay trời mưa", "out_of_scope", (), "none", (), "dev")])
    assert result.outcome == "declined"
    assert 0 < len(result.candidates) <= 10
