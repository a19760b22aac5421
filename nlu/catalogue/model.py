"""What a procedure (thủ tục hành chính) is: the typed record that every answer is built from.

The records are msgspec structs: frozen, strict about unknown keys, and read from JSON and YAML with errors that name the
path of the fault. A field that nobody could verify is absent (``None`` or empty), never guessed.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

CODE_PATTERN = r"^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|\.[A-Y]\d{2})?$"
AS_OF_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"

Code = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN)]
Text = Annotated[str, msgspec.Meta(min_length=1)]
AsOf = Annotated[str, msgspec.Meta(pattern=AS_OF_PATTERN)]


class Level(StrEnum):
    """Who decides: the level of administration (cấp thực hiện)."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    """History: districts ended on 01/07/2025; kept so that an old record can be told apart."""
    COMMUNE = "commune"
    OTHER = "other"


class FilingWay(StrEnum):
    """How a dossier can be handed in (cách thức thực hiện)."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class OnlineLevel(StrEnum):
    """Kind of online service (Decree 224/2026): toàn trình, một phần, or information only."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"
    NONE = "none"


class TimeUnit(StrEnum):
    """Unit of a time limit as published. A number without one stays unknown, never days."""

    HOUR = "hour"
    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class FeeKind(StrEnum):
    """What is known about the money: phí and lệ phí."""

    FREE = "free"
    FIXED = "fixed"
    """One amount in đồng."""
    VARIES = "varies"
    """Several amounts or a formula; ``items`` or ``text`` say which."""
    LOCAL = "local"
    """The provincial people's council sets it, even where the portal also prints "miễn phí"."""
    UNKNOWN = "unknown"


class PaperRole(StrEnum):
    """What a line of the papers list asks of the applicant."""

    SUBMIT = "submit"
    SHOW = "show"
    NOTE = "note"


class Detail(StrEnum):
    """How much of the procedure is in the catalogue."""

    FULL = "full"
    LISTING = "listing"
    """Name, field and agency only: answers say that details are not in the catalogue, and who to ask."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of the catalogue's records: frozen, and strict about keys it does not know."""


class Form(Record, frozen=True, kw_only=True):
    """A form (mẫu đơn, tờ khai)."""

    name: Text
    url: str | None = None


class RequiredPaper(Record, frozen=True, kw_only=True):
    """One line of the dossier's papers (thành phần hồ sơ)."""

    name: Text
    role: PaperRole = PaperRole.SUBMIT
    originals: int | None = None
    """How many originals; ``None`` when the source does not say."""
    copies: int | None = None
    form: Form | None = None


class PaperCase(Record, frozen=True, kw_only=True):
    """The papers of one case (trường hợp); an empty title means the general case."""

    title: str = ""
    papers: tuple[RequiredPaper, ...] = ()


class TimeLimit(Record, frozen=True, kw_only=True):
    """Time limit (thời hạn giải quyết): an amount with its unit, or words, or nothing known."""

    amount: float | None = None
    unit: TimeUnit | None = None
    text: str = ""
    """Conditions in words ("nhận sau 15 giờ thì trả ngày làm việc tiếp theo"), or the whole when no single number fits."""

    @property
    def known(self) -> bool:
        """Whether a citizen can be told a time: a number with its unit, or words."""
        return (self.amount is not None and self.unit is not None) or bool(self.text)


class FeeItem(Record, frozen=True, kw_only=True):
    """One line of a fee table, in đồng."""

    name: Text
    amount: int | None = None
    text: str = ""


class Fee(Record, frozen=True, kw_only=True):
    """Fee or charge (phí, lệ phí)."""

    kind: FeeKind = FeeKind.UNKNOWN
    amount: int | None = None
    """Đồng; only with ``FIXED``."""
    items: tuple[FeeItem, ...] = ()
    text: str = ""
    """The condition or formula in words; shown with the amount."""


class FilingMethod(Record, frozen=True, kw_only=True):
    """One way of filing with its own time, fee and note."""

    way: FilingWay
    time: TimeLimit = TimeLimit()
    fee: Fee = Fee()
    note: str = ""
    url: str | None = None


class Source(Record, frozen=True, kw_only=True):
    """Where a record comes from."""

    name: Text
    url: str | None = None


class Doubt(Record, frozen=True, kw_only=True):
    """Something in the record that the import could not vouch for."""

    field: Text
    reason: Text


class Origin(Record, frozen=True, kw_only=True):
    """Where one part of a record comes from, when that is not the source of the whole."""

    part: Text
    """As the comparison of versions names it (``wording.LABELS``): papers, fees, times …"""
    source: Source
    as_of: AsOf


class Withheld(Record, frozen=True, kw_only=True):
    """What an official has switched off for a while: the assistant must not tell it, whatever the record says."""

    aspect: str = ""
    """Value of ``nlu.understanding.Aspect``; empty for the whole procedure."""
    until: date
    """Last day on which it is kept back."""


class Procedure(Record, frozen=True, kw_only=True):
    """One administrative procedure as published, in one version of the catalogue."""

    code: Code
    name: Text
    field: str = ""
    """Lĩnh vực, in the portal's words."""
    levels: tuple[Level, ...] = ()
    agencies: tuple[str, ...] = ()
    """Who carries it out (cơ quan thực hiện)."""
    published_by: str = ""
    """Ministry that announced it (cơ quan công bố)."""
    applicants: tuple[str, ...] = ()
    summary: str = ""
    """One or two plain sentences: what it is for, who needs it."""
    cases: tuple[PaperCase, ...] = ()
    methods: tuple[FilingMethod, ...] = ()
    online: OnlineLevel | None = None
    nationwide: bool = False
    """May be filed at any one-stop shop in the country (không phụ thuộc địa giới), where a source says so."""
    steps: tuple[str, ...] = ()
    result: str = ""
    conditions: str = ""
    legal_basis: tuple[str, ...] = ()
    decision: str = ""
    """Deciding document (quyết định công bố)."""
    url: str | None = None
    source: Source
    as_of: AsOf
    """When the source stood so: a year, month or day, as precisely as it is known."""
    detail: Detail = Detail.FULL
    also_called: tuple[str, ...] = ()
    """What people say when they mean it; search terms, never shown as law."""
    caveats: tuple[str, ...] = ()
    """What the reader must be told, such as a source older than the two-level government of 07/2025."""
    doubts: tuple[Doubt, ...] = ()
    origins: tuple[Origin, ...] = ()
    """Sources of the parts that officials corrected since."""
    withheld: tuple[Withheld, ...] = ()
    """Never stored: put in where a record is handed out for answering (``nlu.catalogue.silences``)."""

    def withholds(self, *aspects: str) -> Withheld | None:
        """Return what keeps back the whole procedure, or one of these aspects."""
        return next((one for one in self.withheld if not one.aspect or one.aspect in aspects), None)

    @property
    def as_of_date(self) -> date:
        """Last day that ``as_of`` can mean, for comparing ages."""
        return last_day(self.as_of)


def last_day(as_of: str) -> date:
    """Return the last day covered by a year, a month or a day in ISO form."""
    parts = [int(part) for part in as_of.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(first_of_next.toordinal() - 1)


def base_code(code: str) -> str:
    """Return the national part of a code: ``1.001193.000.00.00.H17`` and ``1.001193.H17`` are ``1.001193``."""
    found = re.match(r"\d\.\d{6}", code)
    return found.group(0) if found else code
