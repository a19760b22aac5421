"""Reads the fees (phí, lệ phí) of portal rows. Pure.

The portal prints "Miễn phí" wherever no number was filled in, so that the note beside it decides: a provincial council
that sets the fee, or a circular that is cited, means that the service is not free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nlu.catalogue.importing.cleaning import capped, clean, one_line, said_once
from nlu.catalogue.model import Fee, FeeItem, FeeKind
from nlu.text import fold

LEAST_BELIEVABLE = 1000
"""Đồng. No fee is lower; "5 VNĐ" is a number in thousands, a count of pages or a slip."""

SOME_ONLY = "ghi chú chỉ miễn phí cho một số trường hợp, không nói những người khác nộp bao nhiêu"

_EMPTY_NOTE = re.compile(
    r"(?:khong(?: co(?: quy dinh)?| quy dinh| thu| mat| phai nop)?|chua(?: co| quy dinh)|mien|phi|le phi|n/a|0)?"
    r"(?:,? ?/?(?:phi|le phi))*(?: 0)?(?: dong)?"
)
"""Notes that add nothing, folded, without a full stop."""

_COUNCIL = re.compile(
    r"\bhdnd\b|\bhoi dong nhan dan\b|\b(?:uy ban nhan dan|ubnd)(?: cac)?(?: cap)? (?:tinh|thanh pho)"
    r"|(?:quy dinh|theo|muc) (?:cu the )?(?:cua|tai|theo|o) (?:tung |chinh quyen )?dia phuong"
)
_FREE = re.compile(r"^(?:phi|le phi)?\s*:?\s*(?:mien(?: phi| le phi| thu)?|khong thu|khong phai nop|khong mat)\b")
_FOR_SOME = re.compile(r"\b(?:doi voi|cho|voi)\b")
_MONEY = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:đồng|dong|vnđ|vnd|việt nam đồng|viet nam dong|đ(?!\w))",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"\d[\d.,]*\s*(?:USD|EUR|\$|đô la)", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:phí|lệ phí)\s*:\s*", re.IGNORECASE)
_ZERO = re.compile(r"^(?:0+(?:[.,]0+)?|không|o)?\s*(?:đồng|vnđ|vnd|việt nam đồng)?$", re.IGNORECASE)
_UNTIL = re.compile(r"den (?:het )?(?:ngay )?(\d{1,2})(?:[/.-]| thang )(\d{1,2})(?:[/.-]| nam )(\d{4})")
_CITES = re.compile(r"\b(?:thong tu|nghi dinh|quyet dinh|nghi quyet|bieu (?:muc|phi)|luat|phap luat|theo quy dinh)\b")


@dataclass(frozen=True)
class _Line:
    """One line of the fee cell: what it is for, and how much."""

    raw: str
    amount: int | None
    purpose: str
    zero: bool


def read_fee(cell: str, note: str, today: date) -> tuple[Fee, tuple[str, ...]]:
    """Read one fee.

    Args:
        cell: the amount as printed ("Phí : 0 Đồng", "8,000 VNĐ", "Miễn phí" …).
        note: the remark beside it.
        today: the day against which reductions have expired.

    Returns:
        The fee, and the reasons why it is doubtful.
    """
    cell, note = clean(cell), _useful(note)
    fee, reasons = _decide(cell, note)
    ended = _ended(f"{fee.text} {cell} {note}", today)
    if ended:
        reasons = (*reasons, f"nội dung phí nhắc tới mức áp dụng đến {ended:%d/%m/%Y}, nay đã hết hạn")
    return fee, reasons


def _decide(cell: str, note: str) -> tuple[Fee, tuple[str, ...]]:
    both = fold(f"{cell} {note}")
    if _COUNCIL.search(both):
        return Fee(kind=FeeKind.LOCAL, text=_told(cell, note)), ()
    if _FREE.search(fold(cell)):
        return _stated_free(note)
    if not cell:
        return _from_note(note)
    lines = list(_lines(cell))
    if all(line.zero for line in lines):
        return _zero(cell, note)
    return _amounts(cell, note, lines)


def _stated_free(note: str) -> tuple[Fee, tuple[str, ...]]:
    if not note or _frees_everybody(note):
        return Fee(kind=FeeKind.FREE, text=capped(note)), ()
    if _MONEY.search(note) or _FOREIGN.search(note):
        reason = "cổng ghi “Miễn phí” nhưng ghi chú có mức thu"
        return Fee(kind=FeeKind.VARIES, text=capped(note)), (reason,)
    if _FREE.search(fold(note)):
        return Fee(kind=FeeKind.UNKNOWN, text=capped(note)), (SOME_ONLY,)
    if _CITES.search(fold(note)):
        reason = "cổng ghi “Miễn phí” nhưng ghi chú dẫn quy định về mức thu"
        return Fee(kind=FeeKind.UNKNOWN, text=capped(note)), (reason,)
    return Fee(kind=FeeKind.FREE, text=capped(note)), ()


def _frees_everybody(note: str) -> bool:
    """Whether the note says "free" without naming for whom; an exemption for some means that others pay."""
    folded = fold(note)
    return bool(_FREE.search(folded)) and not _FOR_SOME.search(folded) and not _MONEY.search(note)


def _from_note(note: str) -> tuple[Fee, tuple[str, ...]]:
    if not note:
        return Fee(), ()
    if _FREE.search(fold(note)):
        everybody = _frees_everybody(note)
        kind = FeeKind.FREE if everybody else FeeKind.UNKNOWN
        return Fee(kind=kind, text=capped(note)), () if everybody else (SOME_ONLY,)
    amounts = bool(_MONEY.search(note) or _FOREIGN.search(note))
    return Fee(kind=FeeKind.VARIES if amounts else FeeKind.UNKNOWN, text=capped(note)), ()


def _zero(cell: str, note: str) -> tuple[Fee, tuple[str, ...]]:
    if note and _frees_everybody(note):
        return Fee(kind=FeeKind.FREE, text=capped(note)), ()
    if _MONEY.search(note) or _FOREIGN.search(note):
        return Fee(kind=FeeKind.VARIES, text=capped(note)), (f"phí ghi “{one_line(cell)}” nhưng ghi chú có mức thu",)
    reason = f"phí ghi “{capped(one_line(cell), 60)}”, không nói là miễn phí: có thể là chưa nhập"
    return Fee(kind=FeeKind.UNKNOWN, text=capped(note)), (reason,)


def _amounts(cell: str, note: str, lines: list[_Line]) -> tuple[Fee, tuple[str, ...]]:
    tiny = [line for line in lines if line.amount is not None and 0 < line.amount < LEAST_BELIEVABLE]
    if tiny:
        kind = FeeKind.VARIES if _MONEY.search(note) else FeeKind.UNKNOWN
        return Fee(kind=kind, text=capped(note)), (f"mức phí nhỏ bất thường: “{capped(tiny[0].raw, 60)}”",)
    if len(lines) == 1 and lines[0].amount is not None:
        purpose = lines[0].purpose
        text = "; ".join(dict.fromkeys(part for part in (purpose, note) if part))
        return Fee(kind=FeeKind.FIXED, amount=lines[0].amount, text=capped(text)), ()
    if all(line.amount is not None and line.purpose for line in lines):
        items = tuple(FeeItem(name=capped(line.purpose), amount=line.amount) for line in lines)
        return Fee(kind=FeeKind.VARIES, items=items, text=capped(note)), ()
    return Fee(kind=FeeKind.VARIES, text=_told(cell, note)), ()


def _lines(cell: str) -> Iterator[_Line]:
    for raw in re.split(r"\n|;(?![^(]*\))", cell):
        raw = one_line(raw)
        if not raw or fold(raw).startswith("file dinh kem"):
            continue
        line = _PREFIX.sub("", raw).strip()
        money = list(_MONEY.finditer(re.sub(r"\(.*\)", "", line)))
        starts = _MONEY.match(line)
        single = len(money) == 1 and starts is not None
        purpose = line[starts.end() :].strip(" .:-") if starts and single else ""
        if purpose.startswith("(") and purpose.endswith(")"):
            purpose = purpose[1:-1].strip()
        amount = int(re.sub(r"\D", "", starts[1])) if starts and single else None
        zero = bool(_ZERO.match(line)) or (amount == 0 and not purpose)
        yield _Line(raw, None if zero else amount, purpose, zero)


def council_line(note: str) -> str:
    """Return the line of a method's note that says that the provincial council sets the fee; empty when none does."""
    lines = (line for line in note.split("\n") if re.search(r"\bphi\b", fold(line)))
    return next((line for line in lines if _COUNCIL.search(fold(line))), "")


def _told(cell: str, note: str) -> str:
    """Say in words what the row gives, without the portal's empty "Miễn phí" and zeros."""
    lines = list(_lines(cell))
    useful = "; ".join(
        _PREFIX.sub("", line.raw) for line in lines if not line.zero and not _FREE.search(fold(line.raw))
    )
    joint = "" if note.startswith("/") else "; "
    return capped(joint.join(part for part in (useful, note) if part))


def _useful(note: str) -> str:
    text = said_once(note)
    folded = fold(one_line(text)).strip(" .;:-")
    return "" if _EMPTY_NOTE.fullmatch(folded) or len(folded) < 4 or folded.isdigit() else text


def _ended(text: str, today: date) -> date | None:
    for day, month, year in _UNTIL.findall(fold(text)):
        try:
            until = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if until < today:
            return until
    return None
