"""Counts, before a catalogue is published, the saved checklists that it changes; nobody's list is shown to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.channels.contract import Ref
from bot.checklists.store import ChecklistStore, Saved
from bot.delivery.ports import Transactions
from nlu.answers.checklist import make_checklist
from nlu.catalogue.model import Procedure

BATCH = 500


class Counts(Protocol):
    """Is told how many were looked at."""

    def __call__(self, looked: int) -> None:
        """Take the number."""
        ...


async def count_affected(
    transactions: Transactions, store: ChecklistStore, changed: Mapping[str, Procedure | None], tell: Counts
) -> tuple[int, int]:
    """Return how many checklists are saved, and how many of them would not be what their person saw.

    Args:
        transactions: the unit of work.
        store: opens checklists.
        changed: the records as they would be; ``None`` for one that would be gone.
        tell: is told how many were looked at.
    """
    looked = affected = 0
    after: Ref | None = None
    while True:
        async with transactions.read() as session:
            batch = await store.after(session, after, BATCH)
        looked += len(batch)
        affected += sum(_differs(saved, changed) for _, saved in batch if saved is not None)
        tell(looked)
        if len(batch) < BATCH:
            return looked, affected
        after = batch[-1][0]


def _differs(saved: Saved, changed: Mapping[str, Procedure | None]) -> bool:
    ticked = saved.ticked
    if ticked.procedure not in changed:
        return False
    procedure = changed[ticked.procedure]
    return procedure is None or make_checklist(procedure, ticked.wishes).fingerprint != ticked.fingerprint
