"""Keeps the one-time pages on which tokens are typed, one per conversation, within the caller's transaction; never commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.channels.contract import Ref
from bot.dossiers.organisations.tables import organisation_page
from bot.dossiers.organisations.tokens import TokenKeys

MOST_TRIES = 10
"""Tokens typed for one conversation within ``WITHIN``, on however many pages."""
WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class AskedPage:
    """A page that is open."""

    ref: Ref
    """The conversation that will speak for the organisation."""
    language: str
    tries: int
    """Tokens typed so far, this one included."""


class PageStore:
    """Pages by the hash of their address, which itself is kept nowhere."""

    def __init__(self, keys: TokenKeys) -> None:
        """Take what hashes addresses."""
        self._keys = keys

    async def open(
        self, session: AsyncSession, asked: tuple[Ref, str], secret: str, times: tuple[datetime, datetime]
    ) -> bool:
        """Open a page in place of the conversation's earlier one; what was tried there counts on.

        Args:
            session: of the caller's transaction.
            asked: the conversation, and the language that it speaks.
            secret: last part of the page's address.
            times: the present moment, and until when the page is open.

        Returns:
            Whether a token may be typed there: not after too many wrong ones.
        """
        (ref, language), (now, until) = asked, times
        chosen = select(organisation_page.c.tries, organisation_page.c.since).where(_at(ref))
        row = (await session.execute(chosen.with_for_update())).first()
        counted = row is not None and row.since > now - WITHIN
        if row is not None and counted and row.tries >= MOST_TRIES:
            return False
        values = {"address": self._keys.page(secret), "language": language, "until": until}
        if not counted:
            values |= {"tries": 0, "since": now}
        if row is None:
            await session.execute(insert(organisation_page).values(**_columns(ref), **values))
        else:
            await session.execute(update(organisation_page).where(_at(ref)).values(**values))
        return True

    async def find(self, session: AsyncSession, secret: str, now: datetime) -> AskedPage | None:
        """Return the page behind an address; ``None`` where nothing may be typed any more."""
        row = (await session.execute(select(organisation_page).where(self._open(secret, now)))).mappings().first()
        return _page(row) if row is not None else None

    async def type(self, session: AsyncSession, secret: str, now: datetime) -> AskedPage | None:
        """Count a token that is typed; ``None`` where none may be typed any more."""
        counted = update(organisation_page).where(self._open(secret, now)).values(tries=organisation_page.c.tries + 1)
        row = (await session.execute(counted.returning(*organisation_page.c))).mappings().first()
        return _page(row) if row is not None else None

    async def end(self, session: AsyncSession, ref: Ref) -> None:
        """Delete the page of a conversation."""
        await session.execute(delete(organisation_page).where(_at(ref)))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete pages whose tries need not be remembered any more; tell how many."""
        gone = await session.execute(delete(organisation_page).where(organisation_page.c.until <= now - WITHIN))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    def _open(self, secret: str, now: datetime) -> ColumnElement[bool]:
        columns = organisation_page.c
        return and_(columns.address == self._keys.page(secret), columns.until > now, columns.tries < MOST_TRIES)


def _page(row: Any) -> AskedPage:
    return AskedPage(Ref(row["channel"], row["account"], row["conversation"]), row["language"], row["tries"])


def _columns(ref: Ref) -> dict[str, str]:
    return {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}


def _at(ref: Ref) -> ColumnElement[bool]:
    return and_(*(organisation_page.c[name] == value for name, value in _columns(ref).items()))
