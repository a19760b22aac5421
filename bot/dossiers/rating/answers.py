"""What an applicant can say about how a dossier was handled. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CHANGEABLE = timedelta(days=7)
"""How long after the first rating it may be changed."""
COMMENT = 500
"""Letters of a comment that are kept."""


class Contacts(StrEnum):
    """How often one had to come or call until the dossier was complete."""

    NONE = "none"
    ONE = "one"
    MORE = "more"
    OWN_FAULT = "own"
    """More often, but by one's own mistake: that counts against nobody."""


class Agencies(StrEnum):
    """How many agencies one had to turn to."""

    NONE = "none"
    ONE = "one"
    """The one-stop unit alone."""
    MORE = "more"


class Attitude(StrEnum):
    """How one was treated."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


@dataclass(frozen=True)
class Answers:
    """One rating."""

    contacts: Contacts
    agencies: Agencies
    attitude: Attitude


def may_change(first_at: datetime, now: datetime) -> bool:
    """Tell whether a rating may still be changed."""
    return now < first_at + CHANGEABLE
