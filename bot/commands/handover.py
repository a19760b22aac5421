"""``motcua handover``: who waits for a person, and that they were answered."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import UTC, datetime

from bot.handover.store import HandOverStore
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``handover``."""
    parser = subparsers.add_parser("handover", help="citizens who asked for a person")
    actions = parser.add_subparsers(required=True, metavar="ACTION", dest="action")
    actions.add_parser(
        "list", help="show the open requests, the oldest first, with the unit whose each is (–: the receiving unit)"
    )
    close = actions.add_parser("close", help="note that a request was answered")
    close.add_argument("number", type=int, help="as `list` shows it")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """List the requests, or close one."""
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        return await (_list(transactions) if args.action == "list" else _close(transactions, args.number))
    finally:
        await transactions.close()


async def _list(transactions: UnitOfWork) -> int:
    async with transactions.read() as session:
        waiting = await HandOverStore().waiting(session)
    for one in waiting:
        where = f"{one.ref.channel}/{one.ref.account}/{one.ref.conversation}"
        print(f"{one.id}  {one.asked_at:%Y-%m-%d %H:%M} UTC  {one.unit or '–'}  {where}  {one.question or '–'}")
    if not waiting:
        print("Nobody waits for a person.")
    return 0


async def _close(transactions: UnitOfWork, number: int) -> int:
    async with transactions.write() as session:
        closed = await HandOverStore().close(session, number, datetime.now(UTC))
    if not closed:
        print(f"request {number} is not open; see `motcua handover list`", file=sys.stderr)
    return 0 if closed else 1
