"""Measures a model through the complete path, with a catalogue and a database of its own; nothing live is touched."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from tqdm import tqdm

from bot.delivery.engine import Engine
from bot.errors import BotError
from bot.evaluation.cases import Case, accentless
from bot.evaluation.run import Result, ask_all
from bot.first_start import prepare_database
from bot.migrations.schema import upgrade
from bot.settings import Settings
from bot.short_run import short_run, with_own_keys
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.entries import index_with, recipe_with
from nlu.catalogue.importing.findings import Finding
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import IndexBuilder, make_draft, publish
from nlu.client import NluUnavailable, RasaClient
from nlu.training import RasaHome

BATCH = 20


class EvaluationError(BotError):
    """The evaluation cannot be made."""


@dataclass(frozen=True)
class Contender:
    """What is measured."""

    prepare: Callable[[], Awaitable[Path]]
    """Returns the model, training it first if it must."""
    sayings: Path | None
    """File with the learned sayings of the search index; ``None`` for none."""


@dataclass(frozen=True)
class Measured:
    """What a contender came to."""

    results: Mapping[str, list[Result]]
    """By the name of the set of questions."""
    parses: tuple[float, ...]
    """Milliseconds of one ``/model/parse`` each."""
    fields: Mapping[str, str]
    """Code → lĩnh vực, of every procedure of the catalogue."""


@dataclass(frozen=True)
class Bench:
    """What contenders are measured with."""

    settings: Settings
    home: RasaHome
    catalogue: Path | None = None
    """Procedures to evaluate with; ``None`` for the starter catalogue."""

    async def measure(
        self, contender: Contender, cases: Sequence[Case], twins: bool = False, label: str = "questions"
    ) -> tuple[list[Result], list[Result]]:
        """Ask all questions, and when wished all again without accents.

        Raises:
            EvaluationError: the catalogue cannot be read.
        """
        sets = {label: cases, **({f"{label} without accents": accentless(cases)} if twins else {})}
        found = (await self.measure_sets(contender, sets)).results
        return found[label], found.get(f"{label} without accents", [])

    async def measure_sets(
        self, contender: Contender, sets: Mapping[str, Sequence[Case]], parsed: Sequence[str] = ()
    ) -> Measured:
        """Ask several sets of questions in one run.

        Args:
            contender: what is measured.
            sets: questions by the name of their set.
            parsed: texts that Rasa is asked alone, to tell what time it takes.

        Raises:
            EvaluationError: the catalogue cannot be read.
        """
        database = evaluation_database(self.home.root, self.catalogue, contender.sayings)
        own = with_own_keys(self.settings, f"sqlite:///{database}")
        fields = await self._prepare(own, contender)
        with tempfile.TemporaryDirectory() as folder:
            async with short_run(own, self.home, Path(folder), contender.prepare) as running:
                results = {name: await _asked(running.engine, cases, name) for name, cases in sets.items()}
                parses = await _parses(running.rasa, parsed)
        return Measured(results, parses, fields)

    async def _prepare(self, settings: Settings, contender: Contender) -> dict[str, str]:
        """Import and publish the catalogue into the evaluation's own database, once; return the fields of its codes."""
        transactions = UnitOfWork(open_engine(settings.database_url))
        now, build = datetime.now(UTC), partial(index_with, contender.sayings)
        try:
            if self.catalogue is None:
                await prepare_database(transactions, now, build, partial(recipe_with, contender.sayings))
            else:
                await upgrade(transactions.engine)
                await self._publish(transactions, self.catalogue, build, now)
            async with transactions.read() as session:
                store = CatalogueStore(session)
                number = await store.live_number()
                held = await store.held(number) if number is not None else {}
            return {code: one.field for code, one in held.items()}
        finally:
            await transactions.close()

    async def _publish(self, transactions: UnitOfWork, catalogue: Path, build: IndexBuilder, now: datetime) -> None:
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
        await publish(transactions, build, now=now, number=draft.number)


def evaluation_database(root: Path, catalogue: Path | None, sayings: Path | None) -> Path:
    """Return the evaluation's own database for a catalogue file; new code, sayings or another file mean another one."""
    digest = sha256(b"starter" if catalogue is None else _bytes(catalogue))
    for path in sorted((root / "nlu").rglob("*")):
        if (
            path.suffix in (".py", ".yaml", ".yml", ".json", ".jsonl")
            and "training" not in path.parts
            and "components" not in path.parts
        ):
            digest.update(path.read_bytes())
    if sayings is not None and sayings.is_file():
        digest.update(sayings.read_bytes())
    return root / "var" / "evaluate" / f"{digest.hexdigest()[:16]}.sqlite3"


def _bytes(catalogue: Path) -> bytes:
    try:
        return catalogue.read_bytes()
    except OSError as error:
        raise EvaluationError(f"the catalogue {catalogue} cannot be read: {error.strerror}") from error


async def _asked(engine: Engine, cases: Sequence[Case], label: str) -> list[Result]:
    results: list[Result] = []
    with tqdm(total=len(cases), desc=label, disable=None, file=sys.stderr) as bar:
        for start in range(0, len(cases), BATCH):
            results += await ask_all(engine, cases[start : start + BATCH])
            bar.update(len(cases[start : start + BATCH]))
    return results


async def _parses(rasa: RasaClient, texts: Sequence[str]) -> tuple[float, ...]:
    """Ask Rasa alone, one text after the other; a text that it does not answer tells no time."""
    times = []
    for text in texts:
        began = time.perf_counter()
        try:
            await rasa.understand(text)
        except NluUnavailable:
            continue
        times.append(1000 * (time.perf_counter() - began))
    return tuple(times)
