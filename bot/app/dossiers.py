"""Dossiers: where they are looked up, who watches them, and the work in the background."""

from __future__ import annotations

import contextlib
import random
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.clock import present
from bot.app.sms import make_notice_sender, message_keys
from bot.app.working_time import make_working_time
from bot.channels.contract import Ref, Template
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.store import DeliveryStore
from bot.dialogue.texts import Texts
from bot.dossiers.sources.building import Surroundings, open_sources
from bot.dossiers.sources.by_agency import ByAgency
from bot.dossiers.sources.database import DatabaseSource
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.polling import Polling
from bot.dossiers.watching.reaching import Reaching
from bot.dossiers.watching.store import WatchStore
from bot.dossiers.watching.telling import Manners, Teller
from bot.dossiers.watching.texting import Texting
from bot.dossiers.watching.wording import Said, Voice
from bot.dossiers.watching.worker import DossierWatch
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import WorkingTime


@dataclass(frozen=True)
class Dossiers:
    """What is known of dossiers, and who watches them."""

    store: DossierStore
    sources: ByAgency
    watches: WatchStore
    time: WorkingTime


def make_dossier_store(settings: Settings) -> DossierStore:
    """Return the store of what sources said."""
    signing_key, encryption_key = settings.require_keys()
    kept = timedelta(days=settings.dossier_contact_days)
    return DossierStore(AesGcmCipher(encryption_key.reveal()), signing_key.reveal(), kept)


@contextlib.asynccontextmanager
async def open_dossiers(settings: Settings, transactions: UnitOfWork) -> AsyncIterator[Dossiers]:
    """Open the sources that the settings name, beside the one store of what they said and the one of who watches.

    Raises:
        SourcesFileError: their file has faults.
        WorkingTimeFileError: a province's own file of working time has.
    """
    store, time = make_dossier_store(settings), make_working_time(settings)
    database = DatabaseSource(transactions, store, present)
    around = Surroundings(database, store, transactions, present, lambda agency: time.hours(agency).closing)
    given = settings.dossier_sources
    async with open_sources(given.sources, given.secrets, around) as sources:
        yield Dossiers(store, sources, WatchStore(), time)


def make_dossier_watch(
    settings: Settings,
    texts: Texts,
    transactions: UnitOfWork,
    dossiers: Dossiers,
    engine: Engine,
    channels: Collection[str],
) -> DossierWatch:
    """Return the work that polls sources and tells people.

    Args:
        settings: of this process.
        texts: of the house.
        transactions: of the database that keeps dossiers and conversations.
        dossiers: see ``open_dossiers``.
        engine: writes the notices.
        channels: names of those that are switched on.
    """
    _, encryption_key = settings.require_keys()
    delivery, given = DeliveryStore(AesGcmCipher(encryption_key.reveal())), settings.dossier_sources

    async def notify(session: AsyncSession, ref: Ref, said: Said, key: str) -> bool:
        return await engine.notify(session, ref, said.reply, key, Template(f"dossier_{said.kind}", said.values))

    async def language(session: AsyncSession, ref: Ref) -> str:
        return (await delivery.state_of(session, ref)).state.language

    manners = Manners(Voice(texts), notify, language, channels, given.quiet, timedelta(days=given.watch_days))
    teller = Teller(transactions, dossiers.watches, dossiers.store, manners, dossiers.time, present)
    polling = Polling(transactions, dossiers.store, dossiers.sources, present, random.random)
    texting = None
    if sender := make_notice_sender(settings.dossier_access):
        kept, watches = dossiers.store, dossiers.watches
        texting = Texting(transactions, kept, watches, manners, present, sender, message_keys(settings))
    reaching = Reaching(transactions, manners, present, texting)
    return DossierWatch(transactions, dossiers.watches, dossiers.sources, polling, teller, reaching, manners, present)
