"""Turns a one-stop system's answer into a record, by its mapping. Pure: an answer that cannot be true is refused whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.dossiers.ports import SourceDownError
from bot.dossiers.record import ApplicantKind, Owner, Record, Slip, SlipKind, Status, Step
from bot.dossiers.sources.errors import NonsenseError
from bot.dossiers.sources.mapping import TEXT_FIELDS
from bot.dossiers.sources.shapes import AnswerShape
from feedback.working_time.errors import OutsideCalendarError
from feedback.working_time.zone import VIETNAM
from nlu.codes import EARLIEST_YEAR, CodeError, DossierCode, parse_dossier_code

LONGEST = 1000
"""Characters of one text; what is longer is cut."""
MOST_ROWS = 200
"""Rows of a list; a dossier with more is none."""
LATEST = timedelta(days=20 * 366)
"""How far ahead an appointment may lie."""
SKEW = timedelta(days=1)
"""How far ahead something that has happened may lie: clocks differ, and days come without their hour."""
LARGEST_FEE = 10**12
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]")
_IMPOSSIBLE = "{} lies where no date of a dossier can"
_EARLIEST = datetime(EARLIEST_YEAR, 1, 1, tzinfo=VIETNAM)
_ABSENT = object()

Closing = Callable[[date], datetime]
"""When the office closes on a day: an appointment that comes without its hour ends then."""


def at(value: object, path: str) -> Any:
    """Return what stands at a path; ``None`` where nothing does."""
    found = _look(value, path)
    return None if found is _ABSENT else found


def _look(value: object, path: str) -> object:
    for name in path.split(".") if path else ():
        if isinstance(value, Mapping):
            value = value.get(name, _ABSENT)
        elif isinstance(value, list) and name.isascii() and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return _ABSENT
    return value


@dataclass(frozen=True)
class Reader:
    """Reads the answers of one system."""

    shape: AnswerShape
    closing: Closing
    clock: Callable[[], datetime]
    """The present moment."""

    def read(self, code: DossierCode, answer: object) -> Record | None:
        """Return the dossier; ``None`` when the answer says that there is none.

        Raises:
            NonsenseError: it speaks of another dossier, or of what cannot be.
            SourceDownError: it says that something went wrong over there.
        """
        shape = self.shape
        if any(_among(_look(answer, path), values) for path, values in shape.not_found.where.items()):
            return None
        if shape.not_found.empty and _look(answer, shape.not_found.empty) == []:
            return None
        if shape.fine is not None and not _among(at(answer, shape.fine.path), shape.fine.values):
            raise SourceDownError("the source answers with an error of its own")
        found = at(answer, shape.record)
        if not isinstance(found, Mapping):
            raise SourceDownError(f"the answer has no dossier at {shape.record or 'its top'!r}")
        self._same(code, at(found, shape.code))
        return self._record(code, found)

    def _same(self, code: DossierCode, said: object) -> None:
        try:
            same = isinstance(said, str) and parse_dossier_code(said).text == code.text
        except CodeError:
            same = False
        if not same:
            raise NonsenseError("the answer speaks of another dossier than the one asked for")

    def _record(self, code: DossierCode, found: Mapping[str, Any]) -> Record:
        value = {name: at(found, path) for name, path in self.shape.fields.items()}
        text = {name: _text(value.get(name), name) for name in TEXT_FIELDS}
        state = _key(at(found, self.shape.status))
        status = Status({_key(one): number for one, number in self.shape.statuses.items()}.get(state, 0))
        received = self._past(value.get("received_at"), "received_at")
        ended = self._past(value.get("ended_at"), "ended_at")
        if received and ended and ended < received - SKEW:
            raise NonsenseError("the dossier ended before it was received")
        return Record(
            code=code.text,
            status=status,
            procedure_code=text["procedure_code"],
            procedure_name=text["procedure_name"],
            applicant=ApplicantKind(self._number(value.get("applicant"), self.shape.applicants, (0, 1, 2))),
            owner=Owner(text["owner_name"], text["owner_phone"], text["owner_identity"]),
            unit=text["unit"],
            vendor_status=state[:100],
            filed_at=self._past(value.get("filed_at"), "filed_at"),
            received_at=received,
            due_at=self._due(value.get("due_at"), "due_at"),
            ended_at=ended,
            channel=self._number(value.get("channel"), self.shape.channels, (1, 2, 3)),
            next_step=text["next_step"],
            missing=_texts(at(found, self.shape.missing) if self.shape.missing else None, "missing"),
            fee_due=_fee(value.get("fee_due")),
            collect_at=text["collect_at"],
            steps=tuple(self._steps(found)),
            slips=tuple(self._slips(found)),
        )

    def _steps(self, found: Mapping[str, Any]) -> Iterator[Step]:
        if self.shape.steps is None:
            return
        for row in _rows(at(found, self.shape.steps.path), "steps"):
            value = {name: at(row, path) for name, path in self.shape.steps.fields.items()}
            yield Step(
                unit=_text(value.get("unit"), "steps.unit"),
                officer=_text(value.get("officer"), "steps.officer"),
                action=_text(value.get("action"), "steps.action"),
                started_at=self._past(value.get("started_at"), "steps.started_at"),
                due_at=self._due(value.get("due_at"), "steps.due_at"),
                ended_at=self._past(value.get("ended_at"), "steps.ended_at"),
            )

    def _slips(self, found: Mapping[str, Any]) -> Iterator[Slip]:
        if self.shape.slips is None:
            return
        kinds = {_key(word): kind for word, kind in self.shape.slips.kinds.items()}
        for row in _rows(at(found, self.shape.slips.path), "slips"):
            value = {name: at(row, path) for name, path in self.shape.slips.fields.items()}
            kind = kinds.get(_key(value.get("kind")))
            issued = self._past(value.get("issued_on"), "slips.issued_on")
            if kind is None or issued is None:
                continue
            yield Slip(
                kind=SlipKind(kind),
                issued_on=issued.astimezone(VIETNAM).date(),
                number=_text(value.get("number"), "slips.number"),
                reason=_text(value.get("reason"), "slips.reason"),
                items=_texts(value.get("items"), "slips.items"),
                old_due_at=self._due(value.get("old_due_at"), "slips.old_due_at"),
                new_due_at=self._due(value.get("new_due_at"), "slips.new_due_at"),
                contact=_text(value.get("contact"), "slips.contact"),
            )

    def _past(self, value: object, name: str) -> datetime | None:
        found = self._moment(value, name)
        return self._in_range(found[0], name, SKEW) if found else None

    def _due(self, value: object, name: str) -> datetime | None:
        found = self._moment(value, name)
        if found is None:
            return None
        moment, whole_day = found
        checked = self._in_range(moment, name, LATEST)
        if not whole_day:
            return checked
        try:
            return self.closing(checked.astimezone(VIETNAM).date())
        except OutsideCalendarError as error:
            raise NonsenseError(_IMPOSSIBLE.format(name)) from error

    def _in_range(self, moment: datetime, name: str, ahead: timedelta) -> datetime:
        if moment < _EARLIEST or moment > self.clock() + ahead:
            raise NonsenseError(_IMPOSSIBLE.format(name))
        return moment

    def _moment(self, value: object, name: str) -> tuple[datetime, bool] | None:
        """Return a moment, and whether it is only a day; ``None`` for nothing said."""
        if value is None or value == "":
            return None
        for form in self.shape.dates:
            try:
                found = _parsed(value, form)
            except (ValueError, OverflowError, OSError):
                continue
            if found is not None:
                return found
        raise NonsenseError(f"{name} is no date in any of the forms of the mapping")

    def _number(self, value: object, table: Mapping[str | int, int], known: Sequence[int]) -> int:
        if table:
            return {_key(word): number for word, number in table.items()}.get(_key(value), 0)
        return int(value) if isinstance(value, int | str) and str(value) in map(str, known) else 0


def _parsed(value: object, form: str) -> tuple[datetime, bool] | None:
    if form in ("epoch", "epoch_ms"):
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        seconds = float(value) / (1000 if form == "epoch_ms" else 1)
        return datetime.fromtimestamp(seconds, UTC), False
    if not isinstance(value, str):
        return None
    text = value.strip()
    if form == "iso":
        whole_day = len(text) <= len("2026-11-30")
        moment = datetime.fromisoformat(text)
    else:
        whole_day = not any(sign in form for sign in ("%H", "%I", "%c", "%X", "%T"))
        moment = datetime.strptime(text, form)
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)), whole_day


def _among(value: object, values: Sequence[object]) -> bool:
    # In Python 1 and True are equal; in an answer they are not the same.
    return any(value == one and isinstance(value, bool) is isinstance(one, bool) for one in values)


def _key(value: object) -> str:
    """Return a word or number of a source as tables are looked up by it."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split()).casefold()


def _text(value: object, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise NonsenseError(f"{name} is no text")
    return _CONTROL.sub("", str(value)).strip()[:LONGEST]


def _texts(value: object, name: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    return tuple(filter(None, (_text(one, name) for one in _rows(value, name, of=object))))


def _rows(value: object, name: str, of: type = Mapping) -> Sequence[Any]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MOST_ROWS or not all(isinstance(row, of) for row in value):
        raise NonsenseError(f"{name} is no list of what it should be")
    return value


def _fee(value: object) -> int | None:
    if value is None or value == "":
        return None
    try:
        fee = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else -1
    except ValueError:
        fee = -1
    if isinstance(value, float) and value.is_integer():
        fee = int(value)
    if not 0 <= fee <= LARGEST_FEE:
        raise NonsenseError("fee_due is no sum of money")
    return fee or None
