"""What answers for organisations: puts it together around the store of dossiers and the register of look-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.dossiers import Dossiers
from bot.channels.contract import Reply
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Clock, Transactions
from bot.dialogue.say_batch import BatchVoice
from bot.dialogue.texts import Texts
from bot.dossiers.desk import LookOutcome
from bot.dossiers.disclosure import Level
from bot.dossiers.lookups import MarksDossiers, NotesLookups
from bot.dossiers.organisations.api import BatchApi
from bot.dossiers.organisations.asking import Asking, RecordsLookups
from bot.dossiers.organisations.days import days_left
from bot.dossiers.organisations.digest import Digests, Notify
from bot.dossiers.organisations.elsewhere import Elsewhere
from bot.dossiers.organisations.file_store import FileStore
from bot.dossiers.organisations.link_page import LinkPage
from bot.dossiers.organisations.linking import Linking, Tells
from bot.dossiers.organisations.page import TablePage
from bot.dossiers.organisations.page_store import PageStore
from bot.dossiers.organisations.store import OrganisationStore
from bot.dossiers.organisations.tokens import TokenKeys
from bot.settings import Settings


@dataclass(frozen=True)
class OwnersRegister:
    """See ``RecordsLookups``: an organisation's looks stand in the register beside those of applicants."""

    marks: MarksDossiers
    lookups: NotesLookups

    async def note(self, session: AsyncSession, codes: Sequence[str], channel: str, at: datetime) -> None:
        """See ``RecordsLookups.note``."""
        somebody, told = self.marks.of("organisation"), (channel, Level.APPLICANT, LookOutcome.TOLD)
        await self.lookups.note(session, somebody, [self.marks.dossier(code) for code in codes], told, at)


def make_organisation_store(settings: Settings) -> OrganisationStore:
    """Return the store of organisations."""
    signing_key, encryption_key = settings.require_keys()
    return OrganisationStore(AesGcmCipher(encryption_key.reveal()), TokenKeys(signing_key.reveal()))


def make_asking(
    settings: Settings,
    store: OrganisationStore,
    dossiers: Dossiers,
    transactions: Transactions,
    lookups: RecordsLookups,
) -> Asking:
    """Return what answers organisations' questions."""
    signing_key, encryption_key = settings.require_keys()
    files = FileStore(AesGcmCipher(encryption_key.reveal()), TokenKeys(signing_key.reveal()))
    days = days_left(dossiers.time)
    pages = PageStore(TokenKeys(signing_key.reveal()))
    elsewhere = Elsewhere(dossiers.sources) if dossiers.sources.remotes else None
    known = (dossiers.store, transactions, days, lookups)
    return Asking(store, files, pages, *known, settings.public_url, elsewhere)


def make_digests(asking: Asking, transactions: Transactions, texts: Texts, notify: Notify, clock: Clock) -> Digests:
    """Return the work that sends weekly summaries."""
    return Digests(asking, transactions, texts, notify, clock)


def organisation_routes(asking: Asking, texts: Texts, clock: Callable[[], datetime]) -> list[web.RouteDef]:
    """Return the routes of tables to fetch and of organisations' own programs."""
    return [*TablePage(asking, texts, clock).routes(), *BatchApi(asking, texts, clock).routes()]


def make_link_page(asking: Asking, settings: Settings, texts: Texts, tells: Tells, clock: Clock) -> LinkPage:
    """Return the page on which tokens are typed."""
    signing_key, _ = settings.require_keys()
    keys = TokenKeys(signing_key.reveal())

    def says(language: str, name: str) -> Reply:
        return BatchVoice(texts.speaking(language)).linked(name)

    return LinkPage(Linking(asking.store, asking.pages, keys, asking.transactions, clock, says), tells, texts)
