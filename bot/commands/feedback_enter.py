"""``motcua feedback enter|supplement|split``: what came on paper, at the counter or by the published telephone number
(Article 6), what was added to it in the same way, and a second matter in it.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, text_of
from feedback.joining import Part
from feedback.requirements import story_of
from feedback.sheet import Said, Second, Sheet, SheetError, matter_of, submission_of

Shape = TypeVar("Shape", bound=Said)


def add_enter(actions: Any) -> None:
    """Add the actions."""
    enter = add_action(actions, "enter", "enter what came on paper or by telephone", _enter, record=False)
    enter.add_argument("file", type=Path, help="YAML with came_by, received_at, name, address, phone, text …")
    more = add_action(actions, "supplement", "take in what its sender added on paper or by telephone", _supplement)
    more.add_argument("file", type=Path, help="text of what was added")
    split = add_action(
        actions, "split", "make a second matter in it a record of its own; its sender is told", _split, why=True
    )
    split.add_argument("file", type=Path, help="YAML with text, kind, about, category, agency, procedure_code …")


async def _enter(args: Namespace, hand: AtHand) -> int:
    sheet = _read(args.file, Sheet)
    try:
        submission = await submission_of(sheet, hand.feedback.names, hand.feedback.office.book)
    except SheetError as error:
        raise InputError(f"{args.file}: {error}") from error
    async with hand.transactions.write() as session:
        receipt = await hand.feedback.steps.intake.enter(session, hand.actor, submission, hand.at)
    again = "" if receipt.new else "; you entered the same a moment ago, nothing new was made"
    print(f"{receipt.receipt}: number {receipt.number}/{receipt.year} in the book {receipt.book}{again}")
    return 0


async def _supplement(args: Namespace, hand: AtHand) -> int:
    text = story_of(text_of(args.file))
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        case = await hand.feedback.steps.supplementing.supplement(session, hand.actor, record, text, hand.at)
    print(f"{args.record}: {case.status}, with {hand.name(case.unit)}")
    return 0


async def _split(args: Namespace, hand: AtHand) -> int:
    second = _read(args.file, Second)
    try:
        matter, field = await matter_of(second, hand.feedback.names)
    except SheetError as error:
        raise InputError(f"{args.file}: {error}") from error
    part = Part(matter, second.classified(), field, second.accused)
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        case = await hand.feedback.steps.joining.split(session, hand.actor, record, part, args.why, hand.at)
    shown = case.receipt or "its receipt is not shown to you"
    print(f"{shown}: number {case.register_number} in the book {case.book}, split from {args.record}")
    return 0


def _read(path: Path, shape: type[Shape]) -> Shape:
    """Read a sheet. Everything is words first: a telephone number or the code of a procedure is no number."""
    try:
        written = yaml.load(text_of(path), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but words
        given = {name: value for name, value in written.items() if value != ""} if type(written) is dict else written
        return msgspec.convert(given, shape, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise InputError(f"{path}: {error}") from error
