"""What the assistant says first: notices that go out once, together with what caused them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Announces, Ref, Reply, Template
from bot.delivery.errors import ChannelOffError
from bot.delivery.notice_store import prefix
from bot.delivery.outbox_store import OutboxStore
from bot.delivery.ports import Clock
from bot.delivery.tables import UNSENT, OutboxState
from bot.delivery.turns import Outlets

LONGEST_KEY = 56
UNREACHABLE = "the conversation cannot be written to"
"""Why, where the platform did not say it of this notice itself."""


@dataclass(frozen=True)
class Told:
    """What became of a notice."""

    state: OutboxState
    """Of the part that went worst: ``WAITING`` while something has still to leave; ``HELD`` on the web, where it stands
    until the page is opened; ``UNREACHABLE`` and ``DEAD`` when it will not arrive and another way is needed."""
    why: str = ""
    """Why it will not arrive; for operators, nothing of the citizen."""

    @property
    def missed(self) -> bool:
        """Whether the person was not told and will not be."""
        return self.state in (OutboxState.UNREACHABLE, OutboxState.DEAD)


class Notices:
    """Puts notices into the outbox within the transaction of whoever has something to tell."""

    def __init__(self, *, outlets: Outlets, store: OutboxStore, clock: Clock, committed: Callable[[Ref], None]) -> None:
        """Take the channels, the outbox, and who is told of a conversation that has a new notice."""
        self._outlets = outlets
        self._store = store
        self._clock = clock
        self._committed = committed

    async def notify(
        self, session: AsyncSession, ref: Ref, reply: Reply, key: str, template: Template | None = None
    ) -> bool:
        """Say something first; it leaves once the session is committed.

        Args:
            session: commits the notice together with what caused it.
            ref: the conversation.
            reply: what is said.
            key: the same key is said once, whatever happens; at most 56 characters, nothing of the citizen.
            template: says the same where the platform lets us write no words of our own any more.

        Returns:
            False when the key is known already: nothing is added then.

        Raises:
            ChannelOffError: the conversation's channel is switched off.
        """
        if len(key) > LONGEST_KEY:
            raise ValueError(f"The key of a notice has at most {LONGEST_KEY} characters.")
        channel = self._outlets.channels.get(ref.channel)
        if channel is None:
            raise ChannelOffError(f"The channel {ref.channel} is switched off.")
        if isinstance(channel, Announces):
            said = channel.announce(ref, reply, key, template)
        else:
            said = channel.render(ref, reply)
        calls = [(f"{prefix(key)}{place}", call) for place, call in enumerate(said)]
        held = ref.channel in self._outlets.pulled
        if not await self._store.announce(session, ref, calls, held, self._clock()):
            return False
        event.listen(session.sync_session, "after_commit", lambda _: self._committed(ref), once=True)
        return True

    async def told(self, session: AsyncSession, key: str) -> Told | None:
        """Return what became of a notice, so that a caller can fall back; ``None`` when the key was never said."""
        parts = await self._store.notice(session, prefix(key))
        missed = [part for part in parts if part[0] in (OutboxState.DEAD, OutboxState.UNREACHABLE)]
        if missed:
            state, why = max(missed, key=lambda part: len(part[1]))
            return Told(state, why or UNREACHABLE)
        states = [state for state, _ in parts]
        if any(state in UNSENT for state in states):
            return Told(OutboxState.WAITING)
        return Told(states[0]) if states else None
