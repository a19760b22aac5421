"""The process serves until it is told to stop, can write nothing any more, or shall begin anew."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest
from aiohttp import web

from bot.background import Work, rest
from bot.until_stopped import ANEW, BROKEN, until_stopped


async def never() -> None:
    await asyncio.Event().wait()


@pytest.fixture
def deadlines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note that the time for stopping began to run, instead of ending the test."""
    begun: list[str] = []
    monkeypatch.setattr("bot.until_stopped.end_within", lambda: begun.append("begun"))
    return begun


async def test_a_signal_stops_the_work_where_it_rests_and_is_a_good_end(deadlines: list[str]) -> None:
    done: list[str] = []

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.05)
        done.append("whole")
        await rest(3600)

    code = await until_stopped(web.Application(), "127.0.0.1", 0, [Work("work", work)], {BROKEN: never})
    assert (code, done, deadlines) == (0, ["whole"], ["begun"])


async def test_an_engine_that_writes_nothing_any_more_ends_the_process_with_a_code_and_a_word(
    deadlines: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def broken() -> None:
        """Be broken at once."""

    works = [Work("work", lambda: rest(3600))]
    code = await until_stopped(web.Application(), "127.0.0.1", 0, works, {BROKEN: broken, ANEW: never})
    assert (code, deadlines) == (1, ["begun"])
    assert "ALARM: nothing can be written any more" in caplog.text


async def test_settings_that_changed_let_the_same_command_begin_anew(
    deadlines: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def changed() -> None:
        """Be changed at once."""

    works = [Work("work", lambda: rest(3600))]
    code = await until_stopped(web.Application(), "127.0.0.1", 0, works, {BROKEN: never, ANEW: changed})
    assert code == ANEW
    assert "ALARM" not in caplog.text
