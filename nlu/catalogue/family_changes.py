"""Lets officials say which codes are one service: reads the families, corrects them, builds the live index anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.entries import member_of
from nlu.catalogue.errors import ConflictError, FamilyError, NoSuchProcedureError, NoSuchVersionError
from nlu.catalogue.families import Correction, families
from nlu.catalogue.family_compare import Grouping, members
from nlu.catalogue.family_store import Decided, FamilyStore
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import OVERTAKEN, IndexBuilder, Transactions


@dataclass(frozen=True)
class Grouped:
    """One catalogue version with its families."""

    version: int
    records: tuple[Procedure, ...]
    in_force: tuple[Decided, ...]
    """The officials' corrections, oldest first."""
    grouping: Grouping

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """The codes of each family; worked out once, because a real catalogue has thousands of them."""
        return members(self.grouping)

    def family(self, code: str) -> tuple[str, ...]:
        """Return the codes that are one service with this one, itself among them; empty when it is not held."""
        return self.families[self.grouping[code]] if code in self.grouping else ()

    def with_corrections(self, in_force: Sequence[Decided]) -> Grouped:
        """Return the same version as other corrections would group it."""
        return Grouped(self.version, self.records, tuple(in_force), group(self.records, _told(in_force)))


@dataclass(frozen=True)
class Who:
    """Who decides, when and why."""

    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Corrected:
    """What a correction came to."""

    before: Grouped
    after: Grouped
    about: tuple[str, ...]
    """The codes that the command named."""


@dataclass(frozen=True)
class _Change:
    add: tuple[Decided, ...] = ()
    end: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    def applied(self, in_force: Sequence[Decided]) -> list[Decided]:
        gone = {*self.end, *(one.correction.code for one in self.add)}
        return [*(one for one in in_force if one.correction.code not in gone), *self.add]


def group(records: Sequence[Procedure], corrections: Sequence[Correction]) -> dict[str, str]:
    """Return the family of every record."""
    return families((member_of(record) for record in records), corrections)


async def grouped(session: AsyncSession, number: int) -> Grouped:
    """Read a version and group it with the corrections in force."""
    records = tuple([procedure async for procedure in CatalogueStore(session).procedures(number)])
    in_force = tuple(await FamilyStore(session).in_force())
    return Grouped(number, records, in_force, group(records, _told(in_force)))


async def live_families(transactions: Transactions) -> Grouped:
    """Return the live version's families.

    Raises:
        NoSuchVersionError: nothing is live.
    """
    async with transactions.read() as session:
        number = await CatalogueStore(session).live_number()
        if number is None:
            raise NoSuchVersionError("no version is live; import and publish one first")
        return await grouped(session, number)


async def join(transactions: Transactions, build: IndexBuilder, code: str, with_code: str, who: Who) -> Corrected:
    """Say that a code is one service with another one; only this code moves, not those it was together with.

    Raises:
        FamilyError: they are the same code, or together already.
        NoSuchProcedureError: the live version lacks one of them.
        NoSuchVersionError: nothing is live.
        ConflictError: somebody else changed the catalogue at the same moment.
    """

    def change(now: Grouped) -> _Change:
        if code == with_code:
            raise FamilyError(f"{code} cannot be joined with itself; name two codes")
        _must_hold(now, code, with_code)
        if with_code in now.family(code):
            raise FamilyError(f"{code} and {with_code} are one service already; nothing was changed")
        decided = Decided(Correction(code, with_code), who.by, who.at, who.note)
        return _Change(add=(decided,), about=(code, with_code))

    return await _correct(transactions, build, change, who)


async def split(transactions: Transactions, build: IndexBuilder, code: str, who: Who) -> Corrected:
    """Say that a code is a service of its own.

    Raises:
        FamilyError: it is one already.
        NoSuchProcedureError: the live version lacks it.
        NoSuchVersionError: nothing is live.
        ConflictError: somebody else changed the catalogue at the same moment.
    """

    def change(now: Grouped) -> _Change:
        _must_hold(now, code)
        if now.family(code) == (code,):
            raise FamilyError(f"{code} stands alone already; nothing was changed")
        return _Change(add=(Decided(Correction(code), who.by, who.at, who.note),), about=(code,))

    return await _correct(transactions, build, change, who)


async def reset(transactions: Transactions, build: IndexBuilder, code: str, who: Who) -> Corrected:
    """Take back what was said of a code, so that its name decides again.

    Raises:
        FamilyError: nobody said anything of it.
        NoSuchVersionError: nothing is live.
        ConflictError: somebody else changed the catalogue at the same moment.
    """

    def change(now: Grouped) -> _Change:
        if code not in {one.correction.code for one in now.in_force}:
            raise FamilyError(f"no correction is in force for {code}; `motcua catalogue families --changed` lists them")
        return _Change(end=(code,), about=(code,))

    return await _correct(transactions, build, change, who)


async def _correct(
    transactions: Transactions, build: IndexBuilder, change: Callable[[Grouped], _Change], who: Who
) -> Corrected:
    """Work out a change, build the index with it, and store both in one transaction or nothing."""
    before = await live_families(transactions)
    wanted = change(before)
    after = before.with_corrections(wanted.applied(before.in_force))
    told = _told(after.in_force)
    index = (await asyncio.to_thread(build, before.records, before.version, told)).to_bytes()
    async with transactions.write() as session:
        store, corrections = CatalogueStore(session), FamilyStore(session)
        if await store.lock_live() != before.version or await corrections.in_force() != list(before.in_force):
            raise ConflictError(OVERTAKEN)
        await corrections.end(wanted.end, who.by, who.at)
        await corrections.add(wanted.add)
        await store.save_index(before.version, index)
    return Corrected(before, after, wanted.about)


def _must_hold(now: Grouped, *codes: str) -> None:
    for code in codes:
        if code not in now.grouping:
            raise NoSuchProcedureError(
                f"the live version {now.version} holds no procedure {code}; `motcua catalogue search` finds codes"
            )


def _told(in_force: Sequence[Decided]) -> list[Correction]:
    return [one.correction for one in in_force]
