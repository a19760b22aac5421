"""What the delivery tables hold about a person: told and deleted by message. Within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.tables import InboxState, OutboxState, conversation, inbox, outbox
from bot.privacy.held import Held


class HeldMessages:
    """Messages both ways and what the conversation remembers; see ``HoldsData``."""

    name = "messages"

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        count = 0
        for table in (inbox, outbox):
            chosen = select(func.count()).select_from(table).where(_of(table, ref), table.c.body.is_not(None))
            count += (await session.execute(chosen)).scalar_one()
        chosen = select(conversation.c.version).where(_of(conversation, ref))
        known = (await session.execute(chosen)).first() is not None
        messages = [Held("utter_held_messages", {"count": str(count)})] if count else []
        return [*messages, Held("utter_held_state")] if known else messages

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """Blank all bodies but those of messages that still wait for their turn; earlier replies are not sent any more.

        One that is in hand at this moment keeps its words until it is old. What the conversation remembers is replaced
        by the turn itself.
        """
        came = and_(_of(inbox, ref), inbox.c.state != InboxState.NEW)
        await session.execute(update(inbox).where(came).values(body=None, trace=None))
        earlier = or_(outbox.c.inbox_id.is_(None), outbox.c.inbox_id != keep)
        unsent = and_(_of(outbox, ref), earlier, outbox.c.state == OutboxState.WAITING)
        ended = {"state": OutboxState.UNREACHABLE, "detail": "deleted as the person asked"}
        await session.execute(update(outbox).where(unsent).values(ended))
        went = and_(_of(outbox, ref), earlier, outbox.c.state != OutboxState.SENDING)
        await session.execute(update(outbox).where(went).values(body=None))


async def blank_message(session: AsyncSession, inbox_id: int) -> None:
    """Blank one message that holds a secret; that it came is still known."""
    await session.execute(update(inbox).where(inbox.c.id == inbox_id).values(body=None, trace=None))


def _of(table: Table, ref: Ref) -> ColumnElement[bool]:
    return and_(
        table.c.channel == ref.channel,
        table.c.account == ref.account,
        table.c.conversation == ref.conversation,
    )
