"""One sync of watched dossiers: ``python -m benchmarks.watching [--watches 50000] [--changed 0.02] [--postgres]``.

A source in memory answers at once, so that what is measured is our own part: choosing, keeping, finding and writing.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text

from benchmarks.databases import POSTGRESQL, SQLITE, databases
from bot.app.dossiers import Dossiers, make_dossier_watch
from bot.app.house import load_house_texts, project_root
from bot.channels.web.channel import WebChannel
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets
from bot.dossiers.ports import Sighting
from bot.dossiers.record import Owner, Record, Status, Step
from bot.dossiers.sources.by_agency import ByAgency
from bot.dossiers.sources.database import DatabaseSource
from bot.dossiers.sources.health import Health
from bot.dossiers.sources.settings import SourceSettings
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.quiet import parse_quiet
from bot.dossiers.watching.store import CHANGES, LONGEST, WatchStore
from bot.dossiers.watching.tables import dossier_watch, watched_dossier
from bot.dossiers.watching.worker import DossierWatch
from bot.migrations.schema import upgrade
from bot.secret import Secret
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.working_time.loading import load_working_time
from nlu.codes import DossierCode

KEY = "k" * 40
BEGAN = datetime.now(UTC).replace(microsecond=0)
TOGETHER = 1000


@dataclass
class InMemory:
    """A one-stop system without a network."""

    records: dict[str, Record]
    name: str = "memory"
    handful: int = 50
    health: Health = field(default_factory=lambda: Health("memory", ("H48",), up=True))

    async def find(self, code: DossierCode) -> Sighting:
        """See ``DossierSource.find``."""
        return Sighting(self.records.get(code.text), datetime.now(UTC))

    async def poll(self, codes: Sequence[DossierCode]) -> AsyncGenerator[Sighting, None]:
        """See ``PollsDossiers.poll``."""
        for code in codes:
            yield Sighting(self.records.get(code.text), datetime.now(UTC))

    async def probe(self, code: DossierCode) -> bool:
        """See ``Remote.probe``."""
        return True


def record(number: int) -> Record:
    """Return a dossier that is being handled."""
    return Record(
        code=f"H48.16-261116-{number:06}",
        status=Status.IN_PROGRESS,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        owner=Owner("Nguyễn Văn Mẫu", "0100000123", "000200001234"),
        unit="Trung tâm Phục vụ hành chính công",
        received_at=BEGAN - timedelta(days=9),
        due_at=BEGAN + timedelta(days=3 + number % 20),
        steps=(Step("Bộ phận một cửa", action="Tiếp nhận", started_at=BEGAN - timedelta(days=9)), Step("Tư pháp")),
    )


async def fill(database: UnitOfWork, store: DossierStore, records: Sequence[Record]) -> None:
    """Keep the dossiers, each watched by one conversation."""
    for start in range(0, len(records), TOGETHER):
        some = records[start : start + TOGETHER]
        watch = {"channel": "web", "account": "default", "kind": CHANGES, "level": 1, "made_at": BEGAN}
        watch |= {"told_revision": 1, "ends_at": BEGAN + LONGEST}
        watches = [{**watch, "code": one.code, "conversation": f"c{n}"} for n, one in enumerate(some, start)]
        polled = {"source": "", "urgent": 0, "next_at": BEGAN, "failures": 0}
        async with database.write() as session:
            await store.put(session, "memory", [(one, BEGAN) for one in some])
            await session.execute(insert(dossier_watch), watches)
            await session.execute(insert(watched_dossier), [{**polled, "code": one.code} for one in some])


async def measure(url: str, count: int, changed: float) -> None:
    """Fill a database and make one sync."""
    database = UnitOfWork(open_engine(url))
    await upgrade(database.engine)
    store = DossierStore(AesGcmCipher(KEY), KEY)
    records = [record(number) for number in range(count)]
    remote = InMemory({one.code: one for one in records})
    sources = ByAgency(DatabaseSource(database, store, lambda: datetime.now(UTC)), [remote])
    dossiers = Dossiers(store, sources, WatchStore(), load_working_time())
    worker = make_worker(database, dossiers)
    await fill(database, store, records)
    if database.engine.dialect.name == "postgresql":
        async with database.engine.begin() as connection:
            await connection.execute(text("ANALYZE"))
    with told(f"a round with {count:,} watches and no news"):
        await worker.tell()
    for one in records[: int(count * changed)]:
        remote.records[one.code] = replace(one, status=Status.DONE)
    with told(f"all {count:,} asked for and kept, {changed:.0%} of them changed"):
        while await worker.poll(remote):
            pass
    with told(f"a round that writes {int(count * changed):,} notices"):
        await worker.tell()
    with told("the next round"):
        await worker.tell()
    await database.close()


def make_worker(database: UnitOfWork, dossiers: Dossiers) -> DossierWatch:
    """Return the work in the background, with the web as its channel."""
    channel = WebChannel(lambda: datetime.now(UTC))
    engine = Engine(
        dialogue=None,  # type: ignore[arg-type]
        outlets=Outlets({"web": channel}, frozenset({"web"})),
        store=DeliveryStore(AesGcmCipher(KEY)),
        transactions=database,
        sorry=None,  # type: ignore[arg-type]
        clock=lambda: datetime.now(UTC),
    )
    keys = {"signing_key": Secret(KEY), "encryption_key": Secret(KEY)}
    settings = Settings(dossier_sources=SourceSettings(quiet=parse_quiet("none")), **keys)  # type: ignore[arg-type]
    return make_dossier_watch(
        settings, load_house_texts(project_root()), database, dossiers, engine, frozenset({"web"})
    )


@contextlib.contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long something took, and how much of it this process was at work."""
    began, worked = time.perf_counter(), time.process_time()
    yield
    print(f"{time.perf_counter() - began:8.2f} s ({time.process_time() - worked:.2f} s of work)  {what}", flush=True)


def main() -> None:
    """Measure on SQLite, or on a PostgreSQL server that lives as long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--watches", type=int, default=50_000)
    parser.add_argument("--changed", type=float, default=0.02)
    parser.add_argument("--postgres", action="store_true")
    args = parser.parse_args()
    kind = POSTGRESQL if args.postgres else SQLITE
    with (
        tempfile.TemporaryDirectory(prefix="motcua-watch-") as folder,
        databases((kind,), Path(folder)) as urls,
    ):
        asyncio.run(measure(urls[kind], args.watches, args.changed))


if __name__ == "__main__":
    main()
