"""``motcua serve``: runs the assistant until it is told to stop; with ``--init`` it first prepares the machine."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.app import (
    House,
    first_account,
    follow_catalogue,
    free_port,
    load_house_texts,
    make_digests,
    make_dossier_store,
    make_dossier_watch,
    make_engine,
    make_nlu_process,
    make_recount,
    make_watch,
    make_web_app,
    old_things,
    open_house,
    open_platforms,
    post_slips,
    project_root,
    send_codes,
    tell_of_feedback,
    tell_of_requests,
    tell_officials,
)
from bot.app.clock import present
from bot.app.postal import with_practice
from bot.app.postal_talk import read_ahead
from bot.background import Work
from bot.channels.web.channel import WebChannel
from bot.configuration.folder import changed, laid_down
from bot.delivery.engine import Engine
from bot.dialogue.texts import Texts
from bot.dossiers.sample_loading import first_to_try, refresh_samples
from bot.first_start import make_secrets, prepare_database
from bot.forgetting import Days, keep_forgetting
from bot.long_lived import set_aside
from bot.model_follower import ModelFollower
from bot.nlu_process import NluState
from bot.settings import SECRETS_FILE, Settings, load_settings
from bot.single_process import alone_on
from bot.unit_of_work import UnitOfWork, open_engine
from bot.until_stopped import ANEW, BROKEN, until_stopped
from nlu.live_model import live_path
from nlu.training import RasaHome, print_progress, serving_model

WATCH_SECONDS = 2.0
"""How often a Rasa server that is not ours is asked whether it is ready."""

LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``serve``."""
    parser = subparsers.add_parser("serve", help="run the assistant")
    parser.add_argument("--with-rasa", action="store_true", help="train if stale, and run the Rasa server beside it")
    parser.add_argument(
        "--init", action="store_true", help="first make keys, database and starter catalogue where missing"
    )
    parser.add_argument("--host", help="address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on")
    parser.add_argument("--trace", action="store_true", help="replies may carry intent, candidates and timings")
    parser.add_argument(
        "--telegram-polling", action="store_true", help="fetch Telegram's updates instead of having them posted"
    )
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Serve until SIGINT or SIGTERM."""
    _quiet_logging()
    if args.init:
        settings = await _initialised(settings)
    settings.require_keys()
    host, port = args.host or settings.host, args.port if args.port is not None else settings.port
    home = RasaHome(project_root())
    if args.init:
        settings = reachable_here(settings, host, port)
    rasa_url = f"http://127.0.0.1:{free_port()}" if args.with_rasa else settings.rasa_url
    with alone_on(settings.database_url):
        # Read once: it takes a third of a second.
        usual = load_house_texts(home.root)
        settings, known = await _set_by_the_agency(settings, usual)
        settings = with_practice(settings) if args.init else settings
        code = await _serve(args, settings, home, rasa_url, (host, port), known, usual)
    if code == ANEW:
        begin_anew()
    return code


async def _set_by_the_agency(settings: Settings, usual: Texts) -> tuple[Settings, int]:
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        return await laid_down(settings, transactions, usual)
    finally:
        await transactions.close()


def begin_anew() -> None:
    """Let the same process run the same command from its beginning: everything reads its settings again."""
    print_progress("the agency's settings changed; beginning anew …")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])  # noqa: S606 - our own command line


async def _serve(
    args: Namespace,
    settings: Settings,
    home: RasaHome,
    rasa_url: str,
    listening: tuple[str, int],
    known: int,
    usual: Texts,
) -> int:
    host, port = listening
    async with (
        open_house(settings, home.root, rasa_url, usual=usual) as house,
        open_platforms(house, telegram_polling=args.telegram_polling) as platforms,
    ):
        await house.catalogue.refresh()
        if house.catalogue.index is None:
            print("no catalogue is live: publish one (`motcua catalogue …`)", file=sys.stderr)
        channel = WebChannel(present)
        trace = args.trace or settings.trace
        engine = make_engine(house, house.transactions, channel, platforms, trace=trace)
        samples = await first_to_try(house.transactions, house.dossiers.store, present())
        works, state = _understanding(args.with_rasa, house, home, rasa_url, listening)
        names = frozenset({channel.name, *(one.channel.name for one in platforms)})
        works += _beside(house, engine, names, samples=args.init and settings.feedback.samples)
        works += [Work(f"the work of {one.channel.name}", one.keep) for one in platforms]
        app = make_web_app(house, engine, channel, state, platforms, trace=trace, samples=samples)
        await engine.start()
        try:
            set_aside()
            anew = partial(changed, house.transactions, known)
            return await until_stopped(app, host, port, works, {BROKEN: engine.broken, ANEW: anew})
        finally:
            await engine.stop()


def _beside(house: House, engine: Engine, channels: frozenset[str], *, samples: bool) -> list[Work]:
    """Return the house's own work beside the answering.

    Args:
        house: the assistant.
        engine: tells citizens.
        channels: those over which people can be told.
        samples: whether sample feedback is loaded into a trial that has nothing else yet.
    """
    settings, transactions, texts = house.settings, house.transactions, house.texts
    days, old = Days(settings.review_days, settings.message_days, settings.waiting_days), old_things(house)
    watch = make_dossier_watch(settings, texts, transactions, house.dossiers, engine, channels)
    return [
        Work("following the catalogue", lambda: follow_catalogue(house.catalogue, set_aside)),
        Work("reading the catalogue for officials", house.shelves.follow),
        Work("reading the catalogue beside the agency's list of the post", house.postal.coverage.follow),
        Work("reading what talk of the post needs", read_ahead, at_once=True),
        Work("telling of changed checklists", make_watch(house, engine).run),
        Work("forgetting", lambda: keep_forgetting(transactions, days, old, present)),
        *send_codes(house),
        Work("telling of dossiers that moved", watch.run),
        *tell_of_requests(house, engine),
        *tell_officials(house, engine),
        post_slips(house, engine),
        Work("weekly summaries", make_digests(house.asking, transactions, texts, engine.notify, present).run),
        Work("counting days", make_recount(house).run),
        *tell_of_feedback(house, engine, samples=samples),
    ]


def reachable_here(settings: Settings, host: str, port: int) -> Settings:
    """Let who tries it out on one machine see the pages to print as well: their public address is the server's own.

    Only where no platform is connected, which would be told of it, and nobody else can come to the server anyway.
    """
    connected = settings.telegram_token or settings.zalo_oa_app_id or settings.zalo_bot_token
    if settings.public_url or connected or host not in LOOPBACK:
        return settings
    return replace(settings, public_url=f"http://{host}:{port}")


async def _initialised(settings: Settings) -> Settings:
    """Make what is missing and return the settings with the keys."""
    if make_secrets(SECRETS_FILE):
        print_progress(f"made the secret keys in {SECRETS_FILE}")
    settings = load_settings(os.environ)
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        now = present()
        await prepare_database(transactions, now)
        if settings.dossier_samples and await refresh_samples(transactions, make_dossier_store(settings), now):
            print_progress("loaded sample dossiers (`motcua dossiers samples` lists them)")
        _tell_first(await first_account(settings, transactions))
    finally:
        await transactions.close()
    return settings


def _tell_first(made: tuple[str, str] | None) -> None:
    """Show the first administrator's one-time password, this once: on the terminal alone, never in the log."""
    if made is None:
        return
    account, password = made
    print_progress(f"first account of the officials' console (/canbo): {account}")
    print_progress(f"its one-time password, shown this once, good for 7 days: {password}")


def _understanding(
    supervised: bool, house: House, home: RasaHome, rasa_url: str, listening: tuple[str, int]
) -> tuple[list[Work], Callable[[], NluState]]:
    """Return the work that keeps understanding ready, and what tells its state."""
    assert house.rasa is not None
    if not supervised:
        seen, ready = [NluState.LOADING], house.rasa.ready
        return [Work("watching Rasa", lambda: _watch(ready, seen), at_once=True)], lambda: seen[0]
    key = house.settings.internal_key
    host, port = listening
    index = (f"http://{_callable(host)}:{port}", key.reveal() if key else None)
    follower = ModelFollower(
        lambda: live_path(home.root), house.rasa.load_model, lambda: process.state is NluState.READY
    )

    async def prepare() -> Path:
        model = await serving_model(home, os.environ, print_progress)
        follower.started(model)
        return model

    rasa_port = int(rasa_url.rsplit(":", 1)[1])
    process = make_nlu_process(home, rasa_port, index, house.rasa.ready, os.environ, prepare)
    works = [
        Work("the Rasa server", process.run, at_once=True),
        Work("following the model", follower.run, at_once=True),
    ]
    return works, lambda: process.state


def _callable(host: str) -> str:
    """Return the address on which this machine reaches a listening address; nobody can call "all of them"."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host or "127.0.0.1"
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "[::1]"
    return host if address.version == 4 else f"[{host}]"


async def _watch(ready: Callable[[], Awaitable[bool]], seen: list[NluState]) -> None:
    while True:
        seen[0] = NluState.READY if await ready() else NluState.DOWN
        await asyncio.sleep(WATCH_SECONDS)


def _quiet_logging() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
