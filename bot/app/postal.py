"""The public postal service's parts, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.delivery.ports import Transactions
from bot.live_rows import LiveRows
from bot.postal.agency_list import AgencyList
from bot.postal.book import PRACTICE, load_book
from bot.postal.coverage import Covered, covered
from bot.postal.desk import PostalDesk
from bot.postal.map_link import map_link
from bot.postal.office import PostOffice
from bot.postal.office_finding import OfficeFinder
from bot.postal.office_store import OfficeStore
from bot.postal.ports import FindsOffices, PostalFacts
from bot.postal.shapes import MailboxShape, ReceiverShape
from bot.settings import Settings
from feedback.office import IntakeWay, load_feedback_office
from feedback.working_time.loading import WorkingTime


@dataclass(frozen=True)
class Postal:
    """What the rest of the house asks about the post."""

    facts: PostalFacts
    offices: FindsOffices
    map_link: Callable[[PostOffice], str]
    """The address of a map that shows a post office."""
    lists: AgencyList
    """What the agency published."""
    coverage: LiveRows[Covered]
    """The live catalogue beside it."""
    practice: bool
    """Whether the agency's list is the made-up one."""
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
    book, practice = load_book(settings.postal.file), settings.postal.file == PRACTICE
    # What is made up is shown on pages that say so; nobody who asks is told it in place of the record.
    desk = PostalDesk(load_book(None) if practice else book, time.rules, time.hours(agency), now)
    finder, link = OfficeFinder(transactions, OfficeStore()), partial(map_link, template=settings.postal.map_url)
    lists, coverage = book.lists, make_coverage(transactions, book.lists)
    return Postal(desk, finder, link, lists, coverage, practice, book.receivers, book.mailboxes)


def make_coverage(transactions: Transactions, lists: AgencyList) -> LiveRows[Covered]:
    """Return the live catalogue beside an agency's list."""
    return LiveRows(transactions, partial(covered, lists=lists))


def with_practice(settings: Settings) -> Settings:
    """Return the settings with a made-up list of the agency, where a trial has none of its own."""
    wanted = settings.postal.file is None and settings.feedback.samples
    if not wanted or load_feedback_office(settings.feedback.office).intake is not IntakeWay.TRIAL:
        return settings
    return replace(settings, postal=replace(settings.postal, file=PRACTICE))
