"""``motcua feedback enter``: what came on paper, at the counter or by the published telephone number (Article 6)."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, text_of
from feedback.sheet import Sheet, SheetError, submission_of


def add_enter(actions: Any) -> None:
    """Add the action."""
    enter = add_action(actions, "enter", "enter what came on paper or by telephone", _enter, record=False)
    enter.add_argument("file", type=Path, help="YAML with came_by, received_at, name, address, phone, text …")


async def _enter(args: Namespace, hand: AtHand) -> int:
    sheet = _read(args.file)
    try:
        submission = await submission_of(sheet, hand.feedback.names, hand.feedback.office.book)
    except SheetError as error:
        raise InputError(f"{args.file}: {error}") from error
    async with hand.transactions.write() as session:
        receipt = await hand.feedback.steps.intake.enter(session, hand.actor, submission, hand.at)
    print(f"{receipt.receipt}: number {receipt.number}/{receipt.year} in the book {receipt.book}")
    return 0


def _read(path: Path) -> Sheet:
    """Read a sheet. Everything is words first: a telephone number or the code of a procedure is no number."""
    try:
        written = yaml.load(text_of(path), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but words
        given = {name: value for name, value in written.items() if value != ""} if type(written) is dict else written
        return msgspec.convert(given, Sheet, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise InputError(f"{path}: {error}") from error
