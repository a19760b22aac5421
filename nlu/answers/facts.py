"""The facts that answer a question about one procedure, aspect by aspect. Data only; the sentences are in ``domain.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlu.catalogue.model import Fee, FilingWay, Form, Level, OnlineLevel, Origin, PaperCase, TimeLimit
from nlu.understanding import Aspect


@dataclass(frozen=True)
class Facts:
    """Base: what is known of one aspect."""

    aspect: Aspect


@dataclass(frozen=True)
class Missing(Facts):
    """The record says nothing of this aspect: the answer says so and names who knows."""


@dataclass(frozen=True)
class KeptBack(Facts):
    """An official has switched this off for a while: the answer says so and names who knows."""

    until: date


@dataclass(frozen=True)
class Papers(Facts):
    """Thành phần hồ sơ."""

    cases: tuple[PaperCase, ...]


@dataclass(frozen=True)
class FeeByWay:
    """One fee and the ways of filing that have it."""

    ways: tuple[FilingWay, ...]
    fee: Fee


@dataclass(frozen=True)
class Fees(Facts):
    """Phí, lệ phí. ``by_way`` has one row when every way costs the same."""

    by_way: tuple[FeeByWay, ...]


@dataclass(frozen=True)
class TimeByWay:
    """One time limit and the ways of filing that have it."""

    ways: tuple[FilingWay, ...]
    time: TimeLimit


@dataclass(frozen=True)
class Times(Facts):
    """Thời hạn giải quyết."""

    by_way: tuple[TimeByWay, ...]


@dataclass(frozen=True)
class Place(Facts):
    """Who decides, and where a dossier can be handed in."""

    agencies: tuple[str, ...]
    levels: tuple[Level, ...]
    nationwide: bool


@dataclass(frozen=True)
class Online(Facts):
    """Online filing. ``level`` is ``None`` when the source names no kind of online service."""

    level: OnlineLevel | None
    offered: bool
    """Whether the source lists online among the ways of filing."""
    url: str | None


@dataclass(frozen=True)
class Post(Facts):
    """Filing and receiving by post."""

    offered: bool


@dataclass(frozen=True)
class Lines(Facts):
    """Steps, applicants, legal basis: a list in its order."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Proxy(Facts):
    """What the record says of somebody else doing it; empty when it says nothing."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Wording(Facts):
    """Conditions or result: one text."""

    text: str


@dataclass(frozen=True)
class Forms(Facts):
    """Mẫu đơn, tờ khai."""

    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Overview(Facts):
    """What it is, for somebody who has not asked for anything particular yet."""

    summary: str
    applicants: tuple[str, ...]
    result: str
    papers: int
    """Papers that everybody needs; 0 when unknown."""
    times: tuple[TimeByWay, ...]
    fees: tuple[FeeByWay, ...]


@dataclass(frozen=True)
class Passport:
    """Where an answer comes from and how fresh it is. Ends every answer."""

    code: str
    decision: str
    source: str
    url: str | None
    as_of: str
    """ISO date, as precisely as known."""
    stale_days: int | None
    """Age in days when it is over the configured limit."""
    caveats: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Fields that the import could not vouch for."""
    origins: tuple[Origin, ...] = ()
    """Sources of what is told, where officials corrected it since."""


@dataclass(frozen=True)
class Answer:
    """Everything that is said about one procedure in one turn."""

    code: str
    name: str
    sections: tuple[Facts, ...]
    passport: Passport
    asked_on: date
