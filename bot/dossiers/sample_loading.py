"""Keeps sample dossiers in a database that has no real ones, as of today; takes them away when real ones come."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.ports import Transactions
from bot.dossiers.facts import e164, last_four
from bot.dossiers.record import Status
from bot.dossiers.sample_words import load_sample_words
from bot.dossiers.samples import SampleMaker
from bot.dossiers.samples_store import delete_samples, has_real, sample_lines
from bot.dossiers.store import DossierStore
from feedback.working_time.loading import load_working_time
from feedback.working_time.zone import here

SOURCE = "samples"


async def refresh_samples(transactions: Transactions, store: DossierStore, now: datetime) -> int:
    """Load the samples, anew on another day than they were made for; tell how many were loaded.

    Where a real dossier is kept there are none, and those from before are deleted.
    """
    async with transactions.read() as session:
        real, lines = await has_real(session), await sample_lines(session, SOURCE)
    if real:
        if lines:
            await remove_samples(transactions)
        return 0
    today = here(now).date()
    if lines and all(here(line.as_of).date() == today for line in lines):
        return 0
    made = SampleMaker(load_sample_words(), load_working_time().hours(), today).all()
    async with transactions.write() as session:
        await delete_samples(session, SOURCE)
        stored = await store.put(session, SOURCE, [(record, now) for record in made])
    return stored.new


async def remove_samples(transactions: Transactions) -> int:
    """Delete the samples; tell how many."""
    async with transactions.write() as session:
        return await delete_samples(session, SOURCE)


async def first_to_try(transactions: Transactions, store: DossierStore, now: datetime) -> dict[str, str]:
    """Return a few sample codes that show different things, each with the last digits of its telephone number."""
    async with transactions.read() as session:
        lines = sorted(await sample_lines(session, SOURCE), key=lambda line: line.code[-4:])
        handled = [line for line in lines if line.status is Status.IN_PROGRESS and line.due_at]
        kinds = (
            [line for line in handled if line.due_at and line.due_at > now],
            [line for line in lines if line.status is Status.NEED_SUPPLEMENT],
            [line for line in handled if line.due_at and line.due_at < now],
        )
        codes = [kind[0].code for kind in kinds if kind]
        known = await store.whole(session, codes)
    return {code: last_four(e164(known[code].owner.phone)) or "" for code in codes if code in known}
