"""A process killed at any moment loses nothing, doubles nothing and keeps the order."""

from __future__ import annotations

import asyncio
import random
import sys

from sqlalchemy import select

from bot.delivery.cipher import AesGcmCipher
from bot.delivery.sealing import Sealing
from bot.delivery.tables import inbox, outbox
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import SECRET
from tests.bot.delivery.crash_child import CONVERSATIONS, MESSAGES
from tests.bot.delivery.recorder import recording

KILLS = 4


async def run(url: str, seconds: float | None, port: int = 0) -> int:
    """Run the talker; kill it so many seconds after its start."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.delivery.crash_child", url, str(port), stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    await child.stdout.readline()
    if seconds is not None:
        await asyncio.sleep(seconds)
        child.kill()
    await child.communicate()
    return child.returncode or 0


async def test_killed_again_and_again_every_message_is_answered_once_and_in_order(database: UnitOfWork) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    chance = random.Random(7)
    for _ in range(KILLS):
        await run(url, chance.uniform(0.02, 0.15))
    assert await run(url, None) == 0
    async with database.read() as session:
        joined = select(inbox.c.conversation, inbox.c.message_id, outbox.c.key, outbox.c.body)
        chosen = joined.join_from(inbox, outbox, outbox.c.inbox_id == inbox.c.id).order_by(outbox.c.id)
        rows = (await session.execute(chosen)).all()
        received = len((await session.execute(select(inbox.c.id))).all())
    assert received == CONVERSATIONS * MESSAGES
    sealing = Sealing(AesGcmCipher(SECRET))
    for number in range(CONVERSATIONS):
        said = [sealing.open_call(row.body, row.key).body["text"] for row in rows if row.conversation == f"c{number}"]
        assert said == [f"Bạn viết: **{n}** (lượt {n + 1})" for n in range(MESSAGES)]


async def test_killed_while_it_sends_every_reply_leaves_in_order_and_hardly_any_twice(database: UnitOfWork) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    chance = random.Random(11)
    async with recording() as platform:
        for _ in range(KILLS):
            await run(url, chance.uniform(0.1, 0.4), platform.port)
        assert await run(url, None, platform.port) == 0
    wanted = [f"Bạn viết: **{n}** (lượt {n + 1})" for n in range(MESSAGES)]
    twice = 0
    for number in range(CONVERSATIONS):
        sent = platform.texts(f"c{number}")
        # What a crash sent twice came twice running: nothing else was in between.
        assert [text for text, before in zip(sent, [None, *sent], strict=False) if text != before] == wanted
        twice += len(sent) - len(wanted)
    async with database.read() as session:
        attempts = list(await session.scalars(select(outbox.c.attempts)))
    assert len(attempts) == CONVERSATIONS * MESSAGES
    # Each double was foreseen: its attempt was written down, and a crash has at most one in each conversation.
    assert twice <= sum(attempts) - len(attempts) <= KILLS * CONVERSATIONS
