"""The assistant under test: its catalogue, its start, and the server as ``motcua serve --with-rasa`` runs it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.caching import FOLDER, digest_of
from benchmarks.children import Program, completed, running, until
from benchmarks.errors import NoAnswerError
from benchmarks.talks import OurTalk
from bot.app import free_port
from bot.first_start import KEYS
from nlu.catalogue.model import CODE_PATTERN

IMPORT_SECONDS = 300.0
ANSWER_SECONDS = 60.0
READY_SECONDS = 300.0
FIRST_QUESTION = "đăng ký khai sinh cần giấy tờ gì"
CODE = re.compile(CODE_PATTERN.strip("^$"))
"""An answer that names a procedure's code comes from the catalogue."""


@dataclass(frozen=True)
class Server:
    """The running assistant."""

    url: str
    process: asyncio.subprocess.Process
    answered_after: float
    """Seconds from the start of the process to the first answer from the catalogue."""
    log: Path
    began: float
    """Moment of the start, of ``time.perf_counter``."""


async def make_database(root: Path, catalogue: Path | None) -> Path:
    """Return a database with the published catalogue and not one conversation; made once per catalogue and code.

    Args:
        root: the project's folder.
        catalogue: procedures to import; ``None`` for the starter catalogue.

    Raises:
        BenchError: the catalogue cannot be imported.
    """
    path = _database(root, catalogue)
    if path.exists():
        return path
    draft = path.with_suffix(".new")
    remove(draft)
    steps = (
        ["db", "upgrade"],
        ["catalogue", "import", *([str(catalogue)] if catalogue else ["--starter"])],
        ["catalogue", "publish"],
    )
    for step in steps:
        await completed(motcua(root, draft, step, "import.log"), IMPORT_SECONDS)
    keep_only(path, draft)
    return path


@contextlib.asynccontextmanager
async def serving(root: Path, database: Path, session: aiohttp.ClientSession) -> AsyncIterator[Server]:
    """Run the assistant on a copy of a database for the length of a block, which begins with its first answer.

    Raises:
        BenchError: it does not answer.
    """
    copy = root / FOLDER / "run.sqlite3"
    remove(copy)
    shutil.copyfile(database, copy)
    port = free_port()
    program = motcua(root, copy, ["serve", "--with-rasa", "--port", str(port)], "serve.log")
    url = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    async with running(program) as process:
        await until(lambda: _answers(session, url), process, program.log, ANSWER_SECONDS)
        yield Server(url, process, time.perf_counter() - began, program.log, began)
    remove(copy)


async def until_understanding(server: Server, session: aiohttp.ClientSession) -> float:
    """Wait until Rasa understands; return the seconds since the process was started.

    Raises:
        BenchError: it does not come to that.
    """
    await until(lambda: understands(server, session), server.process, server.log, READY_SECONDS)
    return time.perf_counter() - server.began


def keep_only(path: Path, draft: Path) -> None:
    """Put a finished file in its place, and drop those of the same kind for other inputs."""
    draft.rename(path)
    for old in path.parent.glob(f"{path.name.split('-')[0]}-*{path.suffix}"):
        if old != path:
            remove(old)


async def understands(server: Server, session: aiohttp.ClientSession) -> bool:
    """Tell whether Rasa reads the messages now."""
    try:
        async with session.get(f"{server.url}/readyz") as response:
            return bool((await response.json())["understanding"] == "ready")
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError):
        return False


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        return CODE.search(await OurTalk(session, url).say(FIRST_QUESTION)) is not None
    except NoAnswerError:
        return False


def _database(root: Path, catalogue: Path | None) -> Path:
    code = [path for path in (root / "nlu" / "catalogue").rglob("*") if path.suffix in (".py", ".json")]
    code += (root / "bot" / "migrations").rglob("*.py")
    sources = [catalogue] if catalogue else list((root / "nlu" / "data" / "starter").rglob("*.yaml"))
    return root / FOLDER / f"catalogue-{digest_of([*code, *sources])}.sqlite3"


def motcua(
    root: Path, database: Path, arguments: Sequence[str], log: str, settings: Mapping[str, str] | None = None
) -> Program:
    """Return a command of ours that knows its own database and keys, and no setting of the person at the terminal.

    Args:
        root: the project's folder.
        database: file of the database.
        arguments: of the command.
        log: name of the file that takes what it prints.
        settings: further ones.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    keys = {name: secrets.token_urlsafe(48) for name in KEYS}
    return Program(
        command=[sys.executable, "-m", "bot", *arguments],
        environment={**kept, **keys, "MOTCUA_DATABASE_URL": f"sqlite:///{database}", **(settings or {})},
        folder=root,
        log=root / FOLDER / "log" / log,
    )


def remove(database: Path) -> None:
    """Delete a database with what lies beside it."""
    for suffix in ("", "-wal", "-shm", ".lock"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
