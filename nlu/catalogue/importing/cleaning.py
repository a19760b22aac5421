"""Cleans text that was copied from web pages and documents. Pure."""

from __future__ import annotations

import re
import unicodedata

CAP = 600
"""Longest note in characters; a longer one is cut at the end of a word and ends with an ellipsis."""

ACRONYMS = frozenset((
    "UBND", "HĐND", "TTHC", "BHXH", "BHYT", "BHTN", "CCCD", "CMND", "GPLX", "GCN", "QSDĐ", "TNHH", "MTV", "HTX", "ODA",
    "FDI", "GMP", "GDP", "GPP", "GSP", "GLP", "USD", "VNĐ", "KCN", "KKT", "PCCC", "ATTP", "ĐTM", "GTVT", "ASEAN", "EU",
    "WTO", "FTA", "CITES", "ISO", "VNACCS", "ATA", "C/O", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII",
))  # fmt: skip
"""Words that stay in capitals when a name written all in capitals is brought to normal case."""

PROPER = {
    "việt nam": "Việt Nam", "nhà nước": "Nhà nước", "trung ương": "Trung ương", "hà nội": "Hà Nội",
    "đà nẵng": "Đà Nẵng", "bộ quốc phòng": "Bộ Quốc phòng", "bộ công an": "Bộ Công an", "quân đội": "Quân đội",
    "đảng": "Đảng", "quốc hội": "Quốc hội", "chính phủ": "Chính phủ",
}  # fmt: skip
"""Names that keep their capitals when a name written all in capitals is brought to normal case."""

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Controls; zero-width and direction marks; halves of a character; private use (bullets of Word); no characters at all.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_BULLET = re.compile(r"^(?:[-–—+*•●○▪·]\s*|[oO]\s+(?=\S))+")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_LEAD_WORD = re.compile(r"^thủ tục\s*:?\s+(?!hành chính)", re.IGNORECASE)
_TRAILING_YEAR = re.compile(r"\s*\(\d{4}\)\s*$")
_UPPER_SHARE = 0.8


def clean(text: str) -> str:
    """Return the text in NFC without control, invisible or broken characters; lines stay, spaces are single."""
    kept = _UNWANTED.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in kept.split("\n"))
    return _BLANK_LINES.sub("\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return the cleaned text on one line."""
    return " ".join(clean(text).split())


def without_bullet(text: str) -> str:
    """Drop leading list marks: ``- ``, ``+ ``, ``* ``, ``• ``."""
    return _BULLET.sub("", text).strip()


def capped(text: str, limit: int = CAP) -> str:
    """Cut a text at the end of a word so that it has at most ``limit`` characters, the ellipsis included."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = max(head.rfind(" "), head.rfind("\n"))
    return (head[:cut] if cut > 0 else head).rstrip(" ,;:.\n") + "…"


def official_name(text: str) -> str:
    """Bring a procedure's name into its normal form: no leading "Thủ tục", no trailing year, normal capitals."""
    name = _TRAILING_YEAR.sub("", one_line(text)).rstrip(" .;:")
    name = without_bullet(_LEAD_WORD.sub("", name).strip('"“” '))
    letters = [char for char in name if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) > 8 and capitals / len(letters) >= _UPPER_SHARE:
        name = _normal_case(name)
    return name[:1].upper() + name[1:]


def _normal_case(name: str) -> str:
    spoken = " ".join(_word_case(word) for word in name.split(" "))
    for lower, proper in PROPER.items():
        spoken = re.sub(rf"(?<!\w){lower}(?!\w)", proper, spoken)
    return spoken


def _word_case(word: str) -> str:
    bare = word.strip('()[],.;:"“”')
    keeps = bare in ACRONYMS or any(char.isdigit() for char in bare)
    return word if keeps else word.lower()


def said_once(text: str) -> str:
    """Join the lines of a note, each once and without its bullet; lines broken by a page's width are joined."""
    joined = re.sub(r"\n(?=\s*[a-zà-ỹđ(])", " ", clean(text))
    lines = (without_bullet(one_line(line)) for line in re.split(r"\n|(?<=[.;]),\s+", joined))
    return "\n".join(dict.fromkeys(line for line in lines if line))
