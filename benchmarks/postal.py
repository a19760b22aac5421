"""``python -m benchmarks.postal``: how long a comparison and a price take, an import of post offices, and finding the nearest.

Every procedure of the catalogue is compared once, so the slowest records are among them.
"""

from __future__ import annotations

import asyncio
import csv
import json
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.caching import FOLDER
from benchmarks.figures import percentile
from bot.app import project_root
from bot.app.post_offices import read_offices
from bot.errors import BotError
from bot.migrations.schema import upgrade
from bot.postal.book import load_book
from bot.postal.desk import PostalDesk
from bot.postal.office import PostOffice
from bot.postal.office_finding import OfficeFinder
from bot.postal.office_store import OfficeStore
from bot.postal.option import PostalOption
from bot.postal.ports import Wish
from bot.postal.quote import Zone
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.working_time.loading import load_working_time
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.model import Procedure
from nlu.catalogue.starter import load_starter
from nlu.errors import NluError
from nlu.places.gazetteer import load_gazetteer
from nlu.places.place import Commune, Province

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
WANTED_P95_MS = 80.0
OFFICES = 13_000
"""As many as the country has."""
IMPORTED = 2_000
QUOTES = 5_000
LOOKS = 300
PROVINCES = 34


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 where the comparison is too slow."""
    parser = ArgumentParser(prog="python -m benchmarks.postal", description=__doc__)
    parser.add_argument("--catalogue", type=Path, help="procedures to compare; those of the program by default")
    args = parser.parse_args(argv)
    try:
        procedures = catalogue(args.catalogue)
        found = {**computed(procedures), **asyncio.run(looked_up())}
    except (BotError, NluError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    told = {name: (len(times), percentile(times, 0.5), percentile(times, 0.95)) for name, times in found.items()}
    for name, (count, middle, p95) in told.items():
        print(f"{name:<42} {count:>6} ×  median {middle:9.3f} ms  p95 {p95:9.3f} ms")
    target = project_root() / FOLDER / "postal.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(told), "utf-8")
    slow = [name for name in ("comparison", "quote") if told[name][2] > WANTED_P95_MS]
    for name in slow:
        print(f"{name}: p95 above {WANTED_P95_MS:.0f} ms", file=sys.stderr)
    return 1 if slow else 0


def catalogue(path: Path | None) -> list[Procedure]:
    """Return the procedures of a file, or those that come with the program."""
    if path is None:
        return load_starter()[0]
    with Spool() as spool:
        reading = Reading(spool, lambda _: None, NOW.date())
        reading.read(path, lambda _: None)
        reading.finish()
        return list(spool.procedures())


def computed(procedures: Sequence[Procedure]) -> dict[str, list[float]]:
    """Time what is computed: every comparison, and prices of all kinds."""
    working = load_working_time()
    desk = PostalDesk(load_book(), working.rules, working.hours(), lambda: NOW)
    wish = Wish(zone=Zone.OTHER_PROVINCE, carry_fee=True)
    kinds = [(option, zone, weight) for option in PostalOption for zone in Zone for weight in (50, 99, 400)]
    return {
        "comparison": timed(partial(desk.compare, one, wish) for one in procedures),
        "quote": timed(partial(desk.quote, *kinds[number % len(kinds)], carry_fee=True) for number in range(QUOTES)),
    }


def timed(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Return how many milliseconds each call takes."""
    times = []
    for call in calls:
        began = time.perf_counter()
        call()
        times.append(_since(began))
    return times


async def looked_up() -> dict[str, list[float]]:
    """Time the list of post offices: replacing it, and finding the nearest of all of the country's."""
    chance, store = Random(8), OfficeStore()
    everywhere = list(made_up(chance, OFFICES))
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        transactions = UnitOfWork(open_engine(f"sqlite:///{folder}/m.sqlite3"))
        try:
            await upgrade(transactions.engine)
            imports = [await imported(transactions, store, Path(folder) / "offices.csv")]
            await _replaced(transactions, store, everywhere)
            finder = OfficeFinder(transactions, store)
            points, communes = [], []
            for _ in range(LOOKS):
                office = chance.choice(everywhere)
                latitude, longitude = office.latitude or 0, office.longitude or 0
                commune = Commune(office.commune, "Xã", Province(office.province, "Tỉnh"), latitude, longitude)
                began = time.perf_counter()
                await finder.near_point(latitude + 0.01, longitude, 3)
                points.append(_since(began))
                began = time.perf_counter()
                await finder.near_commune(commune, 3)
                communes.append(_since(began))
        finally:
            await transactions.close()
    return {
        f"importing {IMPORTED} offices": imports,
        f"nearest to a location among {OFFICES}": points,
        f"nearest to a commune among {OFFICES}": communes,
    }


async def imported(transactions: UnitOfWork, store: OfficeStore, file: Path) -> float:
    """Import a file of offices in communes of today, each place read; the lists of places are loaded already."""
    communes = load_gazetteer().communes
    with file.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(("code", "name", "address", "ward", "province"))
        for number in range(IMPORTED):
            commune = communes[number % len(communes)]
            rows.writerow((number, f"Bưu cục {number}", "12 Lê Lợi", commune.name, commune.province.name))
    began = time.perf_counter()
    _, offices = read_offices(file, "bench", "2026-01-01", lambda _: None)
    return _since(began) + await _replaced(transactions, store, offices)


def made_up(chance: Random, amount: int) -> Iterator[PostOffice]:
    """Yield offices all over the country, most of them in crowds."""
    for number in range(amount):
        province = number % PROVINCES
        yield PostOffice(
            code=f"{100_000 + number}",
            name=f"Bưu cục {number}",
            address=f"{number} Lê Lợi",
            commune=f"{number // 4:05d}",
            province=f"{province + 10:02d}",
            latitude=9.0 + 13.0 * province / PROVINCES + chance.gauss(0, 0.2),
            longitude=106.0 + chance.gauss(0, 0.4),
            as_of=date(2026, 1, 1).isoformat(),
            source="bench",
        )


async def _replaced(transactions: UnitOfWork, store: OfficeStore, offices: Sequence[PostOffice]) -> float:
    began = time.perf_counter()
    async with transactions.write() as session:
        await store.replace(session, offices)
    return _since(began)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
