"""Rating how dossiers were handled: puts together what its flows read."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.ports import Transactions
from bot.dialogue.flows.dossier_rating import RatingOutside
from bot.dossiers.desk import Looks
from bot.dossiers.rating.store import RatingStore


def make_rating(desk: Looks, ratings: RatingStore, transactions: Transactions) -> RatingOutside:
    """Return what the flows about rating read from outside."""

    async def first_rated(code: str) -> datetime | None:
        async with transactions.read() as session:
            return await ratings.first_at(session, code)

    return RatingOutside(desk, first_rated)
