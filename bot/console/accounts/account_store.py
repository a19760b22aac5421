"""Keeps accounts within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Row, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.account import Account, read_roles, write_roles
from bot.console.accounts.tables import official_account as table
from bot.console.accounts.tables import official_recovery_code as codes
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.delivery.cipher import Cipher
from feedback.inserting import insertion
from feedback.sealed import SealedColumn


class AccountStore:
    """The accounts of one database."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for the secrets of one-time codes."""
        self._cipher = cipher

    async def add(self, session: AsyncSession, official: Official, by: str, at: datetime) -> bool:
        """Add an account without a password; false when there is one of that name."""
        row = {
            "account": official.account,
            "name": official.name,
            "unit": official.unit,
            "roles": write_roles(official.roles),
            "must_change": False,
            "created_at": at,
            "created_by": by,
        }
        put = insertion(session, table).values(row).on_conflict_do_nothing(index_elements=[table.c.account])
        return _one(await session.execute(put))

    async def get(self, session: AsyncSession, account: str) -> Account | None:
        """Return an account; ``None`` for none."""
        row = (await session.execute(select(table).where(table.c.account == account))).one_or_none()
        return self._read(row) if row is not None else None

    async def by_subject(self, session: AsyncSession, subject: str) -> Account | None:
        """Return the account of an identity at the province's sign-on; ``None`` for none."""
        row = (await session.execute(select(table).where(table.c.subject == subject))).one_or_none()
        return self._read(row) if row is not None else None

    async def listed(self, session: AsyncSession) -> Sequence[Account]:
        """Return all accounts: the open ones first, each by name."""
        rows = await session.execute(select(table).order_by(table.c.disabled_at.is_not(None), table.c.account))
        return [self._read(row) for row in rows]

    async def any(self, session: AsyncSession) -> bool:
        """Tell whether there is any account."""
        return (await session.execute(select(table.c.id).limit(1))).first() is not None

    async def hold_administrators(self, session: AsyncSession) -> int:
        """Return how many open accounts are administrators; until this transaction ends nobody else takes one away.

        Who asks meanwhile waits, and then counts what is left: two who take each other away would both see two.
        """
        mine = table.c.roles.contains(ConsoleRole.ADMINISTRATOR.value)
        held = select(table.c.id).where(mine, table.c.disabled_at.is_(None)).order_by(table.c.id).with_for_update()
        return len((await session.scalars(held)).all())

    async def rename(self, session: AsyncSession, account: str, name: str) -> None:
        """Set the person's name."""
        await self._set(session, account, name=name)

    async def set_unit(self, session: AsyncSession, account: str, unit: str) -> None:
        """Set the unit."""
        await self._set(session, account, unit=unit)

    async def set_roles(self, session: AsyncSession, account: str, roles: Iterable[ConsoleRole]) -> None:
        """Set the roles."""
        await self._set(session, account, roles=write_roles(roles))

    async def set_subject(self, session: AsyncSession, account: str, subject: str | None) -> bool:
        """Set who this is at the province's sign-on; false when another account is that already."""
        if subject is not None:
            other = await self.by_subject(session, subject)
            if other is not None and other.name != account:
                return False
        await self._set(session, account, subject=subject)
        return True

    async def set_disabled(self, session: AsyncSession, account: str, at: datetime | None) -> None:
        """Disable an account, or enable it again."""
        await self._set(session, account, disabled_at=at)

    async def set_password(self, session: AsyncSession, account: str, kept: str, until: datetime | None = None) -> None:
        """Set the password's hash.

        Args:
            session: of the transaction.
            account: whose.
            kept: the hash.
            until: for a one-time password, until when it is good.
        """
        await self._set(session, account, password=kept, must_change=until is not None, password_until=until)

    async def strengthen(self, session: AsyncSession, account: str, before: str, kept: str) -> None:
        """Replace a hash by a stronger one of the same password, unless it was changed meanwhile."""
        mine = (table.c.account == account) & (table.c.password == before)
        await session.execute(update(table).where(mine).values(password=kept))

    async def set_totp(self, session: AsyncSession, account: str, secret: str | None, step: int | None) -> None:
        """Set the secret of one-time codes with the step that was used already, or take it away."""
        sealed = self._cipher.seal(secret.encode(), _about(account)) if secret else None
        await self._set(session, account, totp=sealed, totp_step=step)

    async def use_step(self, session: AsyncSession, account: str, step: int) -> bool:
        """Take a code's thirty seconds; false when they, or later ones, were taken before."""
        fresh = or_(table.c.totp_step.is_(None), table.c.totp_step < step)
        mine = update(table).where(table.c.account == account, fresh).values(totp_step=step)
        return _one(await session.execute(mine))

    async def set_codes(self, session: AsyncSession, account: str, hashes: Iterable[bytes]) -> None:
        """Replace the recovery codes."""
        await session.execute(delete(codes).where(codes.c.account == account))
        rows = [{"account": account, "code": one} for one in hashes]
        if rows:
            await session.execute(insert(codes), rows)

    async def use_code(self, session: AsyncSession, account: str, code: bytes) -> bool:
        """Use a recovery code up; false when there is none like it."""
        return _one(await session.execute(delete(codes).where(codes.c.account == account, codes.c.code == code)))

    async def codes_left(self, session: AsyncSession, account: str) -> int:
        """Return how many recovery codes are left."""
        counted = select(func.count()).select_from(codes).where(codes.c.account == account)
        return (await session.execute(counted)).scalar_one()

    async def seen(self, session: AsyncSession, account: str, at: datetime) -> None:
        """Note a sign-in."""
        await self._set(session, account, seen_at=at)

    async def set_email(self, session: AsyncSession, account: str, address: str) -> None:
        """Set where letters about the account go; empty for nowhere."""
        sealed = self._cipher.seal(address.encode(), _about_email(account)) if address else None
        await self._set(session, account, email=sealed)

    async def has_news(self, session: AsyncSession, account: str, at: datetime) -> None:
        """Note that something happened to the account that its owner shall see."""
        await self._set(session, account, news_at=func.coalesce(table.c.news_at, at))

    async def no_news(self, session: AsyncSession, account: str) -> None:
        """Note that its owner has seen what happened."""
        await self._set(session, account, news_at=None)

    async def _set(self, session: AsyncSession, account: str, **values: Any) -> None:
        await session.execute(update(table).where(table.c.account == account).values(values))

    def _read(self, row: Row[Any]) -> Account:
        official = Official(row.account, row.name, row.unit, read_roles(row.roles))
        totp = self._cipher.open(row.totp, _about(row.account)).decode() if row.totp is not None else None
        email = self._cipher.open(row.email, _about_email(row.account)).decode() if row.email is not None else ""
        return Account(
            official,
            row.password,
            row.must_change,
            row.password_until,
            totp,
            row.subject,
            row.disabled_at,
            row.created_at,
            row.seen_at,
            email,
            row.news_at,
        )


def _one(result: object) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1


def _about(account: str) -> str:
    return f"official totp {account}"


def _about_email(account: str) -> str:
    return f"official email {account}"


SEALED = (
    SealedColumn(table, "totp", lambda row: _about(row.account), (table.c.account,)),
    SealedColumn(table, "email", lambda row: _about_email(row.account), (table.c.account,)),
)
