"""The public postal service's parts, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.postal.book import load_book
from bot.postal.desk import PostalDesk
from bot.postal.ports import PostalFacts
from bot.settings import Settings
from feedback.working_time.loading import WorkingTime


@dataclass(frozen=True)
class Postal:
    """What the rest of the house asks about the post."""

    facts: PostalFacts


def make_postal(settings: Settings, time: WorkingTime, agency: str | None, now: Callable[[], datetime]) -> Postal:
    """Put it together.

    Args:
        settings: of this process.
        time: working time.
        agency: code of the agency whose hours count.
        now: the clock.

    Raises:
        PostalFileError: the file of ``MOTCUA_POSTAL_FILE`` is wrong.
    """
    book = load_book(settings.postal.file)
    return Postal(PostalDesk(book, time.rules, time.hours(agency), now))
