"""Finds the post offices near a commune or a shared location."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.delivery.ports import Transactions
from bot.postal.geography import around, kilometres
from bot.postal.office import Near, PostOffice
from bot.postal.office_store import OfficeStore
from nlu.places.place import Commune

RADII = (5.0, 25.0, 120.0)
"""Kilometres of the boxes that are looked through, until one holds enough; farther off no office is near."""


@dataclass(frozen=True)
class OfficeFinder:
    """Asks the imported list."""

    transactions: Transactions
    store: OfficeStore

    async def is_empty(self) -> bool:
        """Tell whether no list was imported."""
        async with self.transactions.read() as session:
            return await self.store.is_empty(session)

    async def near_commune(self, commune: Commune, most: int) -> tuple[Near, ...]:
        """Return those of the commune first, then the nearest others of the province."""
        async with self.transactions.read() as session:
            offices = await self.store.listed(session, commune.province.code)
        middle = _point(commune.latitude, commune.longitude)
        found = [Near(one, _between(middle, one, commune), exact=False) for one in offices]
        found.sort(key=lambda near: (near.office.commune != commune.code, *_rank(near)))
        return tuple(found[:most])

    async def near_point(self, latitude: float, longitude: float, most: int) -> tuple[Near, ...]:
        """Return the nearest ones to a shared location."""
        point = latitude, longitude
        found: list[Near] = []
        async with self.transactions.read() as session:
            for radius in RADII:
                offices = await self.store.within(session, around(point, radius))
                found = [near for near in _measured(point, offices) if (near.kilometres or 0) <= radius]
                if len(found) >= most:
                    break
        return tuple(sorted(found, key=_rank)[:most])


def _measured(point: tuple[float, float], offices: Iterable[PostOffice]) -> Iterable[Near]:
    for one in offices:
        there = _point(one.latitude, one.longitude)
        if there is not None:
            yield Near(one, kilometres(point, there), one.exact)


def _between(middle: tuple[float, float] | None, office: PostOffice, commune: Commune) -> float | None:
    """Return how far an office is from a commune's middle; of one that lies anywhere in the commune nothing is known."""
    there = _point(office.latitude, office.longitude)
    if middle is None or there is None or (office.commune == commune.code and not office.exact):
        return None
    return kilometres(middle, there)


def _rank(near: Near) -> tuple[bool, float, str]:
    return near.kilometres is None, near.kilometres or 0.0, near.office.code


def _point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
