"""Finds numbers and addresses of the net that belong to one person: telephones, papers, plates, dates, e-mails, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.codes import CodeKind, find_codes
from nlu.learning.masking_text import Mask, Sentence, Span

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.])(?!\S*gov\.vn\b(?!/))[\w-]+(?:\.[\w-]+)*\.(?:com|vn|net|org|info|me|io)\b(?:/\S*)?"
)
_EMAIL = re.compile(r"[^\s@]+ ?@ ?[\w\-]+(?: ?\. ?[\w\-]+)*|(?<!\w)@\w{2,}")
_DATE = re.compile(
    r"(?<![\d/])\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?:19|20)?\d{2}(?!\d|/\w)"
    r"|\b(?:ngay |mung |mong )?\d{1,2} ?(?:thang|/) ?\d{1,2} ?(?:nam )? ?(?:19|20)\d{2}\b"
)
_BIRTH = re.compile(
    r"\b(?<!hy )(?<!tuyen )(?<!hoc )(?<!phat )(?:sinh|sn|ngay sinh|nam sinh)(?: (?:vao|ngay|nam|la|thang))* ?:? ?"
    r"(\d{1,2} ?[/.\-] ?\d{1,4}|\d{1,2} thang \d{1,2}|(?:19|20)\d{2}|\d{2}\b(?! ?(?:tuoi|ngay|thang|nam|con|gio|tuan|be)))"
)
_MONEY = re.compile(r"\d{1,3}(?:[.,]\d{3})+ ?(?:d|dong|vnd|vnđ|nghin|ngan|trieu|ty|k)\b")
_DIGITS = re.compile(r"(?<!\w)\+?\d(?:[ .\-–_/()]{0,3}\d){5,}")
_LETTERED = re.compile(r"(?<!\w)(?=[a-z0-9]*\d{5})(?=\d*[a-z])[a-z0-9]{6,}(?!\w)|(?<!\w)[a-z]{2}\d(?:[ .]?\d){9,}")
_TOLD = re.compile(
    r"\b(?:cccd|cmnd|cmt|cmtnd|can cuoc|dinh danh|tai khoan|stk|ho so|thue|mst|ho chieu|passport|bao hiem|bhxh|bhyt|otp"
    r"|xac nhan|xac thuc|ma so|ma|so the|dien thoai|sdt|dt|zalo|lien he|goi|pin|seri|so may|so khung|so cuoi|bien nhan)"
    r"(?: (?:cua|toi|em|minh|la|so|do|con|chau|me|bo))* ?[:#]? ?(\d[\d .\-]{2,}\d)(?! ?(?:so|nam|ngay|dong|d|k|trieu|nguoi)\b)"
)
_PLATE = re.compile(
    r"(?<!\w)\d{2} ?-? ?[a-z]{1,2}\d?(?:[ .\-]{1,3})\d{3}[. ]?\d{2}(?!\w)|(?<!\w)\d{2}-?[a-z]{1,2}\d?[.\-]?\d{4,5}(?!\w)"
    r"|(?<!\w)\d{2}-?[a-z]\d[ \-]\d{4}(?!\w)"
)
_PLATE_TOLD = re.compile(r"\bbien (?:so|kiem soat)(?: (?:xe|cua|toi|em|minh|la))* ?:? ?(\d{2}[\w .\-]{2,9}\d)(?!\w)")
_O_PHONE = re.compile(r"(?<!\w)o\d{9}(?!\d)")
_YEARS = re.compile(r"(?:(?:19|20)\d{2} ?[\-–/] ?)+(?:19|20)\d{2}")
_LAW = re.compile(r"\d{1,3}/(?:19|20)\d{2}(?!\d)")

LOCAL_PHONE = range(9, 12)
"""Digits of a telephone number that begins with 0."""
IDENTITY_DIGITS = (9, 12)
"""Digits of the old identity card and of the citizen's number."""


def number_spans(sentence: Sentence) -> Iterator[Span]:
    """Give what is a number, a code or an address of the net."""
    plain = sentence.plain
    for pattern, mask in ((_LINK, Mask.LINK), (_EMAIL, Mask.EMAIL), (_DATE, Mask.DATE)):
        yield from (Span(*match.span(), mask) for match in pattern.finditer(plain))
    for pattern, mask in ((_BIRTH, Mask.DATE), (_TOLD, Mask.NUMBER), (_PLATE_TOLD, Mask.PLATE)):
        yield from (Span(*match.span(1), mask) for match in pattern.finditer(plain))
    for pattern, mask in ((_O_PHONE, Mask.PHONE), (_PLATE, Mask.PLATE), (_LETTERED, Mask.IDENTITY)):
        yield from (Span(*match.span(), mask) for match in pattern.finditer(plain))
    yield from _codes(sentence.text)
    yield from _runs(sentence)


def _codes(text: str) -> Iterator[Span]:
    for code in find_codes(text):
        if code.kind is not CodeKind.PROCEDURE:
            yield Span(code.start, code.end, Mask.NUMBER)


def _runs(sentence: Sentence) -> Iterator[Span]:
    """Give the long runs of digits; amounts of money, numbers of laws and codes of procedures are nobody's."""
    kept = [match.span() for pattern in (_MONEY, _YEARS, _LAW) for match in pattern.finditer(sentence.plain)]
    kept += [(code.start, code.end) for code in find_codes(sentence.text) if code.kind is CodeKind.PROCEDURE]
    for match in _DIGITS.finditer(sentence.plain):
        inside = any(start <= match.start() and match.end() <= end for start, end in kept)
        if not inside and not _LAW.match(sentence.plain, match.start()):
            yield Span(*match.span(), _kind(match.group()))


def _kind(run: str) -> Mask:
    digits = re.sub(r"\D", "", run)
    if digits.startswith("84") or (digits.startswith("0") and len(digits) in LOCAL_PHONE):
        return Mask.PHONE
    return Mask.IDENTITY if len(digits) in IDENTITY_DIGITS else Mask.NUMBER
