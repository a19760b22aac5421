"""What the assistant says first: notices that go out once, together with what caused them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Announces, Ref, Reply
from bot.delivery.errors import ChannelOffError
from bot.delivery.outbox_store import OutboxStore
from bot.delivery.ports import Clock
from bot.delivery.turns import Outlets

LONGEST_KEY = 56


class Notices:
    """Puts notices into the outbox within the transaction of whoever has something to tell."""

    def __init__(self, *, outlets: Outlets, store: OutboxStore, clock: Clock, committed: Callable[[Ref], None]) -> None:
        """Take the channels, the outbox, and who is told of a conversation that has a new notice."""
        self._outlets = outlets
        self._store = store
        self._clock = clock
        self._committed = committed

    async def notify(self, session: AsyncSession, ref: Ref, reply: Reply, key: str) -> bool:
        """Say something first; it leaves once the session is committed.

        Args:
            session: commits the notice together with what caused it.
            ref: the conversation.
            reply: what is said.
            key: the same key is said once, whatever happens; at most 56 characters, nothing of the citizen.

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
        said = channel.announce(ref, reply) if isinstance(channel, Announces) else channel.render(ref, reply)
        calls = [(f"n:{key}.{place}", call) for place, call in enumerate(said)]
        held = ref.channel in self._outlets.pulled
        if not await self._store.announce(session, ref, calls, held, self._clock()):
            return False
        event.listen(session.sync_session, "after_commit", lambda _: self._committed(ref), once=True)
        return True
