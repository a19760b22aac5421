"""Tries to learn of dossiers what is not its own: guesses codes, facts and one-time codes, and times hits against misses.

``python -m benchmarks.enumeration --guesses 100000 --samples 2000``; ``--database`` for another one than SQLite.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import tempfile
import time
from collections import Counter as Tally
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from bot.app.access import Access, make_access
from bot.channels.contract import Ref, Reply
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.access.agencies import Agencies, FactAlone
from bot.dossiers.access.confirming import Confirming, PageState
from bot.dossiers.access.limits import Amounts
from bot.dossiers.access.post import CodePost
from bot.dossiers.desk import Asker, Proof
from bot.dossiers.record import Owner, Record, Status
from bot.dossiers.sources.database import DatabaseSource
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.store import WatchStore
from bot.migrations.schema import upgrade
from bot.secret import Secret
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine

KEY = "k" * 40
PER_DAY = 1000
"""Running numbers of one unit and day that the guesses go through; every other one is a dossier."""
PER_TALK = 100
"""Guesses in one conversation: a tenth of them are enough to meet every limit."""
ALONE = "H48.31"
"""The unit of the benchmark's made-up agency where the fact alone is enough; the other one is H48.30."""


@dataclass
class Clock:
    """A clock that the benchmark sets: a hundred thousand guesses take hours, not the benchmark."""

    now: datetime = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Telephones:
    """Gets one-time codes; who guesses cannot read them."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.rung = 0
        self._seconds = seconds

    async def send(self, phone: str, code: str, key: str) -> bool:
        """See ``SendsCodes.send``."""
        await asyncio.sleep(self._seconds)
        self.rung += 1
        return True


@dataclass
class House:
    """A desk on a database full of dossiers."""

    access: Access
    confirming: Confirming
    post: CodePost
    telephones: Telephones


def code_of(unit: str, number: int) -> str:
    """Return one of the codes that the guesses go through."""
    day = date(2026, 1, 5) + timedelta(days=number // PER_DAY)
    return f"{unit}-{day:%y%m%d}-{number % PER_DAY:04}"


def record_of(unit: str, number: int, contact: bool = True) -> Record:
    """Return a made-up dossier."""
    owner = Owner(f"Nguyễn Văn {number}", f"09{number * 7919 % 10**8:08}", f"048{number * 104729 % 10**9:09}")
    return Record(
        code=code_of(unit, number),
        status=Status(2 + number % 8),
        procedure_code="1.001193",
        owner=owner if contact else Owner(owner.name),
        unit="Trung tâm Phục vụ hành chính công",
        due_at=datetime(2026, 11, 30, tzinfo=UTC),
        missing=("Giấy chứng sinh",),
    )


async def filled(transactions: UnitOfWork, store: DossierStore, dossiers: int) -> None:
    """Put the dossiers into the database: even numbers exist, every tenth of them without contact data."""
    for unit in ("H48.30", ALONE):
        for start in range(0, dossiers, 2000):
            given = [
                (record_of(unit, n, n % 20 != 0), datetime(2026, 11, 25, tzinfo=UTC))
                for n in range(start, min(dossiers, start + 2000))
                if n % 2 == 0
            ]
            async with transactions.write() as session:
                await store.put(session, "database", given)


def open_desk(
    transactions: UnitOfWork, clock: Callable[[], datetime], amounts: Amounts, telephones: Telephones
) -> House:
    """Put a desk together as the house does."""
    settings = Settings(signing_key=Secret(KEY), encryption_key=Secret(KEY + "e"), public_url="https://motcua.example")
    settings = replace(settings, dossier_access=replace(settings.dossier_access, codes_to="console"))
    cipher = AesGcmCipher(KEY + "e")
    store = DossierStore(cipher, KEY)
    source = DatabaseSource(transactions, store, clock)
    access = make_access(settings, transactions, cipher, source, (store, WatchStore()), clock)
    access.limits._amounts = amounts
    decided = FactAlone(ALONE, "QĐ 1 (giả định)", date(2026, 1, 1))
    access.desk._rules = replace(access.rules, agencies=Agencies((decided,)))
    shared = {"stores": access.stores, "limits": access.limits, "transactions": transactions, "clock": clock}
    confirming = Confirming(**shared, rules=access.rules, tries=amounts.tries_per_page, says=lambda *_: Reply("x"))
    post = CodePost(**shared, facts=access.facts, sender=telephones, random=random.random)
    return House(access, confirming, post, telephones)


def who(number: int, source: str = "", channel: str = "web") -> Asker:
    """Return somebody who never asked before."""
    return Asker(Ref(channel, "default", f"guesser {number}"), datetime.now(UTC), source)


# ---- guessing ----------------------------------------------------------------------------------------------------------


async def guess(house: House, clock: Clock, guesses: int, networks: int) -> Tally[str]:
    """Guess codes, facts, contacts and one-time codes, each conversation until long after its limits, over many networks."""
    chance, found = random.Random(7), Tally[str]()
    house.access.desk._beat = replace(house.access.desk._beat, seconds=1e-6)
    page = house.access.rules.page_address
    began = time.monotonic()
    for number in range(guesses):
        clock.now += timedelta(seconds=0.36)
        talk = number // PER_TALK
        whose = who(talk, f"network {talk % networks}", "telegram" if talk % 4 == 0 else "web")
        unit = ALONE if talk % 2 else "H48.30"
        code = code_of(unit, chance.randrange(4 * PER_DAY))
        kind = number % 10
        if kind < 5:
            look = await house.access.desk.look(whose, code)
            found[f"look: {look.outcome.value}"] += 1
            found["BEYOND LEVEL 0"] += look.shown is not None
        elif kind != 6:
            tried = await house.access.desk.prove(whose, code, f"{chance.randrange(10**4):04}")
            found[f"fact, {'alone' if unit == ALONE else 'with code'}: {tried.proof.value}"] += 1
            if tried.page:
                typed = await house.confirming.type(
                    tried.page.removeprefix(page), f"{chance.randrange(10**6):06}", "", _nobody_told
                )
                found[f"one-time code: {typed.state.value}"] += 1
                found["BEYOND LEVEL 0"] += typed.state is PageState.DONE
        else:
            shared = await house.access.desk.prove_by_contact(whose, f"09{chance.randrange(10**8):08}", own=True)
            found[f"contact: {shared.proof.value}"] += 1
            found["BEYOND LEVEL 0"] += shared.proof is Proof.PROVEN
        if number % 500 == 0:
            while await house.post.round():
                pass
        if number % 2500 == 2499:
            print(
                f"  {number + 1:,} guesses, {(number + 1) / (time.monotonic() - began):.0f} a second: {dict(found)}",
                flush=True,
            )
    found["telephones rung"] = house.telephones.rung
    return found


async def _nobody_told(*_: object) -> bool:
    return True


# ---- timing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """How well a time tells a hit from a miss."""

    name: str
    medians: tuple[float, float]
    auc: float
    """How often a hit takes longer than a miss; 0.5: it says nothing."""
    distance: float
    """Kolmogorov-Smirnov: the greatest distance of the two distributions."""
    chance: float
    """Of at least so great a distance between two samples of the same distribution."""

    def line(self) -> str:
        """Return a row of the table."""
        one, other = (f"{1000 * value:.3f}" for value in self.medians)
        return f"| {self.name} | {one} | {other} | {self.auc:.3f} | {self.distance:.3f} | {self.chance:.2f} |"


def compared(name: str, hits: Sequence[float], misses: Sequence[float]) -> Compared:
    """Compare two samples by rank."""
    one, other = np.asarray(hits), np.asarray(misses)
    both = np.concatenate([one, other])
    order = both.argsort(kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    auc = (ranks[: len(one)].sum() - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))
    at = np.sort(both)
    steps = [np.searchsorted(np.sort(x), at, side="right") / len(x) for x in (one, other)]
    distance = float(np.abs(steps[0] - steps[1]).max())
    scaled = distance * np.sqrt(len(one) * len(other) / (len(one) + len(other)))
    series = np.arange(1, 101)
    chance = float(np.clip(2 * np.sum((-1.0) ** (series - 1) * np.exp(-2 * series**2 * scaled**2)), 0, 1))
    medians = (float(np.median(one)), float(np.median(other)))
    return Compared(name, medians, float(auc), distance, 1.0 if scaled < 0.2 else chance)


async def timed(cases: dict[str, Callable[[int], Awaitable[object]]], samples: int) -> dict[str, list[float]]:
    """Time each case so many times, in an order drawn anew for each round."""
    took: dict[str, list[float]] = {name: [] for name in cases}
    chance = random.Random(11)
    for number in range(samples):
        names = list(cases)
        chance.shuffle(names)
        for name in names:
            began = time.perf_counter()
            await cases[name](number)
            took[name].append(time.perf_counter() - began)
    return took


async def timings(house: House, samples: int, first: int) -> list[Compared]:
    """Time what a dossier's existence could show in."""
    desk, fresh = house.access.desk, iter(range(first, first + 100 * samples))

    def trying(unit: str, kind: str, fact: str | None = None) -> Callable[[int], Awaitable[object]]:
        def go(number: int) -> Awaitable[object]:
            chosen = {"known": 20 * number + 2, "bare": 20 * number, "unknown": 20 * number + 1}[kind]
            right = record_of(unit, chosen).owner.phone[-4:]
            return desk.prove(who(next(fresh), channel="telegram"), code_of(unit, chosen), fact or right)

        return go

    found = []
    strong = {
        "known, right fact": trying("H48.30", "known"),
        "known, wrong fact": trying("H48.30", "known", "no"),
        "without contact": trying("H48.30", "bare"),
        "unknown": trying("H48.30", "unknown"),
    }
    took = await timed(strong, samples)
    for name in list(strong)[:3]:
        found.append(compared(f"a code must follow: {name} / unknown", took[name], took["unknown"]))
    alone = {
        name: trying(ALONE, kind, "no")
        for name, kind in (("known, wrong fact", "known"), ("without contact", "bare"), ("unknown", "unknown"))
    }
    beat = desk._beat
    for label, seconds, number in (("fact alone", beat.seconds, samples // 4), ("fact alone, beat off", 1e-6, samples)):
        desk._beat = replace(beat, seconds=seconds)
        took = await timed(alone, number)
        for name in list(alone)[:2]:
            found.append(compared(f"{label}: {name} / unknown", took[name], took["unknown"]))
    desk._beat = beat
    return [*found, await typing(house, samples, fresh)]


async def typing(house: House, samples: int, fresh: object) -> Compared:
    """Time wrong one-time codes on pages behind which a code was sent, and on those behind which none was."""
    desk, address = house.access.desk, house.access.rules.page_address
    pages: dict[str, list[str]] = {"sent": [], "not sent": []}
    for number in range(samples):
        for name, chosen in (("sent", 20 * number + 4), ("not sent", 20 * number + 5)):
            right = record_of("H48.30", chosen).owner.phone[-4:]
            tried = await desk.prove(who(next(fresh), channel="telegram"), code_of("H48.30", chosen), right)  # type: ignore[call-overload]
            pages[name].append(tried.page.removeprefix(address))
    while await house.post.round():
        pass
    cases = {
        name: (lambda n, of=of: house.confirming.type(of[n], "no", "", _nobody_told)) for name, of in pages.items()
    }
    took = await timed(cases, samples)
    return compared("wrong code on a page: one was sent / none was", took["sent"], took["not sent"])


async def run(given: argparse.Namespace) -> None:
    """Do both and print what came of them."""
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'enumeration.sqlite3'}"
        transactions = UnitOfWork(open_engine(url))
        try:
            await upgrade(transactions.engine)
            dossiers = max(4 * PER_DAY, 20 * given.samples + 20)
            await filled(transactions, DossierStore(AesGcmCipher(KEY + "e"), KEY), dossiers)
            print(f"{dossiers:,} dossiers in {transactions.engine.dialect.name}", flush=True)
            wide = Amounts(*[10**9] * 4, 5, *[10**9] * 8)
            house = open_desk(transactions, lambda: datetime.now(UTC), wide, Telephones(0.05))
            background = asyncio.create_task(house.post.run())
            print("| hit / miss | ms | ms | AUC | KS | p |\n|---|---|---|---|---|---|")
            for row in await timings(house, given.samples, first=10**9) if given.samples else ():
                print(row.line(), flush=True)
            background.cancel()
            clock = Clock()
            house = open_desk(transactions, clock, Amounts(), Telephones())
            for name, amount in sorted((await guess(house, clock, given.guesses, given.networks)).items()):
                print(f"{name}: {amount:,}")
        finally:
            await transactions.close()


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--networks", type=int, default=1000)
    parser.add_argument(
        "--database", help="URL of an empty database; a SQLite file that is deleted afterwards by default"
    )
    parser.add_argument("--folder", help="where that file lies")
    # Every alert would be a line; they are rows too.
    logging.disable(logging.WARNING)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
