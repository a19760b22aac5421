"""What of the catalogue and the questions waits for somebody who opens the console."""

from __future__ import annotations

from dataclasses import dataclass

from bot.console.roles import EDITORS
from bot.console.routing import Visit
from bot.delivery.ports import Transactions
from nlu.catalogue.proposal_store import OPEN, ProposalState, ProposalStore
from nlu.learning.store import WAITING, ReviewStore

MOST = 100


@dataclass(frozen=True)
class Waits:
    """How much waits."""

    approving: int = 0
    """Proposals of others, that this person may approve."""
    publishing: int = 0
    """Approved proposals."""
    questions: int = 0
    """Questions without a label."""


async def waits_for(transactions: Transactions, visit: Visit) -> Waits:
    """Return what waits for a visitor; nothing for those who edit nothing."""
    if not visit.official.has(EDITORS):
        return Waits()
    async with transactions.read() as session:
        proposals = await ProposalStore(session).list(OPEN, MOST)
        counts = await ReviewStore(session).counts()
    mine = visit.official.account
    return Waits(
        sum(one.state is ProposalState.WAITING and mine not in one.authors for one in proposals),
        sum(one.state is ProposalState.APPROVED for one in proposals),
        sum(number for (state, _), (number, _) in counts.items() if state in WAITING),
    )
