"""``motcua feedback file``: hands an official a file that a sender attached; that is written into the log."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import Any

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, write_private
from feedback.attachments.store import ScanState


def add_files(actions: Any) -> None:
    """Add the action."""
    file = add_action(actions, "file", "save a file of it for yourself: that is written into the log", _file, why=True)
    file.add_argument("number", type=_number, help="which one, as `show` counts them")
    file.add_argument("--to", required=True, type=Path, metavar="PATH", help="where to; nothing is overwritten")


async def _file(args: Namespace, hand: AtHand) -> int:
    if args.to.exists() or not args.to.parent.is_dir():
        raise InputError(f"{args.to} is there already, or its folder is not; name a new file in a folder that is there")
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        file, content = await hand.feedback.files.nth(session, hand.actor, record, args.number, args.why, hand.at)
    # Only once the log has it.
    write_private(args.to, content)
    print(f"{args.to}: {file.kind}, {file.size} bytes, sent as {file.name}")
    if file.state is not ScanState.CLEAN:
        print("No scanner has looked at it: open it with care.")
    return 0


def _number(raw: str) -> int:
    if not raw.isdecimal() or not int(raw):
        raise ArgumentTypeError("must be 1 or more")
    return int(raw)
