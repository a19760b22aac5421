"""Reads which dossiers a message is about, and what is wrong with a code that is none. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nlu.codes import CodeError, CodeFault, CodeKind, DossierCode, FoundCode, find_codes, parse_dossier_code
from nlu.text import normalise

_UNIT = re.compile(
    r"(?<![\w.])(?:\d{3}[\s.,]+\d{2}[\s.,]+\d{2}[\s.,]+[a-y]\d{2}|[a-y]\d{2}(?:[\s.,]+\d{1,3}){0,4})(?![\w])",
    re.IGNORECASE,
)
_ALMOST = re.compile(
    r"(?<!\w)(?:[\do]{3}[\s./]*\d{2}[\s./]*\d{2}[\s./]*)?[a-y]\d{2}(?:[\s./\-]+\d{1,3}){0,4}[\s_\-\u2010-\u2015]+\d[\d/\-]{4,9}(?:[\s_\-\u2010-\u2015]+\d*)?(?!\w)",
    re.IGNORECASE,
)
"""A receiving unit with digits behind it that are no date and number."""
_SEPARATOR = re.compile(r"[\s.,]+")


@dataclass(frozen=True)
class Codes:
    """The codes of a message."""

    dossiers: tuple[DossierCode, ...] = ()
    """Each once, in their order."""
    faulty: FoundCode | None = None
    """The first that looks like a dossier code and is none."""
    procedure: str = ""
    feedback: str = ""

    @property
    def any(self) -> bool:
        """Whether there is a code at all."""
        return bool(self.dossiers or self.faulty or self.procedure or self.feedback)


def codes_in(text: str) -> Codes:
    """Return the codes of a text."""
    found = find_codes(normalise(text))
    dossiers: dict[str, DossierCode] = {}
    for one in found:
        if one.kind is CodeKind.DOSSIER:
            dossiers.setdefault(one.value, parse_dossier_code(one.value))
    return Codes(
        tuple(dossiers.values()),
        next((one for one in found if one.kind is CodeKind.DOSSIER_FAULTY), None),
        next((one.value for one in found if one.kind is CodeKind.PROCEDURE), ""),
        next((one.value for one in found if one.kind is CodeKind.FEEDBACK), ""),
    )


def almost_in(text: str) -> str:
    """Return what stands in a text for a dossier code, and is not written as one; empty for none."""
    found = _ALMOST.search(normalise(text))
    return found.group().strip() if found else ""


def is_tail(text: str) -> bool:
    """Tell whether a text is nothing but the end of a dossier code."""
    try:
        parse_dossier_code(text)
    except CodeError as error:
        return error.fault is CodeFault.UNIT_MISSING
    return False


def unit_in(text: str) -> str:
    """Return the receiving unit that stands in a text, ``000.00.16.H34``; empty for none."""
    found = _UNIT.search(normalise(text))
    return _SEPARATOR.sub(".", found.group()).upper() if found else ""


def with_unit(unit: str, tail: str) -> DossierCode | None:
    """Put the two halves of a code together; ``None`` when they do not fit."""
    try:
        return parse_dossier_code(f"{unit}-{tail}")
    except CodeError:
        return None


def claims_the_future(code: DossierCode, today: date) -> bool:
    """Tell whether a code claims a day of receipt that is still to come."""
    return code.is_after(today)
