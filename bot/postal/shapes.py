"""The shapes of the files about the post, as their writers see them; ``docs/postal.md`` explains them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from bot.postal.quote import Zone
from feedback.working_time.model import Sure
from nlu.catalogue.model import Code, Text

Direction = Literal["send", "receive"]
Province = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}$")]
Grams = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Dong = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all shapes share: a field that nobody knows is a slip of the pen."""


class EntryShape(Shape, frozen=True):
    """One procedure of the agency's lists (Decision 45/2016/QĐ-TTg Article 13.1-2)."""

    code: Code
    """Of the procedure; its national part alone means every code of it."""
    available: tuple[Direction, ...] = ()
    excluded: tuple[Direction, ...] = ()
    decision: str = ""
    """Document that says so; the list's own when empty."""
    published: date | None = msgspec.field(name="date", default=None)
    url: str = ""
    note: str = ""


class AgencyListShape(Shape, frozen=True):
    """The agency's published lists, with what holds for all entries that say nothing else."""

    decision: str = ""
    published: date | None = msgspec.field(name="date", default=None)
    url: str = ""
    procedures: tuple[EntryShape, ...] = ()


class PriceShape(Shape, frozen=True):
    """One step of a price list, in đồng; without ``line`` it is for either direction."""

    zone: Zone
    weight_to: Grams
    """The last gram of the step."""
    low: Dong
    weight_from: Grams = 0
    """The step begins above this weight."""
    high: Dong | None = None
    """``None``: the same as ``low``."""
    line: Literal["to_office", "to_door"] | None = None


class RangeShape(Shape, frozen=True):
    """A price that does not depend on distance and weight."""

    low: Dong
    high: Dong | None = None


class TariffShape(Shape, frozen=True):
    """One price list."""

    source: Text
    sure: Sure
    prices: tuple[PriceShape, ...]
    as_of: date | None = None
    """``None``: the list bears no date."""
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day."""
    carrying_fee: RangeShape | None = None
    """For taking the state fee along."""
    exempt: tuple[str, ...] = ()
    """Keys of the groups who pay nothing by this list."""


class WeightShape(Shape, frozen=True):
    """How the weight is estimated, each figure with what it rests on."""

    sheet: Annotated[int, msgspec.Meta(ge=1, le=100)]
    """Grams of one sheet."""
    envelope: Grams
    sheets: tuple[int, int, int]
    """Sheets of one paper: fewest, usual, most."""
    unknown: Grams
    """Taken where the number of papers is not known."""
    ground: Text


Commune = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{5}$")]
Email = Annotated[str, msgspec.Meta(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]{2,}$", max_length=254)]


class ReceiverShape(Shape, frozen=True):
    """An agency that papers go to."""

    name: Text
    address: str = ""
    phone: str = ""
    email: str = ""
    procedures: tuple[Code, ...] = ()
    """Those that it receives; every one when empty."""
    commune: Commune | Literal[""] = ""
    """Only for those who live there."""


class MailboxShape(Shape, frozen=True):
    """A post office that takes slips by e-mail; without commune and province: for everybody."""

    email: Email
    commune: Commune | Literal[""] = ""
    province: Province | Literal[""] = ""


class PostalFile(Shape, frozen=True):
    """The whole file: the embedded one and the operator's own have the same shape."""

    lists: AgencyListShape = AgencyListShape()
    tariffs: tuple[TariffShape, ...] = ()
    big_cities: tuple[tuple[Province, Province], ...] = ()
    """Pairs of provinces between which the shorter time of special and first-class cities holds."""
    weight: WeightShape | None = None
    receivers: tuple[ReceiverShape, ...] = ()
    mailboxes: tuple[MailboxShape, ...] = ()
