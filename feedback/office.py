"""Who receives and handles feedback here, by which way it comes in, and what this office promises: read from its own dated file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from feedback.actor import CITIZEN, SYSTEM, Actor, Role
from feedback.errors import FeedbackError
from feedback.file_faults import FileFault, FileFaultsError
from feedback.file_reading import UnreadableFileError, read_shape
from feedback.record import Book

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")
_VERSION = re.compile(r"[0-9A-Za-z.-]{1,16}")


class OfficeFileError(FeedbackError, FileFaultsError):
    """The file about the office cannot be used; the message names every fault in it."""


class IntakeWay(StrEnum):
    """By which right feedback comes in here (Articles 7, 10, 13)."""

    PUBLISHED_ADDRESS = "published_address"
    """The assistant's account is one of the agency's published addresses, by a decision with a number."""
    FORWARD_TO = "forward_to"
    """The filled form goes to the agency's published e-mail."""
    TRIAL = "trial"
    """Neither: nothing is received; people are told the official doors, and may practise."""


_BOOKS = {
    IntakeWay.PUBLISHED_ADDRESS: Book.REGISTER,
    IntakeWay.FORWARD_TO: Book.FORWARDED,
    IntakeWay.TRIAL: Book.TRIAL,
}


class _Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file: a name that is not known is a fault, not a comment."""


class Doors(_Shape, frozen=True):
    """Where feedback can be given without the assistant (Article 13); empty for none."""

    address: str = ""
    phone: str = ""
    """The published dedicated number (Article 7.2)."""
    email: str = ""
    website: str = ""
    hours: str = ""
    portal: str = "https://dichvucong.gov.vn"
    """The national portal, with its section Phản ánh kiến nghị."""
    field_reports: str = ""
    """Telephone for streets, light, rubbish and the like; empty where nobody checked one."""
    source: str = ""
    """Where these were published."""
    checked: date | None = None
    """Day on which they were compared with the source."""


class Unit(_Shape, frozen=True):
    """A unit that receives or handles, for as long as it is charged with that."""

    code: str
    name: str
    receives: bool = False
    agencies: tuple[str, ...] = ()
    """Codes of the agencies whose conduct and rules it handles; empty for all."""
    fields: tuple[str, ...] = ()
    """Lĩnh vực that it handles; empty for all."""
    email: str = ""
    phone: str = ""
    basis: str = ""
    """Decision or article by which it is charged."""
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day."""

    def holds(self, day: date) -> bool:
        """Tell whether it is charged on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Official(_Shape, frozen=True):
    """Somebody of the office, until the console keeps accounts: ``motcua feedback … --as ID``."""

    id: str
    unit: str
    roles: frozenset[Role]

    @property
    def actor(self) -> Actor:
        """As the services know them."""
        return Actor(self.id, self.unit, self.roles)


class Privacy(_Shape, frozen=True):
    """What the notice before the first question says (Law 91/2025, Articles 3 and 9)."""

    controller: str = ""
    """Name of the agency that is responsible."""
    contact: str = ""
    servers: str = ""
    """Where the data are kept, in words for citizens."""
    retention: str = ""
    """How long, in words for citizens."""
    version: str = "1"
    """Of the notice: kept with each consent; change it whenever the notice changes."""


class Policy(_Shape, frozen=True):
    """What this office promises or allows beyond the law; none of it is Decree 20's."""

    reopen_days: int = 30
    """Days after an answer in which its sender may reopen it."""
    rate_days: int = 30
    remind_days: int = 2
    """Working days before a deadline ends when the unit is reminded."""
    very_late_days: int = 5
    """Working days after its end from which it is very overdue."""
    tell_late: bool = True
    """Whether the sender is told, with an apology, when a deadline ran out."""
    twin_minutes: int = 30
    """Within how long the same words from the same conversation are one record."""
    undo_minutes: int = 1
    """For how long a sender is not told of a step that can still be taken back."""
    sent_a_day: int = 20
    """Records that one conversation may hand in on one day; against abuse alone. 0 for any number."""
    draft_days: int = 7
    contact_on_page: frozenset[str] = frozenset({"telegram"})
    """Channels on which contact data are given on our own page, not in the chat."""
    four_eyes: bool = True
    """Whether who drafted an answer may not approve it."""
    files: int = 5
    """Attachments of one record."""
    file_megabytes: int = 10
    keep_years: int = 0
    """Years for which ended records are kept with their sender's data; 0 while the agency has not said (archive law names the term)."""


class Office(_Shape, frozen=True):
    """One installation's office."""

    code: str = ""
    name: str = ""
    province: str = ""
    """Code by which a province's own deadline rules are found; empty for none."""
    intake: IntakeWay = IntakeWay.TRIAL
    decision: str = ""
    """Number and day of the decision that publishes the assistant's account as an address."""
    forward_to: str = ""
    """The agency's published e-mail."""
    doors: Doors = Doors()
    units: tuple[Unit, ...] = (Unit("MAU", "Đơn vị mẫu", receives=True),)
    officials: tuple[Official, ...] = (
        Official("mau-tiepnhan", "MAU", frozenset({Role.RECEIVER})),
        Official("mau-xuly", "MAU", frozenset({Role.HANDLER})),
        Official("mau-lanhdao", "MAU", frozenset({Role.APPROVER})),
        Official("mau-baocao", "MAU", frozenset({Role.REPORTER})),
    )
    privacy: Privacy = Privacy()
    policy: Policy = Policy()

    @property
    def book(self) -> Book:
        """The series of numbers that records get here."""
        return _BOOKS[self.intake]

    def receiving(self, day: date) -> Unit:
        """Return the unit that receives on a day.

        Raises:
            OfficeFileError: none is charged on that day.
        """
        found = self.receives_on(day)
        if found is None:
            raise OfficeFileError(f"no receiving unit is charged on {day:%d/%m/%Y}; add one to the file about feedback")
        return found

    def receives_on(self, day: date) -> Unit | None:
        """Return the unit that receives on a day; ``None`` while none is charged."""
        return next((unit for unit in self.units if unit.receives and unit.holds(day)), None)

    def handling(self, agency: str, field: str, day: date) -> Unit | None:
        """Return the unit charged with an agency and a field on a day, the most exactly named first; ``None`` for none."""
        fitting = [
            unit
            for unit in self.units
            if unit.holds(day)
            and (not unit.agencies or agency in unit.agencies)
            and (not unit.fields or field in unit.fields)
            and (unit.agencies or unit.fields)
        ]
        return max(fitting, key=lambda unit: (bool(unit.agencies), bool(unit.fields)), default=None)

    def official(self, id: str) -> Actor:
        """Return an official as the services know them.

        Raises:
            OfficeFileError: the file names no such official.
        """
        found = next((one for one in self.officials if one.id == id), None)
        if found is None:
            known = ", ".join(one.id for one in self.officials) or "nobody"
            raise OfficeFileError(f"no official {id!r} in the file about feedback; it names {known}")
        return found.actor

    def unit(self, code: str) -> Unit | None:
        """Return a unit by its code, charged or not; ``None`` for one of another house."""
        return next((unit for unit in self.units if unit.code == code), None)


def load_feedback_office(path: Path | None) -> Office:
    """Read the office's file; without one everything is a trial.

    Args:
        path: YAML with the fields of ``Office``.

    Raises:
        OfficeFileError: it cannot be read, or says what cannot be; every fault is named at once.
    """
    if path is None:
        return Office()
    try:
        office = read_shape(path.read_text("utf-8"), Office)
    except (OSError, UnicodeDecodeError) as error:
        raise OfficeFileError(f"{path} is not a file about feedback: {error}") from error
    except UnreadableFileError as error:
        raise OfficeFileError(f"{path} is not a file about feedback: {error}", [error.fault]) from error
    found = [*_faults(office)]
    if found:
        raise OfficeFileError(f"{path}: " + "; ".join(one.said for one in found), found)
    return office


def _faults(office: Office) -> Iterator[FileFault]:
    if office.intake is IntakeWay.PUBLISHED_ADDRESS and not office.decision:
        said = "intake published_address needs `decision`, the number of the decision that publishes the account"
        yield FileFault("office.decision", said, office.intake.value)
    if office.intake is IntakeWay.FORWARD_TO and not _MAIL.fullmatch(office.forward_to):
        said = "intake forward_to needs `forward_to`, the agency's published e-mail"
        yield FileFault("office.forward_to", said, office.forward_to or office.intake.value)
    if office.intake is not IntakeWay.TRIAL:
        needed = ("controller", "contact", "servers", "retention")
        missing = ", ".join(name for name in needed if not getattr(office.privacy, name))
        if missing:
            yield FileFault("office.privacy", f"`privacy` needs {missing}", "privacy", values={"names": missing})
        if not office.name:
            yield FileFault("office.name", "`name` of the agency is missing")
    doors = office.doors
    if (doors.address or doors.phone or doors.email or doors.field_reports) and not (doors.source and doors.checked):
        yield FileFault("office.doors", "`doors` need `source` and `checked` (the day they were compared)", "doors")
    version = office.privacy.version
    if not _VERSION.fullmatch(version):
        said = "`privacy.version` must be 1 to 16 letters, digits, dots and dashes"
        yield FileFault("office.version", said, version, values={"version": version})
    for name in office.policy.__struct_fields__:
        value = getattr(office.policy, name)
        if isinstance(value, int) and value < 0:
            yield FileFault("office.policy", f"`policy.{name}` must not be below 0", name, values={"name": name})
    yield from _unit_faults(office.units)
    yield from _official_faults(office)


def _official_faults(office: Office) -> Iterator[FileFault]:
    own = office.officials is not Office.__struct_defaults__[office.__struct_fields__.index("officials")]
    for one in office.officials if own else ():
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", one.id) or one.id in (CITIZEN.id, SYSTEM.id):
            said = f"official {one.id!r} must be 1 to 64 letters, digits, dots, dashes, and not {CITIZEN.id} or {SYSTEM.id}"
            yield FileFault("official.id", said, one.id, values={"id": one.id})
        if office.unit(one.unit) is None:
            said = f"official {one.id} is of unit {one.unit}, which is not among the units"
            yield FileFault("official.unit", said, one.unit, values={"id": one.id, "unit": one.unit})
    ids = [one.id for one in office.officials]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield FileFault("official.twice", f"official {id} is there twice", id, values={"id": id})


def _unit_faults(units: tuple[Unit, ...]) -> Iterator[FileFault]:
    if not any(unit.receives for unit in units):
        yield FileFault("units.receives", "`units` need one that `receives`", "units")
    codes = [unit.code for unit in units]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield FileFault("unit.twice", f"unit {code} is there twice", code, values={"code": code})
    for unit in units:
        if not _CODE.fullmatch(unit.code):
            said = f"unit code {unit.code!r} must be 1 to 40 letters, digits, dots, dashes"
            yield FileFault("unit.code", said, unit.code, values={"code": unit.code})
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            said = f"unit {unit.code} ends before it begins"
            yield FileFault("unit.dates", said, unit.valid_to.isoformat(), values={"code": unit.code})
        if unit.email and not _MAIL.fullmatch(unit.email):
            said = f"unit {unit.code} has an e-mail that is none"
            yield FileFault("unit.email", said, unit.email, values={"code": unit.code, "email": unit.email})
