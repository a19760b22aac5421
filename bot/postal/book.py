"""Reads the files about the post: the one that the program brings and the agency's own, which goes before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.postal.agency_list import AgencyList, listed
from bot.postal.errors import PostalFileError
from bot.postal.shapes import MailboxShape, PostalFile, ReceiverShape, WeightShape
from bot.postal.tariff import Tariffs, checked
from feedback.file_faults import TOLD, FileFault
from feedback.working_time.errors import DataFaultError
from feedback.working_time.reading import read_file

EMBEDDED = Path(__file__).with_name("data") / "postal.yml"
PRACTICE = EMBEDDED.with_name("practice.yml")
"""A list that is made up, for trying the assistant out."""
_IN_VIETNAMESE: Mapping[str, str] = {
    r", line (\d+)": r", dòng \1",
    r"Invalid enum value (\S+)": r"giá trị \1 không có trong danh sách",
    r"Object contains unknown field (`\S+`)": r"không có trường tên \1",
    r"Object missing required field (`\S+`)": r"thiếu trường \1",
    r"Expected (.+?), got (`\S+`)": r"phải là \1, đang là \2",
    r"Expected (`\S+` .+?) - at": r"phải là \1 - at",
    r" - at `\$\.?([^`]*)`": r" (ở `\1`)",
    r"cannot be read: .*": "không mở được",
    r"is no UTF-8 text": "không phải văn bản UTF-8",
}
"""What the reader of files says, and how officials are told it."""


@dataclass(frozen=True)
class PostalBook:
    """Everything about the post that is configuration."""

    lists: AgencyList
    tariffs: tuple[Tariffs, ...]
    """The agency's own lists, then those that the program brings."""
    big_cities: frozenset[frozenset[str]]
    """Pairs of provinces (codes)."""
    weight: WeightShape
    receivers: tuple[ReceiverShape, ...] = ()
    """Agencies that papers go to."""
    mailboxes: tuple[MailboxShape, ...] = ()
    """Post offices that take slips by e-mail."""


def load_book(own: Path | None = None, embedded: Path = EMBEDDED) -> PostalBook:
    """Read the files.

    Args:
        own: the agency's file.
        embedded: the program's.

    Raises:
        PostalFileError: one is missing, malformed or contradicts itself; the message says where.
    """
    base, base_tariffs = _read(embedded)
    if base.weight is None:
        raise PostalFileError(f"{embedded.name}: thiếu mục weight")
    given, tariffs = _read(own) if own else (PostalFile(), Tariffs(()))
    try:
        lists = listed(given.lists)
    except PostalFileError as error:
        raise PostalFileError(f"{own.name if own else ''}: {error}", error.faults) from error
    pairs = (*base.big_cities, *given.big_cities)
    return PostalBook(
        lists,
        (tariffs, base_tariffs),
        frozenset(frozenset(pair) for pair in pairs),
        given.weight or base.weight,
        given.receivers,
        given.mailboxes,
    )


def _read(path: Path) -> tuple[PostalFile, Tariffs]:
    try:
        file = read_file(path, PostalFile)
    except DataFaultError as error:
        raise PostalFileError(
            f"không đọc được tệp về bưu chính: {_told(error)}; xem docs/postal.md", error.faults
        ) from error
    try:
        return file, checked(file.tariffs)
    except PostalFileError as error:
        raise PostalFileError(f"{path.name}: {error}", error.faults or [FileFault(TOLD, str(error))]) from error


def _told(error: DataFaultError) -> str:
    words = str(error)
    for english, vietnamese in _IN_VIETNAMESE.items():
        words = re.sub(english, vietnamese, words)
    return words
