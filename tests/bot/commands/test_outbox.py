"""``motcua outbox`` shows what could not be sent without showing the citizen, and has it sent again."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.__main__ import main
from bot.delivery.tables import OutboxState, outbox
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.messages import NOW

Motcua = Callable[..., tuple[int, str]]
STATES = (OutboxState.DEAD, OutboxState.UNREACHABLE, OutboxState.WAITING, OutboxState.DEAD, OutboxState.DELIVERED)


def row(number: int, state: OutboxState) -> dict[str, object]:
    return {
        "id": number,
        "key": str(number),
        "channel": "zalo_oa" if number == 4 else "telegram",
        "account": "main",
        "conversation": "chat-of-a-citizen",
        "body": b"sealed words",
        "created_at": NOW,
        "state": state,
        "attempts": number,
        "detail": "400 chat not found",
    }


@pytest.fixture
def url(migrated_sqlite: Path, tmp_path: Path) -> str:
    address = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'm.sqlite3')}"

    async def fill() -> None:
        work = UnitOfWork(open_engine(address))
        async with work.write() as session:
            await session.execute(insert(outbox), [row(number, state) for number, state in enumerate(STATES, start=1)])
        await work.close()

    asyncio.run(fill())
    return address


@pytest.fixture
def motcua(url: str, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua outbox``; gives exit code and all output."""

    def run(*args: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(("outbox", *args), {"MOTCUA_DATABASE_URL": url})
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    return run


def states(url: str) -> list[tuple[str, int]]:
    async def read() -> list[tuple[str, int]]:
        work = UnitOfWork(open_engine(url))
        async with work.read() as session:
            rows = await session.execute(select(outbox.c.state, outbox.c.attempts).order_by(outbox.c.id))
            found = [(state, attempts) for state, attempts in rows]
        await work.close()
        return found

    return asyncio.run(read())


def test_the_dead_are_listed_without_the_citizen(motcua: Motcua) -> None:
    code, told = motcua("list")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines()[1:3]] == ["1", "4"]
    assert "400 chat not found" in told
    assert "2 dead, 1 waiting, 1 unreachable" in told
    assert "chat-of-a-citizen" not in told
    assert "sealed" not in told


def test_a_state_and_a_channel_can_be_chosen(motcua: Motcua) -> None:
    assert motcua("list", "--state", "unreachable")[1].splitlines()[1].split()[0] == "2"
    assert len(motcua("list", "--channel", "zalo_oa")[1].splitlines()) == 3


def test_all_dead_ones_of_a_channel_are_sent_again(motcua: Motcua, url: str) -> None:
    assert motcua("retry", "--all-dead", "--channel", "telegram") == (0, "1 messages will be sent again.\n")
    assert states(url)[0] == (OutboxState.WAITING, 0)
    assert states(url)[3] == (OutboxState.DEAD, 4)


def test_chosen_ones_are_sent_again_and_the_others_named(motcua: Motcua, url: str) -> None:
    code, told = motcua("retry", "1", "2", "5", "77")
    assert code == 1
    assert "2 messages" in told
    assert told.strip().endswith("5, 77")
    assert states(url)[1] == (OutboxState.WAITING, 0)
    assert states(url)[4] == (OutboxState.DELIVERED, 5)


def test_nothing_chosen_is_a_mistake_in_one_line(motcua: Motcua) -> None:
    code, told = motcua("retry")
    assert code == 1
    assert "--all-dead" in told
