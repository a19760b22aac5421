"""Builds engines that share one PostgreSQL database, as several processes do."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

from bot.channels.web.channel import WebChannel
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.postgres_signals import PostgresSignals
from bot.delivery.shared import Shared, ShareTimes
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.delivery.conftest import SECRET, sorry
from tests.bot.messages import NOW
from tests.fakes.channel import FakeChannel
from tests.fakes.dialogue import FakeDialogue

QUICK = ShareTimes(lease=1.0, look=0.1, idle=0.3)


@dataclass
class Process:
    """One engine with a database connection of its own."""

    url: str
    dialogue: FakeDialogue = field(default_factory=FakeDialogue)
    platform: FakeChannel = field(default_factory=FakeChannel)
    times: ShareTimes = QUICK

    def __post_init__(self) -> None:
        self.database = UnitOfWork(open_engine(self.url))
        store = DeliveryStore(AesGcmCipher(SECRET))
        self.signals = PostgresSignals(self.database.engine)
        self.share = Shared(
            store=store,
            transactions=self.database,
            signals=self.signals,
            ticks=time.monotonic,
            new_name=lambda: str(uuid.uuid4()),
            times=self.times,
        )
        self.engine = Engine(
            dialogue=self.dialogue,
            outlets=Outlets({"web": WebChannel(lambda: NOW), "fake": self.platform}, frozenset({"web"})),
            store=store,
            transactions=self.database,
            sorry=sorry,
            clock=lambda: NOW,
            share=self.share,
        )

    async def stop(self) -> None:
        """Stop in good order."""
        if self.dialogue.gate is not None:
            self.dialogue.gate.set()
        if self.platform.gate is not None:
            self.platform.gate.set()
        await self.engine.stop()
        await self.database.close()

    async def fall_silent(self) -> None:
        """Stop saying that it lives, as a process does that hangs."""
        await self.share._heart.stop()
        await self.share._rounds.stop()
        await self.signals.stop()
