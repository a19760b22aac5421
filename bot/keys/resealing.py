"""Seals everything at rest with the newest key, beside running servers; can be stopped and started at any moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.delivery.errors import UnreadableError
from bot.delivery.ports import Transactions
from bot.keys.ports import KnowsKeys, Reseals, Value

PASSES = 5
"""How often a place is gone through again because values changed meanwhile."""

Advance = Callable[[int], object]
"""Told how many values were looked at."""


@dataclass(frozen=True)
class Count:
    """What one place holds."""

    name: str
    newest: int = 0
    """Sealed with the newest key."""
    before: int = 0
    """Sealed with a key before."""
    unreadable: int = 0
    """Sealed with a key that nobody gave, or damaged."""


@dataclass(frozen=True)
class Resealed:
    """What was done to one place."""

    name: str
    done: int = 0
    changed_meanwhile: int = 0
    """Changed by others in the last pass too: a server seals them with its own key."""
    unreadable: int = 0


@dataclass(frozen=True)
class Resealing:
    """All sealed values of the house."""

    transactions: Transactions
    keys: KnowsKeys
    places: Sequence[Reseals]

    async def sizes(self) -> int:
        """Return how many values there are about, for a progress bar."""
        async with self.transactions.read() as session:
            return sum([await place.size(session) for place in self.places])

    async def count(self, place: Reseals, advance: Advance) -> Count:
        """Tell with which keys a place's values are sealed."""
        newest = before = unreadable = 0
        after = None
        while values := await self._page(place, after):
            for value in values:
                if self.keys.is_newest(value.sealed, value.about):
                    newest += 1
                elif self._opened(value) is not None:
                    before += 1
                else:
                    unreadable += 1
            advance(len(values))
            after = values[-1].key
        return Count(place.name, newest, before, unreadable)

    async def reseal(self, place: Reseals, advance: Advance) -> Resealed:
        """Seal a place's values anew; those that others changed meanwhile are looked at again."""
        done = 0
        told = Resealed(place.name)
        for attempt in range(PASSES):
            told = await self._once(place, advance if attempt == 0 else _silent)
            done += told.done
            if not told.changed_meanwhile:
                break
        return Resealed(place.name, done, told.changed_meanwhile, told.unreadable)

    async def _once(self, place: Reseals, advance: Advance) -> Resealed:
        done = missed = unreadable = 0
        after = None
        while values := await self._page(place, after):
            stale = [value for value in values if not self.keys.is_newest(value.sealed, value.about)]
            opened = [(value, plain) for value in stale if (plain := self._opened(value)) is not None]
            unreadable += len(stale) - len(opened)
            if opened:
                put = await self._swap(place, opened)
                done, missed = done + put, missed + len(opened) - put
            advance(len(values))
            after = values[-1].key
        return Resealed(place.name, done, missed, unreadable)

    async def _page(self, place: Reseals, after: tuple[object, ...] | None) -> Sequence[Value]:
        async with self.transactions.read() as session:
            return await place.page(session, after)

    async def _swap(self, place: Reseals, opened: Sequence[tuple[Value, bytes]]) -> int:
        sealed = [(value, self.keys.seal(plain, value.about)) for value, plain in opened]
        async with self.transactions.write() as session:
            return sum([await place.swap(session, value, anew) for value, anew in sealed])

    def _opened(self, value: Value) -> bytes | None:
        try:
            return self.keys.open(value.sealed, value.about)
        except UnreadableError:
            return None


def _silent(_: int) -> None:
    return None
