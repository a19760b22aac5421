"""What became of notices, and who spoke since, within the caller's transaction; for those that write first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.places import places, values_of
from bot.delivery.tables import ENDED_UNSENT, OutboxState, conversation, outbox

NOTICE = "n:"
"""How the keys of notices begin in the outbox; those of answers begin with a number."""


def prefix(key: str) -> str:
    """Return how the keys of a notice's parts begin in the outbox; their places follow."""
    return f"{NOTICE}{key}."


async def fates(session: AsyncSession, keys: Collection[str]) -> Mapping[str, OutboxState]:
    """Return how far notices have come, by the keys that they were given; one that was never written is left out.

    Of a notice in several parts the first one speaks for it.
    """
    firsts = {f"{prefix(key)}0": key for key in keys}
    rows = await session.execute(select(outbox.c.key, outbox.c.state).where(outbox.c.key.in_(firsts)))
    return {firsts[row.key]: OutboxState(row.state) for row in rows}


def stands(key: ColumnElement[str]) -> ColumnElement[bool]:
    """Choose rows of another table by their notice: it is on its way, or has arrived.

    Args:
        key: of the notice, as it was given, made of columns of that table. Its first part speaks for it.
    """
    first = literal(NOTICE) + key + ".0"
    return select(outbox.c.id).where(outbox.c.key == first, outbox.c.state.not_in(ENDED_UNSENT)).exists()


async def take_out(session: AsyncSession, keys: Collection[str]) -> None:
    """End notices that have not left, without their words: whom they are about does not want them any more.

    Those that had failed cannot be sent again afterwards.
    """
    ended = {"state": OutboxState.UNREACHABLE, "detail": "deleted as the person asked", "body": None}
    for key in keys:
        mine = outbox.c.key.startswith(prefix(key), autoescape=True)
        left = outbox.c.state.in_((OutboxState.WAITING, *ENDED_UNSENT))
        await session.execute(update(outbox).where(mine, left).values(ended))


async def spoke_last(session: AsyncSession, refs: Collection[Ref]) -> Mapping[Ref, datetime]:
    """Return when the person of each conversation last wrote; those that cannot be written to are left out."""
    if not refs:
        return {}
    here = tuple_(*places(conversation)).in_([values_of(ref) for ref in refs])
    chosen = select(*places(conversation), conversation.c.updated_at).where(
        here, conversation.c.unreachable_at.is_(None)
    )
    return {Ref(row[0], row[1], row[2]): row.updated_at for row in await session.execute(chosen)}
