"""Keeps drafts from the sender's "Đồng ý" until they are sent, cancelled or too old: who agreed to what, and contact data
from the form page, sealed. Within the caller's transaction; never commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.inserting import insertion
from feedback.ports import Seals
from feedback.record import Address, Sender
from feedback.sealed import SealedColumn
from feedback.tables import draft


@dataclass(frozen=True)
class Draft:
    """A draft."""

    id: str
    where: Address
    consent_version: str
    consent_at: datetime
    expires_at: datetime
    contact: Sender | None
    """``None`` while none was given on the page."""


class DraftStore:
    """The drafts of one database."""

    def __init__(self, seals: Seals) -> None:
        """Take what makes unreadable."""
        self._seals = seals

    async def begin(
        self, session: AsyncSession, id: str, where: Address, consent_version: str, times: tuple[datetime, datetime]
    ) -> str:
        """Keep the consent under which a draft is begun; the very same draft twice is one.

        Args:
            session: the caller's.
            id: not guessable.
            where: conversation that agreed.
            consent_version: of the notice that was read.
            times: when it was agreed to, and when the draft is dropped if nobody goes on with it.
        """
        at, until = times
        row = {
            "id": id,
            **_place(where),
            "body": None,
            "consent_version": consent_version,
            "consent_at": at,
            "updated_at": at,
            "expires_at": until,
        }
        await session.execute(insertion(session, draft).values(row).on_conflict_do_nothing())
        return id

    async def get(self, session: AsyncSession, id: str, now: datetime) -> Draft | None:
        """Return a draft that is still open."""
        chosen = select(draft).where(draft.c.id == id, draft.c.expires_at > now)
        row = (await session.execute(chosen)).one_or_none()
        return self._opened(row) if row is not None else None

    async def contact(self, session: AsyncSession, id: str) -> Sender | None:
        """Return who sends, as given on the page; ``None`` for not yet."""
        row = (await session.execute(select(draft).where(draft.c.id == id))).one_or_none()
        return self._opened(row).contact if row is not None else None

    async def put_contact(
        self, session: AsyncSession, id: str, sender: Sender, times: tuple[datetime, datetime]
    ) -> bool:
        """Keep who sends, in place of an earlier word; tell whether the draft is still open.

        Args:
            session: the caller's.
            id: of the draft.
            sender: as given on the page.
            times: now, and when the draft is dropped from now on.
        """
        now, until = times
        body = self._seals.seal(msgspec.msgpack.encode(sender), _about(id))
        kept = update(draft).where(draft.c.id == id, draft.c.expires_at > now)
        result = await session.execute(kept.values(body=body, updated_at=now, expires_at=until))
        return isinstance(result, CursorResult) and result.rowcount == 1

    async def drop(self, session: AsyncSession, id: str) -> None:
        """Forget a draft that was sent or cancelled."""
        await session.execute(delete(draft).where(draft.c.id == id))

    async def of(self, session: AsyncSession, where: Address) -> Sequence[str]:
        """Return the ids of a conversation's drafts."""
        mine = (draft.c[name] == value for name, value in _place(where).items())
        return (await session.scalars(select(draft.c.id).where(*mine))).all()

    async def expired(self, session: AsyncSession, now: datetime) -> Sequence[tuple[str, Address]]:
        """Return drafts that are too old, with the conversations that began them; whoever asks drops them."""
        chosen = select(draft).where(draft.c.expires_at <= now).order_by(draft.c.expires_at).limit(AT_ONCE)
        rows = (await session.execute(chosen)).all()
        return [(row.id, Address(row.channel, row.account, row.conversation)) for row in rows]

    def _opened(self, row: Any) -> Draft:
        who = None
        if row.body is not None:
            who = msgspec.msgpack.decode(self._seals.open(row.body, _about(row.id)), type=Sender)
        where = Address(row.channel, row.account, row.conversation)
        return Draft(row.id, where, row.consent_version, row.consent_at, row.expires_at, who)


AT_ONCE = 500
"""Drafts looked at in one round."""


def _place(where: Address) -> dict[str, str]:
    return {"channel": where.channel, "account": where.account, "conversation": where.conversation}


def _about(id: str) -> str:
    return f"feedback draft {id}"


SEALED = (SealedColumn(draft, "body", lambda row: _about(row.id)),)
