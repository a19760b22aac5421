"""Lets confirmed slips go to the post office by e-mail, once each, and tells their people what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.channels.contract import Choice, Ref, Reply
from bot.channels.mail.channel import NAME as MAIL
from bot.delivery.notices import Told
from bot.delivery.ports import Transactions
from bot.delivery.setting_aside import News, hand_on
from bot.delivery.tables import OutboxState
from bot.dialogue.say_post_slip import PostSlipVoice
from bot.dialogue.texts import Texts
from bot.postal.request import RequestState
from bot.postal.request_records import Kept
from bot.postal.request_store import RequestStore

PAUSE = 5.0
"""Seconds between two looks."""
MOST = 100
Notify = Callable[[AsyncSession, Ref, Reply, str], Awaitable[bool]]
"""Says something first, once per key, in the caller's transaction."""
AsksFate = Callable[[AsyncSession, str], Awaitable[Told | None]]
"""Tells what became of a notice."""


@dataclass(frozen=True)
class Posting:
    """The work in the background.

    Each step is one transaction: a letter is noted as handed on together with its row in the outbox, and what became of it
    together with what its person is told. A crash between two steps leaves the next one to be done.
    """

    transactions: Transactions
    store: RequestStore
    texts: Texts
    notify: Notify
    told: AsksFate
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Look again and again; see ``bot.background``."""
        while True:
            if await self.once() < MOST:
                await rest(PAUSE)

    async def once(self) -> int:
        """Do what can be done now; tell how much it was."""
        async with self.transactions.read() as session:
            due = await self.store.due(session, self.clock(), MOST)
            handed = await self.store.handed(session, MOST)
            ended = [(one, state) for one in handed if (state := await self._ended(session, one))]
            revived = await self.store.revived(session, MOST)
        for one in due:
            await hand_on(self.transactions, self._letter(one))
        for one, state in ended:
            await hand_on(self.transactions, self._outcome(one, state))
        for one in revived:
            async with self.transactions.write() as session:
                await self.store.settle(session, one, RequestState.SENDING, self.clock())
        return len(due) + len(ended) + len(revived)

    async def _ended(self, session: AsyncSession, one: Kept) -> RequestState | None:
        """Return how a letter ended; ``None`` while it is under way."""
        fate = await self.told(session, one.key)
        if fate is not None and fate.state is OutboxState.DELIVERED:
            return RequestState.SENT
        return RequestState.FAILED if fate is None or fate.missed else None

    def _letter(self, one: Kept) -> News:
        return News(
            f"The letter of slip {one.request.id}",
            take=partial(self.store.hand_on, one=one, at=self.clock()),
            say=partial(self._post, one=one),
            set_aside=lambda session, _: self._failed(session, one),
        )

    def _outcome(self, one: Kept, state: RequestState) -> News:
        return News(
            f"What became of slip {one.request.id}",
            take=partial(self.store.settle, one=one, state=state, at=self.clock()),
            say=partial(self._tell, one=one, state=state),
            # The person cannot be told first; the slip says it when they look at it.
            set_aside=lambda session, _: self.store.settle(session, one, state, self.clock()),
        )

    async def _post(self, session: AsyncSession, one: Kept) -> None:
        await self.notify(
            session, Ref(MAIL, "default", one.mail_to), PostSlipVoice(self.texts).letter(one.request), one.key
        )

    async def _failed(self, session: AsyncSession, one: Kept) -> None:
        """Note that a letter could not even be handed on; it is told in the next round."""
        await self.store.hand_on(session, one, self.clock())

    async def _tell(self, session: AsyncSession, one: Kept, state: RequestState) -> None:
        texts = self.texts.speaking(one.language)
        said = texts.render(f"utter_pslip_told_{state.value}", number=one.request.id, mail=one.mail_to)
        show = Choice(f"do:postal_slip:{one.request.id}", texts.render("utter_button_pslip_show"))
        await self.notify(session, one.ref, Reply(said, (show,)), f"{one.key}:{state.value}")
