"""Hands letters to officials on to the outbox: the work in the background where mail is set up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.channels.contract import Ref, Reply
from bot.channels.mail.channel import NAME as MAIL
from bot.console.accounts.letter_store import Letter, LetterStore
from bot.delivery.ports import Transactions
from bot.delivery.setting_aside import News, hand_on

PAUSE = 20.0
"""Seconds between two looks."""
AT_ONCE = 100
Notify = Callable[[AsyncSession, Ref, Reply, str], Awaitable[bool]]
"""Says something first, once per key, in the caller's transaction."""


@dataclass(frozen=True)
class MailingOfficials:
    """The work; a letter leaves once, by whichever process takes it out."""

    transactions: Transactions
    letters: LetterStore
    notify: Notify

    async def run(self) -> None:
        """Look again and again; see ``bot.background``."""
        while True:
            await self.once()
            await rest(PAUSE)

    async def once(self) -> int:
        """Hand on what waits; tell of how many."""
        async with self.transactions.read() as session:
            waiting = await self.letters.waiting(session, AT_ONCE)
        for one in waiting:
            await hand_on(self.transactions, self._news(one))
        return len(waiting)

    def _news(self, one: Letter) -> News:
        async def drop(session: AsyncSession, _: str) -> None:
            await self.letters.drop(session, one.id)

        return News(
            "A letter to an official about their account",
            take=partial(self.letters.drop, id=one.id),
            say=partial(self._say, one=one),
            set_aside=drop,
        )

    async def _say(self, session: AsyncSession, one: Letter) -> None:
        await self.notify(session, Ref(MAIL, "default", one.to), Reply(one.words), f"account:{one.id}")
