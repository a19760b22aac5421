"""What people change about their own account: each time they prove again who they are, and get a new sign-in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.console.accounts.account import Account, Stage
from bot.console.accounts.came_from import Came
from bot.console.accounts.carried import Carried
from bot.console.accounts.one_time_codes import new_secret
from bot.console.accounts.password_rules import Weak
from bot.console.accounts.signing_in import SigningIn, Step, Wrong
from bot.console.audit.entry import What


@dataclass(frozen=True)
class Own:
    """Changes password and second factor of who is signed in."""

    steps: SigningIn

    async def confirmed(self, account: str, password: str, came: Came) -> Account | Step:
        """Return the account once its password proved good, or what went wrong; tries are counted as at the door."""
        kept, now = self.steps.kept, self.steps.clock()
        keys = self.steps.origins.keys(came, account)
        async with self.steps.transactions.write() as session:
            wait = await kept.patience.take(session, keys, now)
            found = await kept.accounts.get(session, account)
        if wait:
            return Step(Wrong.WAIT, wait)
        good = await self.steps.passwords.fits(found.password if found else None, password)
        async with self.steps.transactions.write() as session:
            if found is None or not good:
                await kept.audit.append(session, account, What.FAILED, account, "", now)
                return Step(Wrong.NOT_GOOD)
            await kept.patience.give_back(session, keys)
        return found

    async def change_password(self, account: str, before: str, password: str, again: str, came: Came) -> Step:
        """Set another password; all other sign-ins end."""
        if password != again:
            return Step(Wrong.SAME)
        found = await self.confirmed(account, before, came)
        if isinstance(found, Step):
            return found
        weak: Weak | None = await self.steps.weakness(found, password)
        if weak:
            return Step(weak=weak)
        kept = await self.steps.passwords.make(password)
        now = self.steps.clock()
        async with self.steps.transactions.write() as session:
            await self.steps.kept.accounts.set_password(session, account, kept)
            await self.steps.kept.telling.note(session, account, What.PASSWORD, account, "", now)
            await self.steps.kept.sessions.end_of(session, account, now)
            return await self.steps.open(session, found, Stage.WHOLE, came, Carried(), now)

    async def offer(self, token: str) -> str:
        """Return the secret that is offered for one-time codes; it is kept with the sign-in until a code was typed."""
        async with self.steps.transactions.write() as session:
            at = await self.steps.kept.sessions.by_token(session, token)
            if at is None:
                return ""
            if not at.carried.secret:
                at = replace(at, carried=Carried(secret=new_secret(), typed=at.carried.typed))
                await self.steps.kept.sessions.carry(session, at.id, at.carried)
            return at.carried.secret

    async def enrol(self, account: str, token: str, password: str, code: str, came: Came) -> Step:
        """Set the offered secret up; all other sign-ins end."""
        found = await self.confirmed(account, password, came)
        if isinstance(found, Step):
            return found
        now = self.steps.clock()
        async with self.steps.transactions.write() as session:
            at = await self.steps.kept.sessions.by_token(session, token)
            secret = at.carried.secret if at else ""
            codes = await self.steps.enrol(session, account, secret, code, now)
            if codes is None:
                return Step(Wrong.NOT_GOOD)
            await self.steps.kept.sessions.end_of(session, account, now)
            step = await self.steps.open(session, found, Stage.WHOLE, came, Carried(), now)
        return replace(step, codes=codes)

    async def new_codes(self, account: str, password: str, came: Came) -> Step:
        """Replace the recovery codes."""
        found = await self.confirmed(account, password, came)
        if isinstance(found, Step):
            return found
        now = self.steps.clock()
        async with self.steps.transactions.write() as session:
            codes = await self.steps.new_codes(session, account)
            await self.steps.kept.telling.note(session, account, What.ENROLLED, account, "mã dự phòng mới", now)
        return Step(codes=codes)
