"""Sends what waits in the outbox, once, for tests of whole conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from sqlalchemy import select, update

from bot.channels.contract import Channel, Ref, SendStatus
from bot.delivery.cipher import Cipher
from bot.delivery.engine import Engine
from bot.delivery.sealing import Sealing
from bot.delivery.tables import OutboxState, inbox, outbox
from bot.unit_of_work import UnitOfWork


async def deliver(engine: Engine, transactions: UnitOfWork, channels: Mapping[str, Channel], cipher: Cipher) -> None:
    """Wait for all turns, then send in order; everything must be accepted."""
    async with transactions.read() as session:
        rows = (await session.execute(select(inbox.c.channel, inbox.c.account, inbox.c.conversation))).all()
    for channel, account, conversation in rows:
        ref = Ref(channel, account, conversation)
        for _ in range(1000):
            if not (await engine.history(ref)).pending:
                break
            await asyncio.sleep(0.01)
    async with transactions.read() as session:
        chosen = select(outbox).where(outbox.c.state == OutboxState.WAITING).order_by(outbox.c.id)
        waiting = (await session.execute(chosen)).mappings().all()
    for row in waiting:
        call = Sealing(cipher).open_call(row["body"], row["key"])
        sent = await channels[row["channel"]].send(call)
        assert sent.status is SendStatus.OK, sent
        async with transactions.write() as session:
            done = update(outbox).where(outbox.c.id == row["id"]).values(state=OutboxState.DELIVERED)
            await session.execute(done)
