"""Keeps sign-ins within the caller's transaction; never commits. The cookie's secret is kept as a hash alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import CursorResult, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.account import Stage
from bot.console.accounts.carried import Carried
from bot.console.accounts.tables import BROWSER_LENGTH, NETWORK_LENGTH
from bot.console.accounts.tables import official_session as table
from bot.delivery.cipher import Cipher
from feedback.sealed import SealedColumn


@dataclass(frozen=True)
class Limits:
    """How long a sign-in holds."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=10)
    steps: timedelta = timedelta(minutes=10)
    """From the password to the last step before it is whole."""


@dataclass(frozen=True)
class Place:
    """From where somebody signs in, as colleagues and the person are shown it."""

    network: str = ""
    browser: str = ""

    @property
    def words(self) -> str:
        """Both, as the log says them."""
        return f"{self.network}, {self.browser}"


@dataclass(frozen=True)
class Session:
    """A sign-in as it is kept."""

    id: str
    account: str
    stage: Stage
    place: Place
    made_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    carried: Carried = field(default_factory=Carried, repr=False)

    def holds(self, limits: Limits, now: datetime) -> bool:
        """Tell whether it is good at a moment."""
        if self.ended_at is not None:
            return False
        if self.stage is not Stage.WHOLE:
            return now - self.made_at < limits.steps
        return now - self.seen_at < limits.idle and now - self.made_at < limits.whole


class SessionStore:
    """The sign-ins of one database."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is carried."""
        self._cipher = cipher

    async def add(self, session: AsyncSession, made: Session, token: str) -> None:
        """Add a sign-in under its cookie's secret."""
        row = {
            "id": made.id,
            "token": _hash(token),
            "account": made.account,
            "stage": made.stage.value,
            "carried": self._sealed(made.id, made.carried),
            "network": made.place.network[:NETWORK_LENGTH],
            "browser": made.place.browser[:BROWSER_LENGTH],
            "made_at": made.made_at,
            "seen_at": made.seen_at,
        }
        await session.execute(insert(table).values(row))

    async def by_token(self, session: AsyncSession, token: str) -> Session | None:
        """Return the sign-in of a cookie, ended ones too; ``None`` for none."""
        row = (await session.execute(select(table).where(table.c.token == _hash(token)))).one_or_none()
        return self._read(row) if row is not None else None

    async def of(self, session: AsyncSession, account: str, limits: Limits, now: datetime) -> Sequence[Session]:
        """Return the sign-ins of an account that hold, the newest first."""
        chosen = select(table).where(table.c.account == account, table.c.ended_at.is_(None))
        rows = await session.execute(chosen.order_by(table.c.made_at.desc()))
        found = [self._read(row) for row in rows]
        return [one for one in found if one.stage is Stage.WHOLE and one.holds(limits, now)]

    async def seen(self, session: AsyncSession, id: str, now: datetime) -> None:
        """Note that it was used."""
        await session.execute(update(table).where(table.c.id == id).values(seen_at=now))

    async def carry(self, session: AsyncSession, id: str, carried: Carried) -> None:
        """Put something else into what is carried."""
        await session.execute(update(table).where(table.c.id == id).values(carried=self._sealed(id, carried)))

    async def end(self, session: AsyncSession, id: str, now: datetime) -> None:
        """End one."""
        await self._end(session, table.c.id == id, now)

    async def end_of(self, session: AsyncSession, account: str, now: datetime, but: str = "") -> int:
        """End all of an account but one; tell how many."""
        return await self._end(session, (table.c.account == account) & (table.c.id != but), now)

    async def end_one_of(self, session: AsyncSession, account: str, id: str, now: datetime) -> bool:
        """End one of an account; false when it has none such."""
        return bool(await self._end(session, (table.c.account == account) & (table.c.id == id), now))

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Delete sign-ins that were not used since; tell how many."""
        gone = await session.execute(delete(table).where(table.c.seen_at < before))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    async def _end(self, session: AsyncSession, mine: Any, now: datetime) -> int:
        # What was carried goes at once: nobody needs it any more.
        values = {"ended_at": now, "carried": None}
        done = await session.execute(update(table).where(mine, table.c.ended_at.is_(None)).values(values))
        return done.rowcount if isinstance(done, CursorResult) else 0

    def _sealed(self, id: str, carried: Carried) -> bytes | None:
        if carried == Carried():
            return None
        return self._cipher.seal(msgspec.msgpack.encode(carried), _about(id))

    def _read(self, row: Row[Any]) -> Session:
        carried = Carried()
        if row.carried is not None:
            carried = msgspec.msgpack.decode(self._cipher.open(row.carried, _about(row.id)), type=Carried)
        place = Place(row.network, row.browser)
        return Session(row.id, row.account, Stage(row.stage), place, row.made_at, row.seen_at, row.ended_at, carried)


def _hash(token: str) -> bytes:
    # The token is 256 random bits: nothing slower is needed against guessing.
    return hashlib.sha256(token.encode()).digest()


def _about(id: str) -> str:
    return f"official session {id}"


SEALED = (SealedColumn(table, "carried", lambda row: _about(row.id)),)
