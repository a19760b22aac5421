"""How long a citizen waits for a status answer: from the message over the web chat's API to its reply.

Each database of each size has a server of its own, as ``motcua serve`` runs it. They are asked in turn, question by question,
in an order drawn anew each time: whatever else the machine does meanwhile slows all of them alike, so that their ratios
hold on a busy machine too. A conversation asks about a few dossiers and is followed by one from another network.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from random import Random

import aiohttp

from benchmarks.answer_times import Answers, answers
from benchmarks.children import running, until
from benchmarks.errors import BenchError, NoAnswerError
from benchmarks.load import TURNS
from benchmarks.ours import motcua
from benchmarks.talks import OurTalk, open_session
from bot.app import free_port, load_house_texts, project_root
from bot.dossiers.disclosure import Stage

WARMING = 100
START_SECONDS = 120.0
SEED = 5


@dataclass(frozen=True)
class Place:
    """A database filled with so many dossiers."""

    database: str
    """Its kind."""
    dossiers: int
    url: str


@dataclass
class Asked:
    """The running server on one database, and what it took for each answer."""

    place: Place
    url: str
    milliseconds: list[float] = field(default_factory=list)
    talk: OurTalk | None = None
    turns: int = 0


async def whole_answers(places: Sequence[Place], asked: int, code: Callable[[int], str], secret: str) -> list[Answers]:
    """Ask servers on filled databases for the status of dossiers.

    Args:
        places: the databases.
        asked: so many questions to each; those that warm it up come before.
        code: gives the code of a dossier by its number.
        secret: under which the dossiers were sealed.

    Raises:
        BenchError: a server did not start, or a reply does not say how far the dossier is.
    """
    stages = _stages()
    async with open_session() as session, contextlib.AsyncExitStack() as stack:
        found = [await stack.enter_async_context(_serving(place, secret, session)) for place in places]
        chance = Random(SEED)
        for number in range(WARMING + asked):
            for one in chance.sample(found, len(found)):
                took = await _ask(session, one, code(chance.randrange(one.place.dossiers)), stages, chance)
                if number >= WARMING:
                    one.milliseconds.append(took)
    return [answers("whole", one.place.database, one.place.dossiers, one.milliseconds) for one in found]


async def _ask(session: aiohttp.ClientSession, one: Asked, code: str, stages: frozenset[str], chance: Random) -> float:
    if one.talk is None or one.turns == TURNS:
        one.talk, one.turns = OurTalk(session, one.url, {"X-Forwarded-For": _network(chance)}), 0
    one.turns += 1
    began = time.perf_counter()
    try:
        said = await one.talk.say(f"{code} xong chưa")
    except NoAnswerError as error:
        raise BenchError(f"{code} was not answered: {error}") from error
    took = (time.perf_counter() - began) * 1000
    if code not in said or not any(stage in said for stage in stages):
        raise BenchError(f"{code} was not found: {said!r}")
    return took


@contextlib.asynccontextmanager
async def _serving(place: Place, secret: str, session: aiohttp.ClientSession) -> AsyncIterator[Asked]:
    """Run the server on a database that is there already."""
    root, port = project_root(), free_port()
    settings = {
        "MOTCUA_DATABASE_URL": place.url,
        "MOTCUA_SIGNING_KEY": secret,
        "MOTCUA_ENCRYPTION_KEY": secret,
        # So that questions come from many networks, and the limits of a network are counted with the rest.
        "MOTCUA_TRUST_PROXY": "1",
        # Of all questions together: citizens ask from many networks, but not so many in an hour.
        "MOTCUA_DOSSIER_OPEN_CODES_AN_HOUR": "10000000",
    }
    log = f"whole-{place.database}-{place.dossiers}.log"
    program = motcua(root, root / "unused", ["serve", "--port", str(port)], log, settings)
    url = f"http://127.0.0.1:{port}"
    async with running(program) as process:
        await until(lambda: _serves(session, url), process, program.log, START_SECONDS)
        yield Asked(place, url)


async def _serves(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/healthz") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False


def _network(chance: Random) -> str:
    return f"203.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"


def _stages() -> frozenset[str]:
    """Return what a reply says of a dossier that is known."""
    texts = load_house_texts(project_root())
    return frozenset(texts.render(f"utter_stage_{stage}") for stage in Stage)
