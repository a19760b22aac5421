"""How patient the desk is: how many codes a day, and how long after a try the next one counts. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from feedback.working_time.zone import here

_STEEPEST = 30
"""Doublings after which any delay is the longest one anyway."""


@dataclass(frozen=True)
class Slope:
    """Tries that are free, and a delay that doubles with each further one."""

    free: int
    """So many tries in a row cost no time."""
    first: timedelta
    """Delay after the first try beyond those."""
    most: timedelta
    """The longest delay."""
    leak: timedelta
    """After so long one try is forgotten."""

    def level(self, level: float, since: timedelta) -> float:
        """Return how many tries still count after some time."""
        return max(0.0, level - since / self.leak)

    def delay(self, level: float) -> timedelta:
        """Return how long after the try that brought it to this level the next one counts."""
        beyond = math.ceil(round(level, 6)) - self.free
        return min(self.first * 2 ** min(beyond, _STEEPEST), self.most) if beyond >= 0 else timedelta(0)


PERSON = Slope(free=3, first=timedelta(seconds=30), most=timedelta(hours=12), leak=timedelta(hours=2))
"""Of tries in one conversation: three slips of the pen are free; in the long run one try in two hours."""
SOURCE = Slope(free=30, first=timedelta(seconds=10), most=timedelta(minutes=15), leak=timedelta(minutes=1))
"""Of tries from one network, behind which a whole quarter may be: in the long run one a minute. A try that is followed by
a one-time code tells nothing, so that this limit only spares the machine and the dossiers' telephones."""
GUESSED = Slope(free=20, first=timedelta(minutes=1), most=timedelta(hours=1), leak=timedelta(minutes=20))
"""Of wrong facts from one network where the fact alone is enough: 72 a day in the long run, of which one in 5,000 hits."""
CODE = Slope(free=5, first=timedelta(minutes=1), most=timedelta(hours=1), leak=timedelta(hours=6))
"""Of wrong facts about one dossier on one channel, where the fact alone is enough: 24 a day at the very most."""
TOLD = Slope(free=2, first=timedelta(minutes=1), most=timedelta(minutes=30), leak=timedelta(hours=2))
"""Of one-time codes sent for one dossier: nobody can make a stranger's telephone ring all day."""


@dataclass(frozen=True)
class Amounts:
    """How much in a day or an hour, and from when on operators are told."""

    codes_a_day: int = 10
    """Different codes that one conversation may ask about in a day: codes can be guessed by counting on."""
    source_codes_a_day: int = 300
    """The same for one network: an internet café or a mobile operator's gateway holds many people."""
    open_codes_an_hour: int = 20_000
    """The same for all conversations of channels on which a new one costs nothing."""
    open_guesses_an_hour: int = 300
    """Wrong facts an hour over all such conversations, where the fact alone is enough."""
    tries_per_page: int = 5
    """One-time codes typed on one page."""
    person_unknown: int = 5
    """Unknown codes of one conversation in a day from which on operators are told; so of the next ones."""
    source_unknown: int = 30
    unit_unknown: int = 100
    """For one agency's codes, whoever asks."""
    person_series: int = 6
    """Codes of one agency and one day, asked about by one conversation."""
    source_series: int = 30
    person_tries: int = 10
    """Second facts tried by one conversation in a day."""
    source_tries: int = 100
    code_tries: int = 15


def day_of(now: datetime) -> datetime:
    """Return when the present day began in Vietnam."""
    return datetime.combine(here(now).date(), time(), here(now).tzinfo)


def next_day(now: datetime) -> datetime:
    """Return when the present day ends in Vietnam."""
    return day_of(now) + timedelta(days=1)


def hour_of(now: datetime) -> datetime:
    """Return when the present hour began."""
    return now.replace(minute=0, second=0, microsecond=0)
