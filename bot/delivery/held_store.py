"""What the delivery tables hold about a person: told and deleted by message. Within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.places import of
from bot.delivery.tables import UNSENT, InboxState, OutboxState, conversation, inbox, outbox
from bot.privacy.held import Held

KNOWN = timedelta(days=7)
"""How long a message that was answered is known when it comes again: longer than any platform tries."""


class HeldMessages:
    """Messages both ways and what the conversation remembers; see ``HoldsData``."""

    name = "messages"
    tables = frozenset({inbox.name, outbox.name, conversation.name})

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        count = 0
        for table in (inbox, outbox):
            chosen = select(func.count()).select_from(table).where(of(table, ref), table.c.body.is_not(None))
            count += (await session.execute(chosen)).scalar_one()
        chosen = select(conversation.c.version).where(of(conversation, ref))
        known = (await session.execute(chosen)).first() is not None
        messages = [Held("utter_held_messages", {"count": str(count)})] if count else []
        return [*messages, Held("utter_held_state")] if known else messages

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """Blank all bodies but those of messages that still wait for their turn; earlier replies are not sent any more.

        Rows that no platform sends again are deleted, with the channel's id of the person in them. One that is in hand at
        this moment keeps its words until it is old. What the conversation remembers is replaced by the turn itself.
        """
        unsent = and_(of(outbox, ref), _not_of(keep), outbox.c.state == OutboxState.WAITING)
        ended = {"state": OutboxState.UNREACHABLE, "detail": "deleted as the person asked"}
        await session.execute(update(outbox).where(unsent).values(ended))
        await blank_earlier(session, ref, keep)
        await _drop_old(session, ref, keep)


async def _drop_old(session: AsyncSession, ref: Ref, keep: int) -> None:
    """Delete the rows of a conversation that ended so long ago that nobody asks for them any more."""
    asked = (await session.execute(select(inbox.c.received_at).where(inbox.c.id == keep))).scalar_one_or_none()
    if asked is None:
        return
    ended = and_(of(outbox, ref), outbox.c.created_at < asked - KNOWN, outbox.c.state.not_in(UNSENT))
    await session.execute(delete(outbox).where(ended))
    answered = exists().where(outbox.c.inbox_id == inbox.c.id)
    await session.execute(delete(inbox).where(of(inbox, ref), inbox.c.finished_at < asked - KNOWN, ~answered))


async def blank_message(session: AsyncSession, inbox_id: int) -> None:
    """Blank one message that holds a secret; that it came is still known."""
    await session.execute(update(inbox).where(inbox.c.id == inbox_id).values(body=None, trace=None))


async def blank_earlier(session: AsyncSession, ref: Ref, keep: int) -> None:
    """Blank what was said earlier in a conversation, both ways.

    Args:
        session: of the turn.
        ref: the conversation.
        keep: number of the message that is being answered; its replies stay, and so does what has still to leave.
    """
    came = and_(of(inbox, ref), inbox.c.state != InboxState.NEW)
    await session.execute(update(inbox).where(came).values(body=None, trace=None))
    went = and_(of(outbox, ref), _not_of(keep), outbox.c.state.not_in(UNSENT))
    await session.execute(update(outbox).where(went).values(body=None))


def _not_of(keep: int) -> ColumnElement[bool]:
    return or_(outbox.c.inbox_id.is_(None), outbox.c.inbox_id != keep)
