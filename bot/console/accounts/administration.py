"""What an administrator does with accounts: each step is noted, and whoever loses or gains something signs in anew."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.account import Account, read_account
from bot.console.accounts.password_hashes import PasswordHashes
from bot.console.accounts.signing_in import Kept
from bot.console.accounts.tables import EMAIL_LENGTH, NAME_LENGTH, SUBJECT_LENGTH, UNIT_LENGTH
from bot.console.audit.entry import What
from bot.console.official import Official
from bot.console.roles import NAMES, ConsoleRole
from bot.delivery.ports import Transactions
from bot.errors import BotError
from feedback.requirements import mail_of

ONE_TIME = timedelta(days=7)
"""For how long a one-time password is good."""
FIRST = "quantri"
"""Account that a new house begins with."""
FIRST_NAME = "Quản trị"
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"


class Fault(StrEnum):
    """Why it cannot be done."""

    NAME = "name"
    TAKEN = "taken"
    NO_ROLE = "no_role"
    NO_UNIT = "no_unit"
    UNKNOWN = "unknown"
    LAST = "last"
    """The last administrator."""
    SUBJECT = "subject"
    PERSON = "person"
    EMAIL = "email"


_SAID = {
    Fault.NAME: "an account is 3 to 64 small letters, digits, dots, - and _, beginning with a letter",
    Fault.TAKEN: "there is an account of that name; names are never given twice",
    Fault.NO_ROLE: "an account needs at least one role",
    Fault.NO_UNIT: "the office file has no such unit",
    Fault.UNKNOWN: "there is no such account",
    Fault.LAST: "this is the last administrator: make another one first",
    Fault.SUBJECT: "another account is that identity already",
    Fault.PERSON: f"a person's name is 1 to {NAME_LENGTH} printable letters",
    Fault.EMAIL: f"this is no e-mail address of at most {EMAIL_LENGTH} characters",
}


class AccountError(BotError):
    """Something cannot be done with an account."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(_SAID[fault])
        self.fault = fault


@dataclass(frozen=True)
class Administration:
    """Makes and changes accounts; ``by`` is the account, or the user of this machine, who does it."""

    kept: Kept
    transactions: Transactions
    passwords: PasswordHashes
    is_unit: Callable[[str], bool]
    """Tells whether the office file has a unit."""
    clock: Callable[[], datetime]

    async def first(self, unit: str = "", roles: frozenset[ConsoleRole] = frozenset()) -> str | None:
        """Make the first administrator; return the one-time password, ``None`` when there are accounts already.

        Args:
            unit: code of its unit.
            roles: what it is charged with beside accounts and settings.
        """
        async with self.transactions.read() as session:
            if await self.kept.accounts.any(session):
                return None
        official = Official(FIRST, FIRST_NAME, unit, roles | {ConsoleRole.ADMINISTRATOR})
        try:
            return await self.add(official, "system")
        except AccountError:
            # Another process was faster.
            return None

    async def add(self, official: Official, by: str) -> str:
        """Add an account and return its one-time password.

        Raises:
            AccountError: it cannot be.
        """
        if read_account(official.account) != official.account:
            raise AccountError(Fault.NAME)
        self._check(official)
        password, kept = await self._one_time()
        now = self.clock()
        async with self.transactions.write() as session:
            if not await self.kept.accounts.add(session, official, by, now):
                raise AccountError(Fault.TAKEN)
            await self.kept.accounts.set_password(session, official.account, kept, now + ONE_TIME)
            await self._note(session, by, What.ADDED, official.account, said_roles(official.roles))
        return password

    async def change(self, account: str, name: str, unit: str, roles: frozenset[ConsoleRole], by: str) -> None:
        """Set name, unit and roles; only what differs is changed and noted.

        Raises:
            AccountError: it cannot be.
        """
        async with self.transactions.write() as session:
            administrators = await self.kept.accounts.hold_administrators(session)
            before = await self._known(session, account)
            wanted = replace(before.official, name=name, unit=unit, roles=roles)
            self._check(wanted)
            _keep_one(administrators, before, wanted.roles)
            if before.official.name != name:
                await self.kept.accounts.rename(session, account, name)
                await self._note(session, by, What.RENAMED, account, f"{before.official.name} → {name}")
            if before.official.unit != unit:
                await self.kept.accounts.set_unit(session, account, unit)
                await self._note(session, by, What.UNIT, account, f"{before.official.unit or '-'} → {unit or '-'}")
            if before.official.roles != roles:
                await self.kept.accounts.set_roles(session, account, roles)
                words = f"{said_roles(before.official.roles)} → {said_roles(roles)}"
                await self._note(session, by, What.ROLES, account, words)
            if (before.official.unit, before.official.roles) != (unit, roles):
                await self.kept.sessions.end_of(session, account, self.clock())

    async def reset(self, account: str, by: str) -> str:
        """Give an account a one-time password in place of its own; return it.

        Raises:
            AccountError: there is no such account.
        """
        password, kept = await self._one_time()
        now = self.clock()
        async with self.transactions.write() as session:
            await self._known(session, account)
            await self.kept.accounts.set_password(session, account, kept, now + ONE_TIME)
            await self.kept.sessions.end_of(session, account, now)
            await self._note(session, by, What.RESET, account, "")
        return password

    async def disable(self, account: str, by: str, why: str = "") -> None:
        """Let an account sign in no more; it ends its sign-ins.

        Raises:
            AccountError: there is none, or it is the last administrator.
        """
        now = self.clock()
        async with self.transactions.write() as session:
            administrators = await self.kept.accounts.hold_administrators(session)
            _keep_one(administrators, await self._known(session, account), frozenset())
            await self.kept.accounts.set_disabled(session, account, now)
            await self.kept.sessions.end_of(session, account, now)
            await self._note(session, by, What.DISABLED, account, why)

    async def enable(self, account: str, by: str) -> None:
        """Let an account sign in again.

        Raises:
            AccountError: there is no such account.
        """
        async with self.transactions.write() as session:
            await self._known(session, account)
            await self.kept.accounts.set_disabled(session, account, None)
            await self._note(session, by, What.ENABLED, account, "")

    async def totp_reset(self, account: str, by: str) -> None:
        """Take the second factor away: who must have one sets it up at the next sign-in.

        Raises:
            AccountError: there is no such account.
        """
        async with self.transactions.write() as session:
            await self._known(session, account)
            await self.kept.accounts.set_totp(session, account, None, None)
            await self.kept.accounts.set_codes(session, account, ())
            await self.kept.sessions.end_of(session, account, self.clock())
            await self._note(session, by, What.TOTP_RESET, account, "")

    async def link(self, account: str, subject: str, by: str) -> None:
        """Say who an account is at the province's sign-on; empty for nobody.

        Raises:
            AccountError: there is no such account, or another one is that identity.
        """
        if len(subject) > SUBJECT_LENGTH or not subject.isprintable():
            raise AccountError(Fault.SUBJECT)
        async with self.transactions.write() as session:
            await self._known(session, account)
            if not await self.kept.accounts.set_subject(session, account, subject or None):
                raise AccountError(Fault.SUBJECT)
            await self.kept.sessions.end_of(session, account, self.clock())
            await self._note(session, by, What.LINKED, account, "nối" if subject else "bỏ nối")

    async def set_email(self, account: str, address: str, by: str) -> None:
        """Say where letters about an account go; empty for nowhere. The former address is told.

        Raises:
            AccountError: there is no such account, or the address is none.
        """
        if address and (mail_of(address) is None or len(address) > EMAIL_LENGTH):
            raise AccountError(Fault.EMAIL)
        async with self.transactions.write() as session:
            before = (await self._known(session, account)).email
            if before == address:
                return
            await self.kept.accounts.set_email(session, account, address)
            why = "đặt địa chỉ" if address else "bỏ địa chỉ"
            await self.kept.telling.note(session, by, What.EMAIL, account, why, self.clock(), before)

    async def end(self, account: str, by: str) -> int:
        """End all sign-ins of an account; tell how many.

        Raises:
            AccountError: there is no such account.
        """
        async with self.transactions.write() as session:
            await self._known(session, account)
            ended = await self.kept.sessions.end_of(session, account, self.clock())
            await self._note(session, by, What.ENDED, account, f"{ended}")
        return ended

    async def _known(self, session: AsyncSession, account: str) -> Account:
        found = await self.kept.accounts.get(session, account)
        if found is None:
            raise AccountError(Fault.UNKNOWN)
        return found

    async def _one_time(self) -> tuple[str, str]:
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
        return password, await self.passwords.make(password)

    async def _note(self, session: AsyncSession, by: str, what: What, account: str, why: str) -> None:
        await self.kept.telling.note(session, by, what, account, why, self.clock())

    def _check(self, official: Official) -> None:
        if not official.roles:
            raise AccountError(Fault.NO_ROLE)
        plain = official.name.strip()
        if not plain or len(plain) > NAME_LENGTH or not plain.isprintable():
            raise AccountError(Fault.PERSON)
        if len(official.unit) > UNIT_LENGTH or (official.unit and not self.is_unit(official.unit)):
            raise AccountError(Fault.NO_UNIT)


def _keep_one(administrators: int, before: Account, roles: frozenset[ConsoleRole]) -> None:
    """Refuse to take the last open administrator away."""
    was = ConsoleRole.ADMINISTRATOR in before.official.roles and before.disabled_at is None
    if was and ConsoleRole.ADMINISTRATOR not in roles and administrators <= 1:
        raise AccountError(Fault.LAST)


def said_roles(roles: frozenset[ConsoleRole]) -> str:
    """Return roles as the log says them."""
    return ", ".join(NAMES[one] for one in ConsoleRole if one in roles) or "không"
