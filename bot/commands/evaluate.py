"""``motcua evaluate``: asks labelled questions through the complete path and prints how many were answered rightly.

It needs nothing running and never touches the live database: it trains if stale, starts a Rasa server on a free port, and
keeps a database of its own per catalogue file.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import secrets
import sys
import tempfile
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from aiohttp import web
from tqdm import tqdm

from bot.app import free_port, make_engine, make_nlu_process, open_house, project_root
from bot.channels.web.channel import WebChannel
from bot.delivery.engine import Engine
from bot.errors import BotError
from bot.evaluation.cases import Case, accentless, read_cases
from bot.evaluation.report import as_json, table
from bot.evaluation.run import Result, ask_all
from bot.first_start import prepare_database
from bot.http.internal import internal_routes
from bot.migrations.schema import upgrade
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.entries import index_of
from nlu.catalogue.importing.findings import Finding
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import make_draft, publish
from nlu.training import RasaHome

BATCH = 20
LOADING_SECONDS = 300.0


class EvaluationError(BotError):
    """The evaluation cannot be made."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``evaluate``."""
    parser = subparsers.add_parser(
        "evaluate",
        help="measure understanding on labelled questions",
        description='Reads lines {"text", "kind", "accept": [codes], "aspect", "context_accept"}, plain or gzipped.',
    )
    parser.add_argument("questions", nargs="*", type=Path)
    parser.add_argument("--catalogue", type=Path, help="procedures to evaluate with; the starter catalogue by default")
    parser.add_argument("--json", type=Path, metavar="REPORT", help="write summary and cases to REPORT")
    parser.add_argument("--twins", action="store_true", help="ask everything again without accents")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Evaluate."""
    if not args.questions:
        raise EvaluationError("no questions: name files with labelled questions, one JSON a line")
    cases = read_cases(args.questions)
    logging.basicConfig(level=logging.WARNING)
    home = RasaHome(project_root())
    own = replace(
        settings,
        database_url=f"sqlite:///{_database(home.root, args.catalogue)}",
        signing_key=Secret(secrets.token_urlsafe(48)),
        encryption_key=Secret(secrets.token_urlsafe(48)),
        internal_key=Secret(secrets.token_urlsafe(48)),
        trace=True,
    )
    await _prepare(own, args.catalogue)
    with tempfile.TemporaryDirectory() as folder:
        async with _engine(own, home, Path(folder)) as engine:
            results = await _asked(engine, cases, "questions")
            twins = await _asked(engine, accentless(cases), "without accents") if args.twins else []
    print(table(results))
    if twins:
        print("\nthe same without accents\n" + table(twins))
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(as_json(results), ensure_ascii=False, indent=1), "utf-8")
    return 0


def _database(root: Path, catalogue: Path | None) -> Path:
    """Return the evaluation's own database for a catalogue file; new code or another file means another one."""
    digest = sha256(b"starter" if catalogue is None else _bytes(catalogue))
    for path in sorted((root / "nlu").rglob("*")):
        if (
            path.suffix in (".py", ".yaml", ".yml", ".json")
            and "training" not in path.parts
            and "components" not in path.parts
        ):
            digest.update(path.read_bytes())
    return root / "var" / "evaluate" / f"{digest.hexdigest()[:16]}.sqlite3"


def _bytes(catalogue: Path) -> bytes:
    try:
        return catalogue.read_bytes()
    except OSError as error:
        raise EvaluationError(f"the catalogue {catalogue} cannot be read: {error.strerror}") from error


async def _prepare(settings: Settings, catalogue: Path | None) -> None:
    """Import and publish the catalogue into the evaluation's own database, once."""
    transactions = UnitOfWork(open_engine(settings.database_url))
    now = datetime.now(UTC)
    try:
        if catalogue is None:
            await prepare_database(transactions, now)
            return
        await upgrade(transactions.engine)
        async with transactions.read() as session:
            if await CatalogueStore(session).live_number() is not None:
                return
        print(f"importing {catalogue.name} for the evaluation (once)", file=sys.stderr)
        findings: list[Finding] = []
        with Spool() as spool:
            reading = Reading(spool, findings.append, now.date())
            reading.read(catalogue, lambda _: None)
            reading.finish()
            draft = await make_draft(transactions, spool.procedures, origin=catalogue.name, now=now, replace=True)
        await publish(transactions, index_of, now=now, number=draft.number)
    finally:
        await transactions.close()


@contextlib.asynccontextmanager
async def _engine(settings: Settings, home: RasaHome, folder: Path) -> AsyncIterator[Engine]:
    """Run the whole path: catalogue, a Rasa server of its own, and an engine on a database that is thrown away."""
    rasa_port, index_port = free_port(), free_port()
    key = settings.internal_key.reveal() if settings.internal_key else None
    conversations = UnitOfWork(open_engine(f"sqlite:///{folder / 'conversations.sqlite3'}"))
    await upgrade(conversations.engine)
    async with open_house(settings, home.root, f"http://127.0.0.1:{rasa_port}") as house:
        await house.catalogue.refresh()
        app = web.Application()
        app.add_routes(internal_routes(house.catalogue, key))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", index_port).start()
        assert house.rasa is not None
        process = make_nlu_process(
            home, rasa_port, (f"http://127.0.0.1:{index_port}", key), house.rasa.ready, os.environ
        )
        supervising = asyncio.ensure_future(process.run())
        engine = make_engine(house, conversations, WebChannel(lambda: datetime.now(UTC)), trace=True)
        await engine.start()
        try:
            await _until_ready(lambda: process.state, supervising)
            yield engine
        finally:
            await engine.stop()
            supervising.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await supervising
            await runner.cleanup()
            await conversations.close()


async def _until_ready(state: Callable[[], NluState], supervising: asyncio.Future[None]) -> None:
    for _ in range(int(LOADING_SECONDS * 2)):
        if state() is NluState.READY:
            return
        if supervising.done():
            raise EvaluationError("there is no Rasa environment; `make setup` makes it")
        await asyncio.sleep(0.5)
    raise EvaluationError("the Rasa server did not become ready; see var/log/rasa.log")


async def _asked(engine: Engine, cases: Sequence[Case], label: str) -> list[Result]:
    results: list[Result] = []
    with tqdm(total=len(cases), desc=label, disable=None, file=sys.stderr) as bar:
        for start in range(0, len(cases), BATCH):
            results += await ask_all(engine, cases[start : start + BATCH])
            bar.update(len(cases[start : start + BATCH]))
    return results
