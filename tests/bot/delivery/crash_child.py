"""A process that talks to an engine until it is done or killed; run by ``test_crashes``."""

from __future__ import annotations

import asyncio
import sys

from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.delivery.conftest import engine_on
from tests.bot.messages import inbound
from tests.fakes.dialogue import FakeDialogue

CONVERSATIONS = 8
MESSAGES = 25


async def talk(url: str) -> None:
    """Send every message, as a client does that was never told it arrived, and wait for each reply."""
    work = UnitOfWork(open_engine(url))
    engine = engine_on(work, FakeDialogue(seconds=0.01))
    await engine.start()
    sys.stdout.write("started\n")
    sys.stdout.flush()

    async def converse(name: str) -> None:
        for number in range(MESSAGES):
            received = await engine.receive(inbound(str(number), str(number), name))
            answer = await engine.answer(received, 30)
            if not answer.finished:
                raise RuntimeError("no answer came")

    await asyncio.gather(*(converse(f"c{number}") for number in range(CONVERSATIONS)))
    await engine.stop()
    await work.close()


if __name__ == "__main__":
    asyncio.run(talk(sys.argv[1]))
