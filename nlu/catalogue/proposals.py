"""The way of a change into the catalogue: somebody proposes it, a second person approves it, then it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.errors import (
    NoSuchVersionError,
    OutdatedDraftError,
    ProposalError,
    RecordChangedError,
    SamePersonError,
)
from nlu.catalogue.model import Procedure
from nlu.catalogue.proposal_store import OPEN, Proposal, ProposalKind, ProposalState, ProposalStore
from nlu.catalogue.store import CatalogueStore, Version
from nlu.catalogue.versions import DraftMade, IndexBuilder, Transactions, make_draft, publish


@dataclass(frozen=True)
class Proposing:
    """Who proposes what, and why."""

    by: str
    """Short name of the account, without spaces."""
    note: str
    at: datetime
    kind: ProposalKind
    origin: str
    """For the list of versions."""
    findings: str = ""
    onto: int | None = None
    """An open proposal that this one goes on with and takes the place of."""
    without: tuple[str, ...] = ()
    """Codes of procedures that are to go."""


async def propose(
    transactions: Transactions, procedures: Callable[[], Iterable[Procedure]], wanted: Proposing
) -> DraftMade:
    """Make a draft that waits for a second person; what it does not name stays as it is live.

    Raises:
        ProposalError: ``onto`` is not open any more.
        NoSuchVersionError: ``onto`` does not exist.
        ConflictError: others kept taking the version number.
    """
    earlier: tuple[str, ...] = ()
    if wanted.onto is not None:
        async with transactions.read() as session:
            before = await ProposalStore(session).get(wanted.onto)
        if before.state not in OPEN:
            raise ProposalError(f"proposal {wanted.onto} is {before.state.value} meanwhile; nothing was changed")
        earlier = before.authors
    authors = tuple(dict.fromkeys((*earlier, wanted.by)))

    async def enter(session: AsyncSession, number: int) -> None:
        store = ProposalStore(session)
        if wanted.onto is not None:
            await store.change(wanted.onto, OPEN, state=ProposalState.REPLACED.value)
        made = Proposal(number, wanted.kind, ProposalState.WAITING, authors, wanted.note, wanted.findings, wanted.at)
        await store.add(made)

    return await make_draft(
        transactions,
        procedures,
        origin=wanted.origin,
        now=wanted.at,
        onto=wanted.onto,
        without=wanted.without,
        also=enter,
    )


async def propose_edit(transactions: Transactions, edited: Procedure, opened: str, wanted: Proposing) -> DraftMade:
    """Propose one changed record.

    Args:
        transactions: the unit of work.
        edited: the record as it should be.
        opened: hash of the record that was edited.
        wanted: who proposes it.

    Raises:
        RecordChangedError: the record is another one meanwhile.
        ProposalError: ``onto`` is not open any more, or nothing was changed.
        NoSuchVersionError: nothing is live.
    """
    async with transactions.read() as session:
        store = CatalogueStore(session)
        number = wanted.onto if wanted.onto is not None else await store.live_number()
        if number is None:
            raise NoSuchVersionError("no version is live; import and publish one first")
        present, found = await store.hash_of(number, edited.code), await store.get_many(number, [edited.code])
    if present != opened:
        raise RecordChangedError(f"{edited.code} was changed by somebody else since it was opened")
    if found == [edited]:
        raise ProposalError(f"{edited.code} would stay as it is; there is nothing to propose")
    return await propose(transactions, lambda: [edited], wanted)


async def approve(transactions: Transactions, version: int, by: str, at: datetime, note: str = "") -> None:
    """Say as a second person that a proposal may be published.

    Raises:
        SamePersonError: its own author.
        OutdatedDraftError: another version was published since it was made.
        ProposalError: it does not wait any more.
    """
    async with transactions.write() as session:
        store, catalogue = ProposalStore(session), CatalogueStore(session)
        found, draft = await store.get(version), await catalogue.version(version)
        if by in found.authors:
            raise SamePersonError(f"{by} wrote proposal {version}: somebody else must approve it")
        live = await catalogue.live_number()
        if draft is None or draft.base != live:
            raise OutdatedDraftError(f"proposal {version} was made on another version than {live}, which is live now")
        values = {"decided_by": by[:64], "decided_at": at, "decision": note}
        await store.change(version, (ProposalState.WAITING,), state=ProposalState.APPROVED.value, **values)


async def send_back(transactions: Transactions, version: int, by: str, at: datetime, note: str) -> None:
    """Send a proposal back with a reason, or withdraw it as its author.

    Raises:
        ProposalError: there is no reason, or it is not open any more.
    """
    if not note.strip():
        raise ProposalError("say why it is sent back")
    async with transactions.write() as session:
        values = {"decided_by": by[:64], "decided_at": at, "decision": note.strip()}
        await ProposalStore(session).change(version, OPEN, state=ProposalState.RETURNED.value, **values)


async def publish_proposal(
    transactions: Transactions, build: IndexBuilder, version: int, by: str, now: datetime
) -> Version:
    """Make an approved proposal live.

    Raises:
        NotApprovedError: no second person approved it.
        OutdatedDraftError: another version was published since it was made.
        ConflictError: somebody else published at the same moment.
    """

    async def note(session: AsyncSession, number: int) -> None:
        expected = (ProposalState.APPROVED, ProposalState.PUBLISHED)
        values = {"state": ProposalState.PUBLISHED.value, "published_by": by[:64]}
        await ProposalStore(session).change(number, expected, **values)

    return await publish(transactions, build, now=now, number=version, also=note)
