"""Reading and writing the delivery tables within the caller's transaction; never commits."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    CursorResult,
    RowMapping,
    Table,
    and_,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.delivery import statements
from bot.delivery.cipher import Cipher
from bot.delivery.errors import StaleStateError, UnreadableError
from bot.delivery.outbox_store import OutboxStore
from bot.delivery.places import columns_of, of, places, values_of
from bot.delivery.ports import ApplyEffects
from bot.delivery.records import (
    Added,
    Answer,
    Arrival,
    Cursor,
    FinishedTurn,
    History,
    Received,
    Said,
    StoredCall,
    StoredState,
)
from bot.delivery.sealing import Sealing
from bot.delivery.tables import InboxState, OutboxState, inbox, outbox
from bot.dialogue.state import ConversationState
from nlu.learning.store import ReviewStore

logger = logging.getLogger(__name__)

MOST_RECOVERIES = 1000
"""More are not counted: a message that nobody can open is found again and again."""


class DeliveryStore:
    """Inbox, outbox and conversations; everything that citizens wrote or read is sealed."""

    def __init__(self, cipher: Cipher, apply: ApplyEffects | None = None) -> None:
        """Take the cipher for what is kept at rest, and what carries out the effects of turns."""
        self._sealing = Sealing(cipher)
        self._apply = apply
        self.outbox = OutboxStore(cipher)

    async def add(self, session: AsyncSession, arrivals: Sequence[Arrival]) -> list[Added]:
        """Put messages into the inbox, unless their ids are there already.

        Returns:
            For each arrival the message as it is kept, and whether it is new. For an old id the *kept* message comes
            back, which may have another content than the one that arrived.
        """
        rows = [self._incoming(arrival) for arrival in arrivals]
        found = await session.execute(statements.take_in(session), rows)
        numbers = {tuple(row[1:]): row.id for row in found}
        added = []
        for arrival in arrivals:
            # Taken out of the table: the same id twice among the arrivals is new only once.
            number = numbers.pop(_key(arrival.inbound), None)
            if number is None:
                added.append(Added(await self._kept(session, arrival.inbound), new=False))
            else:
                received = Received(id=number, inbound=arrival.inbound)
                added.append(Added(received, new=True, work=(received,)))
        return added

    async def unfinished(self, session: AsyncSession, channels: Collection[str]) -> list[Received]:
        """Return the messages on these channels that wait for their turn, in order of arrival."""
        waiting = and_(inbox.c.state == InboxState.NEW, inbox.c.channel.in_(channels))
        rows = await session.execute(select(inbox).where(waiting).order_by(inbox.c.id))
        return [received for row in rows.mappings() if (received := self._readable(row)) is not None]

    async def load(self, session: AsyncSession, ids: Collection[int]) -> list[Received]:
        """Return messages that wait for their turn, in order of arrival; those that cannot be opened are left out."""
        if not ids:
            return []
        rows = await session.execute(select(inbox).where(inbox.c.id.in_(ids)).order_by(inbox.c.id))
        return [received for row in rows.mappings() if (received := self._readable(row)) is not None]

    async def note_recovery(
        self, session: AsyncSession, channels: Collection[str], refs: Collection[Ref] | None = None
    ) -> None:
        """Count, for the first unfinished message of each conversation, one more start that found it so.

        A message that brings the process down each time is told from one that merely waited behind it.

        Args:
            session: the caller's.
            channels: those that are switched on; on others nothing was tried.
            refs: of these conversations alone; of all by default.
        """
        if refs is not None and not refs:
            return
        waiting = select(func.min(inbox.c.id)).where(inbox.c.state == InboxState.NEW, inbox.c.channel.in_(channels))
        if refs is not None:
            waiting = waiting.where(tuple_(*places(inbox)).in_([values_of(ref) for ref in refs]))
        first = waiting.group_by(*places(inbox))
        raised = update(inbox).where(inbox.c.id.in_(first), inbox.c.recoveries < MOST_RECOVERIES)
        raised = raised.values(recoveries=inbox.c.recoveries + 1)
        await session.execute(raised)

    async def state_of(self, session: AsyncSession, ref: Ref) -> StoredState:
        """Return what a conversation remembers; version 0 and an empty state for a new one."""
        row = (await session.execute(statements.state_of(), statements.place_of(ref))).first()
        if row is None:
            return StoredState(version=0, state=ConversationState())
        try:
            state = self._sealing.open_state(row.state, ref)
        except UnreadableError:
            # With another key than before the conversation starts afresh rather than failing for ever.
            logger.warning("The state of a conversation cannot be opened; was the encryption key changed?")
            state = ConversationState()
        return StoredState(version=row.version, state=state)

    async def finish(self, session: AsyncSession, turns: Sequence[FinishedTurn]) -> list[None]:
        """Write all that turns of different conversations leave behind: ends, states, calls, sightings.

        Raises:
            StaleStateError: Some message was finished, or some conversation changed, since its turn began.
        """
        for state, outcome in {(turn.state, turn.outcome) for turn in turns}:
            alike = [turn for turn in turns if (turn.state, turn.outcome) == (state, outcome)]
            await self._end_messages(session, alike, state, outcome)
        await self._keep_states(session, turns)
        outgoing = [self._outgoing(turn, call) for turn in turns for call in turn.calls]
        if outgoing:
            await session.execute(insert(outbox), outgoing)
        await ReviewStore(session).note_all([(sighting, turn.at) for turn in turns for sighting in turn.review])
        for turn in turns:
            if turn.effects and self._apply is not None:
                await self._apply(session, turn)
        return [None] * len(turns)

    async def answer_to(self, session: AsyncSession, inbox_id: int) -> Answer:
        """Return what came of a message, as it was stored."""
        chosen = select(inbox.c.state, inbox.c.trace).where(inbox.c.id == inbox_id)
        row = (await session.execute(chosen)).one()
        calls = await session.execute(select(outbox).where(outbox.c.inbox_id == inbox_id).order_by(outbox.c.id))
        trace = self._sealing.open_trace(row.trace, inbox_id) if row.trace else None
        return Answer(
            finished=row.state != InboxState.NEW,
            calls=tuple(stored for found in calls.mappings() if (stored := self._went(found)) is not None),
            trace=trace,
        )

    async def history(
        self,
        session: AsyncSession,
        ref: Ref,
        after: Cursor,
        limit: int,
        pending: bool = False,
    ) -> History:
        """Return the latest lines of a conversation beyond ``after``, at most ``limit`` of each side, oldest first."""
        came = await self._latest(session, inbox, ref, after.inbox, limit)
        went = await self._latest(session, outbox, ref, after.outbox, limit)
        lines = [line for row in came if row["body"] and (line := self._came(row)) is not None]
        lines += [Said(at=row["created_at"], stored=stored) for row in went if (stored := self._went(row)) is not None]
        cursor = Cursor(
            inbox=came[-1]["id"] if came else after.inbox,
            outbox=went[-1]["id"] if went else after.outbox,
        )
        # Sorting is stable and the citizen's lines come first: at the same instant a question stands before its reply.
        return History(
            ref=ref,
            said=tuple(sorted(lines, key=lambda line: line.at)),
            cursor=cursor,
            pending=pending,
        )

    async def _latest(
        self, session: AsyncSession, table: Table, ref: Ref, after: int, limit: int
    ) -> Sequence[RowMapping]:
        chosen = select(table).where(of(table, ref), table.c.id > after).order_by(table.c.id.desc()).limit(limit)
        return list(reversed((await session.execute(chosen)).mappings().all()))

    async def _kept(self, session: AsyncSession, inbound: Inbound) -> Received:
        place = and_(of(inbox, inbound.ref), inbox.c.message_id == inbound.id)
        row = (await session.execute(select(inbox).where(place))).mappings().one()
        if row["body"] is None:
            # Blanked long ago: whether it was the same words nobody knows; it was answered.
            return Received(row["id"], inbound, InboxState(row["state"]), row["recoveries"])
        # What cannot be opened any more is taken for the same: refusing it would have the platform send it again and again.
        return self._readable(row) or Received(row["id"], inbound, InboxState(row["state"]), row["recoveries"])

    async def _end_messages(
        self, session: AsyncSession, turns: Sequence[FinishedTurn], state: InboxState, outcome: str
    ) -> None:
        numbers = [turn.received.id for turn in turns]
        values = {"numbers": numbers, "ended": state, "at": max(turn.at for turn in turns), "came": outcome or None}
        connection = await session.connection()
        if _changed(await connection.execute(statements.end_messages(), values)) != len(numbers):
            raise StaleStateError("A message was finished by another turn.")
        for turn in turns:
            if turn.trace is not None:
                sealed = self._sealing.trace(turn.trace, turn.received.id)
                await session.execute(update(inbox).where(inbox.c.id == turn.received.id).values(trace=sealed))

    async def _keep_states(self, session: AsyncSession, turns: Sequence[FinishedTurn]) -> None:
        rows = [
            {
                **columns_of(turn.received.inbound.ref),
                "version": turn.before.version + 1,
                "state": self._sealing.state(turn.after, turn.received.inbound.ref),
                "updated_at": turn.at,
                # Whoever writes can be written to again, unless it is the platform that tells us of a farewell.
                "unreachable_at": turn.at if turn.received.inbound.kind is InboundKind.UNFOLLOW else None,
            }
            for turn in turns
        ]
        kept = await session.execute(statements.keep_states(session), rows)
        if len(kept.all()) != len(rows):
            raise StaleStateError("A conversation changed during its turn.")

    def _incoming(self, arrival: Arrival) -> dict[str, Any]:
        return {
            **columns_of(arrival.inbound.ref),
            "message_id": arrival.inbound.id,
            "body": self._sealing.inbound(arrival.inbound),
            "received_at": arrival.at,
            "state": InboxState.NEW,
            "recoveries": 0,
        }

    def _outgoing(self, turn: FinishedTurn, stored: StoredCall) -> dict[str, Any]:
        return {
            **columns_of(turn.received.inbound.ref),
            "key": stored.key,
            "inbox_id": turn.received.id,
            "body": self._sealing.call(stored.call, stored.key),
            "created_at": stored.created_at,
            "state": OutboxState.HELD if turn.held else OutboxState.WAITING,
            "attempts": 0,
        }

    def _received(self, row: RowMapping) -> Received:
        ref = Ref(row["channel"], row["account"], row["conversation"])
        return Received(
            id=row["id"],
            inbound=self._sealing.open_inbound(row["body"], ref, row["message_id"]),
            state=InboxState(row["state"]),
            recoveries=row["recoveries"],
        )

    def _readable(self, row: RowMapping) -> Received | None:
        if row["body"] is None:
            return None  # given up for its age between two looks
        try:
            return self._received(row)
        except UnreadableError:
            logger.warning(
                "Message %d cannot be opened and is left; was the encryption key changed?",
                row["id"],
            )
            return None

    def _came(self, row: RowMapping) -> Said | None:
        received = self._readable(row)
        if received is None:
            return None
        return Said(
            at=row["received_at"],
            inbound=received.inbound,
            finished=received.state != InboxState.NEW,
            number=received.id,
        )

    def _went(self, row: RowMapping) -> StoredCall | None:
        if not row["body"]:
            return None
        try:
            call = self._sealing.open_call(row["body"], row["key"])
        except UnreadableError:
            logger.warning("Reply %s cannot be opened; was the encryption key changed?", row["key"])
            return None
        return StoredCall(key=row["key"], call=call, created_at=row["created_at"])


def _key(inbound: Inbound) -> tuple[str, ...]:
    return *values_of(inbound.ref), inbound.id


def _changed(result: Any) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
