"""``motcua ask``: one question from the terminal, answered as a citizen would be answered."""

from __future__ import annotations

import json
import sys
import tempfile
from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from bot.app import project_root
from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.web.channel import ACCOUNT, NAME
from bot.errors import BotError
from bot.first_start import prepare_database
from bot.settings import Settings
from bot.short_run import whole_path, with_own_keys
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.training import RasaHome

PATIENCE = 30.0
"""Seconds for one answer."""


class AskError(BotError):
    """The question was not answered."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``ask``."""
    parser = subparsers.add_parser("ask", help="ask one question; uses the running server, else starts what it needs")
    parser.add_argument("text", nargs="+")
    parser.add_argument("--json", action="store_true", help="print replies and trace as JSON")
    parser.add_argument("--alone", action="store_true", help="start an assistant even where a server is running")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Ask and print the answer."""
    text = " ".join(args.text)
    answer = None if args.alone else await _ask_server(settings, text)
    if answer is None:
        print("no server is running: starting the assistant for this question", file=sys.stderr)
        answer = await _ask_alone(settings, text)
    if args.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return 0
    for reply in answer["replies"]:
        print(reply["text"] + "\n")
        for choice in reply["choices"]:
            print(f"  [{choice['title']}]" + (f" {choice['url']}" if choice.get("url") else ""))
    return 0


async def _ask_server(settings: Settings, text: str) -> dict[str, Any] | None:
    """Ask the running server; ``None`` when there is none."""
    url = f"http://{settings.host}:{settings.port}/api/v1/messages"
    body = {"conversation": f"ask-{uuid4().hex}", "id": "1", "text": text, "trace": True}
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.post(url, json=body) as response:
            answer: dict[str, Any] = await response.json(content_type=None)
    except (aiohttp.ClientConnectionError, json.JSONDecodeError, UnicodeDecodeError):
        return None
    except TimeoutError as error:
        raise AskError(f"the server at {settings.host}:{settings.port} does not answer") from error
    if "replies" not in answer:
        found = answer.get("error", {}).get("message", "an answer that is not ours")
        raise AskError(f"the server at {settings.host}:{settings.port} says: {found}")
    if "trace" not in answer:
        print("the server was started without --trace: no trace", file=sys.stderr)
    return answer


async def _ask_alone(settings: Settings, text: str) -> dict[str, Any]:
    """Start the whole path on the live catalogue (made first where it is missing) and ask."""
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        await prepare_database(transactions, datetime.now(UTC))
    finally:
        await transactions.close()
    own = with_own_keys(settings, settings.database_url)
    with tempfile.TemporaryDirectory() as folder:
        async with whole_path(own, RasaHome(project_root()), Path(folder)) as engine:
            ref = Ref(NAME, ACCOUNT, uuid4().hex)
            received = await engine.receive(Inbound(ref, "1", InboundKind.TEXT, datetime.now(UTC), text=text))
            answer = await engine.answer(received, PATIENCE)
    if not answer.finished:
        raise AskError(f"no answer within {PATIENCE:.0f} s; see the log")
    replies = [{"id": stored.key, **stored.call.body} for stored in answer.calls]
    return {"replies": replies, "trace": dict(answer.trace or {})}
