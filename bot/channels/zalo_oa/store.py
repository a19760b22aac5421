"""Reading and writing the Official Account's tables within the caller's transaction; never commits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import CursorResult, Table, and_, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.zalo_oa.tables import zalo_interaction, zalo_token, zalo_upload
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from feedback.sealed import SealedColumn


@dataclass(frozen=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    """Good for one use."""
    expires_at: datetime
    """Of the access token."""


@dataclass(frozen=True)
class KeptPair:
    """A pair as it is stored."""

    pair: Pair
    version: int
    obtained_at: datetime
    failure: str = ""
    failed_at: datetime | None = None


@dataclass(frozen=True)
class Interaction:
    """When a person last spoke to the account."""

    last_at: datetime
    left_at: datetime | None = None


class ZaloOaStore:
    """One account's rows."""

    def __init__(self, account: str, cipher: Cipher) -> None:
        """Take the account's id and the cipher that protects its tokens."""
        self._account = account
        self._cipher = cipher

    async def pair(self, session: AsyncSession) -> KeptPair | None:
        """Return the present pair; ``None`` before the first, and when it was sealed with another key."""
        row = (await session.execute(select(zalo_token).where(self._mine(zalo_token)))).mappings().first()
        if row is None:
            return None
        try:
            access, refresh = msgspec.json.decode(self._cipher.open(row["pair"], self._about(row["version"])))
        except UnreadableError:
            return None
        kept = Pair(access, refresh, row["expires_at"])
        return KeptPair(kept, row["version"], row["obtained_at"], row["failure"], row["failed_at"])

    async def keep(self, session: AsyncSession, pair: Pair, now: datetime) -> KeptPair:
        """Store a new pair and keep the one before it; an open lease ends."""
        chosen = select(zalo_token.c.version, zalo_token.c.pair).where(self._mine(zalo_token))
        before = (await session.execute(chosen.with_for_update())).first()
        version = before.version + 1 if before else 1
        values = {
            "version": version,
            "pair": self._cipher.seal(msgspec.json.encode([pair.access, pair.refresh]), self._about(version)),
            "previous": before.pair if before else None,
            "obtained_at": now,
            "expires_at": pair.expires_at,
            "lease_by": "",
            "lease_until": None,
            "failure": "",
            "failed_at": None,
        }
        if before:
            await session.execute(update(zalo_token).where(self._mine(zalo_token)).values(values))
        else:
            await session.execute(insert(zalo_token).values(account=self._account, **values))
        return KeptPair(pair, version, now)

    async def lease(self, session: AsyncSession, version: int, who: str, now: datetime, until: datetime) -> bool:
        """Reserve the renewal of a version for one process; tell whether it was free."""
        free = or_(zalo_token.c.lease_until.is_(None), zalo_token.c.lease_until <= now, zalo_token.c.lease_by == who)
        place = and_(self._mine(zalo_token), zalo_token.c.version == version, free)
        result = await session.execute(update(zalo_token).where(place).values(lease_by=who, lease_until=until))
        return isinstance(result, CursorResult) and result.rowcount == 1

    async def failed(self, session: AsyncSession, version: int, why: str, now: datetime) -> None:
        """Note why a version could not be renewed, and end the lease."""
        place = and_(self._mine(zalo_token), zalo_token.c.version == version)
        values = {"failure": why[:200], "failed_at": now, "lease_by": "", "lease_until": None}
        await session.execute(update(zalo_token).where(place).values(values))

    async def upload(self, session: AsyncSession, digest: str, since: datetime) -> str | None:
        """Return the token of a file that was uploaded after ``since``."""
        place = and_(self._mine(zalo_upload), zalo_upload.c.digest == digest, zalo_upload.c.uploaded_at > since)
        found: str | None = await session.scalar(select(zalo_upload.c.token).where(place))
        return found

    async def keep_upload(self, session: AsyncSession, digest: str, token: str, now: datetime) -> None:
        """Remember a file's token."""
        values = {"token": token, "uploaded_at": now}
        await _put(session, zalo_upload, {"account": self._account, "digest": digest}, values)

    async def forget_upload(self, session: AsyncSession, digest: str) -> None:
        """Forget a token that Zalo forgot."""
        await session.execute(delete(zalo_upload).where(self._mine(zalo_upload), zalo_upload.c.digest == digest))

    async def interaction(self, session: AsyncSession, person: str) -> Interaction | None:
        """Return when a person last spoke to the account."""
        place = and_(self._mine(zalo_interaction), zalo_interaction.c.person == person)
        row = (await session.execute(select(zalo_interaction).where(place))).mappings().first()
        return Interaction(row["last_at"], row["left_at"]) if row else None

    async def spoke(self, session: AsyncSession, person: str, now: datetime) -> None:
        """Note that a person spoke to the account; one who had left is back."""
        key = {"account": self._account, "person": person}
        await _put(session, zalo_interaction, key, {"last_at": now, "left_at": None})

    async def left(self, session: AsyncSession, person: str, now: datetime) -> None:
        """Note that a person unfollowed."""
        place = and_(self._mine(zalo_interaction), zalo_interaction.c.person == person)
        await session.execute(update(zalo_interaction).where(place).values(left_at=now))

    async def forget(self, session: AsyncSession, person: str, now: datetime) -> None:
        """Delete what is kept about a person who asked for it at this moment."""
        place = and_(
            self._mine(zalo_interaction), zalo_interaction.c.person == person, zalo_interaction.c.last_at <= now
        )
        await session.execute(delete(zalo_interaction).where(place))

    async def tidy(self, session: AsyncSession, uploads: datetime, interactions: datetime) -> None:
        """Delete uploads and interactions from before two moments."""
        old_files = and_(self._mine(zalo_upload), zalo_upload.c.uploaded_at < uploads)
        await session.execute(delete(zalo_upload).where(old_files))
        silent = and_(self._mine(zalo_interaction), zalo_interaction.c.last_at < interactions)
        await session.execute(delete(zalo_interaction).where(silent))

    def _mine(self, table: Table) -> Any:
        return table.c.account == self._account

    def _about(self, version: int) -> str:
        return _place(self._account, version)


async def _put(session: AsyncSession, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row or change the one that is there."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insertion = dialect.insert(table).values(**key, **values)
    await session.execute(insertion.on_conflict_do_update(index_elements=list(key), set_=values))


def _place(account: str, version: int) -> str:
    return f"zalo_token:{account}:{version}"


SEALED = (
    SealedColumn(zalo_token, "pair", lambda row: _place(row.account, row.version), (zalo_token.c.version,)),
    SealedColumn(zalo_token, "previous", lambda row: _place(row.account, row.version - 1), (zalo_token.c.version,)),
)
