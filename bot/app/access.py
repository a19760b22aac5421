"""Who may be told what of a dossier: puts the desk, its one-time page and its background work together."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.sms import make_sender
from bot.channels.contract import Choice, Reply
from bot.channels.web.channel import NAME as WEB
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.visitors import Visitors
from bot.delivery.cipher import Cipher
from bot.delivery.ports import Clock
from bot.dialogue.texts import Texts
from bot.dossiers.access.access_store import AccessStore, LookupStore
from bot.dossiers.access.agencies import BUILT_IN, load_agencies
from bot.dossiers.access.alert_store import AlertStore
from bot.dossiers.access.alerts import Alarm
from bot.dossiers.access.beat import Beat
from bot.dossiers.access.challenge_store import ChallengeStore
from bot.dossiers.access.confirming import Confirming, Notify
from bot.dossiers.access.counting_store import CountingStore
from bot.dossiers.access.desk import FrontDesk, RaisesWatches, Rules, Stores
from bot.dossiers.access.facts import Facts, KeepsOwners
from bot.dossiers.access.held import HeldAccess
from bot.dossiers.access.limiting import Limits
from bot.dossiers.access.limits import Amounts
from bot.dossiers.access.marks import Marks
from bot.dossiers.access.page import PATH, ProofPage
from bot.dossiers.access.post import CodePost
from bot.dossiers.access.settings import AccessSettings
from bot.dossiers.ports import DossierSource
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from feedback.working_time.zone import here


@dataclass(frozen=True)
class Access:
    """The desk, and what belongs to it."""

    desk: FrontDesk
    held: HeldAccess
    stores: Stores
    facts: Facts
    limits: Limits
    rules: Rules
    amounts: Amounts
    counting: CountingStore
    alerts: AlertStore
    transactions: UnitOfWork
    clock: Clock


def make_access(
    settings: Settings,
    transactions: UnitOfWork,
    cipher: Cipher,
    source: DossierSource,
    kept: tuple[KeepsOwners, RaisesWatches],
    clock: Clock,
) -> Access:
    """Put the desk together around a source of dossiers, and the stores of what sources said and of who watches."""
    store, watches = kept
    signing_key, _ = settings.require_keys()
    marks, counting, alerts = Marks(signing_key.reveal()), CountingStore(), AlertStore()
    stores = Stores(marks, AccessStore(), LookupStore(), ChallengeStore(cipher, marks), watches)
    amounts = _amounts(settings.dossier_access)
    alarm = Alarm(marks, alerts, amounts)
    limits = Limits(marks, counting, alarm, amounts, open_channels=frozenset({WEB}))
    facts, rules = Facts(source, store, transactions), make_rules(settings)
    desk = FrontDesk(
        source=source,
        facts=facts,
        stores=stores,
        limits=limits,
        rules=rules,
        transactions=transactions,
        clock=clock,
        beat=Beat(time.monotonic, asyncio.sleep),
    )
    held = HeldAccess(stores, counting, clock)
    return Access(desk, held, stores, facts, limits, rules, amounts, counting, alerts, transactions, clock)


def make_rules(settings: Settings) -> Rules:
    """Return how one may prove oneself here."""
    given = settings.dossier_access
    files = [BUILT_IN, *([given.agencies_file] if given.agencies_file else [])]
    address = settings.public_url
    if given.codes_to and not address:
        # Who develops has no public address, but a browser on the same machine.
        address = f"http://127.0.0.1:{settings.port}"
    sends = bool(given.sms_url or given.codes_to) and bool(address)
    return Rules(
        load_agencies(*files),
        page_address=f"{address}{PATH}" if sends else "",
        access=timedelta(minutes=given.access_minutes),
        code=timedelta(minutes=given.code_minutes),
    )


def make_code_post(access: Access, settings: Settings, texts: Texts) -> CodePost | None:
    """Return the work that sends one-time codes; ``None`` where none are sent."""
    sender = make_sender(settings.dossier_access, texts)
    if sender is None or not access.rules.page_address:
        return None
    return CodePost(
        stores=access.stores,
        facts=access.facts,
        limits=access.limits,
        sender=sender,
        transactions=access.transactions,
        clock=access.clock,
        random=random.SystemRandom().random,
    )


def make_proof_page(access: Access, settings: Settings, texts: Texts, notify: Notify) -> ProofPage:
    """Return the one-time page."""

    def says(language: str, code: str, until: datetime) -> Reply:
        shown = here(until).strftime("%H:%M")
        told = texts.speaking(language)
        see = Choice(f"do:dossier:{code}", told.render("utter_proof_see"))
        return Reply(told.render("utter_proof_notice", code=code, until=shown), (see,))

    confirming = Confirming(
        stores=access.stores,
        limits=access.limits,
        rules=access.rules,
        transactions=access.transactions,
        clock=access.clock,
        tries=access.amounts.tries_per_page,
        says=says,
    )
    signing_key, _ = settings.require_keys()
    visitors = Visitors(ConversationKeys(signing_key.reveal()), settings.trust_proxy)
    return ProofPage(confirming, notify, texts, visitors.opener)


async def forget_access(access: Access, settings: AccessSettings, session: AsyncSession, now: datetime) -> int:
    """Delete what need not be kept any longer; tell how much."""
    return (
        await access.counting.forget(session, now)
        + await access.stores.challenges.forget(session, now)
        + await access.stores.access.forget(session, now)
        + await access.stores.lookups.forget(session, now - timedelta(days=settings.lookup_days))
        + await access.alerts.forget(session, now - timedelta(days=settings.alert_days))
    )


def _amounts(given: AccessSettings) -> Amounts:
    return Amounts(
        codes_a_day=given.codes_a_day,
        source_codes_a_day=given.source_codes_a_day,
        open_codes_an_hour=given.open_codes_an_hour,
    )
