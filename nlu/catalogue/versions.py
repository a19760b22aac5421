"""Makes drafts, publishes them and takes them back: the life of a catalogue version."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Protocol

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.errors import CatalogueError, ConflictError, NoSuchVersionError, OutdatedDraftError
from nlu.catalogue.families import Correction
from nlu.catalogue.family_store import FamilyStore
from nlu.catalogue.index import stored_recipe
from nlu.catalogue.model import Procedure
from nlu.catalogue.proposal_store import require_approved
from nlu.catalogue.store import BATCH, CatalogueStore, Revision, State, Version

TRIES = 5
"""How often a draft is begun again when somebody else's took its number."""

OVERTAKEN = "the catalogue was changed at the same moment; look at `motcua catalogue list`, then publish again"


class Transactions(Protocol):
    """The unit of work: leaving ``write`` commits, raising in it rolls back."""

    def write(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Give a session for changing the catalogue."""
        ...

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Give a session for reading it."""
        ...


class Encodable(Protocol):
    """A search index that can be stored."""

    def to_bytes(self) -> bytes:
        """Return the index as bytes."""
        ...


IndexBuilder = Callable[[Iterable[Procedure], int, Sequence[Correction]], Encodable]
"""Builds the search index of a version from its records, with the officials' words on which codes are one service;
``nlu.catalogue.entries.index_of`` outside tests."""

Recipe = Callable[[Sequence[Correction]], str]
"""Says by a hash what an index is built with besides the records; ``nlu.catalogue.entries.index_recipe``."""

Also = Callable[[AsyncSession, int], Awaitable[None]]
"""Done in the same transaction, with the number of the version."""


@dataclass(frozen=True)
class DraftMade:
    """What an import came to."""

    number: int
    base: int | None
    """Version on top of which the draft was made; ``None`` for a draft that stands alone."""
    imported: int
    carried_over: int
    """Procedures taken unchanged from the base because the import does not name them."""


async def make_draft(
    transactions: Transactions,
    procedures: Callable[[], Iterable[Procedure]],
    *,
    origin: str,
    now: datetime,
    replace: bool = False,
    onto: int | None = None,
    without: Collection[str] = (),
    also: Also | None = None,
) -> DraftMade:
    """Make a draft in one transaction.

    Args:
        transactions: the unit of work.
        procedures: gives the records, each code once; called again when the draft has to be begun again.
        origin: what the draft is made from, for the list of versions.
        now: the present moment.
        replace: the draft holds only these records, nothing of the base.
        onto: version to build on instead of the live one.
        without: codes that the draft no longer holds, such as those of abolished procedures.
        also: what else belongs to the draft.

    Raises:
        NoSuchVersionError: ``onto`` does not exist.
        ConflictError: others kept taking the version number.
    """
    for _ in range(TRIES):
        try:
            async with transactions.write() as session:
                store = CatalogueStore(session)
                live = await store.live_number()
                source = onto if onto is not None else live
                root = live if onto is None or replace else await _root(store, onto)
                number = await store.add_draft(root, origin, now)
                imported = await _fill(store, number, procedures())
                carried = 0 if replace or source is None else await store.copy_rest(source, number, without)
                if also is not None:
                    await also(session, number)
                return DraftMade(number, None if replace else source, imported, carried)
        except IntegrityError:
            continue  # another import took the number between our reading and our writing
    raise ConflictError("other imports kept getting in between; nothing was changed, run the import again")


async def _fill(store: CatalogueStore, number: int, procedures: Iterable[Procedure]) -> int:
    imported = 0
    for batch in _batches(Revision.of(procedure) for procedure in procedures):
        await store.add_procedures(number, batch)
        imported += len(batch)
    return imported


async def _root(store: CatalogueStore, number: int) -> int | None:
    """Return the published version that a version goes back to: what was published after it, it does not know."""
    found = await store.version(number)
    if found is None:
        raise NoSuchVersionError(f"there is no version {number}; `motcua catalogue list` shows them")
    return number if found.state in (State.LIVE, State.RETIRED) else found.base


async def publish(
    transactions: Transactions,
    build: IndexBuilder,
    *,
    now: datetime,
    number: int | None = None,
    force: bool = False,
    also: Also | None = None,
) -> Version:
    """Make a draft live, with its search index, in one transaction.

    Args:
        transactions: the unit of work.
        build: makes the search index.
        now: the moment of publication.
        number: a draft, or a version that was rolled back; the newest draft by default.
        force: even when another version was published since the draft was made.
        also: what else belongs to the publication.

    Raises:
        NoSuchVersionError: there is nothing to publish under that number.
        NotApprovedError: it is a proposal that no second person approved.
        OutdatedDraftError: publishing would undo what was published since the draft was made.
        ConflictError: somebody else published at the same moment.
    """
    chosen, live, records, corrections = await _publishable(transactions, number, force)
    # Building takes seconds; a draft never changes, so nobody has to wait for it.
    index = (await asyncio.to_thread(build, records, chosen.number, corrections)).to_bytes()
    try:
        async with transactions.write() as session:
            store = CatalogueStore(session)
            if await store.live_number() != live:
                raise ConflictError(OVERTAKEN)
            await _make_live(store, chosen, live, now)
            # After the live version's row was changed: who corrects families holds that row.
            if await FamilyStore(session).corrections() != corrections:
                raise ConflictError(OVERTAKEN)
            await store.save_index(chosen.number, index)
            if also is not None:
                await also(session, chosen.number)
            published = await store.version(chosen.number)
    except IntegrityError as error:
        raise ConflictError(OVERTAKEN) from error
    return _there(published)


async def _make_live(store: CatalogueStore, chosen: Version, live: int | None, now: datetime) -> None:
    if live is not None:
        await store.change_state(live, State.LIVE, {"state": State.RETIRED})
    values = {"state": State.LIVE, "replaced": live, "published_at": now}
    if not await store.change_state(chosen.number, chosen.state, values):
        raise ConflictError(OVERTAKEN)


async def _publishable(
    transactions: Transactions, number: int | None, force: bool
) -> tuple[Version, int | None, Sequence[Procedure], Sequence[Correction]]:
    async with transactions.read() as session:
        store = CatalogueStore(session)
        wanted = number if number is not None else await store.newest_draft()
        if wanted is None:
            raise NoSuchVersionError("there is no draft to publish; `motcua catalogue import FILE` makes one")
        found, live = await store.version(wanted), await store.live_number()
        if found is None:
            raise NoSuchVersionError(f"there is no version {wanted}; `motcua catalogue list` shows them")
        if found.state not in (State.DRAFT, State.WITHDRAWN):
            raise NoSuchVersionError(f"version {wanted} is {found.state.value}, not a draft; nothing to publish")
        await require_approved(session, wanted)
        if found.base != live and not force:
            raise OutdatedDraftError(
                f"version {wanted} was made on {_named(found.base)} but {_named(live)} is live now; import again, "
                "or publish with --force and lose what changed in between"
            )
        records = [procedure async for procedure in store.procedures(wanted)]
        corrections = await FamilyStore(session).corrections()
    if not records:
        raise CatalogueError(f"version {wanted} holds no procedure; it cannot be published")
    return found, live, records, corrections


async def renew_index(transactions: Transactions, build: IndexBuilder, recipe: Recipe) -> bool:
    """Build the live version's search index anew when it was built with other words or corrections than the present ones.

    Args:
        transactions: the unit of work.
        build: makes the search index.
        recipe: says what ``build`` makes it with.

    Returns:
        Whether it was built anew.

    Raises:
        ConflictError: somebody else published or corrected families at the same moment.
    """
    async with transactions.read() as session:
        store, corrections = CatalogueStore(session), await FamilyStore(session).corrections()
        number = await store.live_number()
        stored = await store.index(number) if number is not None else None
        if number is None or (stored is not None and stored_recipe(stored[1]) == recipe(corrections)):
            return False
        records = [procedure async for procedure in store.procedures(number)]
    index = (await asyncio.to_thread(build, records, number, corrections)).to_bytes()
    async with transactions.write() as session:
        if await CatalogueStore(session).lock_live() != number:
            raise ConflictError(OVERTAKEN)
        if await FamilyStore(session).corrections() != corrections:
            raise ConflictError(OVERTAKEN)
        await CatalogueStore(session).save_index(number, index)
    return True


async def rollback(transactions: Transactions) -> tuple[Version, Version]:
    """Return to the version that was live before the present one.

    Returns:
        The version withdrawn, and the one that is live again.

    Raises:
        NoSuchVersionError: nothing is live, or nothing was before.
        ConflictError: somebody else published at the same moment.
    """
    async with transactions.write() as session:
        store = CatalogueStore(session)
        number = await store.live_number()
        if number is None:
            raise NoSuchVersionError("no version is live; there is nothing to take back")
        live = _there(await store.version(number))
        if live.replaced is None:
            raise NoSuchVersionError(f"version {number} was the first one published; there is none to return to")
        gone = await store.change_state(number, State.LIVE, {"state": State.WITHDRAWN})
        if not gone or not await store.change_state(live.replaced, State.RETIRED, {"state": State.LIVE}):
            raise ConflictError("the catalogue was changed at the same moment; look at it, then roll back again")
        return _there(await store.version(number)), _there(await store.version(live.replaced))


def _batches(revisions: Iterable[Revision]) -> Iterator[list[Revision]]:
    source = iter(revisions)
    while batch := list(islice(source, BATCH)):
        yield batch


def _named(number: int | None) -> str:
    return "no version" if number is None else f"version {number}"


def _there(found: Version | None) -> Version:
    if found is None:  # deleted between two statements of one transaction: not possible while versions are kept
        raise ConflictError("the version is gone; look at `motcua catalogue list`")
    return found
