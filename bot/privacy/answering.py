"""What officials do about requests, and what is told of it: by a command here, said by whichever process has the channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.channels.contract import Ref, Reply
from bot.delivery.ports import Transactions
from bot.delivery.setting_aside import News, hand_on
from bot.dialogue.texts import Texts
from bot.privacy.ports import HoldsData, KeepsByLaw
from bot.privacy.request import DataRequest, RequestKind, RequestState
from bot.privacy.request_store import DataRequestStore
from feedback.actor import Actor, Role
from feedback.working_time.zone import here

PAUSE = 3.0
"""Seconds between two looks."""
MOST = 100
ANSWERS = (Role.RECEIVER, Role.APPROVER)
"""Who may see and answer requests: they may see senders too."""
RESTRICTS = frozenset({RequestKind.DELETE, RequestKind.OBJECT})
"""Kinds after which what the law keeps serves the law alone, answered or refused."""
RESTRICTING = frozenset({RequestState.ANSWERED, RequestState.REFUSED})

Notify = Callable[[AsyncSession, Ref, Reply, str], Awaitable[bool]]
"""Says something first, once per key, in the caller's transaction."""


@dataclass(frozen=True)
class DataDesk:
    """The officials' side."""

    store: DataRequestStore
    holders: Sequence[HoldsData]
    """What people's data are kept by."""

    async def listed(self, session: AsyncSession, actor: Actor, now: datetime, *, ended: bool) -> Sequence[DataRequest]:
        """Return the requests, the overdue first.

        Raises:
            NotAllowedError: the actor lacks the role.
        """
        actor.require(*ANSWERS)
        return await self.store.listed(session, now, ended=ended)

    async def one(self, session: AsyncSession, actor: Actor, number: str) -> DataRequest | None:
        """Return a request; ``None`` for none.

        Raises:
            NotAllowedError: the actor lacks the role.
        """
        actor.require(*ANSWERS)
        return await self.store.get(session, number)

    async def waiting(self, session: AsyncSession, actor: Actor, now: datetime) -> tuple[int, int]:
        """Return how many requests wait, and how many of them are overdue.

        Raises:
            NotAllowedError: the actor lacks the role.
        """
        actor.require(*ANSWERS)
        return await self.store.count_waiting(session, now)

    async def step(
        self, session: AsyncSession, actor: Actor, number: str, step: tuple[RequestState, str], at: datetime
    ) -> bool:
        """Take a step and have the person told; false when that cannot be done (any more).

        What was restricted by an answer stays so when it is taken back: in doubt for the person.

        Raises:
            NotAllowedError: the actor lacks the role.
        """
        actor.require(*ANSWERS)
        state, words = step
        found = await self.store.get(session, number)
        if found is None or not await self.store.step(session, number, state, words, (actor.id, at)):
            return False
        if state in RESTRICTING and found.asked.kind in RESTRICTS:
            for holder in self.holders:
                if isinstance(holder, KeepsByLaw):
                    await holder.restrict(session, found.ref, at)
        return True


@dataclass(frozen=True)
class TellingAnswers:
    """The work in the background that tells people what became of their requests."""

    transactions: Transactions
    store: DataRequestStore
    texts: Texts
    notify: Notify

    async def run(self) -> None:
        """Tell again and again; see ``bot.background``."""
        while True:
            if await self.once() < MOST:
                await rest(PAUSE)

    async def once(self) -> int:
        """Tell what waits now; return how much it was."""
        async with self.transactions.read() as session:
            found = await self.store.to_tell(session, MOST)
        for one in found:
            await hand_on(self.transactions, self._news(one))
        return len(found)

    def _news(self, one: DataRequest) -> News:
        return News(
            f"A step of request {one.asked.number} about data",
            take=partial(self.store.told, one=one),
            say=partial(self._say, one=one),
            set_aside=lambda session, why: self.store.told(session, one, why),
        )

    async def _say(self, session: AsyncSession, one: DataRequest) -> None:
        if "answer" in one.unreadable:
            raise ValueError("sealed with another key, or changed since")
        await self.notify(session, one.ref, Reply(wording(self.texts, one)), key_of(one))


def key_of(one: DataRequest) -> str:
    """Return the key of a request's last step: one that comes again after an answer was taken back is told like the first."""
    again = f":{int(one.taken_back_at.timestamp())}" if one.taken_back_at else ""
    return f"data:{one.asked.number}:{one.state.value}{again}"


def wording(texts: Texts, one: DataRequest) -> str:
    """Return what is said of a request's last step."""
    asked, render = one.asked, texts.speaking(one.asked.language).render
    day = f"{here(asked.answer_by):%d/%m/%Y}"
    said = [render(f"utter_datareq_{one.state.value}", number=asked.number, day=day, answer=one.answer)]
    if one.state is RequestState.REFUSED and asked.kind in RESTRICTS:
        said.append(render("utter_datareq_restricted"))
    return "\n\n".join(said)
