"""The composition root: the only module that names concrete classes and puts the house together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.channels.contract import Reply
from bot.channels.platform import Platform
from bot.channels.telegram.setup import open_telegram
from bot.channels.web.channel import WebChannel
from bot.channels.web.routes import web_routes
from bot.channels.web.settings import WebSettings
from bot.channels.zalo_bot.build import open_zalo_bot
from bot.channels.zalo_bot.settings import zalo_bot_settings
from bot.channels.zalo_oa.build import open_zalo_oa
from bot.channels.zalo_oa.settings import zalo_oa_settings
from bot.checklists.links import ChecklistLinks
from bot.checklists.page import ChecklistPage
from bot.checklists.store import ChecklistStore
from bot.checklists.watching import ChecklistWatch
from bot.delivery.alone import Alone
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.held_store import HeldMessages
from bot.delivery.postgres_signals import PostgresSignals
from bot.delivery.shared import Shared, ShareTimes
from bot.delivery.sharing import Share
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets, TurnLimits
from bot.dialogue.assistant import Assistant
from bot.dialogue.commands import menu
from bot.dialogue.conversation import Conversation
from bot.dialogue.field_flow import FieldFlow
from bot.dialogue.flows.registry import Outside, all_flows
from bot.dialogue.manners import Manners
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.runner import Runner
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.state import ConversationState
from bot.dialogue.texts import Texts, load_texts
from bot.doors.doors import Doors
from bot.doors.pages import DoorPages
from bot.effects import EffectRunner
from bot.handover.office import load_office
from bot.handover.store import HandOverStore
from bot.http.headers import add_security_headers
from bot.http.health import Readiness, Understands, health_routes
from bot.http.internal import internal_routes
from bot.nlu_process import NluProcess, NluState, serve_command
from bot.privacy.register import OpenRequests, PrivacyRegister
from bot.resume.codes import new_code
from bot.resume.look import CodeLook
from bot.resume.store import ResumeStore
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.live import LiveCatalogue
from nlu.client import NluPort, RasaClient
from nlu.decision import Thresholds
from nlu.english import load_english
from nlu.fields import load_fields
from nlu.hotlines import load_hotlines
from nlu.reader import Reader
from nlu.training import RasaHome, print_progress, rasa_environment, serving_model

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 5.0
"""How often a published catalogue is looked for; well below the minute that publishing promises."""

RASA_CONNECTIONS = 4
"""Parses asked for at once; the others wait here in their order. Rasa parses one at a time however many ask, and with
dozens of connections it leaves some waiting for seconds: those turns would fall back to the search."""


@dataclass(frozen=True)
class House:
    """The parts that stay together while the process runs."""

    settings: Settings
    root: Path
    """The project's folder, with ``domain.yml`` and ``config.yml``."""
    transactions: UnitOfWork
    catalogue: LiveCatalogue
    texts: Texts
    dialogue: Assistant
    rasa: RasaClient | None
    kept: Kept


def load_house_texts(root: Path) -> Texts:
    """Read the citizens' sentences with the telephone numbers they name."""
    return load_texts(root / "domain.yml", load_hotlines())


@contextlib.asynccontextmanager
async def open_house(settings: Settings, root: Path, rasa_url: str | None) -> AsyncIterator[House]:
    """Put the assistant together around one database and, when given, one Rasa server.

    Args:
        settings: of this process.
        root: the project's folder.
        rasa_url: address of the Rasa server; ``None`` for catalogue search alone.
    """
    transactions = UnitOfWork(open_engine(settings.database_url))
    catalogue = LiveCatalogue(transactions)
    texts = load_house_texts(root)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=RASA_CONNECTIONS)) as session:
        rasa = RasaClient(session, rasa_url) if rasa_url else None
        kept = make_kept(settings, transactions)
        dialogue = make_dialogue(settings, texts, catalogue, rasa, transactions, kept)
        try:
            yield House(settings, root, transactions, catalogue, texts, dialogue, rasa, kept)
        finally:
            await transactions.close()


@dataclass(frozen=True)
class Kept:
    """What conversations leave behind beside their messages."""

    handovers: HandOverStore
    checklists: ChecklistStore
    codes: ResumeStore
    privacy: PrivacyRegister
    links: ChecklistLinks


def make_kept(settings: Settings, transactions: UnitOfWork) -> Kept:
    """Put the stores together; each that keeps something about people is entered in the privacy register."""
    signing_key, encryption_key = settings.require_keys()
    cipher = AesGcmCipher(encryption_key.reveal())
    handovers, checklists = HandOverStore(), ChecklistStore(cipher)
    return Kept(
        handovers,
        checklists,
        ResumeStore(cipher, signing_key.reveal()),
        PrivacyRegister(transactions, (HeldMessages(), handovers, checklists)),
        ChecklistLinks(settings.public_url, signing_key.reveal()),
    )


def make_dialogue(
    settings: Settings,
    texts: Texts,
    catalogue: LiveCatalogue,
    nlu: NluPort | None,
    transactions: UnitOfWork,
    kept: Kept,
) -> Assistant:
    """Put the dialogue together."""
    flow = ProcedureFlow(
        catalogue=catalogue,
        texts=texts,
        voice=AnswerVoice(texts),
        limits=Thresholds(),
        today=date.today,
        stale_after_days=settings.stale_after_days,
    )
    fields = FieldFlow(load_fields(), flow.asking)
    talk = Conversation(reader=Reader(nlu, catalogue), procedures=flow, texts=texts, fields=fields)
    flows = all_flows(
        Outside(
            requests=OpenRequests(transactions, kept.handovers),
            holdings=kept.privacy,
            office=load_office(settings.office_file),
            catalogue=catalogue,
            codes=CodeLook(transactions, kept.codes, _now),
            new_code=new_code,
            list_address=kept.links.address,
            today=date.today,
            stale_after_days=settings.stale_after_days,
        )
    )
    pause = timedelta(minutes=settings.staff_pause_minutes)
    return Assistant(talk, Runner(flows), Manners(texts, pause, introduced=frozenset({"web"})), load_english())


@contextlib.asynccontextmanager
async def open_platforms(house: House, *, telegram_polling: bool = False) -> AsyncIterator[Sequence[Platform]]:
    """Open the platforms that the settings switch on: a new one is one more entry here."""
    _, encryption_key = house.settings.require_keys()
    cipher = AesGcmCipher(encryption_key.reveal())
    async with contextlib.AsyncExitStack() as stack:
        found: list[Platform] = []
        shown = [(one.name, one.describes) for one in menu()]
        telegram = open_telegram(house.settings, house.texts.render, _now, polling=telegram_polling, menu=shown)
        if opened := await stack.enter_async_context(telegram):
            found.append(opened)
        if zalo_oa := zalo_oa_settings(house.settings):
            official = open_zalo_oa(zalo_oa, house.texts, cipher, house.transactions, _now)
            found.append(await stack.enter_async_context(official))
        if zalo_bot := zalo_bot_settings(house.settings):
            found.append(await stack.enter_async_context(open_zalo_bot(zalo_bot, _now)))
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
    _, encryption_key = house.settings.require_keys()
    kept = house.kept
    effects = EffectRunner(kept.handovers, kept.privacy, kept.checklists, kept.codes, lambda: house.catalogue.number)
    store = DeliveryStore(AesGcmCipher(encryption_key.reveal()), effects.apply)

    def sorry(state: ConversationState) -> Reply:
        return Reply(house.texts.render("utter_sorry_error", state.language))

    return Engine(
        dialogue=house.dialogue,
        outlets=Outlets(
            {channel.name: channel, **{one.channel.name: one.channel for one in platforms}},
            pulled=frozenset({channel.name}),
        ),
        store=store,
        transactions=transactions,
        sorry=sorry,
        clock=_now,
        limits=TurnLimits(keep_trace=trace),
        share=make_share(store, transactions, house.settings.lease_seconds),
    )


def make_watch(house: House, engine: Engine) -> ChecklistWatch:
    """Return what tells people that their checklist changed."""
    return ChecklistWatch(house.transactions, house.kept.checklists, house.catalogue, house.texts, engine.notify, _now)


def make_share(store: DeliveryStore, transactions: UnitOfWork, lease_seconds: float) -> Share:
    """Return what a process may work on: all on SQLite; on PostgreSQL what no other process has at the moment."""
    if transactions.engine.dialect.name != "postgresql":
        return Alone(store, transactions)
    return Shared(
        store=store,
        transactions=transactions,
        signals=PostgresSignals(transactions.engine),
        ticks=time.monotonic,
        new_name=lambda: str(uuid.uuid4()),
        times=ShareTimes(lease=lease_seconds),
    )


def make_web_app(
    house: House,
    engine: Engine,
    channel: WebChannel,
    nlu_state: Callable[[], NluState],
    platforms: Sequence[Platform] = (),
    *,
    trace: bool,
) -> web.Application:
    """Put the web server together: page, API, the platforms' routes, health and the private index route."""
    signing_key, _ = house.settings.require_keys()
    web_settings = WebSettings(trace=trace, trust_proxy=house.settings.trust_proxy)
    app = web.Application(client_max_size=web_settings.body_bytes)
    app.on_response_prepare.append(add_security_headers)

    async def let_go(_: web.Application) -> None:
        # Before the server waits for open requests: those who wait for an answer are let go when their turn is done.
        await engine.stop()

    app.on_shutdown.append(let_go)
    internal_key = house.settings.internal_key
    app.add_routes(
        [
            *health_routes(lambda: readiness(house, nlu_state())),
            *internal_routes(house.catalogue, internal_key.reveal() if internal_key else None),
            *web_routes(
                desk=engine,
                channel=channel,
                responses=house.texts.plain(),
                signing_key=signing_key.reveal(),
                settings=web_settings,
                ticks=time.monotonic,
            ),
            *DoorPages(doors_of(house.settings), house.catalogue, house.texts).routes(),
            *ChecklistPage(
                house.kept.links, house.catalogue, house.texts, date.today, house.settings.stale_after_days
            ).routes(),
            *(route for one in platforms for route in one.routes(engine)),
        ]
    )
    return app


def doors_of(settings: Settings) -> Doors:
    """Return the doors that the settings name."""
    return Doors(settings.public_url, settings.telegram_name, settings.zalo_oa_id)


def _now() -> datetime:
    return datetime.now(UTC)


def readiness(house: House, nlu_state: NluState) -> Readiness:
    """Tell what of the house is ready."""
    known = {NluState.READY: Understands.READY, NluState.DOWN: Understands.DOWN}
    understanding = known.get(nlu_state, Understands.LOADING)
    return Readiness(house.catalogue.index is not None, understanding)


async def follow_catalogue(catalogue: LiveCatalogue, seconds: float = REFRESH_SECONDS) -> None:
    """Follow what is published until cancelled; a database that is away for a while is asked again."""
    while True:
        await asyncio.sleep(seconds)
        try:
            if await catalogue.refresh():
                logger.info("Catalogue version %d is live.", catalogue.number)
        except Exception:
            logger.exception("The live catalogue could not be looked up; the one in memory stays.")


def make_nlu_process(
    home: RasaHome,
    port: int,
    index: tuple[str, str | None],
    ready: Callable[[], Awaitable[bool]],
    environment: Mapping[str, str],
    prepare: Callable[[], Awaitable[Path]] | None = None,
) -> NluProcess:
    """Put the supervisor of the Rasa process together.

    Args:
        home: where Rasa's side of the project lies.
        port: loopback port for the Rasa server.
        index: base address of the process that serves the catalogue's index, and the key of its private route.
        ready: tells whether the server has loaded its model.
        environment: the app's own.
        prepare: returns the model to serve; the promoted one by default, else that of the present inputs.
    """
    url, key = index
    return NluProcess(
        prepare=prepare or (lambda: serving_model(home, environment, print_progress)),
        command=serve_command(home.python, port),
        ready=ready,
        environment=rasa_environment(environment, {"MOTCUA_INDEX_URL": url, "MOTCUA_INTERNAL_KEY": key or ""}),
        root=home.root,
        log_file=home.root / "var" / "log" / "rasa.log",
        on_state=lambda state: print_progress(f"understanding: {state.value}"),
    )


def free_port() -> int:
    """Return a loopback port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def project_root() -> Path:
    """Return the project's folder: where ``domain.yml`` lies beside the packages."""
    return Path(__file__).resolve().parents[1]
