"""Signing in, step by step: password, code, a new password, a second factor. The same answer to whatever was wrong."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.account import Account, SecondFactor, Stage, first_stage, read_account, stage_after
from bot.console.accounts.account_store import AccountStore
from bot.console.accounts.came_from import Came, Origins
from bot.console.accounts.carried import Carried
from bot.console.accounts.one_time_codes import new_recovery_codes, new_secret, recovery_hash, step_of
from bot.console.accounts.password_hashes import PasswordHashes
from bot.console.accounts.password_rules import PasswordRules, Weak
from bot.console.accounts.patience_store import PatienceStore
from bot.console.accounts.session_store import Limits, Session, SessionStore
from bot.console.accounts.telling import Telling
from bot.console.audit.entry import What
from bot.console.audit.store import Audit
from bot.delivery.ports import Transactions
from bot.keyed_hash import KeyedHash

TOKEN_BYTES = 32


class Wrong(StrEnum):
    """Why a step was not taken."""

    NOT_GOOD = "not_good"
    """Account, password or code: which of them is not said."""
    USED = "used"
    """A code that was taken already: who has the telephone waits for the next one."""
    WAIT = "wait"
    GONE = "gone"
    """The sign-in took too long; it begins anew."""
    SAME = "same"
    """The two new passwords differ."""


@dataclass(frozen=True)
class Step:
    """What came of a step."""

    wrong: Wrong | None = None
    wait: timedelta = timedelta()
    weak: Weak | None = None
    """Why a new password is refused."""
    session: Session | None = None
    """As far as it is now."""
    token: str = field(default="", repr=False)
    """The cookie's new secret."""
    codes: Sequence[str] = field(default=(), repr=False)
    """Recovery codes, shown once."""


@dataclass(frozen=True)
class Kept:
    """The stores of accounts and sign-ins."""

    accounts: AccountStore
    sessions: SessionStore
    patience: PatienceStore
    audit: Audit
    telling: Telling
    """Notes what happens to an account where its owner is to know it."""


@dataclass(frozen=True)
class SigningIn:
    """The steps."""

    kept: Kept
    transactions: Transactions
    origins: Origins
    passwords: PasswordHashes
    rules: PasswordRules
    recovery: KeyedHash
    """For recovery codes."""
    limits: Limits
    policy: SecondFactor
    clock: Callable[[], datetime]
    names: Callable[[str], Sequence[str]] = lambda _: ()
    """Returns the names of the agency and of a unit: colleagues would try them."""

    async def with_password(self, name: str, password: str, came: Came, carried: Carried) -> Step:
        """Take the first step."""
        now, typed = self.clock(), read_account(name) or ""
        keys = self.origins.keys(came, typed or name.strip().lower()[:64])
        async with self.transactions.write() as session:
            wait = await self.kept.patience.take(session, keys, now)
            account = await self.kept.accounts.get(session, typed) if typed else None
        if wait:
            return Step(Wrong.WAIT, wait)
        good = await self.passwords.fits(account.password if account else None, password)
        if account is None or not good or not account.opens(now):
            async with self.transactions.write() as session:
                await self._failed(session, account, came, now)
            return Step(Wrong.NOT_GOOD)
        old = account.password if account.password and self.passwords.is_old(account.password) else ""
        stronger = await self.passwords.make(password) if old else ""
        async with self.transactions.write() as session:
            if old:
                await self.kept.accounts.strengthen(session, account.name, old, stronger)
            await self.kept.patience.give_back(session, keys)
            stage = first_stage(account) or stage_after(account, self.policy)
            return await self.open(session, account, stage, came, carried, now)

    async def with_code(self, token: str, code: str, came: Came) -> Step:
        """Take the step of the second factor: a code of the telephone, or a recovery code."""
        now = self.clock()
        async with self.transactions.write() as session:
            found = await self.at(session, token, Stage.SECOND, now)
            if found is None:
                return Step(Wrong.GONE)
            at, account = found
            keys = self.origins.keys(came, account.name)
            wait = await self.kept.patience.take(session, keys, now)
            if wait:
                return Step(Wrong.WAIT, wait, session=at)
            wrong = await self._second(session, account, code, now)
            if wrong:
                await self._failed(session, account, came, now)
                return Step(wrong, session=at)
            await self.kept.patience.give_back(session, keys)
            await self.kept.sessions.end(session, at.id, now)
            return await self.open(session, account, stage_after(account, self.policy), came, at.carried, now)

    async def with_new_password(self, token: str, password: str, again: str, came: Came) -> Step:
        """Take the step that replaces a one-time password."""
        now = self.clock()
        async with self.transactions.read() as session:
            found = await self.at(session, token, Stage.PASSWORD, now)
        if found is None:
            return Step(Wrong.GONE)
        at, account = found
        if password != again:
            return Step(Wrong.SAME, session=at)
        weak = await self.weakness(account, password)
        if weak:
            return Step(weak=weak, session=at)
        kept = await self.passwords.make(password)
        async with self.transactions.write() as session:
            if await self.at(session, token, Stage.PASSWORD, now) is None:
                return Step(Wrong.GONE)
            await self.kept.accounts.set_password(session, account.name, kept)
            await self.kept.telling.note(session, account.name, What.PASSWORD, account.name, "", now)
            await self.kept.sessions.end_of(session, account.name, now)
            changed = replace(account, must_change=False)
            return await self.open(session, changed, stage_after(changed, self.policy), came, at.carried, now)

    async def enrolling(self, token: str) -> tuple[Session, str] | None:
        """Return the sign-in that sets up its second factor, and the secret it is offered; ``None`` when it is gone."""
        now = self.clock()
        async with self.transactions.write() as session:
            found = await self.at(session, token, Stage.ENROL, now)
            if found is None:
                return None
            at, _ = found
            if not at.carried.secret:
                at = replace(at, carried=_with_secret(at.carried, new_secret()))
                await self.kept.sessions.carry(session, at.id, at.carried)
            return at, at.carried.secret

    async def with_enrolment(self, token: str, code: str, came: Came) -> Step:
        """Take the step that sets up the second factor."""
        now = self.clock()
        async with self.transactions.write() as session:
            found = await self.at(session, token, Stage.ENROL, now)
            if found is None:
                return Step(Wrong.GONE)
            at, account = found
            secret = at.carried.secret
            codes = await self.enrol(session, account.name, secret, code, now)
            if codes is None:
                return Step(Wrong.NOT_GOOD, session=at)
            await self.kept.sessions.end(session, at.id, now)
            changed = replace(account, totp=secret)
            step = await self.open(session, changed, Stage.WHOLE, came, _with_secret(at.carried, ""), now)
            return replace(step, codes=codes)

    async def enrol(
        self, session: AsyncSession, account: str, secret: str, code: str, now: datetime
    ) -> Sequence[str] | None:
        """Set a second factor up whose code was typed; return recovery codes, ``None`` when the code is not good."""
        step = step_of(secret, code, now) if secret else None
        if step is None:
            return None
        await self.kept.accounts.set_totp(session, account, secret, step)
        await self.kept.telling.note(session, account, What.ENROLLED, account, "", now)
        return await self.new_codes(session, account)

    async def new_codes(self, session: AsyncSession, account: str) -> Sequence[str]:
        """Replace the recovery codes; return them, to be shown once."""
        codes = new_recovery_codes()
        hashes = [recovery_hash(self.recovery, account, one) for one in codes]
        await self.kept.accounts.set_codes(session, account, hashes)
        return codes

    async def at(
        self, session: AsyncSession, token: str, stage: Stage, now: datetime
    ) -> tuple[Session, Account] | None:
        """Return the sign-in of a cookie with its account, when it is at a stage and holds."""
        at = await self.kept.sessions.by_token(session, token) if token else None
        if at is None or at.stage is not stage or not at.holds(self.limits, now):
            return None
        account = await self.kept.accounts.get(session, at.account)
        return (at, account) if account is not None and account.disabled_at is None else None

    async def weakness(self, account: Account, password: str) -> Weak | None:
        """Return why somebody may not have a password; the one they have is none either."""
        own = (account.name, account.official.name, account.email.partition("@")[0], *self.names(account.official.unit))
        weak = self.rules.weakness(password, own)
        if weak is None and await self.passwords.fits(account.password, password):
            return Weak.OWN
        return weak

    async def open(
        self, session: AsyncSession, account: Account, stage: Stage, came: Came, carried: Carried, now: datetime
    ) -> Step:
        """Begin a sign-in under a new secret; a whole one is noted, and failures before it are forgotten."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        made = Session(secrets.token_hex(16), account.name, stage, came.place, now, now, None, carried)
        await self.kept.sessions.add(session, made, token)
        if stage is Stage.WHOLE:
            own, *_ = self.origins.keys(came, account.name)
            await self.kept.patience.clear(session, own[0])
            await self.kept.accounts.seen(session, account.name, now)
            await self.kept.audit.append(session, account.name, What.SIGN_IN, account.name, came.place.words, now)
            if account.seen_at is not None and not self.origins.knows(came, account.name):
                await self.kept.telling.note(session, account.name, What.NEW_PLACE, account.name, came.place.words, now)
        return Step(session=made, token=token)

    async def _second(self, session: AsyncSession, account: Account, code: str, now: datetime) -> Wrong | None:
        """Use a code up; return why it is not taken, ``None`` when it is."""
        step = step_of(account.totp, code, now) if account.totp else None
        if step is not None:
            return None if await self.kept.accounts.use_step(session, account.name, step) else Wrong.USED
        hashed = recovery_hash(self.recovery, account.name, code)
        if not await self.kept.accounts.use_code(session, account.name, hashed):
            return Wrong.NOT_GOOD
        await self.kept.telling.note(session, account.name, What.RECOVERY, account.name, "", now)
        return None

    async def _failed(self, session: AsyncSession, account: Account | None, came: Came, now: datetime) -> None:
        what, about = (What.FAILED, account.name) if account else (What.UNKNOWN, "")
        await self.kept.audit.append(session, "", what, about, came.place.words, now)


def _with_secret(carried: Carried, secret: str) -> Carried:
    return Carried(next=carried.next, typed=carried.typed, secret=secret)
