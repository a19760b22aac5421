"""``python -m benchmarks.dossiers``: how long a status answer takes with few and with many dossiers, and how fast an import is.

A look-up is one by code as the citizen's path makes it: a transaction of its own, one row, unsealing, and what may be told
at both levels. A whole answer is what the citizen waits for (``whole_answers``). Every row that is asked for was sealed for
itself; the codes asked are drawn from all.
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import resource
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from tqdm import tqdm

from benchmarks.answer_times import Answers, answers, told_answers
from benchmarks.caching import FOLDER
from benchmarks.children import Program, completed
from benchmarks.copying import copied, settled
from benchmarks.databases import BOTH, another, databases
from benchmarks.errors import BenchError
from benchmarks.whole_answers import Place, whole_answers
from bot.app import project_root
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.disclosure import coarse, shown
from bot.dossiers.facts import FactKeys
from bot.dossiers.record import Record
from bot.dossiers.sample_words import load_sample_words
from bot.dossiers.samples import SampleMaker
from bot.dossiers.sealing import Row, Sealing
from bot.dossiers.sources.database import DatabaseSource
from bot.dossiers.store import DossierStore
from bot.dossiers.tables import dossier
from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.working_time.loading import load_working_time
from nlu.codes import parse_dossier_code

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
AT_ONCE = 5000
WARMING = 200
WANTED_IMPORT_SECONDS = 120.0
"""For 200,000 rows."""
WANTED_ROWS = 200_000
SECRET = "b" * 40
IMPORT_SECONDS = 3600.0
OTHERS = 5_000_000
"""From here on dossiers are numbered that are imported beside those of the first measurement."""


@dataclass(frozen=True)
class Imported:
    """How long an import took."""

    what: str
    rows: int
    seconds: float
    cpu_seconds: float
    """Processor time of the command, without the database server: says more than the clock on a busy machine."""


def store() -> DossierStore:
    """Return the store of the measurement."""
    return DossierStore(AesGcmCipher(SECRET), SECRET)


def code(number: int) -> str:
    """Return a code; consecutive ones lie far from each other in the index, as those of many units do."""
    return f"H{number % 90 + 10}.{number // 90 % 90 + 10}.{number % 7 + 10}-2611{number % 25 + 1:02}-{number:07}"


def rows(first: int, last: int) -> Iterator[Row]:
    """Yield rows, each sealed for itself."""
    sealing = Sealing(AesGcmCipher(SECRET), FactKeys(SECRET))
    samples = SampleMaker(load_sample_words(), load_working_time().hours(), TODAY).all()
    base = [sealing.row(sample, sample.ended_at) for sample in samples]
    more = {"source": "bench", "as_of": NOW, "revision": 1, "changed_at": NOW}
    for number in range(first, last):
        record = replace(samples[number % len(samples)], code=code(number))
        yield (
            base[number % len(base)]
            | more
            | {
                "code": record.code,
                "body": sealing.body(record),
                "identity_key": number.to_bytes(32, "big"),
            }
        )


async def fill(transactions: UnitOfWork, upto: int) -> None:
    """Add rows until there are so many."""
    async with transactions.read() as session:
        have = await session.scalar(select(func.count()).select_from(dossier)) or 0
    made = rows(have, upto)
    with tqdm(total=upto - have, desc="rows", disable=None, file=sys.stderr) as bar:
        while chunk := list(islice(made, AT_ONCE)):
            await copied(transactions, dossier, chunk)
            bar.update(len(chunk))
    await settled(transactions, [dossier])


async def ask(transactions: UnitOfWork, database: str, dossiers: int, asked: int) -> Answers:
    """Ask for the status of dossiers drawn from all."""
    source, chance = DatabaseSource(transactions, store(), lambda: NOW), Random(5)
    milliseconds: list[float] = []
    for _ in range(WARMING + asked):
        wanted = parse_dossier_code(code(chance.randrange(dossiers)))
        started = time.perf_counter()
        found = (await source.find(wanted)).record
        if found is None or not _told(found):
            raise BenchError(f"{wanted.text} was not found")
        milliseconds.append((time.perf_counter() - started) * 1000)
    return answers("look-up", database, dossiers, milliseconds[WARMING:])


def _told(record: Record) -> bool:
    return coarse(record).code == shown(record).code


async def measure(url: str, name: str, sizes: Sequence[int], asked: int) -> list[Answers]:
    """Measure one database at growing sizes."""
    transactions = UnitOfWork(open_engine(url))
    try:
        await upgrade(transactions.engine)
        found: list[Answers] = []
        for size in sizes:
            await fill(transactions, size)
            found += [await ask(transactions, name, size, asked)] if asked else []
        return found
    finally:
        await transactions.close()


def write_csv(path: Path, count: int) -> None:
    """Write a file as a one-stop system exports it."""
    head = ("MaHoSo", "MaTTHC", "TenTTHC", "ChuHoSo", "LoaiDoiTuong", "DonViTiepNhan", "NgayNop", "NgayTiepNhan")
    more = ("NgayHenTra", "NgayKetThucXuLy", "KenhThucHien", "TrangThai", "SoDienThoai", "SoDinhDanh", "GiayToThieu")
    samples = SampleMaker(load_sample_words(), load_working_time().hours(), TODAY).all()
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(head + more)
        for number in range(count):
            one = samples[number % len(samples)]
            moments = (one.filed_at, one.received_at, one.due_at, one.ended_at)
            times = [f"{moment:%d/%m/%Y %H:%M}" if moment else "" for moment in moments]
            owner = (one.owner.name, int(one.applicant), one.unit)
            state = (one.channel, int(one.status) or "?", f"0100{number % 10**6:06}", f"000{number:09}")
            out.writerow(
                [
                    code(OTHERS + number),
                    one.procedure_code,
                    one.procedure_name,
                    *owner,
                    *times,
                    *state,
                    "; ".join(one.missing),
                ]
            )


async def imports(url: str, name: str, folder: Path, count: int) -> list[Imported]:
    """Import a file twice, by the command itself."""
    file = folder / "dossiers.csv"
    if not file.exists():
        write_csv(file, count)
    environment = os.environ | {
        "MOTCUA_DATABASE_URL": url,
        "MOTCUA_SIGNING_KEY": SECRET,
        "MOTCUA_ENCRYPTION_KEY": SECRET,
    }
    found = []
    for what in ("new", "again"):
        started, before = time.perf_counter(), _children_seconds()
        command = [sys.executable, "-m", "bot", "dossiers", "import", str(file), "--source", f"bench-{name}"]
        program = Program(command, environment, project_root(), folder / "import.log")
        await completed(program, IMPORT_SECONDS)
        lasted, worked = time.perf_counter() - started, _children_seconds() - before
        found.append(Imported(f"{name}, {what}", count, lasted, worked))
    return found


def _children_seconds() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def told(found: Sequence[Answers], imported: Sequence[Imported]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield from told_answers(found)
    for one in imported:
        wanted = WANTED_IMPORT_SECONDS * one.rows / WANTED_ROWS
        yield (
            f"import ({one.what}): {one.rows} rows in {one.seconds:.1f} s, {one.cpu_seconds:.1f} s of them"
            f" at work itself; wanted ≤ {wanted:.0f} s"
        )


async def run(
    sizes: Sequence[int], asked: int, whole: int, imported: int, only: str | None
) -> tuple[list[Answers], list[Imported]]:
    """Measure all of it."""
    found: list[Answers] = []
    loads: list[Imported] = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="dossiers-", dir=FOLDER) as folder,
        databases((only,) if only else BOTH, Path(folder)) as urls,
    ):
        for name, url in urls.items():
            found += await measure(url, name, sizes, asked)
        if whole:
            places = [place for name, url in urls.items() for place in await _places(name, url, sizes)]
            found += await whole_answers(places, whole, code, SECRET)
        for name, url in urls.items():
            loads += await imports(url, name, Path(folder), imported) if imported else []
    return found, loads


async def _places(name: str, url: str, sizes: Sequence[int]) -> list[Place]:
    """Return a database of each size: the measured one has the greatest, beside it smaller ones are filled."""
    found = []
    for size in sizes[:-1]:
        smaller = await another(url, f"with_{size}")
        await measure(smaller, name, [size], 0)
        found.append(Place(name, size, smaller))
    return [*found, Place(name, sizes[-1], url)]


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m benchmarks.dossiers", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--asked", type=int, default=2000)
    parser.add_argument("--whole", type=int, default=1000, help="answers over the web chat's API; 0 for none")
    parser.add_argument("--imported", type=int, default=WANTED_ROWS, help="rows of the import; 0 for none")
    parser.add_argument("--only", choices=BOTH)
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    found, loads = asyncio.run(run(sorted(args.sizes), args.asked, args.whole, args.imported, args.only))
    print("\n".join(told(found, loads)))
    if args.json:
        measured: list[Answers | Imported] = [*found, *loads]
        args.json.write_text(json.dumps([asdict(one) for one in measured], indent=1), "utf-8")


if __name__ == "__main__":
    main()
