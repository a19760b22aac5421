"""Answers an organisation's questions about its dossiers: sorted, recorded for their owners, and never about others'."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.dossiers.agencies import unit_path
from bot.dossiers.disclosure import shown
from bot.dossiers.organisations.elsewhere import Elsewhere
from bot.dossiers.organisations.file_store import FileStore, KeptFile
from bot.dossiers.organisations.overview import DaysLeft, Group, Overview, Row, overview, row_of
from bot.dossiers.organisations.page_store import PageStore
from bot.dossiers.organisations.ports import Asked, Linked, PageOffer, TokenPage, Told
from bot.dossiers.organisations.store import Organisation, OrganisationStore
from bot.dossiers.record import ENDED
from bot.dossiers.store import DossierStore, Kept
from nlu.codes import parse_dossier_code

MOST_SHOWN = 2000
"""Dossiers of one table, the newest first: of an organisation that has more, the rest is asked for by its codes."""
FILE_FOR = timedelta(minutes=30)
"""How long a table can be fetched; the conversation must be linked besides."""
PAGE_FOR = timedelta(minutes=15)
"""How long a token can be typed on a page."""
PATH = "/dn/"
PAGE_PATH = "/dn/nhap/"
API = "api"
"""Name of the channel under which questions over HTTP are recorded."""
SECRET_BYTES = 18


class RecordsLookups(Protocol):
    """Notes look-ups, so that a dossier's owner can ask when it was looked at."""

    async def note(self, session: AsyncSession, codes: Sequence[str], channel: str, at: datetime) -> None:
        """Note that all of some dossiers was shown to their own organisation."""
        ...


@dataclass(frozen=True)
class Limits:
    """How much one organisation may ask."""

    an_hour: int = 60
    """Questions, in the chat and over HTTP together; each may be for ``MOST_CODES`` dossiers."""


@dataclass(frozen=True)
class Asking:
    """See ``bot.dossiers.organisations.ports.Organisations``; also what the pages ask."""

    store: OrganisationStore
    files: FileStore
    pages: PageStore
    dossiers: DossierStore
    transactions: Transactions
    days_left: DaysLeft
    lookups: RecordsLookups
    public_url: str = ""
    elsewhere: Elsewhere | None = None
    """Asks one-stop systems; ``None`` where our own table is all there is."""
    limits: Limits = Limits()
    new_secret: Callable[[], str] = lambda: secrets.token_urlsafe(SECRET_BYTES)

    async def linked(self, ref: Ref, now: datetime) -> Linked | None:
        """See ``Organisations.linked``."""
        async with self.transactions.read() as session:
            found = await self.store.linked(session, ref, now)
        return found[0] if found else None

    async def owner_of(self, token: str) -> str | None:
        """See ``Organisations.owner_of``."""
        found = await self.by_token(token)
        return found.name if found else None

    async def page(self, ref: Ref, language: str, now: datetime) -> TokenPage:
        """See ``Organisations.page``."""
        if not self.public_url:
            return TokenPage(PageOffer.NONE)
        secret, until = self.new_secret(), now + PAGE_FOR
        async with self.transactions.write() as session:
            if not await self.pages.open(session, (ref, language), secret, (now, until)):
                return TokenPage(PageOffer.LIMITED)
        return TokenPage(PageOffer.OPEN, f"{self.public_url}{PAGE_PATH}{secret}", until)

    async def by_token(self, token: str) -> Organisation | None:
        """Return the organisation whose present token this is."""
        async with self.transactions.read() as session:
            return await self.store.by_token(session, token)

    async def ask(self, ref: Ref, codes: Sequence[str], language: str, now: datetime) -> Told:
        """See ``Organisations.ask``."""
        async with self.transactions.read() as session:
            found = await self.store.linked(session, ref, now)
        if found is None:
            return Told(Asked.NOT_LINKED)
        told = await self._ask(found[1], codes, (ref.channel, now))
        if told.outcome is not Asked.TOLD or not self.public_url or not told.overview.rows:
            return told
        secret, until = self.new_secret(), now + FILE_FOR
        async with self.transactions.write() as session:
            await self.files.keep(session, ref, secret, (codes, language), until)
        return Told(told.outcome, told.overview, address=f"{self.public_url}{PATH}{secret}", address_until=until)

    async def ask_by_token(self, owner: Organisation, codes: Sequence[str], now: datetime) -> Told:
        """Answer a question that came over HTTP."""
        return await self._ask(owner, codes, (API, now))

    async def fetched(self, secret: str, now: datetime) -> tuple[Overview, KeptFile] | None:
        """Return the table behind an address, as it is now; ``None`` when there is none any more."""
        async with self.transactions.read() as session:
            kept = await self.files.find(session, secret, now)
            found = await self.store.linked(session, kept.ref, now) if kept else None
        if kept is None or found is None:
            return None
        unasked = await self._elsewhere(found[1], kept.codes)
        async with self.transactions.read() as session:
            told = await self.look(session, found[1], kept.codes, now, unasked)
        async with self.transactions.write() as session:
            await self.note(session, told, kept.ref.channel, now)
        return told, kept

    async def look(
        self,
        session: AsyncSession,
        owner: Organisation,
        codes: Sequence[str],
        now: datetime,
        unasked: Collection[str] = (),
    ) -> Overview:
        """Return an organisation's dossiers as our table has them; whoever shows them calls ``note`` first.

        Args:
            session: of the caller's transaction.
            owner: the organisation.
            codes: asked for; none for all.
            now: the present moment.
            unasked: codes for which a system should have been asked and could not be.
        """
        wanted = tuple(dict.fromkeys(codes))
        kept, more = await self._kept(session, owner, wanted)
        seen = {one.record.code for one in kept}
        rows = [row_of(shown(one.record), one.as_of, now, self.days_left) for one in kept]
        missing = [code for code in wanted if code not in seen]
        rows += [Row(code, Group.UNASKED if code in unasked else Group.OTHER) for code in missing]
        return overview(rows, more=more)

    async def note(self, session: AsyncSession, told: Overview, channel: str, now: datetime) -> None:
        """Note for the dossiers' owners through which channel and when they were looked at."""
        seen = [row.code for row in told.rows if row.shown is not None]
        if seen:
            await self.lookups.note(session, seen, channel, now)

    async def _ask(self, owner: Organisation, codes: Sequence[str], asked: tuple[str, datetime]) -> Told:
        """Count the question first, then read without holding writers up, and note what is about to be told."""
        channel, now = asked
        hour = now.replace(minute=0, second=0, microsecond=0)
        async with self.transactions.write() as session:
            if not await self.store.spend(session, owner.id, hour, self.limits.an_hour):
                return Told(Asked.LIMITED, until=hour + timedelta(hours=1))
        unasked = await self._elsewhere(owner, codes)
        async with self.transactions.read() as session:
            told = await self.look(session, owner, codes, now, unasked)
        async with self.transactions.write() as session:
            await self.note(session, told, channel, now)
        return Told(Asked.TOLD, told)

    async def _kept(
        self, session: AsyncSession, owner: Organisation, wanted: Sequence[str]
    ) -> tuple[Sequence[Kept], bool]:
        """Return what our table holds of an organisation's dossiers, and whether there are more than can be shown."""
        if wanted:
            own = await self.store.own_codes(session, owner, wanted)
            found = await self.dossiers.get_many(session, [code for code in wanted if code in own])
            kept, more = list(found.values()), False
        else:
            kept = list(await self.dossiers.owned(session, owner.identity_key, MOST_SHOWN + 1))
            kept, more = kept[:MOST_SHOWN], len(kept) > MOST_SHOWN
        return [one for one in kept if _within(owner.units, one.record.code)], more

    async def _elsewhere(self, owner: Organisation, codes: Sequence[str]) -> frozenset[str]:
        """Have one-stop systems asked for what our table lacks, or has from long ago; tell what could not be asked."""
        if self.elsewhere is None:
            return frozenset()
        wanted = tuple(dict.fromkeys(codes))
        async with self.transactions.read() as session:
            kept, _ = await self._kept(session, owner, wanted)
        seen = {one.record.code for one in kept}
        running = sorted((one for one in kept if one.record.status not in ENDED), key=lambda one: one.as_of)
        unseen = [code for code in wanted if code not in seen and _within(owner.units, code)]
        return await self.elsewhere.ask(unseen, [one.record.code for one in running])


def _within(units: Sequence[str], code: str) -> bool:
    """Tell whether a dossier was received by one of some units, or by one below it, whichever way its code is written."""
    parsed = parse_dossier_code(code)
    path = f"{unit_path(parsed.unit)}."
    return not units or any(parsed.unit == one or path.startswith(f"{one}.") for one in units)
