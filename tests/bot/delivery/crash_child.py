"""A process that talks to an engine until it is done or killed; run by ``test_crashes``."""

from __future__ import annotations

import asyncio
import sys

from sqlalchemy import func, select

from bot.delivery.engine import Engine
from bot.delivery.shared import ShareTimes
from bot.delivery.tables import UNSENT, outbox
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.delivery.conftest import engine_on, eventually
from tests.bot.delivery.recorder import RecordedChannel
from tests.bot.delivery.sharing import Process
from tests.bot.messages import inbound
from tests.fakes.dialogue import FakeDialogue

CONVERSATIONS = 8
MESSAGES = 25
TIMES = ShareTimes(lease=0.5, look=0.1, idle=0.5)
PATIENCE = 120.0
"""Seconds after which a missing answer is a fault; a busy machine may well need thirty."""


async def talk(url: str, port: int) -> None:
    """Send every message, as a client does that was never told it arrived, and wait for each reply.

    Args:
        url: of the database.
        port: of the platform that the replies are pushed to; 0 for a client that fetches them.
    """
    work = UnitOfWork(open_engine(url))
    engine = _engine(url, work, port)
    await engine.start()
    sys.stdout.write("started\n")
    sys.stdout.flush()

    async def converse(name: str) -> None:
        for number in range(MESSAGES):
            message = inbound(str(number), str(number), name, "fake" if port else "web")
            received = await engine.receive(message)
            answer = await engine.answer(received, PATIENCE)
            if not answer.finished:
                raise RuntimeError("no answer came")

    async def nothing_waits() -> bool:
        async with work.read() as session:
            return await session.scalar(select(func.count()).where(outbox.c.state.in_(UNSENT))) == 0

    await asyncio.gather(*(converse(f"c{number}") for number in range(CONVERSATIONS)))
    await eventually(nothing_waits)
    await engine.stop()
    await work.close()


def _engine(url: str, work: UnitOfWork, port: int) -> Engine:
    dialogue, platform = FakeDialogue(seconds=0.01), RecordedChannel(port=port)
    if work.engine.dialect.name == "postgresql" and port:
        return Process(url, dialogue, platform, TIMES).engine
    return engine_on(work, dialogue, platform=platform)


if __name__ == "__main__":
    asyncio.run(talk(sys.argv[1], int(sys.argv[2])))
