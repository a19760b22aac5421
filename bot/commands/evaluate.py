"""``motcua evaluate``: asks labelled questions through the complete path and prints how many were answered rightly.

It needs nothing running and never touches the live database: it trains if stale, starts a Rasa server on a free port, and
keeps a database of its own per catalogue file.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tqdm import tqdm

from bot.app import project_root
from bot.delivery.engine import Engine
from bot.errors import BotError
from bot.evaluation.cases import Case, accentless, read_cases
from bot.evaluation.report import as_json, table
from bot.evaluation.run import Result, ask_all
from bot.first_start import prepare_database
from bot.migrations.schema import upgrade
from bot.settings import Settings
from bot.short_run import whole_path, with_own_keys
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.entries import index_of
from nlu.catalogue.importing.findings import Finding
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import make_draft, publish
from nlu.training import RasaHome

BATCH = 20


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
    own = with_own_keys(settings, f"sqlite:///{_database(home.root, args.catalogue)}")
    await _prepare(own, args.catalogue)
    with tempfile.TemporaryDirectory() as folder:
        async with whole_path(own, home, Path(folder)) as engine:
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


async def _asked(engine: Engine, cases: Sequence[Case], label: str) -> list[Result]:
    results: list[Result] = []
    with tqdm(total=len(cases), desc=label, disable=None, file=sys.stderr) as bar:
        for start in range(0, len(cases), BATCH):
            results += await ask_all(engine, cases[start : start + BATCH])
            bar.update(len(cases[start : start + BATCH]))
    return results
