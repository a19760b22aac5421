"""Requests about people's data: what the dialogue asks, what officials do, and what tells the answers."""

from __future__ import annotations

from datetime import datetime

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.dialogue.flows.data_request import DataOutside
from bot.privacy.request import Aims, RequestKind, aims, new_number
from bot.privacy.request_store import DataRequestStore
from feedback.office import Office
from feedback.working_time.loading import WorkingTime


def make_data_talk(
    transactions: Transactions, store: DataRequestStore, office: Office, working: WorkingTime
) -> DataOutside:
    """Return what the dialogue asks."""
    province = office.province or None
    hours = working.hours(province)

    async def count_open(ref: Ref) -> int:
        async with transactions.read() as session:
            return await store.count_open(session, ref)

    def by_when(kind: RequestKind, at: datetime) -> Aims:
        return aims(working.rules, hours, province, kind, at)

    privacy = office.privacy
    return DataOutside(count_open, by_when, new_number, privacy.controller, privacy.contact)
