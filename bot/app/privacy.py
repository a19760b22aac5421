"""Requests about people's data: what the dialogue asks, what officials do, and what tells the answers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime

from bot.app.keys import SEALED
from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.ports import Transactions
from bot.dialogue.flows.data_request import DataOutside
from bot.migrations.schema import METADATA
from bot.privacy.exporting import Exporting
from bot.privacy.person_store import PersonStore
from bot.privacy.ports import HoldsData
from bot.privacy.request import Aims, RequestKind, aims, new_number
from bot.privacy.request_store import DataRequestStore
from feedback.office import Office
from feedback.reading import Reading
from feedback.register_store import RegisterStore
from feedback.tables import sender
from feedback.working_time.loading import WorkingTime


def make_exporting(
    requests: DataRequestStore,
    holders: Sequence[HoldsData],
    register: RegisterStore,
    reading: Reading,
    cipher: Cipher,
) -> Exporting:
    """Return what makes copies of what is kept about a person."""
    held = {name for holder in holders for name in holder.tables} - {sender.name}
    tables = itertools.chain.from_iterable(metadata.tables.values() for metadata in METADATA)
    rows = PersonStore([table for table in tables if table.name in held], SEALED, cipher)
    return Exporting(requests, rows, register, reading)


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
