"""Reading and writing what has to leave, within the caller's transaction; never commits."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, exists, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.channels.contract import NativeCall, Ref
from bot.delivery import statements
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.delivery.outgoing import Attempt, Outcome, Outgoing
from bot.delivery.places import columns_of, of, places
from bot.delivery.sealing import Sealing
from bot.delivery.tables import DETAIL, SENT_ID, UNSENT, OutboxState, conversation, lease, outbox

logger = logging.getLogger(__name__)

AT_ONCE = 20
"""Calls of one conversation read together."""


class OutboxStore:
    """What waits to be sent, and what became of it."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is kept at rest."""
        self._sealing = Sealing(cipher)

    async def conversations(self, session: AsyncSession, channels: Collection[str]) -> list[Ref]:
        """Return the conversations in which something has to leave, those that wait longest first."""
        unsent = and_(outbox.c.state.in_(UNSENT), outbox.c.channel.in_(channels))
        chosen = select(*places(outbox)).where(unsent).group_by(*places(outbox)).order_by(func.min(outbox.c.id))
        return [Ref(row[0], row[1], row[2]) for row in await session.execute(chosen)]

    async def interrupted(self, session: AsyncSession, channels: Collection[str]) -> int:
        """Count the calls of which nobody knows whether they got there."""
        chosen = select(outbox.c.id).where(outbox.c.state == OutboxState.SENDING, outbox.c.channel.in_(channels))
        return len((await session.execute(chosen)).all())

    async def next(self, session: AsyncSession, ref: Ref) -> list[Outgoing]:
        """Return the first calls of a conversation that have to leave, in order."""
        found = await session.execute(statements.next_calls(AT_ONCE), statements.place_of(ref))
        return [self._outgoing(row, ref) for row in found.mappings()]

    async def begin(self, session: AsyncSession, attempts: Sequence[Attempt]) -> list[bool]:
        """Write down that calls are handed to their platforms now.

        Returns:
            For each whether it may be sent: not when another process had it meanwhile.
        """
        begun: set[int] = set()
        for owner in {attempt.owner for attempt in attempts}:
            tries = [(one.outgoing.id, one.outgoing.attempts) for one in attempts if one.owner == owner]
            chosen = and_(tuple_(outbox.c.id, outbox.c.attempts).in_(tries), outbox.c.state.in_(UNSENT))
            mine = chosen if not owner else and_(chosen, _held_by(owner))
            marked = update(outbox).where(mine).values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1)
            begun.update(await session.scalars(marked.returning(outbox.c.id)))
        return [attempt.outgoing.id in begun for attempt in attempts]

    async def end(self, session: AsyncSession, outcomes: Sequence[Outcome]) -> list[None]:
        """Write down what came of attempts."""
        connection = await session.connection()
        for delivered in (True, False):
            rows = [_ended(one) for one in outcomes if (one.state is OutboxState.DELIVERED) is delivered]
            if rows:
                await connection.execute(statements.end_attempts(delivered), rows)
        for outcome in outcomes:
            if outcome.state is OutboxState.UNREACHABLE and not outcome.alone:
                await self._leave_alone(session, outcome)
        return [None] * len(outcomes)

    async def announce(
        self, session: AsyncSession, ref: Ref, calls: Sequence[tuple[str, NativeCall]], held: bool, at: datetime
    ) -> bool:
        """Put a notice into the outbox; tell whether its key is new.

        Args:
            session: the caller's.
            ref: where it goes.
            calls: with their idempotency keys.
            held: whether the client fetches them itself.
            at: now.
        """
        # The lock keeps the order of ids in a conversation the order of commits: a page reads on from the last id.
        known = select(conversation.c.unreachable_at).where(of(conversation, ref)).with_for_update()
        unreachable = (await session.execute(known)).scalar() is not None
        for place, (key, call) in enumerate(calls):
            row = {
                **columns_of(ref),
                "key": key,
                "body": self._sealing.call(call, key),
                "created_at": at,
                "state": _first_state(held, unreachable),
                "attempts": 0,
                "finished_at": at if unreachable and not held else None,
            }
            putting = statements.insertion(session, outbox).on_conflict_do_nothing().returning(outbox.c.id)
            added = await session.execute(putting, [row])
            if added.first() is None and place == 0:
                return False
        return True

    async def notice(self, session: AsyncSession, prefix: str) -> list[tuple[OutboxState, str]]:
        """Return the states of a notice's parts, in order, with what the platform said last."""
        mine = outbox.c.key.startswith(prefix, autoescape=True)
        chosen = select(outbox.c.state, outbox.c.detail).where(mine).order_by(outbox.c.id)
        return [(OutboxState(row[0]), row[1] or "") for row in await session.execute(chosen)]

    async def _leave_alone(self, session: AsyncSession, outcome: Outcome) -> None:
        """Mark a conversation as unreachable, unless the citizen wrote since the attempt began."""
        ref = outcome.outgoing.ref
        silent = and_(of(conversation, ref), conversation.c.updated_at <= outcome.began_at)
        await session.execute(update(conversation).where(silent).values(unreachable_at=outcome.at))
        waiting = and_(of(outbox, ref), outbox.c.state == OutboxState.WAITING, outbox.c.created_at <= outcome.began_at)
        ended = update(outbox).where(waiting)
        await session.execute(ended.values(state=OutboxState.UNREACHABLE, finished_at=outcome.at))

    def _outgoing(self, row: RowMapping, ref: Ref) -> Outgoing:
        return Outgoing(row["id"], ref, row["key"], self._call(row), row["attempts"], row["due_at"])

    def _call(self, row: RowMapping) -> NativeCall | None:
        try:
            return self._sealing.open_call(row["body"], row["key"]) if row["body"] else None
        except UnreadableError:
            logger.warning("Reply %s cannot be opened; was the encryption key changed?", row["key"])
            return None


def _ended(outcome: Outcome) -> dict[str, Any]:
    return {
        "b_id": outcome.outgoing.id,
        "b_number": outcome.number,
        "b_state": outcome.state,
        "b_attempts": outcome.attempts,
        "b_due_at": outcome.due_at,
        "b_finished_at": None if outcome.state is OutboxState.WAITING else outcome.at,
        "b_sent_id": outcome.sent_id[:SENT_ID] or None,
        "b_detail": outcome.detail[:DETAIL] or None,
    }


def _first_state(held: bool, unreachable: bool) -> OutboxState:
    if held:
        return OutboxState.HELD
    return OutboxState.UNREACHABLE if unreachable else OutboxState.WAITING


def _held_by(owner: str) -> ColumnElement[bool]:
    same = [lease.c[column.name] == column for column in places(outbox)]
    return exists().where(*same, lease.c.owner == owner)
