"""Keeps organisations and the conversations linked to them within the caller's transaction; never commits."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.dossiers.organisations.ports import Linked
from bot.dossiers.organisations.tables import (
    organisation,
    organisation_file,
    organisation_link,
    organisation_page,
    organisation_use,
)
from bot.dossiers.organisations.tokens import TokenKeys
from bot.dossiers.organisations.weeks import week_of
from bot.dossiers.tables import dossier
from bot.privacy.held import Held
from feedback.sealed import SealedColumn

AT_ONCE = 500
"""Codes looked for in one statement."""


@dataclass(frozen=True)
class Organisation:
    """An organisation whose identity the agency checked."""

    id: int
    name: str
    identity_key: bytes
    units: tuple[str, ...]
    """Receiving units whose dossiers it may see; none for all."""
    issued_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class Subscriber:
    """A conversation that asked for the weekly summary."""

    ref: Ref
    organisation: Organisation
    language: str


@dataclass(frozen=True)
class Digest:
    """Whether a weekly summary is wanted, and in which language."""

    on: bool
    language: str


class OrganisationStore:
    """Organisations, their tokens' hashes, and links; also what ``bot.privacy`` asks about the links."""

    name = "organisations"
    tables = frozenset({organisation_link.name, organisation_file.name, organisation_page.name})

    def __init__(self, cipher: Cipher, keys: TokenKeys) -> None:
        """Take what seals id numbers, and what hashes tokens."""
        self._cipher = cipher
        self._keys = keys

    # ---- the agency's side ---------------------------------------------------------------------------------------

    async def add(
        self, session: AsyncSession, name: str, identity: tuple[str, bytes], units: Sequence[str], issued: Issued
    ) -> int | None:
        """Enter an organisation with its first token.

        Args:
            session: of the caller's transaction.
            name: as officials know it.
            identity: its SoDinhDanh, and the hash of it.
            units: receiving units whose dossiers it may see; none for all.
            issued: the token.

        Returns:
            Its number; ``None`` when one with this SoDinhDanh is entered already.
        """
        number, key = identity
        if (await session.execute(select(organisation.c.id).where(organisation.c.identity_key == key))).first():
            return None
        sealed = self._cipher.seal(number.encode(), _about(key))
        row = {"name": name, "identity_key": key, "identity": sealed, "units": " ".join(units)}
        token = {"token": self._keys.token(issued.token), "issued_at": issued.at}
        made = await session.execute(insert(organisation).values(**row, **token).returning(organisation.c.id))
        number_given: int = made.scalar_one()
        return number_given

    async def rotate(self, session: AsyncSession, number: int, issued: Issued) -> bool:
        """Give an organisation another token; the old one and all that is linked by it end at once."""
        values = {"token": self._keys.token(issued.token), "issued_at": issued.at, "revoked_at": None}
        changed = await session.execute(update(organisation).where(organisation.c.id == number).values(**values))
        await self._unlink_all(session, number)
        return isinstance(changed, CursorResult) and changed.rowcount == 1

    async def revoke(self, session: AsyncSession, number: int, at: datetime) -> bool:
        """End an organisation's token and all that is linked by it."""
        chosen = update(organisation).where(organisation.c.id == number, organisation.c.token.is_not(None))
        changed = await session.execute(chosen.values(token=None, revoked_at=at))
        await self._unlink_all(session, number)
        return isinstance(changed, CursorResult) and changed.rowcount == 1

    async def listed(self, session: AsyncSession, after: int = 0, most: int | None = None) -> Sequence[Organisation]:
        """Return the organisations in the order of their numbers.

        Args:
            session: to read with.
            after: only those with a greater number.
            most: how many at most; ``None`` for all.
        """
        chosen = select(organisation).where(organisation.c.id > after).order_by(organisation.c.id).limit(most)
        return [_organisation(row) for row in (await session.execute(chosen)).mappings()]

    async def _unlink_all(self, session: AsyncSession, number: int) -> None:
        await session.execute(delete(organisation_link).where(organisation_link.c.organisation == number))

    # ---- who speaks for whom -------------------------------------------------------------------------------------

    async def by_token(self, session: AsyncSession, token: str) -> Organisation | None:
        """Return the organisation whose present token this is.

        The table is asked for a keyed hash: how long that takes tells nothing of the tokens themselves.
        """
        hashed = self._keys.token(token)
        row = (await session.execute(select(organisation).where(organisation.c.token == hashed))).mappings().first()
        return _organisation(row) if row is not None and hmac.compare_digest(row["token"], hashed) else None

    async def link(self, session: AsyncSession, ref: Ref, token: str, until: datetime, language: str) -> bool:
        """Let a conversation speak for the organisation whose token it showed; tell whether there is one."""
        found = await self.by_token(session, token)
        if found is None:
            return False
        await self.erase(session, ref, 0)
        row = {"organisation": found.id, "token": self._keys.token(token), "until": until, "language": language}
        await session.execute(insert(organisation_link).values(**_columns(ref), **row, digest=False))
        return True

    async def unlink(self, session: AsyncSession, ref: Ref) -> None:
        """Let a conversation speak for nobody."""
        for table in (organisation_link, organisation_file):
            await session.execute(delete(table).where(_at(table, ref)))

    async def linked(self, session: AsyncSession, ref: Ref, now: datetime) -> tuple[Linked, Organisation] | None:
        """Return the organisation that a conversation speaks for now."""
        chosen = _linked(now).where(_at(organisation_link, ref))
        row = (await session.execute(chosen)).mappings().first()
        if row is None:
            return None
        return Linked(row["id"], row["name"], row["until"], row["digest"]), _organisation(row)

    async def set_digest(self, session: AsyncSession, ref: Ref, wish: Digest, at: datetime) -> None:
        """Begin or end the weekly summary in a conversation; the first one comes next week."""
        values = {"digest": wish.on, "language": wish.language, "digested": week_of(at)}
        await session.execute(update(organisation_link).where(_at(organisation_link, ref)).values(**values))

    async def subscribers(self, session: AsyncSession, now: datetime, week: str, limit: int) -> Sequence[Subscriber]:
        """Return linked conversations that asked for the weekly summary and lack that of a week; they are locked."""
        lacking = organisation_link.c.digested.is_(None) | (organisation_link.c.digested != week)
        chosen = _linked(now).where(organisation_link.c.digest, lacking).order_by(*organisation_link.primary_key)
        rows = (await session.execute(chosen.limit(limit).with_for_update(of=organisation_link))).mappings()
        return [
            Subscriber(Ref(row["channel"], row["account"], row["conversation"]), _organisation(row), row["language"])
            for row in rows
        ]

    async def digested(self, session: AsyncSession, ref: Ref, week: str) -> None:
        """Note that a conversation needs no summary of a week any more."""
        await session.execute(update(organisation_link).where(_at(organisation_link, ref)).values(digested=week))

    # ---- whose a dossier is --------------------------------------------------------------------------------------

    async def own_codes(self, session: AsyncSession, owner: Organisation, codes: Sequence[str]) -> set[str]:
        """Return those of some codes that are the organisation's."""
        found: set[str] = set()
        for start in range(0, len(codes), AT_ONCE):
            part = codes[start : start + AT_ONCE]
            chosen = select(dossier.c.code).where(
                dossier.c.code.in_(part), dossier.c.identity_key == owner.identity_key
            )
            found.update(await session.scalars(chosen))
        return found

    # ---- how much is asked ---------------------------------------------------------------------------------------

    async def spend(self, session: AsyncSession, number: int, hour: datetime, most: int) -> bool:
        """Count one question of an organisation; tell whether it is within so many an hour."""
        at = and_(organisation_use.c.organisation == number, organisation_use.c.hour == hour)
        # The organisation's row is locked first: two questions at once count as two.
        await session.execute(select(organisation.c.id).where(organisation.c.id == number).with_for_update())
        amount = await session.scalar(select(organisation_use.c.amount).where(at))
        if amount is None:
            await session.execute(insert(organisation_use).values(organisation=number, hour=hour, amount=1))
            return True
        if amount >= most:
            return False
        await session.execute(update(organisation_use).where(at).values(amount=amount + 1))
        return True

    # ---- privacy -------------------------------------------------------------------------------------------------

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        chosen = select(organisation.c.name).join(
            organisation_link, organisation_link.c.organisation == organisation.c.id
        )
        name = await session.scalar(chosen.where(_at(organisation_link, ref)))
        return [Held("utter_held_organisation", {"name": name})] if name is not None else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        await self.unlink(session, ref)
        await session.execute(delete(organisation_page).where(_at(organisation_page, ref)))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete what expired; tell how much."""
        gone = 0
        for chosen in (
            delete(organisation_link).where(organisation_link.c.until <= now),
            delete(organisation_file).where(organisation_file.c.until <= now),
            delete(organisation_use).where(organisation_use.c.hour < now - timedelta(hours=1)),
        ):
            done = await session.execute(chosen)
            gone += done.rowcount if isinstance(done, CursorResult) else 0
        return gone


@dataclass(frozen=True)
class Issued:
    """A token at the moment when it is handed out; it is shown once and kept nowhere."""

    token: str
    """In normal form."""
    at: datetime


def _linked(now: datetime) -> Any:
    """Return the links that hold: not expired, and made by the organisation's present token."""
    on = and_(organisation_link.c.organisation == organisation.c.id, organisation_link.c.token == organisation.c.token)
    shown = ("channel", "account", "conversation", "until", "digest", "language")
    columns = [organisation_link.c[name] for name in shown]
    return select(organisation, *columns).join(organisation_link, on).where(organisation_link.c.until > now)


def _organisation(row: Any) -> Organisation:
    units = tuple(row["units"].split())
    return Organisation(row["id"], row["name"], row["identity_key"], units, row["issued_at"], row["revoked_at"])


def _columns(ref: Ref) -> dict[str, str]:
    return {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}


def _at(table: Any, ref: Ref) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _columns(ref).items()))


def _about(key: bytes) -> str:
    return f"organisation:{key.hex()}"


SEALED = (SealedColumn(organisation, "identity", lambda row: _about(row.identity_key), (organisation.c.identity_key,)),)
