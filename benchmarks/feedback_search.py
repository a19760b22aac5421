"""``python -m benchmarks.feedback_search``: how long lists, searches, similar items and reports take with 100,000 records.

Every question is asked in a transaction of its own, as a page or a turn does. Beside the time on the clock stands the time
that this process and the database's server worked: on a busy machine the rest is waiting for a processor.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.feedback_stock import AGENCIES, DAYS, FIELDS, NOW, STATUSES, kept, record_row
from benchmarks.feedback_texts import PROCEDURES, SAYINGS, Folds, Texts
from benchmarks.figures import percentile
from benchmarks.side_by_side import WARMING, run
from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, Role
from feedback.case import Case
from feedback.disclosure import Disclosure
from feedback.listing import Listing, Wanted
from feedback.listing_store import ListingStore, Mark
from feedback.log_store import LogStore
from feedback.office import Office
from feedback.ports import DossierCounts
from feedback.publication.item import Query
from feedback.publication.store import PublicationStore
from feedback.record import ENDED, Book, Matter, Status
from feedback.reports.making import Reports
from feedback.reports.story import Period
from feedback.similar import Groups, Similar
from feedback.similar_store import SimilarStore
from feedback.tables import record
from feedback.word_store import WordStore

WANTED_P95_MS = 120.0
RECEIVER = Actor("receiver", "H48.1", frozenset({Role.RECEIVER}))
REPORTER = Actor("reporter", "H48.1", frozenset({Role.REPORTER}))
HANDLER = Actor("handler", "H48.3", frozenset({Role.HANDLER}))


Asks = Callable[[AsyncSession, Random], Awaitable[object]]


def code(chance: Random) -> str:
    """Return the code of some procedure."""
    return f"1.{chance.randrange(PROCEDURES):06}.000.00.00.H48"


def questions(texts: Texts, sent: Sequence[str]) -> Mapping[str, Asks]:
    """Return the kinds of questions by name."""
    return {**_lists(), **_searches(texts, sent), **_similar(sent), **_public(texts, sent)}


def _listed(**wanted: Any) -> Asks:
    listing = Listing(ListingStore(), WordStore(), Folds(), Disclosure(Office()))

    async def ask(session: AsyncSession, chance: Random) -> object:
        given = {name: value(chance) if callable(value) else value for name, value in wanted.items()}
        actor = given.pop("actor", RECEIVER)
        # Every other page is one somewhere behind the first.
        behind = Mark(NOW - timedelta(days=chance.uniform(0, DAYS)), 0) if chance.random() < 0.5 else None
        return await listing.page(session, actor, Wanted(**given), NOW, behind)

    return ask


def _lists() -> Mapping[str, Asks]:
    return {
        "list: all": _listed(),
        "list: one status": _listed(statuses=lambda chance: (chance.choice(STATUSES),)),
        "list: open ones": _listed(statuses=tuple(one for one in STATUSES if one not in ENDED)),
        "list: a handler's unit": _listed(actor=HANDLER, statuses=(Status.IN_REVIEW,)),
        "list: agency and status": _listed(
            agency=lambda chance: f"H48.{chance.randrange(AGENCIES)}",
            statuses=lambda chance: (chance.choice(STATUSES),),
        ),
        "list: field in a month": _listed(
            of_field=lambda chance: f"lĩnh vực {chance.randrange(FIELDS)}",
            since=NOW - timedelta(days=430),
            until=NOW - timedelta(days=400),
        ),
        "list: procedure": _listed(procedure_code=code),
        "list: overdue": _listed(overdue=True),
    }


def _searches(texts: Texts, sent: Sequence[str]) -> Mapping[str, Asks]:
    return {
        "search: a rare word": _listed(words=lambda chance: chance.choice(chance.choice(sent).split())),
        "search: common words": _listed(words=lambda chance: chance.choice(SAYINGS)),
        "search: a saying and a name": _listed(
            words=lambda chance: f"{chance.choice(SAYINGS)} {' '.join(chance.choice(texts.procedures).split()[2:])}"
        ),
        "search: common words, one status": _listed(
            words=lambda chance: chance.choice(SAYINGS), statuses=(Status.RECEIVED,)
        ),
        "search: two words": _listed(words=lambda chance: " ".join(texts.some(2))),
    }


def _similar(sent: Sequence[str]) -> Mapping[str, Asks]:
    found = WordStore(), SimilarStore(), Folds()
    similar, groups = Similar(*found, practice=False), Groups(*found)

    async def find(session: AsyncSession, chance: Random) -> object:
        return await similar.find(session, chance.choice(sent))

    async def find_on(session: AsyncSession, chance: Random) -> object:
        return await similar.find(session, chance.choice(sent), code(chance))

    async def common(session: AsyncSession, chance: Random) -> object:
        return await similar.find(session, ", ".join(chance.sample(SAYINGS, 2)))

    async def group(session: AsyncSession, chance: Random) -> object:
        return await groups.like(session, RECEIVER, _case(chance.choice(sent)))

    return {
        "similar: any procedure": find,
        "similar: one procedure": find_on,
        "similar: only common words": common,
        "group of an open record": group,
    }


def _public(texts: Texts, sent: Sequence[str]) -> Mapping[str, Asks]:
    items = PublicationStore(Folds(), practice=False)

    def public(**wanted: Callable[[Random], str]) -> Asks:
        async def ask(session: AsyncSession, chance: Random) -> object:
            asked = Query(**{name: value(chance) for name, value in wanted.items()})
            return await items.page(session, asked, chance.choice((1, 1, 2, 40)))

        return ask

    return {
        "public: newest": public(),
        "public: a procedure": public(procedure=code),
        "public: agency, common words": public(
            agency=lambda chance: f"H48.{chance.randrange(AGENCIES)}", words=lambda chance: chance.choice(SAYINGS)
        ),
        "public: a rare word": public(words=lambda chance: chance.choice(chance.choice(sent).split())),
        "public: common words": public(words=lambda chance: chance.choice(SAYINGS)),
        "public: two words": public(words=lambda chance: " ".join(texts.some(2))),
    }


def _case(text: str) -> Case:
    given = record_row(0, 0, Status.RECEIVED, NOW, text)
    names = Case.__dataclass_fields__.keys() - {"matter", "category"}
    return Case(**{name: given[name] for name in names}, matter=Matter(text), category=None)


class NoSeals:
    """Opens nothing: the steps of the measured records have no grade."""

    def seal(self, content: bytes, about: str) -> bytes:
        """Return it as it is."""
        return content

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return it as it is."""
        return sealed


class NoDossiers:
    """Counts none."""

    async def count(self, session: AsyncSession, agency: str, since: datetime, until: datetime) -> DossierCounts:
        """See ``CountsDossiers.count``."""
        return DossierCounts(0, 0, 0)


def reports() -> Mapping[str, Asks]:
    """Return the reports by name."""
    made = Reports(LogStore(NoSeals()), NoDossiers(), Disclosure(Office()))

    def periodic(first: int, days: int) -> Asks:
        period = Period(NOW - timedelta(days=first), NOW - timedelta(days=first - days))

        async def ask(session: AsyncSession, chance: Random) -> object:
            return await made.periodic(session, REPORTER, period, Book.REGISTER, NOW)

        return ask

    return {
        "report: last month": periodic(31, 31),
        "report: a month two years ago": periodic(730, 31),
        "report: a year": periodic(365, 365),
    }


@dataclass(frozen=True)
class Took:
    """How long one kind of question took, in milliseconds."""

    database: str
    question: str
    p50: float
    p95: float
    worst: float
    worked: float
    """On average: this process and the server."""
    bound: bool

    def __str__(self) -> str:
        """Return the line about it."""
        verdict = f"  wanted ≤ {WANTED_P95_MS:.0f}" if self.missed else ""
        return (
            f"{self.database:<11}{self.question:<34} p50 {self.p50:7.1f}  p95 {self.p95:7.1f}"
            f"  worst {self.worst:7.1f}  CPU {self.worked:7.1f} ms{verdict}"
        )

    @property
    def missed(self) -> bool:
        """Whether it took longer than it may."""
        return self.bound and self.p95 > WANTED_P95_MS


async def measure(url: str, name: str, count: int, asked: int) -> list[Took]:
    """Measure one database."""
    transactions = await kept(url, count)
    try:
        async with transactions.read() as session:
            chosen = select(record.c.masked).where(record.c.id % max(1, count // 500) == 0)
            sent = list((await session.execute(chosen)).scalars())
        took = [await _took(transactions, name, what, ask, asked) for what, ask in questions(Texts(), sent).items()]
        for what, ask in reports().items():
            took.append(await _took(transactions, name, what, ask, 3, bound=False))
        largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(f"{name:<11}largest memory of this process {largest} MB\n")
        return took
    finally:
        await transactions.close()


async def _took(transactions: UnitOfWork, name: str, what: str, ask: Asks, asked: int, *, bound: bool = True) -> Took:
    chance, milliseconds = Random(8), []
    warming = WARMING if bound else 0
    server = await _server(transactions)
    worked = 0.0
    for number in range(warming + asked):
        if number == warming:
            worked = -_worked(server)
        started = time.perf_counter()
        async with transactions.read() as session:
            await ask(session, chance)
        if number >= warming:
            milliseconds.append((time.perf_counter() - started) * 1000)
    worked = (worked + _worked(server)) / asked
    p50, p95, worst = (percentile(milliseconds, share) for share in (0.5, 0.95, 1.0))
    took = Took(name, what, p50, p95, worst, worked, bound)
    sys.stdout.write(f"{took}\n")
    sys.stdout.flush()
    return took


async def _server(transactions: UnitOfWork) -> int | None:
    """Return the process of the server that serves us: one at a time asks, so that it is always the same."""
    if transactions.engine.dialect.name != "postgresql":
        return None
    async with transactions.read() as session:
        return int((await session.execute(text("SELECT pg_backend_pid()"))).scalar_one())


def _worked(server: int | None) -> float:
    """Return how many milliseconds this process and the server have worked so far."""
    mine = time.process_time() * 1000
    if server is None:
        return mine
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    return mine + (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print; ends with 1 when something took too long."""
    run("benchmarks.feedback_search", __doc__, measure)


if __name__ == "__main__":
    main()
