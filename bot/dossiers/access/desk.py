"""The desk: answers what the dialogue asks about dossiers, each person as far as they proved to be the applicant.

What it protects from, and how:

- Guessing codes: level 0 tells only how far a code's dossier is; so many codes a day per conversation, per network and for
  the whole web (``limiting``); operators are told (``alerts``).
- Learning at level 1 whether a code exists or has contact data: where a one-time code follows, nothing is looked up before
  the answer; the try is kept, the answer is the same, and ``post`` looks later. Where the fact alone or a contact decides,
  the same statements and hashes are made for every code, and the answer leaves at a beat of the clock, not when it is found.
- Guessing facts: see ``limiting``. Guessing one-time codes: a million values, five tries, minutes, and only for a code that
  was really sent.
- Reading the tables: persons, codes and facts are keyed hashes or sealed; one-time codes and pages are not in them at all.
- A stolen link: a page is used once, expires, and on the web opens only in the browser in which it was asked for.

What remains: who is talked into typing a code into a stranger's page on Telegram or Zalo; who holds the applicant's
telephone; a crowd of networks that patiently asks for ten codes a day in each conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.ports import Clock, Transactions
from bot.dossiers.access.access_store import AccessStore, LookupStore
from bot.dossiers.access.agencies import Agencies
from bot.dossiers.access.beat import Beat
from bot.dossiers.access.challenge_store import ChallengeStore, Wanted
from bot.dossiers.access.facts import Facts
from bot.dossiers.access.limiting import Limits, TooManyError, Way
from bot.dossiers.access.marks import Marks
from bot.dossiers.desk import Asker, Look, LookOutcome, Proof, SeenEarlier, Tried
from bot.dossiers.disclosure import Level, coarse, shown
from bot.dossiers.ports import DossierSource, Sighting, SourceDownError
from feedback.working_time.zone import here
from nlu.codes import CodeError, DossierCode, parse_dossier_code

BY_PHONE = frozenset({"code", "contact"})
"""Ways of proof for which somebody had the dossier's telephone in their hands."""


class RaisesWatches(Protocol):
    """Knows who waits for news of which dossier."""

    async def raise_level(self, session: AsyncSession, ref: Ref, code: str) -> None:
        """Tell a conversation from now on all that an applicant may know of a dossier that it watches, if it does."""
        ...


@dataclass(frozen=True)
class Stores:
    """What the desk keeps, and the hashes under which it does."""

    marks: Marks
    access: AccessStore
    lookups: LookupStore
    challenges: ChallengeStore
    watches: RaisesWatches


@dataclass(frozen=True)
class Rules:
    """How one may prove oneself here."""

    agencies: Agencies
    page_address: str
    """Beginning of the one-time pages' addresses; empty where no code can be sent."""
    contact_channels: frozenset[str] = frozenset({"telegram"})
    """Whose contact button says whether the number is the sender's own."""
    access: timedelta = timedelta(minutes=30)
    """How long a proven person may see a dossier."""
    code: timedelta = timedelta(minutes=10)
    """How long a one-time code is good."""


class FrontDesk:
    """See ``bot.dossiers.desk.Desk``."""

    def __init__(
        self,
        *,
        source: DossierSource,
        facts: Facts,
        stores: Stores,
        limits: Limits,
        rules: Rules,
        transactions: Transactions,
        clock: Clock,
        beat: Beat,
    ) -> None:
        """Put the desk together."""
        self._source = source
        self._facts = facts
        self._stores = stores
        self._limits = limits
        self._rules = rules
        self._transactions = transactions
        self._clock = clock
        self._beat = beat

    async def look(self, asker: Asker, code: str) -> Look:
        """See ``Desk.look``."""
        wanted = _read(code)
        if wanted is None:
            return Look(LookOutcome.UNKNOWN, provable=False)
        provable = self._provable(asker, wanted)
        person, mark = self._stores.marks.person(asker.ref), self._stores.marks.dossier(code)
        try:
            async with self._transactions.write() as session:
                now = self._clock()
                way = await self._stores.access.way(session, person, mark, now)
                if way is None:
                    await self._limits.ask(session, asker, wanted, now)
        except TooManyError as many:
            return Look(LookOutcome.LIMITED, until=many.until, provable=provable)
        level = Level.APPLICANT if way else Level.NOBODY
        look = self._told(await self._find(wanted), level, provable)
        look = replace(look, phone_proven=look.shown is not None and way in BY_PHONE)
        async with self._transactions.write() as session:
            now, told = self._clock(), (asker.ref.channel, level, look.outcome)
            await self._stores.lookups.note(session, person, [mark], told, now)
            if look.outcome is LookOutcome.UNKNOWN:
                await self._limits.unknown(session, asker, wanted, now)
        return look

    async def prove(self, asker: Asker, code: str, fact: str) -> Tried:
        """See ``Desk.prove``."""
        wanted, began = _read(code), self._beat.now()
        if wanted is None:
            return Tried(Proof.NOT_PROVEN)
        contact = asker.ref.channel in self._rules.contact_channels
        strong = bool(self._rules.page_address) or contact
        async with self._transactions.write() as session:
            now = self._clock()
            decision = self._rules.agencies.fact_alone(wanted, here(now).date())
            admitted = await self._limits.try_fact(
                session, asker, wanted, now, alone=decision is not None, strong=strong
            )
        if admitted.way is Way.WAIT:
            return Tried(Proof.WAIT, until=admitted.until)
        hashed = self._facts.fact_hash(wanted, fact)
        if admitted.way is Way.STRONG:
            return Tried(Proof.CODE_SENT, await self._challenged(asker, wanted, hashed), contact)
        if admitted.way is Way.NONE or decision is None:
            return Tried(Proof.NOT_PROVEN)
        tried = await self._alone(asker, wanted, hashed, samples_only=decision.samples_only)
        if tried.proof is Proof.NOT_PROVEN and decision.samples_only and strong:
            # What looks like a sample's code may be a real one: it goes on as all real ones do.
            tried = Tried(Proof.CODE_SENT, await self._challenged(asker, wanted, hashed), contact)
        await self._beat.wait(began)
        return tried

    async def prove_by_contact(self, asker: Asker, phone: str, own: bool) -> Tried:
        """See ``Desk.prove_by_contact``."""
        began, person = self._beat.now(), self._stores.marks.person(asker.ref)
        async with self._transactions.write() as session:
            now = self._clock()
            until = await self._limits.try_contact(session, asker, now)
            begun = await self._stores.challenges.last(session, person, now)
        if until is not None:
            return Tried(Proof.WAIT, until=until)
        wanted = _read(begun.wanted.code) if begun else None
        if begun is None or wanted is None:
            return Tried(Proof.NOT_PROVEN)
        believed = own and asker.ref.channel in self._rules.contact_channels
        try:
            found = await self._facts.compare(wanted, begun.wanted.fact, phone if believed else "")
            proven = found.fact and found.phone and await self._granted(asker, wanted, "contact", begun.id)
            tried = Tried(Proof.PROVEN if proven else Proof.NOT_PROVEN)
        except SourceDownError:
            tried = Tried(Proof.DOWN)
        await self._beat.wait(began)
        return tried

    async def forget(self, asker: Asker) -> None:
        """See ``Desk.forget``."""
        person = self._stores.marks.person(asker.ref)
        async with self._transactions.write() as session:
            await self._stores.access.end(session, person)
            await self._stores.challenges.end(session, person)

    async def seen(self, asker: Asker, code: str) -> Sequence[SeenEarlier] | None:
        """See ``Desk.seen``."""
        person, mark = self._stores.marks.person(asker.ref), self._stores.marks.dossier(code)
        async with self._transactions.read() as session:
            if not await self._stores.access.proven(session, person, mark, self._clock()):
                return None
            return await self._stores.lookups.seen(session, mark)

    # ---- level 0 and 1 -------------------------------------------------------------------------------------------

    def _provable(self, asker: Asker, code: DossierCode) -> bool:
        """Tell whether level 1 can be proved here; known or not, each code of an agency gives the same."""
        here_and_now = bool(self._rules.page_address) or asker.ref.channel in self._rules.contact_channels
        return here_and_now or self._rules.agencies.fact_alone(code, here(self._clock()).date()) is not None

    async def _find(self, code: DossierCode) -> Sighting | None:
        try:
            return await self._source.find(code)
        except SourceDownError:
            return None

    def _told(self, sighting: Sighting | None, level: Level, provable: bool) -> Look:
        if sighting is None or (sighting.record is None and sighting.down):
            return Look(LookOutcome.DOWN, down=True, provable=provable)
        if sighting.record is None:
            return Look(LookOutcome.UNKNOWN, as_of=sighting.as_of, provable=provable)
        return Look(
            LookOutcome.TOLD,
            coarse=coarse(sighting.record),
            shown=shown(sighting.record) if level is Level.APPLICANT else None,
            as_of=sighting.as_of,
            source=sighting.called,
            down=sighting.down,
            provable=provable,
        )

    # ---- proofs --------------------------------------------------------------------------------------------------

    async def _challenged(self, asker: Asker, code: DossierCode, fact: bytes) -> str:
        """Keep the try for the background and return its page's address; empty where no code can be sent."""
        ref = asker.ref
        wanted = Wanted(
            ref.channel, ref.account, ref.conversation, code.text, fact, asker.browser, asker.language, asker.source
        )
        async with self._transactions.write() as session:
            now = self._clock()
            nonce = await self._stores.challenges.begin(session, wanted, now, now + self._rules.code)
        return f"{self._rules.page_address}{self._stores.marks.token(nonce)}" if self._rules.page_address else ""

    async def _alone(self, asker: Asker, code: DossierCode, fact: bytes, *, samples_only: bool) -> Tried:
        try:
            found = await self._facts.compare(code, fact, "")
        except SourceDownError:
            return Tried(Proof.DOWN)
        agrees = found.fact and (found.sample or not samples_only)
        proven = agrees and await self._granted(asker, code, "fact")
        return Tried(Proof.PROVEN if proven else Proof.NOT_PROVEN)

    async def _granted(self, asker: Asker, code: DossierCode, way: str, challenge: int | None = None) -> bool:
        async with self._transactions.write() as session:
            now = self._clock()
            if challenge is not None and not await self._stores.challenges.use(session, challenge, now):
                return False
            marks, times = self._stores.marks, (now, now + self._rules.access)
            person, mark = marks.person(asker.ref), marks.dossier(code.text)
            await self._stores.access.grant(session, person, mark, way, times)
            await self._limits.proven(session, asker, code, now, alone=way == "fact")
            await self._stores.watches.raise_level(session, asker.ref, code.text)
        return True


def _read(code: str) -> DossierCode | None:
    try:
        return parse_dossier_code(code)
    except CodeError:
        return None
