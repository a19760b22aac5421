"""Reads and writes proposals in the session of the unit of work; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.errors import NotApprovedError, ProposalError
from nlu.catalogue.tables import proposal as rows


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    """For a second person."""
    APPROVED = "approved"
    RETURNED = "returned"
    """Sent back, or withdrawn by its author."""
    REPLACED = "replaced"
    """Somebody went on with it in a later proposal."""
    PUBLISHED = "published"


class ProposalKind(StrEnum):
    """What a proposal is made from."""

    EDIT = "edit"
    IMPORT = "import"


OPEN = (ProposalState.WAITING, ProposalState.APPROVED)
"""What is still to be decided or published."""


@dataclass(frozen=True)
class Proposal:
    """A draft that somebody wants published."""

    version: int
    kind: ProposalKind
    state: ProposalState
    authors: tuple[str, ...]
    """Everybody who wrote some of it; none of them may approve it."""
    note: str
    findings: str
    """JSON: what an import found; empty for an edit."""
    made_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    decision: str = ""
    published_by: str = ""


class ProposalStore:
    """The rows of ``catalogue_proposal``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, made: Proposal) -> None:
        """Enter a proposal."""
        values = {
            "version": made.version,
            "kind": made.kind.value,
            "state": made.state.value,
            "authors": " ".join(made.authors),
            "note": made.note,
            "findings": made.findings,
            "made_at": made.made_at,
            "decided_by": "",
            "decision": "",
            "published_by": "",
        }
        await self._session.execute(insert(rows), values)

    async def find(self, version: int) -> Proposal | None:
        """Return the proposal of a version; ``None`` for a version that is none."""
        row = (await self._session.execute(select(rows).where(rows.c.version == version))).first()
        return _proposal(row) if row else None

    async def get(self, version: int) -> Proposal:
        """Return the same.

        Raises:
            ProposalError: there is none.
        """
        found = await self.find(version)
        if found is None:
            raise ProposalError(f"version {version} is no proposal")
        return found

    async def list(self, states: Sequence[ProposalState], limit: int, before: int | None = None) -> list[Proposal]:
        """Return proposals, newest first.

        Args:
            states: of them.
            limit: most of them.
            before: only those with smaller numbers.
        """
        query = select(rows).where(rows.c.state.in_([one.value for one in states]))
        query = query if before is None else query.where(rows.c.version < before)
        found = await self._session.execute(query.order_by(rows.c.version.desc()).limit(limit))
        return [_proposal(row) for row in found]

    async def change(self, version: int, expected: Sequence[ProposalState], **values: Any) -> None:
        """Change a proposal that is in one of the states expected.

        Raises:
            ProposalError: it is in another one.
        """
        chosen = rows.c.version == version, rows.c.state.in_([one.value for one in expected])
        result = await self._session.execute(update(rows).where(*chosen).values(**values))
        if not getattr(result, "rowcount", 0):
            found = await self.get(version)
            raise ProposalError(f"proposal {version} is {found.state.value} meanwhile; nothing was changed")


async def require_approved(session: AsyncSession, version: int) -> None:
    """Let only approved proposals pass; a draft that is no proposal was made at the server's own terminal.

    Raises:
        NotApprovedError: nobody but its authors has looked at it.
    """
    found = await ProposalStore(session).find(version)
    if found is not None and found.state not in (ProposalState.APPROVED, ProposalState.PUBLISHED):
        raise NotApprovedError(f"proposal {version} is {found.state.value}: a second person must approve it first")


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        version=row.version,
        kind=ProposalKind(row.kind),
        state=ProposalState(row.state),
        authors=tuple(row.authors.split()),
        note=row.note,
        findings=row.findings,
        made_at=row.made_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=row.decision,
        published_by=row.published_by,
    )
