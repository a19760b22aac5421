"""What takes messages in and sends answers: platforms, the engine, and its work in the background."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.access import forget_access, make_code_post
from bot.app.clock import present
from bot.app.feedback_samples import samples_first
from bot.app.house import House
from bot.app.ringing import bell_places
from bot.background import Work
from bot.channels.contract import Reply
from bot.channels.desk.channel import open_desk
from bot.channels.mail.channel import open_mail
from bot.channels.mail.server import read_mail_server
from bot.channels.platform import Platform
from bot.channels.telegram.setup import open_telegram
from bot.channels.web.channel import WebChannel
from bot.channels.zalo_bot.build import open_zalo_bot
from bot.channels.zalo_bot.settings import zalo_bot_settings
from bot.channels.zalo_oa.build import open_zalo_oa
from bot.channels.zalo_oa.settings import zalo_oa_settings
from bot.checklists.watching import ChecklistWatch
from bot.console.accounts.mailing import MailingOfficials
from bot.delivery.alone import Alone
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.pacing import with_rates
from bot.delivery.postgres_signals import PostgresSignals
from bot.delivery.sender import SendLimits
from bot.delivery.shared import Shared, ShareTimes
from bot.delivery.sharing import Share
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets, TurnLimits
from bot.dialogue.commands import menu
from bot.dialogue.state import ConversationState
from bot.effects import EffectRunner, Rings
from bot.feedback.enclosing import Enclosing
from bot.figures.post_store import forget_asked
from bot.forgetting import Forgets
from bot.handover.bell import Bell
from bot.jobs.store import JobStore
from bot.privacy.answering import TellingAnswers
from bot.privacy.reminding import RemindingUnit
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from nlu.catalogue.live import WholeRecords
from nlu.catalogue.pruning_store import prune

JOB_DAYS = timedelta(days=180)
"""How long it is kept what background jobs came to."""


@contextlib.asynccontextmanager
async def open_platforms(house: House, *, telegram_polling: bool = False) -> AsyncIterator[Sequence[Platform]]:
    """Open the platforms that the settings switch on: a new one is one more entry here."""
    _, encryption_key = house.settings.require_keys()
    cipher = AesGcmCipher(encryption_key.reveal())
    async with contextlib.AsyncExitStack() as stack:
        found: list[Platform] = []
        shown = [(one.name, one.describes) for one in menu()]
        telegram = open_telegram(house.settings, house.texts.render, present, polling=telegram_polling, menu=shown)
        if opened := await stack.enter_async_context(telegram):
            found.append(opened)
            house.photos.fetchers[opened.channel.name] = opened
        if zalo_oa := zalo_oa_settings(house.settings):
            official = open_zalo_oa(zalo_oa, house.texts, cipher, house.transactions, present)
            account = await stack.enter_async_context(official)
            found.append(account)
            house.photos.fetchers[account.channel.name] = account
        if zalo_bot := zalo_bot_settings(house.settings):
            bot = await stack.enter_async_context(open_zalo_bot(zalo_bot, present))
            found.append(bot)
            house.photos.fetchers[bot.channel.name] = bot
        if house.settings.handover_webhook:
            found.append(await stack.enter_async_context(open_desk(house.settings.handover_webhook)))
        if (letters := house.settings.feedback).mail_server:
            server = read_mail_server(letters.mail_server.reveal())
            files = Enclosing(house.transactions, house.kept.feedback.attachments).file
            found.append(await stack.enter_async_context(open_mail(server, letters.mail_from, present, files)))
        yield found


def make_engine(
    house: House, transactions: UnitOfWork, channel: WebChannel, platforms: Sequence[Platform] = (), *, trace: bool
) -> Engine:
    """Put the conversation engine together with its channels.

    Args:
        house: the assistant.
        transactions: of the database that keeps the conversations.
        channel: the web chat.
        platforms: that are switched on.
        trace: whether the dialogue's trace is kept with each message.
    """
    settings = house.settings
    _, encryption_key = settings.require_keys()
    places = bell_places(settings)

    async def ring(session: AsyncSession, number: int, waiting: int, at: datetime) -> None:
        # The engine that says it is made below, of the store that these effects belong to.
        await Bell(places, house.texts, engine.notify).ring(session, number, waiting, at)

    def sorry(state: ConversationState) -> Reply:
        return Reply(house.texts.render("utter_sorry_error", state.language))

    effects = _make_effects(house, ring if places else None)
    store = DeliveryStore(AesGcmCipher(encryption_key.reveal()), effects.apply)
    engine = Engine(
        dialogue=house.dialogue,
        outlets=_make_outlets(settings, channel, platforms),
        store=store,
        transactions=transactions,
        sorry=sorry,
        clock=present,
        limits=TurnLimits(keep_trace=trace),
        send_limits=SendLimits(attempts=settings.send_attempts, side_by_side=settings.send_side_by_side),
        share=make_share(store, transactions, settings.lease_seconds),
    )
    return engine


def _make_effects(house: House, ring: Rings | None) -> EffectRunner:
    kept = house.kept
    return EffectRunner(
        requests=kept.handovers,
        privacy=kept.privacy,
        checklists=kept.checklists,
        codes=kept.codes,
        watches=house.dossiers.watches,
        version=lambda: house.catalogue.number,
        ring=ring,
        organisations=kept.organisations,
        dossier_ratings=kept.dossier_ratings,
        owners=house.dossiers.store,
        feedback=house.talking.effects(),
        own_feedback=kept.feedback.own_steps(),
        after_answer=kept.feedback.after_answers(house.transactions),
        data_requests=kept.data_requests,
        slips=house.slips.effects(),
    )


def _make_outlets(settings: Settings, channel: WebChannel, platforms: Sequence[Platform]) -> Outlets:
    """Return the channels, of which the web chat alone fetches what is said there."""
    return Outlets(
        {channel.name: channel, **{one.channel.name: one.channel for one in platforms}},
        pulled=frozenset({channel.name}),
        paces=with_rates(settings.send_rates),
    )


def old_things(house: House) -> tuple[Forgets, ...]:
    """Return what deletes the old things that conversations left behind."""
    kept = house.kept
    lists, requests = timedelta(days=house.settings.checklist_days), timedelta(days=house.settings.message_days)
    return (
        kept.codes.forget,
        lambda session, now: kept.checklists.forget(session, now - lists),
        lambda session, now: kept.handovers.forget(session, now - requests),
        lambda session, now: forget_access(kept.access, house.settings.dossier_access, session, now),
        kept.organisations.forget,
        house.talking.stale_drafts().forget,
        kept.feedback.keeping.forget,
        kept.feedback.notes.forget,
        kept.feedback.status.forget,
        house.asking.pages.forget,
        kept.data_requests.forget,
        house.slips.stale().forget,
        lambda session, now: forget_asked(session, now, timedelta(days=house.settings.postal.asked_days)),
        lambda session, now: house.officials.forget(
            session,
            now,
            timedelta(days=house.settings.console.session_days),
            timedelta(days=house.settings.console.audit_days),
        ),
        lambda session, now: JobStore(session).forget(now - JOB_DAYS),
        prune,
        lambda session, now: kept.dossier_ratings.forget(
            session, now - timedelta(days=house.settings.dossier_contact_days)
        ),
        lambda session, now: house.dossiers.store.forget(session, now, timedelta(days=house.settings.dossier_days)),
    )


def make_watch(house: House, engine: Engine) -> ChecklistWatch:
    """Return what tells people that their checklist changed."""
    return ChecklistWatch(
        house.transactions, house.kept.checklists, WholeRecords(house.catalogue), house.texts, engine.notify, present
    )


def tell_of_requests(house: House, engine: Engine) -> Sequence[Work]:
    """Return what tells people what became of their requests about data, and the unit that they wait."""
    requests, office = house.kept.data_requests, house.kept.feedback.office
    telling = TellingAnswers(house.transactions, requests, house.texts, engine.notify)
    calendar = house.dossiers.time.hours(office.province or None).calendar
    reminding = RemindingUnit(house.transactions, requests, engine.notify, office, calendar, present)
    return [Work("telling of requests about data", telling.run), Work("the clocks of such requests", reminding.run)]


def tell_officials(house: House, engine: Engine) -> Sequence[Work]:
    """Return what writes to officials of what happened to their accounts; none where no mail is set up."""
    if not house.settings.feedback.mail_server:
        return []
    mailing = MailingOfficials(house.transactions, house.officials.kept.telling.letters, engine.notify)
    return [Work("letters to officials about their accounts", mailing.run)]


def post_slips(house: House, engine: Engine) -> Work:
    """Return what lets confirmed slips go to the post office by e-mail."""
    return Work("letters to post offices", house.slips.posting(engine, house.texts).run)


def send_codes(house: House) -> Sequence[Work]:
    """Return the work that sends one-time codes; none where nothing is set up for it."""
    post = make_code_post(house.kept.access, house.settings, house.texts)
    return [Work("sending one-time codes", post.run)] if post else []


def tell_of_feedback(house: House, engine: Engine, *, samples: bool = False) -> Sequence[Work]:
    """Return the work of the register of feedback, with samples where a trial has nothing else yet."""
    feedback = house.kept.feedback
    handing_on = feedback.handing_on(house.transactions, house.texts, engine)
    upkeep = feedback.upkeep(house.transactions, house.settings)
    return [
        Work("telling what became of feedback", handing_on.run),
        Work(
            "the clocks of feedback",
            partial(samples_first, house, present, upkeep.run) if samples else upkeep.run,
        ),
        Work("scanning files of feedback", upkeep.run_scans),
    ]


def make_share(store: DeliveryStore, transactions: UnitOfWork, lease_seconds: float) -> Share:
    """Return what a process may work on: all on SQLite; on PostgreSQL what no other process has at the moment."""
    if transactions.engine.dialect.name != "postgresql":
        return Alone(store, transactions)
    return Shared(
        store=store,
        transactions=transactions,
        signals=PostgresSignals(transactions.engine),
        # It goes on while the machine is asleep, as the others' patience does.
        ticks=lambda: time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)),
        new_name=lambda: str(uuid.uuid4()),
        times=ShareTimes(lease=lease_seconds),
    )
