"""Officials' accounts: puts stores, sign-in and administration together, for the console and for the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.clock import present
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.visitors import Visitors
from bot.console.accounts.account_store import AccountStore
from bot.console.accounts.administration import FIRST, Administration
from bot.console.accounts.came_from import Origins
from bot.console.accounts.letter_store import LetterStore
from bot.console.accounts.password_hashes import PasswordHashes, owasp_hasher
from bot.console.accounts.password_rules import PasswordRules
from bot.console.accounts.patience_store import PatienceStore
from bot.console.accounts.session_store import Limits, SessionStore
from bot.console.accounts.signing_in import Kept, SigningIn
from bot.console.accounts.telling import Telling
from bot.console.audit.store import Audit
from bot.console.roles import ConsoleRole
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Transactions
from bot.errors import BotError
from bot.keyed_hash import KeyedHash
from bot.settings import Settings
from feedback.actor import Actor
from feedback.office import IntakeWay, Office, load_feedback_office
from feedback.working_time.zone import here

LETTERS = timedelta(days=3)
"""After so long a letter that could not leave is no news any more: mail is not set up, or was not."""


class DisabledError(BotError):
    """A command was given in the name of an account that is disabled."""


@dataclass(frozen=True)
class Officials:
    """Everything about accounts that needs no page."""

    kept: Kept
    steps: SigningIn
    administration: Administration

    async def forget(self, session: AsyncSession, now: datetime, sessions: timedelta, reasons: timedelta) -> int:
        """Delete old sign-ins and tries, and blank old reasons; tell how much."""
        return (
            await self.kept.sessions.forget(session, now - sessions)
            + await self.kept.patience.forget(session, now)
            + await self.kept.audit.forget(session, now - reasons)
            + await self.kept.telling.letters.forget(session, now - LETTERS)
        )


def make_officials(
    settings: Settings,
    transactions: Transactions,
    office: Office,
    clock: Callable[[], datetime],
    hasher: PasswordHasher | None = None,
) -> Officials:
    """Put it together.

    Args:
        settings: of this process.
        transactions: of its database.
        office: whose units they belong to.
        clock: gives the present moment.
        hasher: of passwords; OWASP's strength by default.
    """
    signing_key, encryption_key = settings.require_keys()
    cipher, signing = AesGcmCipher(encryption_key.reveal()), signing_key.reveal()
    accounts, audit = AccountStore(cipher), Audit(cipher)
    telling = Telling(accounts, audit, LetterStore(cipher))
    kept = Kept(accounts, SessionStore(cipher), PatienceStore(), audit, telling)
    passwords = PasswordHashes(hasher or owasp_hasher())
    visitors = Visitors(ConversationKeys(signing), settings.trust_proxy)
    given = settings.console

    def names(code: str) -> Sequence[str]:
        unit = office.unit(code)
        return (office.name, unit.name if unit else "")

    steps = SigningIn(
        kept=kept,
        transactions=transactions,
        origins=Origins(visitors, KeyedHash("console origins", signing)),
        passwords=passwords,
        rules=PasswordRules(),
        recovery=KeyedHash("console recovery", signing),
        limits=Limits(timedelta(minutes=given.idle_minutes), timedelta(hours=given.whole_hours)),
        policy=given.second_factor,
        clock=clock,
        names=names,
    )
    administration = Administration(kept, transactions, passwords, lambda code: office.unit(code) is not None, clock)
    return Officials(kept, steps, administration)


async def first_account(settings: Settings, transactions: Transactions) -> tuple[str, str] | None:
    """Make a new house's first administrator; return account and one-time password, ``None`` where there are accounts.

    It belongs to the receiving unit. In a trial it receives as well: whoever tries the house out sees who waits and what came.
    """
    office = load_feedback_office(settings.feedback.office)
    officials = make_officials(settings, transactions, office, present)
    trial = frozenset({ConsoleRole.RECEIVER}) if office.intake is IntakeWay.TRIAL else frozenset()
    unit = office.receives_on(here(present()).date())
    password = await officials.administration.first(unit.code if unit else "", trial)
    return (FIRST, password) if password else None


async def actor_of(settings: Settings, transactions: Transactions, office: Office, named: str) -> Actor:
    """Return who a command acts as: a console account of that name, else an official of the office file.

    Raises:
        DisabledError: the account is disabled.
        UnknownOfficialError: there is neither.
    """
    _, encryption_key = settings.require_keys()
    accounts = AccountStore(AesGcmCipher(encryption_key.reveal()))
    async with transactions.read() as session:
        found = await accounts.get(session, named)
    if found is None:
        return office.official(named)
    if found.disabled_at is not None:
        raise DisabledError(f"the account {named} is disabled")
    return found.official.actor
