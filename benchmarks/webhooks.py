"""``python -m benchmarks.webhooks``: how fast a platform's requests are acknowledged while they are being answered.

Telegram's updates are posted at a steady rate, each from one of many chats, whatever is still being answered; the answers
go to a platform in this process that takes everything. A request counts from when it was due, so that a server that falls
behind is not flattered.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import shutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import psutil
from aiohttp import web

from benchmarks.caching import FOLDER
from benchmarks.children import running, until
from benchmarks.errors import BenchError
from benchmarks.figures import percentile
from benchmarks.ours import make_database, motcua, remove
from benchmarks.usage import split_tree, usage
from bot.app import free_port, project_root

SECRET = "a" * 32
TOKEN = "123456789:AbC-dEf_bench"  # noqa: S105 - nobody's
CHATS = 400
QUESTIONS = ("đăng ký khai sinh cần giấy tờ gì", "đăng ký kết hôn bao lâu", "lệ phí", "tạm trú nộp ở đâu")
START_SECONDS = 1200.0
DRAIN_SECONDS = 120.0


@dataclass
class Platform:
    """Accepts every call and counts what reached the citizens."""

    messages: int = 0
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def call(self, request: web.Request) -> web.Response:
        """Answer one call of the Bot API."""
        method = request.match_info["method"].lower()
        if method == "sendmessage":
            self.messages += 1
            sent = {"message_id": next(self._ids), "date": 0, "chat": {"id": 1, "type": "private"}}
            return web.json_response({"ok": True, "result": sent})
        if method == "getme":
            return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "m"}})
        return web.json_response({"ok": True, "result": True})


@contextlib.asynccontextmanager
async def platform() -> AsyncIterator[tuple[Platform, str]]:
    """Run the platform; gives it with its address."""
    found, port = Platform(), free_port()
    app = web.Application()
    app.add_routes([web.route("*", "/bot{token}/{method}", found.call)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield found, f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


@dataclass(frozen=True)
class Acknowledged:
    """What came of the requests."""

    milliseconds: Sequence[float]
    refused: int


async def post_steadily(
    session: aiohttp.ClientSession, url: str, rate: float, seconds: float, first: int = 0
) -> Acknowledged:
    """Post updates at a rate, whatever becomes of the earlier ones; their numbers begin at ``first``."""
    milliseconds: list[float] = []
    refused = 0
    began = time.perf_counter()

    async def one(number: int) -> None:
        nonlocal refused
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        async with session.post(url, data=_update(first + number), headers=headers) as response:
            refused += response.status != 200
        milliseconds.append(1000 * (time.perf_counter() - due))

    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            group.create_task(one(number))
    return Acknowledged(milliseconds, refused)


def _update(number: int) -> bytes:
    chat = 1000 + number % CHATS
    person = {"id": chat, "is_bot": False, "first_name": "n", "language_code": "vi"}
    message = {
        "message_id": number + 1,
        "date": 1_790_000_000,
        "chat": {"id": chat, "type": "private"},
        "from": person,
        "text": QUESTIONS[number // CHATS % len(QUESTIONS)],
    }
    return json.dumps({"update_id": number + 1, "message": message}).encode()


@contextlib.asynccontextmanager
async def serving(
    root: Path, platform_address: str, session: aiohttp.ClientSession, *, with_rasa: bool
) -> AsyncIterator[tuple[int, str, Path]]:
    """Run the server on a database of its own; gives its process id, its address and its log.

    Raises:
        BenchError: it does not get ready.
    """
    database = root / FOLDER / "webhooks.sqlite3"
    remove(database)
    shutil.copyfile(await make_database(root, None), database)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "MOTCUA_TELEGRAM_TOKEN": TOKEN,
        "MOTCUA_TELEGRAM_SECRET": SECRET,
        "MOTCUA_TELEGRAM_API": platform_address,
        "MOTCUA_PUBLIC_URL": url,
        # The platform's own limit would only lengthen the wait for the answers.
        "MOTCUA_SEND_RATES": "telegram=10000/1000",
    }
    arguments = ["serve", "--port", str(port), *(["--with-rasa"] if with_rasa else [])]
    program = motcua(root, database, arguments, "webhooks.log", settings)
    async with running(program) as process:
        await until(lambda: _ready(session, url, with_rasa), process, program.log, START_SECONDS)
        yield process.pid, url, program.log
    remove(database)


async def measure(root: Path, rate: float, seconds: float, *, with_rasa: bool) -> None:
    """Start the server, post, wait until everything is answered, and print.

    Raises:
        BenchError: a request was refused, or answers did not come.
    """
    async with (
        platform() as (there, address),
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
        serving(root, address, session, with_rasa=with_rasa) as (pid, url, log),
    ):
        await post_steadily(session, f"{url}/telegram/webhook", rate / 10, 2, first=10**6)
        spent, began = [_spent(pid)], time.perf_counter()
        found = await post_steadily(session, f"{url}/telegram/webhook", rate, seconds)
        spent.append(_spent(pid))
        lasted = time.perf_counter() - began
        if found.refused:
            raise BenchError(f"{found.refused} requests were refused; see {log}")
        ended = time.perf_counter() + DRAIN_SECONDS
        asked = len(found.milliseconds)
        while there.messages < asked and time.perf_counter() < ended:  # noqa: ASYNC110 - counted by another task
            await asyncio.sleep(0.2)
        spent.append(_spent(pid))
    print(
        f"webhooks: {asked} at {rate:g}/s over {CHATS} chats, {'Rasa' if with_rasa else 'search alone'}: acknowledged p50 "
        f"{percentile(found.milliseconds, 0.5):.1f} ms, p95 {percentile(found.milliseconds, 0.95):.1f} ms, "
        f"p99 {percentile(found.milliseconds, 0.99):.1f} ms; {there.messages} messages reached the platform"
    )
    print(f"webhooks: {shares(spent, lasted, asked)}; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def shares(spent: Sequence[Mapping[str, float]], lasted: float, asked: int) -> str:
    """Return what each part took of the processors: before, after the posting that lasted so long, and in the end."""
    before, during, after = spent
    return ", ".join(
        f"{name} {(during[name] - before[name]) / lasted:.2f} cores while posting, "
        f"{1000 * (after[name] - before[name]) / asked:.1f} ms a message in all"
        for name in before
    )


def _spent(pid: int) -> dict[str, float]:
    """Return the processor time of each part so far: whoever has no core left keeps the requests waiting."""
    app, rasa = split_tree(pid)
    parts = {"server": app, "Rasa": rasa, "client and platform": [psutil.Process()]}
    return {name: usage(processes).cpu_seconds for name, processes in parts.items()}


async def _ready(session: aiohttp.ClientSession, url: str, with_rasa: bool) -> bool:
    try:
        async with session.get(f"{url}/readyz") as response:
            understanding = (await response.json())["understanding"]
            return response.status == 200 and (not with_rasa or bool(understanding == "ready"))
    except aiohttp.ClientError:
        return False


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; return the exit code."""
    parser = ArgumentParser(prog="python -m benchmarks.webhooks", description=__doc__)
    parser.add_argument("--rate", type=float, default=200.0, help="requests per second")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument(
        "--search-only", action="store_true", help="without Rasa: every search runs in this one process"
    )
    args = parser.parse_args(argv)
    try:
        asyncio.run(measure(project_root(), args.rate, args.seconds, with_rasa=not args.search_only))
    except BenchError as error:
        print(f"webhooks: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
