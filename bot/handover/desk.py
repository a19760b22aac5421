"""The desk of those who answer people themselves: take a conversation, reply on its channel, give it back to the assistant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, InboundKind, Ref, Reply, Template
from bot.delivery.errors import ChannelOffError
from bot.delivery.notices import Told
from bot.delivery.ports import Transactions
from bot.delivery.records import Cursor, History, Received
from bot.handover.lines import Line, lines_of
from bot.handover.store import HandOverStore, OpenRequest

LONGEST_REPLY = 3000
"""Characters of one reply; channels cut it into parts where they must."""
LINES = 60
"""The latest of each side that an official sees of a conversation."""
BEFORE = timedelta(days=1)
"""What was said earlier than so long before the request is no part of it: a complaint, perhaps about who reads this."""


class Talks(Protocol):
    """The delivery, as the desk needs it."""

    async def receive(self, inbound: Inbound) -> Received:
        """Take a message in."""
        ...

    async def notify(
        self, session: AsyncSession, ref: Ref, reply: Reply, key: str, template: Template | None = None
    ) -> bool:
        """Say something first, once per key."""
        ...

    async def told(self, session: AsyncSession, key: str) -> Told | None:
        """Tell what became of it."""
        ...

    async def history(self, ref: Ref, after: Cursor | None = None, seconds: float = 0.0, lines: int = LINES) -> History:
        """Return what was said."""
        ...


class Says(Protocol):
    """Renders citizens' sentences."""

    def render(self, key: str, language: str = "", **values: object) -> str:
        """Return one."""
        ...


class Done(StrEnum):
    """What came of something done at the desk."""

    YES = "yes"
    NOT_YOURS = "not_yours"
    """Ended, or in somebody else's hands by now: nothing was said to the person."""
    CHANNEL_OFF = "channel_off"
    """The person's channel is switched off: nothing could be said."""


@dataclass(frozen=True)
class Waiting:
    """What lies on the desk."""

    open: Sequence[OpenRequest]
    mine: Sequence[OpenRequest]
    others: Sequence[OpenRequest]
    """In other officials' hands."""


@dataclass(frozen=True)
class Talk:
    """A conversation that an official took."""

    request: OpenRequest
    lines: Sequence[Line]
    told: Told | None
    """What became of the last reply; ``None`` before the first one."""


@dataclass(frozen=True)
class HandOverDesk:
    """See the module; every step is in one transaction, and is made once however often it is asked for."""

    transactions: Transactions
    store: HandOverStore
    talks: Talks
    says: Says

    async def waiting(self, official: str) -> Waiting:
        """Return who waits, and who is being answered."""
        async with self.transactions.read() as session:
            standing = await self.store.waiting(session, taken=True)
        return Waiting(
            [one for one in standing if not one.official],
            [one for one in standing if one.official == official],
            [one for one in standing if one.official not in ("", official)],
        )

    async def take(self, number: int, official: str, at: datetime) -> Done:
        """Take a conversation: the person is told, and the assistant falls silent."""
        async with self.transactions.write() as session:
            if not await self.store.take(session, number, official, at):
                return Done.NOT_YOURS
            request = await self.store.standing(session, number)
            assert request is not None
            done = await self._say(session, request, "utter_desk_taken", f"take:{at:%y%m%d%H%M%S}")
        if done is Done.YES:
            await self._hush(request, f"take:{at:%y%m%d%H%M%S}", at)
        return done

    async def talk(self, number: int, official: str, last: str = "") -> Talk | None:
        """Return the conversation of a request in the official's own hands; ``None`` for any other.

        Args:
            number: of the request.
            official: who asks.
            last: the key of the last reply.
        """
        async with self.transactions.read() as session:
            request = await self.store.standing(session, number)
            if request is None or request.official != official:
                return None
            told = await self.talks.told(session, _key(number, last)) if last else None
        said = lines_of(await self.talks.history(request.ref, lines=LINES))
        return Talk(request, [line for line in said if line.at >= request.asked_at - BEFORE], told)

    async def reply(self, number: int, official: str, words: str, once: str, at: datetime) -> Done:
        """Say something to the person; they see that a person says it.

        Args:
            number: of the request.
            official: who replies.
            words: of the reply.
            once: the same is said once, however often the form is sent.
            at: now.
        """
        async with self.transactions.write() as session:
            request = await self.store.standing(session, number)
            if request is None or request.official != official:
                return Done.NOT_YOURS
            done = await self._say(session, request, "utter_desk_reply", once, words=words)
        if done is Done.YES:
            await self._hush(request, once, at)
        return done

    async def let_go(self, number: int, official: str) -> Done:
        """Leave a conversation to colleagues; the person waits on and is told nothing."""
        async with self.transactions.write() as session:
            return Done.YES if await self.store.let_go(session, number, official) else Done.NOT_YOURS

    async def give_back(self, number: int, official: str, at: datetime) -> Done:
        """End it: the person is told that the assistant answers again."""
        once = f"back:{at:%y%m%d%H%M%S}"
        async with self.transactions.write() as session:
            request = await self.store.standing(session, number)
            if request is None or not await self.store.end(session, number, official, at):
                return Done.NOT_YOURS
            done = await self._say(session, request, "utter_desk_back", once)
        await self._hush(request, once, at, {"back": True})
        return done

    async def _say(self, session: AsyncSession, request: OpenRequest, key: str, once: str, **values: object) -> Done:
        said = Reply(self.says.render(key, request.language, **values))
        try:
            await self.talks.notify(session, request.ref, said, _key(request.id, once))
        except ChannelOffError:
            return Done.CHANNEL_OFF
        return Done.YES

    async def _hush(self, request: OpenRequest, once: str, at: datetime, data: Mapping[str, Any] | None = None) -> None:
        """Let the conversation know that a person speaks, or speaks no more: the assistant keeps out of it meanwhile."""
        await self.talks.receive(Inbound(request.ref, _key(request.id, once), InboundKind.STAFF, at, data=data or {}))


def _key(number: int, once: str) -> str:
    return f"desk:{number}:{once}"
