"""The desk of those who answer people themselves: take a conversation, reply on its channel, give it back to the assistant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
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
from bot.handover.owning import Owning
from bot.handover.steps import Step
from bot.handover.store import HandOverStore, OpenRequest
from feedback.actor import Actor

LONGEST_REPLY = 3000
"""Characters of one reply; channels cut it into parts where they must."""
LINES = 60
"""The latest of each side that an official sees of a conversation."""
GLANCE = 10
"""The same before it is taken: enough to see what it is about, and masking takes its time."""
BEFORE = timedelta(days=1)
"""What was said earlier than so long before the request is shown to nobody: a complaint, perhaps about who reads this."""
Log = Callable[[AsyncSession, str, str, str, str, datetime], Awaitable[object]]
"""Writes down who did what about which request, and why, in the transaction that does it."""


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
    """What lies on the desk before one official."""

    open: Sequence[OpenRequest]
    mine: Sequence[OpenRequest]
    others: Sequence[OpenRequest]
    """In other officials' hands."""


@dataclass(frozen=True)
class Talk:
    """A conversation as an official may read it."""

    request: OpenRequest
    lines: Sequence[Line]
    cursor: Cursor
    """Behind its last line."""
    told: Told | None = None
    """What became of the last reply; ``None`` before the first one."""


@dataclass(frozen=True)
class HandOverDesk:
    """See the module; every step and what is written down of it are one transaction, and a thing is said once."""

    transactions: Transactions
    store: HandOverStore
    talks: Talks
    says: Says
    owning: Owning
    mask: Callable[[str], str]
    """Takes what tells of a person out of a text."""
    log: Log

    async def waiting(self, actor: Actor, at: datetime) -> Waiting:
        """Return who waits and who is being answered, as far as an official may know."""
        async with self.transactions.read() as session:
            standing = await self.store.waiting(session, taken=True)
        known = [one for one in standing if self.owning.may_see(actor, one, at)]
        return Waiting(
            [one for one in known if not one.official],
            [one for one in standing if one.official == actor.id],
            [one for one in known if one.official not in ("", actor.id)],
        )

    async def glance(self, number: int, actor: Actor, at: datetime) -> Talk | None:
        """Return a conversation that nobody took yet, from the request on, masked; ``None`` for one of other units."""
        async with self.transactions.read() as session:
            request = await self.store.standing(session, number)
        if request is None or request.official or not self.owning.may_see(actor, request, at):
            return None
        history = await self.talks.history(request.ref, lines=GLANCE)
        masked = [line.masked(self.mask) for line in _since(history, request.asked_at)]
        return Talk(request, masked, history.cursor)

    async def take(self, number: int, actor: Actor, why: str, at: datetime) -> Done:
        """Take a conversation: the person is told, and the assistant falls silent."""
        once = f"take:{at:%y%m%d%H%M%S}"
        async with self.transactions.write() as session:
            request = await self.store.standing(session, number)
            may = request is not None and self.owning.may_see(actor, request, at)
            if request is None or not may or not await self.store.take(session, number, actor.id, at):
                return Done.NOT_YOURS
            done = await self._say(session, request, "utter_desk_taken", once)
            await self._note(session, actor, Step.TAKEN, number, at, why)
        if done is Done.YES:
            await self._hush(request, once, at)
        return done

    async def talk(self, number: int, actor: Actor, at: datetime, last: str = "") -> Talk | None:
        """Return the conversation in the official's own hands, from the request on; ``None`` for any other.

        Args:
            number: of the request.
            actor: who asks.
            at: now.
            last: the key of the last reply.
        """
        async with self.transactions.write() as session:
            request = await self.store.held(session, number, actor.id)
            if request is None:
                return None
            told = await self._told(session, number, last)
            await self._note(session, actor, Step.READ, number, at)
        history = await self.talks.history(request.ref, lines=LINES)
        return Talk(request, _since(history, request.asked_at), history.cursor, told)

    async def news(self, number: int, actor: Actor, at: datetime, seen: Cursor, last: str = "") -> Talk | None:
        """Return what was said beyond a place in the conversation, and what became of the last reply.

        It is written down as read when there is something to read; ``None`` as for ``talk``.
        """
        async with self.transactions.read() as session:
            request = await self.store.held(session, number, actor.id)
            told = await self._told(session, number, last)
        if request is None:
            return None
        history = await self.talks.history(request.ref, seen, lines=LINES)
        lines = _since(history, request.asked_at)
        if lines:
            async with self.transactions.write() as session:
                await self._note(session, actor, Step.READ, number, at)
        return Talk(request, lines, history.cursor, told)

    async def before(self, number: int, actor: Actor, why: str, at: datetime) -> Talk | None:
        """Return what was said in the day before the request, for a reason that is written down; ``None`` as for ``talk``."""
        async with self.transactions.write() as session:
            request = await self.store.held(session, number, actor.id)
            if request is None:
                return None
            await self._note(session, actor, Step.READ_BEFORE, number, at, why)
        history = await self.talks.history(request.ref, lines=LINES)
        lines = _since(history, request.asked_at - BEFORE)
        return Talk(request, [line for line in lines if line.at < request.asked_at], history.cursor)

    async def reply(self, number: int, actor: Actor, words: str, once: str, at: datetime) -> Done:
        """Say something to the person; they see that a person says it.

        Args:
            number: of the request.
            actor: who replies.
            words: of the reply.
            once: the same is said once, however often the form is sent.
            at: now.
        """
        async with self.transactions.write() as session:
            request = await self.store.held(session, number, actor.id)
            if request is None:
                return Done.NOT_YOURS
            done = await self._say(session, request, "utter_desk_reply", once, words=words)
            if done is Done.YES:
                await self._note(session, actor, Step.REPLY, number, at)
        if done is Done.YES:
            await self._hush(request, once, at)
        return done

    async def let_go(self, number: int, actor: Actor, at: datetime) -> Done:
        """Leave a conversation to colleagues; the person waits on and is told nothing."""
        async with self.transactions.write() as session:
            if not await self.store.let_go(session, number, actor.id):
                return Done.NOT_YOURS
            await self._note(session, actor, Step.LET_GO, number, at)
        return Done.YES

    async def pass_on(self, number: int, actor: Actor, unit: str, note: str, at: datetime) -> Done:
        """Give a conversation that is open, or in the official's own hands, to a unit; the person waits on.

        Args:
            number: of the request.
            actor: who passes it on.
            unit: code of one of ``Owning.units``.
            note: why, for those who take it next: kept masked, in the log too.
            at: now.
        """
        masked = self.mask(note)
        async with self.transactions.write() as session:
            request = await self.store.standing(session, number)
            mine = request is not None and request.official == actor.id
            if request is None or not (mine or self.owning.may_see(actor, request, at)):
                return Done.NOT_YOURS
            if not await self.store.pass_on(session, number, actor.id, unit, masked):
                return Done.NOT_YOURS
            await self._note(session, actor, Step.PASSED_ON, number, at, f"{request.unit} → {unit}: {masked}")
        return Done.YES

    async def give_back(self, number: int, actor: Actor, at: datetime) -> Done:
        """End it: the person is told that the assistant answers again."""
        once = f"back:{at:%y%m%d%H%M%S}"
        async with self.transactions.write() as session:
            request = await self.store.standing(session, number)
            if request is None or not await self.store.end(session, number, actor.id, at):
                return Done.NOT_YOURS
            done = await self._say(session, request, "utter_desk_back", once)
            await self._note(session, actor, Step.GIVEN_BACK, number, at)
        await self._hush(request, once, at, {"back": True})
        return done

    async def _told(self, session: AsyncSession, number: int, last: str) -> Told | None:
        return await self.talks.told(session, _key(number, last)) if last else None

    async def _note(
        self, session: AsyncSession, actor: Actor, what: Step, number: int, at: datetime, why: str = ""
    ) -> None:
        await self.log(session, actor.id, what.value, f"handover:{number}", why, at)

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


def _since(history: History, start: datetime) -> Sequence[Line]:
    return [line for line in lines_of(history) if line.at >= start]


def _key(number: int, once: str) -> str:
    return f"desk:{number}:{once}"
