"""``motcua outbox``: which messages could not be sent, and sends them again. Shows nothing of the citizens."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.delivery.dead_letter_store import count_outbox, list_outbox, send_again
from bot.delivery.outgoing import OutboxLine
from bot.delivery.tables import OutboxState
from bot.errors import BotError
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine

STATES = (OutboxState.DEAD, OutboxState.WAITING, OutboxState.UNREACHABLE)


class OutboxError(BotError):
    """It is not clear what is to be sent again."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``outbox`` with its actions."""
    parser = subparsers.add_parser("outbox", help="see which messages could not be sent, and send them again")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    one = actions.add_parser("list", help="list messages that are dead, waiting or unreachable")
    one.add_argument("--state", choices=[state.value for state in STATES], help="the dead ones by default")
    one.add_argument("--channel", help="of this channel alone")
    one.add_argument("--limit", type=int, default=100)
    one.set_defaults(action=_list)
    one = actions.add_parser("retry", help="send messages again; a running server takes them up within seconds")
    one.add_argument("id", type=int, nargs="*", help="as listed")
    one.add_argument("--all-dead", action="store_true", help="all that are dead")
    one.add_argument("--channel", help="of this channel alone")
    one.set_defaults(action=_retry)
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    work = UnitOfWork(open_engine(settings.database_url))
    action: Callable[[Namespace, UnitOfWork], Awaitable[int]] = args.action
    try:
        return await action(args, work)
    finally:
        await work.close()


async def _list(args: Namespace, work: UnitOfWork) -> int:
    state = OutboxState(args.state) if args.state else OutboxState.DEAD
    async with work.read() as session:
        lines = await list_outbox(session, [state], args.channel, args.limit)
        counts = await count_outbox(session)
    if lines:
        print(_row("ID", "CHANNEL", "ACCOUNT", "STATE", "SINCE", "TRIES", "NEXT OR END", "WHAT THE PLATFORM SAID"))
    for line in lines:
        print(_told(line))
    print(", ".join(f"{counts.get(state.value, 0)} {state.value}" for state in STATES))
    return 0


async def _retry(args: Namespace, work: UnitOfWork) -> int:
    if bool(args.id) == args.all_dead:
        raise OutboxError("say which messages to send again: either their ids or --all-dead")
    async with work.write() as session:
        again = await send_again(session, None if args.all_dead else args.id, args.channel)
    print(f"{len(again)} messages will be sent again.")
    left = sorted(set(args.id) - set(again))
    if left:
        print(f"Left alone, because blanked, unknown, or neither dead nor unreachable: {', '.join(map(str, left))}")
    return 1 if left else 0


def _told(line: OutboxLine) -> str:
    said = line.detail if line.kept else f"{line.detail} (blanked)".strip()
    times = (_moment(line.created_at), _moment(line.finished_at or line.due_at))
    return _row(str(line.id), line.channel, line.account, line.state, times[0], str(line.attempts), times[1], said)


def _row(*cells: str) -> str:
    widths = (8, 10, 16, 12, 17, 5, 17, 0)
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _moment(at: datetime | None) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else "-"
