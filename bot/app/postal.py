"""The public postal service's parts, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.delivery.ports import Transactions
from bot.postal.book import load_book
from bot.postal.desk import PostalDesk
from bot.postal.map_link import map_link
from bot.postal.office import PostOffice
from bot.postal.office_finding import OfficeFinder
from bot.postal.office_store import OfficeStore
from bot.postal.ports import FindsOffices, PostalFacts
from bot.postal.shapes import MailboxShape, ReceiverShape
from bot.settings import Settings
from feedback.working_time.loading import WorkingTime


@dataclass(frozen=True)
class Postal:
    """What the rest of the house asks about the post."""

    facts: PostalFacts
    offices: FindsOffices
    map_link: Callable[[PostOffice], str]
    """The address of a map that shows a post office."""
    receivers: tuple[ReceiverShape, ...] = ()
    """Agencies that papers go to, by the agency's file."""
    mailboxes: tuple[MailboxShape, ...] = ()
    """Post offices that take slips by e-mail."""


def make_postal(
    settings: Settings,
    transactions: Transactions,
    time: WorkingTime,
    agency: str | None,
    now: Callable[[], datetime],
) -> Postal:
    """Put it together.

    Args:
        settings: of this process.
        transactions: of its database.
        time: working time.
        agency: code of the agency whose hours count.
        now: the clock.

    Raises:
        PostalFileError: the file of ``MOTCUA_POSTAL_FILE`` is wrong.
    """
    book = load_book(settings.postal.file)
    desk = PostalDesk(book, time.rules, time.hours(agency), now)
    finder = OfficeFinder(transactions, OfficeStore())
    shown = partial(map_link, template=settings.postal.map_url)
    return Postal(desk, finder, shown, book.receivers, book.mailboxes)
