"""Deletes what versions no longer need, in the session of the unit of work; never commits.

Every edit proposed makes a version of the whole catalogue: thousands of rows for the sake of one. What was sent back or
replaced is looked at for a while and never published; a search index can be built again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.proposal_store import ProposalState
from nlu.catalogue.store import State
from nlu.catalogue.tables import entry, proposal, search_index, version

LOOKED_AT = timedelta(days=30)
"""How long the content of a proposal that came to nothing is kept; that it was made is kept for good."""
INDEXES = 5
"""Published versions whose search index is kept: a rollback to one of them need not build it."""


async def prune(session: AsyncSession, now: datetime) -> int:
    """Delete the content of dead proposals and the indexes of old versions; tell of how many versions."""
    return await _dead_proposals(session, now - LOOKED_AT) + await _old_indexes(session)


async def _dead_proposals(session: AsyncSession, before: datetime) -> int:
    dead = (ProposalState.RETURNED.value, ProposalState.REPLACED.value)
    query = select(proposal.c.version).join(version, version.c.number == proposal.c.version)
    query = query.where(proposal.c.state.in_(dead), proposal.c.made_at < before, version.c.state == State.DRAFT)
    found = list(await session.scalars(query))
    there = [one for one in found if await session.scalar(select(entry.c.code).where(entry.c.version == one).limit(1))]
    if there:
        await session.execute(delete(entry).where(entry.c.version.in_(there)))
    return len(there)


async def _old_indexes(session: AsyncSession) -> int:
    newest = select(version.c.number).where(version.c.published_at.is_not(None))
    kept = list(await session.scalars(newest.order_by(version.c.published_at.desc()).limit(INDEXES)))
    live = select(version.c.number).where(version.c.state == State.LIVE)
    gone = delete(search_index).where(search_index.c.version.not_in(kept), search_index.c.version.not_in(live))
    return int(getattr(await session.execute(gone), "rowcount", 0))
