"""What every ``motcua feedback`` action has at hand."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.feedback import Feedback
from bot.delivery.ports import Transactions
from bot.errors import BotError
from feedback.actor import Actor
from feedback.receipts import read_receipt
from feedback.register_store import NoSuchRecordError

_NUMBER = re.compile(r"(\d{1,9})/(\d{4})")


class InputError(BotError):
    """What was given cannot be used; the message says what, why and what to give."""


@dataclass(frozen=True)
class AtHand:
    """The services, the official, the moment."""

    transactions: Transactions
    feedback: Feedback
    actor: Actor
    at: datetime

    async def record(self, session: AsyncSession, named: str) -> int:
        """Return a record's id by its receipt (``PA-7KQM-2XWP``) or number in the book (``12/2026``).

        Raises:
            NoSuchRecordError: there is none.
        """
        receipt = read_receipt(named)
        register = self.feedback.register
        found = await register.by_receipt(session, receipt) if receipt else None
        number = _NUMBER.fullmatch(named)
        if number:
            found = await register.by_number(session, self.feedback.office.book, int(number[2]), int(number[1]))
        if found is None:
            raise NoSuchRecordError(f"no record {named}")
        return found.id

    def name(self, code: str) -> str:
        """Return a unit's name; its code when it is none of the house."""
        unit = self.feedback.office.unit(code)
        return unit.name if unit else code


Action = Callable[[Namespace, AtHand], Awaitable[int]]


def add_action(
    actions: Any, name: str, help: str, do: Action, *, record: bool = True, why: bool = False
) -> ArgumentParser:
    """Add an action of an official to the parser; return its own parser."""
    parser: ArgumentParser = actions.add_parser(name, help=help)
    if record:
        parser.add_argument("record", type=_record, help="receipt (PA-7KQM-2XWP) or number in the book (12/2026)")
    parser.add_argument(
        "--as",
        dest="actor",
        required=True,
        metavar="ACTOR",
        help="console account, or official of the file about feedback",
    )
    if why:
        parser.add_argument("--why", required=True, type=words, help="the reason; it stands in the log")
    parser.set_defaults(action=do)
    return parser


def words(raw: str) -> str:
    """Read a text that says something."""
    if not raw.strip():
        raise ArgumentTypeError("must not be empty")
    return raw.strip()


def text_of(path: Path) -> str:
    """Read a text file.

    Raises:
        InputError: it cannot be read, or is empty.
    """
    try:
        text = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as text: {error}") from error
    if not text:
        raise InputError(f"{path} is empty")
    return text


def write_text(path: Path, text: str) -> None:
    """Write a text file, with its folder if need be.

    Raises:
        InputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read.

    Raises:
        InputError: it is there already, or cannot be written.
    """
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(place, "wb") as out:
            out.write(content)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error


def _record(raw: str) -> str:
    if not _NUMBER.fullmatch(raw) and not read_receipt(raw):
        raise ArgumentTypeError("must be like PA-7KQM-2XWP or 12/2026")
    return raw
