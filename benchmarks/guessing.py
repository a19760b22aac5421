"""Guesses codes, second facts and one-time codes over HTTP, as anybody on the web can, and compares what comes back.

``python -m benchmarks.guessing --guesses 100000 --samples 300``; ``--database`` for another one than SQLite. The whole house
runs with its limits on. Guesses come from many networks in many conversations, each until beyond its limits. Then strangers
try one fact each, from a network each, on dossiers of four kinds: their replies must be the same, and take as long.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web

from benchmarks.enumeration import ALONE, KEY, PER_DAY, Compared, code_of, compared, filled, record_of
from benchmarks.stranger import Stranger, form_of, shows_more
from bot.app import free_port, make_engine, make_web_app, open_house, project_root
from bot.app.access import make_code_post
from bot.app.clock import present
from bot.app.house import House
from bot.channels.web.channel import WebChannel
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.access.post import CodePost
from bot.dossiers.access.settings import AccessSettings
from bot.dossiers.store import DossierStore
from bot.migrations.schema import upgrade
from bot.nlu_process import NluState
from bot.secret import Secret
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine

STRONG = "H48.30"
"""The unit where a one-time code must follow; the fact alone is enough at ``ALONE``."""
PER_TALK = 20
"""Guesses in one conversation: some more than it is let have."""
AT_ONCE = 8
KINDS = ("right fact", "wrong fact", "no contact", "unknown")
"""What a stranger may have met; at ``ALONE`` the right fact proves, which is no guess."""


@dataclass(frozen=True)
class Site:
    """The running house."""

    url: str
    session: aiohttp.ClientSession
    house: House
    post: CodePost
    dossiers: int
    """Numbers that guesses go through; every other one is a dossier's."""

    def stranger(self, number: int) -> Stranger:
        """Return somebody new, in the network with this number."""
        return Stranger(self.session, self.url, f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")


@dataclass
class Guessed:
    """What came of guessing."""

    guesses: int = 0
    beyond: list[str] = field(default_factory=list)
    """Replies that show more than level 0 tells."""
    refused: int = 0
    """Requests that the limits of the web chat turned away."""
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often which guess was answered with which words."""


@contextlib.asynccontextmanager
async def site(database: str, folder: Path, dossiers: int) -> AsyncIterator[Site]:
    """Run the house on an empty database that is filled with dossiers: every other one exists."""
    agencies = folder / "agencies.yml"
    agencies.write_text(f"- unit: {ALONE}\n  document: QĐ 1 (giả định)\n  valid_from: 2026-01-01\n", "utf-8")
    given = Settings(
        database_url=database,
        signing_key=Secret(KEY),
        encryption_key=Secret(KEY + "e"),
        public_url="https://motcua.example",
        trust_proxy=True,
        dossier_access=AccessSettings(agencies_file=agencies, codes_to=str(folder / "codes.txt")),
    )
    transactions = UnitOfWork(open_engine(database))
    await upgrade(transactions.engine)
    await filled(transactions, DossierStore(AesGcmCipher(KEY + "e"), KEY), dossiers)
    await transactions.close()
    async with contextlib.AsyncExitStack() as stack:
        house = await stack.enter_async_context(open_house(given, project_root(), None))
        channel = WebChannel(present)
        engine = make_engine(house, house.transactions, channel, trace=False)
        app = make_web_app(house, engine, channel, lambda: NluState.LOADING, trace=False)
        await engine.start()
        stack.push_async_callback(engine.stop)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        connector = aiohttp.TCPConnector(limit=0)
        session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        post = make_code_post(house.kept.access, given, house.texts)
        assert post is not None
        yield Site(f"http://127.0.0.1:{port}", await stack.enter_async_context(session), house, post, dossiers)


# ---- guessing ----------------------------------------------------------------------------------------------------------


async def guess(there: Site, guesses: int, networks: int) -> Guessed:
    """Guess at random, some conversations at once."""
    found, talks = Guessed(), iter(range(0, guesses, PER_TALK))
    began = time.monotonic()

    async def work() -> None:
        for first in talks:
            await _talk(there, first, min(PER_TALK, guesses - first), networks, found)
            while await there.post.round():
                pass
            if first % 2500 < PER_TALK:
                rate = found.guesses / (time.monotonic() - began)
                print(f"  {found.guesses:,} guesses, {rate:.0f} a second; {len(found.beyond)} beyond", flush=True)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(work())
    return found


async def _talk(there: Site, first: int, many: int, networks: int, found: Guessed) -> None:
    chance = random.Random(first)
    whose = there.stranger(first // PER_TALK % networks)
    for _ in range(many):
        number, unit = chance.randrange(there.dossiers), chance.choice((STRONG, ALONE))
        code, found.guesses = code_of(unit, number), found.guesses + 1
        kind = chance.choice(("code", "fact", "fact"))
        if kind == "code":
            said = [await whose.say(f"{code} xong chưa")]
        else:
            said = [await whose.choose(f"do:prove:{code}"), await whose.say(f"{chance.randrange(10**4):04}")]
            if whose.page:
                said += [await whose.open_page(), await whose.type(f"{chance.randrange(10**6):06}")]
                kind = "one-time code"
        found.refused += sum(not one for one in said)
        found.forms[kind, form_of(said[-1])] += 1
        record = record_of(unit, number, number % 20 != 0)
        found.beyond += [one for one in said if shows_more(one, record)]


# ---- hit and miss ------------------------------------------------------------------------------------------------------


@dataclass
class Tried:
    """What strangers who tried one fact each got, by what they met."""

    forms: dict[str, set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    """By the step, then by what was met."""

    def compared(self, unit: str) -> list[Compared]:
        """Compare each kind with unknown codes, step by step."""
        return [
            compared(f"{unit}, {step}: {kind} / unknown", took, by_kind["unknown"])
            for step, by_kind in self.seconds.items()
            for kind, took in by_kind.items()
            if kind != "unknown"
        ]


async def try_facts(there: Site, unit: str, samples: int, first_network: int) -> Tried:
    """Have so many strangers try a fact on each kind of dossier, in an order drawn anew each time."""
    tried, chance, network = Tried(), random.Random(11), first_network
    kinds = KINDS if unit == STRONG else KINDS[1:]
    waiting: list[tuple[str, Stranger, tuple[str, ...]]] = []
    for number in range(samples):
        for kind in chance.sample(kinds, len(kinds)):
            network += 1
            whose = there.stranger(network)
            said = await _try(whose, tried, unit, kind, number)
            waiting.append((kind, whose, said))
        while await there.post.round():
            pass
    # Only now: behind some of the pages a code was sent.
    for kind, whose, said in waiting:
        typed: tuple[str, ...] = ()
        if whose.page:
            typed = await _timed(whose, tried, kind, "page"), await _timed(whose, tried, kind, "one-time code")
        tried.forms[kind].add((*said, *typed))
    return tried


async def _try(whose: Stranger, tried: Tried, unit: str, kind: str, number: int) -> tuple[str, ...]:
    chosen = 20 * number + {"no contact": 0, "unknown": 1}.get(kind, 2)
    right = record_of(unit, chosen).owner.phone[-4:]
    fact = right if kind == "right fact" else f"{(int(right) + 1) % 10**4:04}"
    asked = form_of(await whose.choose(f"do:prove:{code_of(unit, chosen)}"))
    began = time.perf_counter()
    said = await whose.say(fact)
    tried.seconds["fact"][kind].append(time.perf_counter() - began)
    return asked, form_of(said)


async def _timed(whose: Stranger, tried: Tried, kind: str, step: str) -> str:
    began = time.perf_counter()
    said = await (whose.open_page() if step == "page" else whose.type("000 000"))
    tried.seconds[step][kind].append(time.perf_counter() - began)
    return form_of(said)


# ---- the command -------------------------------------------------------------------------------------------------------


def told(found: Guessed) -> Sequence[str]:
    """Return the lines about guessing."""
    head = f"{found.guesses:,} guesses, {found.refused:,} requests refused, BEYOND LEVEL 0: {len(found.beyond)}"
    often = [f"{amount:>8,}  {kind}: {form[:110]!r}" for (kind, form), amount in found.forms.most_common(25)]
    return [head, *often, *found.beyond[:3]]


async def run(given: argparse.Namespace) -> None:
    """Do both and print what came of them."""
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'guessing.sqlite3'}"
        async with site(url, Path(folder), max(4 * PER_DAY, 20 * given.samples)) as there:
            # Above the networks of the guesses.
            for unit, first in ((STRONG, 1 << 20), (ALONE, 1 << 21)):
                # Facts alone are let be enough so often an hour for all of the web.
                samples = given.samples if unit == STRONG else min(given.samples, 90)
                tried = await try_facts(there, unit, samples, first)
                same = len({frozenset(forms) for forms in tried.forms.values()}) == 1
                print(f"{unit}: replies {'the same' if same else f'DIFFER: {dict(tried.forms)}'}")
                print("\n".join(one.line() for one in tried.compared(unit)), flush=True)
            print("\n".join(told(await guess(there, given.guesses, given.networks))))


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guessing", description=__doc__)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--samples", type=int, default=300)
    parser.add_argument("--networks", type=int, default=1000)
    parser.add_argument("--database", help="URL of an empty database; a SQLite file of its own by default")
    parser.add_argument("--folder", help="where that file lies")
    # Every alert would be a line; they are rows too.
    logging.disable(logging.WARNING)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
