"""Asks for pages of the console and tells how long they took and how much they weigh.

A request is measured from its sending to its last byte. Beside the time on the clock stands the time that this process and
PostgreSQL's own worked, which a busy machine changes less.
"""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import aiohttp
import psutil
from aiohttp import web
from sqlalchemy import text

from benchmarks.copying import is_postgres
from benchmarks.feedback_stock import UNITS
from benchmarks.figures import percentile
from benchmarks.side_by_side import WARMING
from bot.unit_of_work import UnitOfWork

WANTED_P95_MS = 150.0
WANTED_BYTES = 150_000


@dataclass(frozen=True)
class Page:
    """One kind of page."""

    name: str
    headers: Mapping[str, str]
    """By which the console knows who asks."""
    paths: Sequence[str]
    """One of them is asked for each time."""
    form: Mapping[str, str] | None = None
    """What is sent along where it is a POST."""
    file: bool = False
    """Fetched once to be kept, such as a table: it may weigh more than a page."""


@dataclass(frozen=True)
class Took:
    """How long a kind of page took, in milliseconds, and how large the largest was."""

    database: str
    page: str
    p50: float
    p95: float
    worst: float
    worked: float
    bytes: int
    file: bool = False

    def __str__(self) -> str:
        """Return the line about it."""
        verdict = "  too slow or too heavy" if self.missed else ""
        return (
            f"{self.database:<11}{self.page:<34} p50 {self.p50:7.1f}  p95 {self.p95:7.1f}  worst {self.worst:7.1f}"
            f"  CPU {self.worked:7.1f} ms  {self.bytes / 1000:6.1f} kB{verdict}"
        )

    @property
    def missed(self) -> bool:
        """Whether it took longer or weighed more than it may."""
        return self.p95 > WANTED_P95_MS or (self.bytes > WANTED_BYTES and not self.file)


def write_office(folder: Path) -> Path:
    """Write an office file with the units of the made-up records."""
    office = folder / "office.yml"
    units = "".join(
        f"\n  - {{code: H48.{n}, name: Đơn vị {n}, receives: {'true' if n == 1 else 'false'}}}" for n in range(UNITS)
    )
    office.write_text(f"code: H48\nname: UBND tỉnh Mẫu\nunits:{units}\nofficials: []\n", "utf-8")
    return office


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    """Serve on a free port of this machine."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass(frozen=True)
class Workers:
    """Whose processor time is counted: this process, and the server of the database where it has one."""

    server: psutil.Process | None

    @classmethod
    async def of(cls, transactions: UnitOfWork) -> Workers:
        """Find the server of a database."""
        if not is_postgres(transactions):
            return cls(None)
        async with transactions.read() as session:
            backend: int = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        return cls(psutil.Process(backend).parent())

    def worked(self) -> float:
        """Return the seconds so far."""
        servers = self.server.children() if self.server else []
        return time.process_time() + sum(one.cpu_times().user + one.cpu_times().system for one in servers)


async def took(
    client: aiohttp.ClientSession, address: str, name: str, page: Page, asked: int, workers: Workers
) -> Took:
    """Ask for a page again and again, and print how long it took."""
    chance, milliseconds, largest, worked = Random(8), [], 0, 0.0
    for number in range(WARMING + asked):
        if number == WARMING:
            worked = -workers.worked()
        path = chance.choice(page.paths)
        started = time.perf_counter()
        body = await fetched(client, address + path, page)
        if number >= WARMING:
            milliseconds.append((time.perf_counter() - started) * 1000)
            largest = max(largest, len(body))
    worked = (worked + workers.worked()) * 1000 / asked
    p50, p95, worst = (percentile(milliseconds, share) for share in (0.5, 0.95, 1.0))
    found = Took(name, page.name, p50, p95, worst, worked, largest, page.file)
    sys.stdout.write(f"{found}\n")
    sys.stdout.flush()
    return found


async def fetched(client: aiohttp.ClientSession, address: str, page: Page) -> bytes:
    """Return what a page answers.

    Raises:
        RuntimeError: it answers that it cannot.
    """
    method = "GET" if page.form is None else "POST"
    headers, form = dict(page.headers), page.form
    async with client.request(method, address, headers=headers, data=form, allow_redirects=False) as response:
        body = await response.read()
    if response.status not in (200, 303):
        raise RuntimeError(f"{address} answered {response.status}")
    return body
