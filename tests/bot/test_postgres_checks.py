"""Connections to PostgreSQL that died are noticed, and living ones are not asked each time."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.postgres_checks import IDLE_SECONDS, check_connections

pytestmark = pytest.mark.postgres


class Ticks:
    """A clock that the test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine of one connection, whose clock is ``Ticks.now``."""
    opened = create_async_engine(
        postgres_url.replace("postgresql://", "postgresql+asyncpg://"), pool_size=1, max_overflow=0
    )
    Ticks.now = 0.0
    check_connections(opened, Ticks())
    yield opened
    await opened.dispose()


async def process_of(engine: AsyncEngine) -> int:
    """Which server process answers."""
    async with engine.connect() as connection:
        return int((await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one())


async def end(postgres_url: str, process: int) -> None:
    """End a server process from another connection."""
    other = create_async_engine(postgres_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with other.connect() as connection:
        await connection.execute(text(f"SELECT pg_terminate_backend({process}, 5000)"))
    await other.dispose()


def pings(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note each question to the server whether it is there."""
    asked: list[object] = []
    dialect = engine.sync_engine.dialect
    real = dialect.do_ping

    def noted(connection: object) -> bool:
        asked.append(connection)
        return real(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(dialect, "do_ping", noted)
    return asked


async def test_a_connection_in_use_is_kept_and_not_asked(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = pings(engine, monkeypatch)
    first = await process_of(engine)
    Ticks.now += IDLE_SECONDS / 2
    assert await process_of(engine) == first
    assert asked == []


async def test_a_connection_that_lay_idle_is_asked_and_kept(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = pings(engine, monkeypatch)
    first = await process_of(engine)
    Ticks.now += IDLE_SECONDS
    assert await process_of(engine) == first
    assert len(asked) == 1


@pytest.mark.parametrize("idle", [0.0, IDLE_SECONDS])
async def test_a_connection_that_the_server_closed_is_opened_anew(
    engine: AsyncEngine, postgres_url: str, idle: float
) -> None:
    first = await process_of(engine)
    await end(postgres_url, first)
    Ticks.now += idle
    assert await process_of(engine) != first


async def test_a_connection_that_answers_no_more_is_opened_anew(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialect, opened = engine.sync_engine.dialect, []
    event.listen(engine.sync_engine, "connect", lambda *_: opened.append(1))
    await process_of(engine)

    def silent(_: object) -> bool:
        raise dialect.loaded_dbapi.InterfaceError("connection is closed")

    monkeypatch.setattr(dialect, "do_ping", silent)
    Ticks.now += IDLE_SECONDS
    await process_of(engine)
    assert len(opened) == 2
