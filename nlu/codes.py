"""Codes that people copy from their papers: dossier codes, TTHC codes, feedback numbers and receipts. Pure: for both environments.

Offsets refer to the text as given; send it through ``nlu.text.normalise`` first when they must match Rasa's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from nlu.errors import NluError

EARLIEST_YEAR = 2010
"""No one-stop software gave out dossier codes before; an older date is a slip of the pen or another kind of number."""


class CodeKind(str, Enum):
    """What kind of code was found. The values are the entity names of ``domain.yml``."""

    DOSSIER = "dossier_code"
    DOSSIER_FAULTY = "dossier_code_faulty"
    """Looks like a dossier code, and the fault says why it cannot be looked up."""
    PROCEDURE = "procedure_code"
    FEEDBACK = "feedback_number"


class CodeFault(str, Enum):
    """Why something that looks like a dossier code is none."""

    NOT_A_CODE = "not_a_code"
    IMPOSSIBLE_DATE = "impossible_date"
    """The middle group is no day of the calendar."""
    UNIT_MISSING = "unit_missing"
    """Only the tail (date and number) was typed; the receiving unit is needed and never guessed."""


class Layout(str, Enum):
    """Which rule shaped the code."""

    OLD = "old"
    """TT 01/2018: lower levels first, province or ministry last: ``000.00.16.H34-200827-0012``."""
    NEW = "new"
    """TT 03/2025: province or ministry first: ``H15.50.05.13-261008-0975``."""
    CENTRALISED = "centralised"
    """TT 03/2025 Art 13.3: a ministry's central system: ``G09.001.02-261008-150001``."""


class CodeError(NluError):
    """A text is not the code that it was taken for; ``fault`` says why."""

    def __init__(self, fault: CodeFault) -> None:
        super().__init__(f"not a dossier code: {fault.value}")
        self.fault = fault


@dataclass(frozen=True)
class DossierCode:
    """A dossier code (mã hồ sơ) in its parts."""

    unit: str
    """Identifier of the receiving unit, upper case, as the layout orders it: ``H15.50.05.13``."""
    day: date
    """Day of receipt."""
    number: str
    """Running number, with its zeros; with ``CENTRALISED`` its first two digits name the owning ministry."""
    layout: Layout
    long_date: bool = False
    """Whether the date was written with the century (seen in one ministry)."""

    @property
    def text(self) -> str:
        """The code in normal form."""
        return f"{self.unit}-{self.day:{'%Y%m%d' if self.long_date else '%y%m%d'}}-{self.number}"

    @property
    def level1(self) -> str:
        """Code of the province or ministry, such as ``H15``."""
        groups = self.unit.split(".")
        return groups[-1] if self.layout is Layout.OLD else groups[0]

    def is_after(self, today: date) -> bool:
        """Tell whether the code claims to be received after ``today``, which no real one does."""
        return self.day > today


@dataclass(frozen=True)
class ProcedureCode:
    """A TTHC code (mã thủ tục hành chính)."""

    base: str
    """National part: ``1.001193``."""
    suffix: str = ""
    """Local part as written: ``000.00.00.H17`` or ``H17``."""

    @property
    def text(self) -> str:
        """The code in normal form."""
        return f"{self.base}.{self.suffix}" if self.suffix else self.base


@dataclass(frozen=True)
class FoundCode:
    """A code inside a text."""

    kind: CodeKind
    value: str
    """Normal form; for a faulty one what was typed, in capitals and without spaces."""
    start: int
    end: int
    fault: CodeFault | None = None


_DOT = r"(?:\s?[.,]\s?|\s)"
_DASH = r"(?:\s*[-\u2010-\u2015\u2212_]\s*)"
_GAP = rf"(?:{_DASH}|\s)"
_UNIT_OLD = rf"\d{{3}}{_DOT}\d{{2}}{_DOT}\d{{2}}{_DOT}[A-Y]\d{{2}}"
_UNIT_NEW = rf"[A-Y]\d{{2}}(?:{_DOT}\d{{1,3}}){{0,4}}"
_TAIL = rf"(?P<day>\d{{6}}|\d{{8}})(?P<gap>{_GAP})(?P<number>\d{{4,10}})"
_FREE_BEFORE = r"(?<![\w.,\-])"
_FREE_AFTER = rf"(?!\w|{_DASH}\d|[.,]\d)"

_DOSSIER = re.compile(
    rf"{_FREE_BEFORE}(?:(?P<old>{_UNIT_OLD})|(?P<new>{_UNIT_NEW})){_GAP}{_TAIL}{_FREE_AFTER}", re.IGNORECASE | re.ASCII
)
_DOSSIER_TAIL = re.compile(
    rf"{_FREE_BEFORE}(?P<day>\d{{6}}|\d{{8}}){_DASH}(?P<number>\d{{4,10}}){_FREE_AFTER}", re.ASCII
)
_PROCEDURE = re.compile(
    r"(?<![\w.,])(?P<lead>[1-9])\s?[.,]\s?(?P<six>\d{6})(?!\d)"
    r"(?P<suffix>(?:\.\d{1,3}){0,3}\.[A-Y]\d{2}(?!\w))?(?P<cut>(?:\.\d{1,3}){1,3}(?![\w]))?",
    re.IGNORECASE | re.ASCII,
)
_PROCEDURE_BARE = re.compile(
    r"(?:m[ãa]\s+(?:s[ốo]\s+)?(?:th[ủu]\s+t[ụu]c|tthc)|tthc|th[ủu]\s+t[ụu]c\s+(?:m[ãa]|s[ốo])(?:\s+s[ốo])?)"
    r"\s*(?:s[ốo]|l[àa])?\s*[:#]?\s*(?P<lead>[1-9])(?P<six>\d{6})(?![\w.,]\d|\w)",
    re.IGNORECASE,
)
"""Seven digits are a TTHC code only when the words before them say so; else they may be money or a house number."""
_FEEDBACK = re.compile(r"(?<!\w)PAKN\s?[.\-:]?\s?(?P<number>\d{8,16})(?!\w)", re.IGNORECASE | re.ASCII)
_LETTER = "[2-9A-HJKMNP-Z]"
"""Letters of a receipt of our own: none that looks like another on paper (0 O, 1 I L)."""
_RECEIPT = re.compile(
    rf"(?<![\w.\-])PA(?P<lead>{_DASH}|[.:]?\s?)(?P<first>{_LETTER}{{4}})(?P<gap>{_DASH}|[ .]?)(?P<second>{_LETTER}{{4}})(?!\w|-\w)",
    re.IGNORECASE | re.ASCII,
)
"""``PA-7KQM-2XWP`` (``feedback.receipts``), however it is typed."""
_CENTRALISED_UNIT = re.compile(r"[A-Y]\d{2}\.\d{3}\.\d{2}", re.ASCII)
_SEPARATOR = re.compile(r"\s*[.,]\s*|\s+")


def parse_dossier_code(text: str) -> DossierCode:
    """Read a text that should be one dossier code and nothing else.

    Raises:
        CodeError: when it is none; ``fault`` tells an impossible date and a missing unit apart from anything else.
    """
    text = text.strip()
    whole = _DOSSIER.fullmatch(text)
    if whole:
        return _dossier(whole)
    raise CodeError(CodeFault.UNIT_MISSING if _tail_only(_DOSSIER_TAIL.fullmatch(text)) else CodeFault.NOT_A_CODE)


def parse_procedure_code(text: str) -> ProcedureCode | None:
    """Read a text that should be one TTHC code and nothing else; ``None`` when it is none."""
    found = _PROCEDURE.fullmatch(text.strip())
    return _procedure(found) if found else None


def find_codes(text: str) -> tuple[FoundCode, ...]:
    """Find every code in a text, in order and without overlaps; a longer reading wins over a shorter one."""
    taken: list[FoundCode] = []
    for code in (*_dossiers(text), *_procedures(text), *_feedback(text), *_tails(text)):
        if all(code.end <= other.start or code.start >= other.end for other in taken):
            taken.append(code)
    return tuple(sorted(taken, key=lambda code: code.start))


def _dossiers(text: str) -> Iterator[FoundCode]:
    for match in _DOSSIER.finditer(text):
        try:
            code = _dossier(match)
        except CodeError as error:
            # Groups divided by spaces alone are too weak a sign to call a wrong date a typing error.
            if match["gap"].strip():
                yield FoundCode(CodeKind.DOSSIER_FAULTY, _plain(match.group()), *match.span(), fault=error.fault)
        else:
            yield FoundCode(CodeKind.DOSSIER, code.text, *match.span())


def _procedures(text: str) -> Iterator[FoundCode]:
    for match in _PROCEDURE.finditer(text):
        yield FoundCode(CodeKind.PROCEDURE, _procedure(match).text, *match.span())
    for match in _PROCEDURE_BARE.finditer(text):
        value = f"{match['lead']}.{match['six']}"
        yield FoundCode(CodeKind.PROCEDURE, value, match.start("lead"), match.end("six"))


def _feedback(text: str) -> Iterator[FoundCode]:
    for match in _FEEDBACK.finditer(text):
        yield FoundCode(CodeKind.FEEDBACK, f"PAKN.{match['number']}", *match.span())
    for match in _RECEIPT.finditer(text):
        if _is_receipt(match):
            value = f"PA-{match['first']}-{match['second']}".upper()
            yield FoundCode(CodeKind.FEEDBACK, value, *match.span())


def _is_receipt(match: re.Match[str]) -> bool:
    """Tell a receipt from words and numbers that happen to be as long: it has a digit, and shows that it is no telephone number."""
    first, second = match["first"], match["second"]
    if not any(map(str.isdigit, first + second)):
        return False
    if not (first.isalpha() or first.isdigit()) or not (second.isalpha() or second.isdigit()):
        return True
    dashed = bool(match["gap"].strip(" ."))
    return dashed and bool(match["lead"].strip() or not (first + second).isdigit())


def _tails(text: str) -> Iterator[FoundCode]:
    for match in _DOSSIER_TAIL.finditer(text):
        if _tail_only(match):
            yield FoundCode(CodeKind.DOSSIER_FAULTY, _plain(match.group()), *match.span(), fault=CodeFault.UNIT_MISSING)


def _dossier(match: re.Match[str]) -> DossierCode:
    unit = _SEPARATOR.sub(".", (match["old"] or match["new"]).upper())
    number = match["number"]
    layout = Layout.OLD if match["old"] else Layout.NEW
    if layout is Layout.NEW and _CENTRALISED_UNIT.fullmatch(unit) and len(number) >= 6:
        layout = Layout.CENTRALISED
    return DossierCode(unit, _day(match["day"]), number, layout, long_date=len(match["day"]) == 8)


def _procedure(match: re.Match[str]) -> ProcedureCode:
    suffix = (match["suffix"] or "").lstrip(".").upper()
    return ProcedureCode(f"{match['lead']}.{match['six']}", suffix)


def _tail_only(match: re.Match[str] | None) -> bool:
    if match is None:
        return False
    try:
        _day(match["day"])
    except CodeError:
        return False
    return True


def _day(digits: str) -> date:
    year, rest = (int(digits[:4]), digits[4:]) if len(digits) == 8 else (2000 + int(digits[:2]), digits[2:])
    try:
        day = date(year, int(rest[:2]), int(rest[2:]))
    except ValueError as error:
        raise CodeError(CodeFault.IMPOSSIBLE_DATE) from error
    if year < EARLIEST_YEAR:
        raise CodeError(CodeFault.IMPOSSIBLE_DATE)
    return day


def _plain(text: str) -> str:
    return re.sub(r"[\u2010-\u2015\u2212_]", "-", re.sub(r"\s+", "", text)).upper()
