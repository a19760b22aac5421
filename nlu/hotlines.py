"""Reads the telephone numbers that answers name, and tells an emergency from its words."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from nlu.text import fold, normalise
from nlu.yaml_files import read_yaml

HOTLINES = Path(__file__).with_name("data") / "hotlines.yml"


class Emergency(StrEnum):
    """What kind of help is needed at once."""

    FIRE = "fire"
    CHILD = "child"
    VIOLENCE = "violence"
    DESPAIR = "despair"
    """Somebody speaks of ending their life."""
    AMBULANCE = "ambulance"
    POLICE = "police"


_SIGNS: dict[Emergency, str] = {
    Emergency.FIRE: r"\bdang (?:boc )?chay\b(?! (?:xe|grab|taxi|ship|bien|thu|be|hang|dich vu|quang cao|ho so))"
    r"|chay (?:nha|lon|roi|to\b|khach san|xe roi)|boc chay"
    r"|(?:nha|phong|quan|cho|xe|can ho|chung cu)(?: \w+){0,3} (?:dang |bi |boc )chay(?! cho)"
    r"|goi cuu hoa|(?:mac ket|ket) (?:trong|duoi)|sap (?:nha|ham|tuong) (?:roi|de)|duoi nuoc|chet duoi"
    r"|\bnha chay\b(?= roi|,| co\b| lon| to\b|$)|ro ri (?:khi )?gas",
    Emergency.CHILD: r"(?:xam hai|bao hanh|danh dap|lam dung|hiep|hanh ha)(?: \w+){0,4} (?:tre|be|chau|con nit"
    r"|em be|hoc sinh)"
    r"|(?:tre em|dua be|chau be|be gai|be trai|\bbe|con toi)(?: \w+){0,3} bi (?:xam hai|bao hanh|danh|hiep|bat coc"
    r"|lam dung|hanh ha)"
    r"|bat coc",
    Emergency.VIOLENCE: r"(?:chong|vo|bo|ba|cha|nguoi yeu|anh ta|no|hang xom)(?: \w+){0,3} (?:dang )?(?:danh"
    r"|chem|doa giet|bop co|hanh hung) (?:toi|em|minh|me|con|chi|tui|vo)"
    r"|bi (?:chong|vo|nguoi yeu|bo duong|ban trai)(?: \w+){0,2} (?:danh|bao hanh|doa giet|chem|hanh hung)"
    r"|bao luc gia dinh (?:dang|khan)|dang bi (?:danh|bao hanh|hanh hung|de doa|chem)",
    Emergency.DESPAIR: r"muon (?:chet|tu tu|tu sat|ket lieu|ket thuc cuoc doi)|khong (?:muon|thiet) song(?: nua)?\b"
    r"|(?<!hoi )tu tu\b(?! (?:da|em|hoi|thoi|nhe))|tu sat",
    Emergency.AMBULANCE: r"dot quy|ngung tho|bat tinh|ngat xiu|co giat|chay mau nhieu|mat mau"
    r"|cap cuu(?! (?:hoi|vien|luu))(?: voi| gap| ngay| nguoi|$)"
    r"|tai nan (?:giao thong )?(?:vua|nang|roi|co nguoi|gay thuong)"
    r"|(?<!tung )(?:bi|gap|co|xay ra) (?:\w+ )?tai nan(?! (?:lao dong|nghe nghiep))"
    r"|(?:co nguoi|nguoi nha|nguoi ta|ai do|nhieu nguoi|\bem|\btoi|\bminh)(?: \w+){0,3} bi (?:thuong|bong|gay (?:tay|chan|xuong))"
    r"|(?:xe|o to|xe may)(?: \w+){0,2} (?:tong|dam|can|ui)(?: \w+){0,2} nguoi|lat xe"
    r"|uong thuoc (?:sau|tru sau|chuot)|ngo doc|goi xe cap cuu|kho tho|khong tho (?:duoc|noi)|dau nguc du doi|sap de roi|vo oi",
    Emergency.POLICE: r"\b(?:bi |co |dang )(?:an )?(?:cuop|giat (?:do|tui|dien thoai|day chuyen)"
    r"|trom)(?: \w+){0,3} (?:vao nha|dang|roi|gap|ngay|toi|tui)"
    r"|cuop(?: \w+)? (?:dang|vao)|giet nguoi|dang bi (?:duoi|truy sat)"
    r"|co (?:nguoi|ban|em|chau)(?: \w+){0,2} bi (?:chem|danh|dam|cuop|hanh hung)\b"
    r"|co (?:nguoi|ke|thang|ten) (?:dot nhap|cam dao|cam sung)"
    r"|^(?:\w+ ){0,2}cuu (?:voi|(?:toi|em|minh|chung toi)(?: voi)?)[ !.]*$|danh nhau (?:dang|to|lon)",
}

_LONG_AGO = re.compile(
    r"\b(?:nam|thang|tuan|hom|hoi|dot) (?:ngoai|truoc|qua|kia|do|nam|thang)\b|truoc day|ngay xua|da lau|\btung\b|\d (?:nam|thang)\b"
)
"""Words of what is over: then an accident is told, not reported."""
_OVER = re.compile(r"tai nan|bi (?:thuong|bong|gay)")
"""Signs that count only where nothing says that it is over."""

_NEEDED: dict[str, str] = {
    "ambulance": r"tai nan|bi thuong|thuong (?:nang|vong)|\bbong\b|gay (?:tay|chan|xuong)|chay mau|mat mau|bat tinh|ngat|ngung tho"
    r"|khong tho|kho tho|co giat|dot quy|duoi nuoc|ngo doc|(?:tong|dam|can|ui) (?:\w+ ){0,2}nguoi|lat xe|\bnga\b|cap cuu|chem|dam chet",
    "fire": r"mac ket|\bket (?:trong|duoi)|boc chay|dang (?:bi )?chay|chay (?:nha|lon|roi|to)|khoi (?:nhieu|den|mu)|no (?:gas|binh|lon)"
    r"|duoi nuoc|sap (?:nha|ham|tuong)|ro ri|cuu (?:hoa|nan)",
    "police": r"tai nan(?! (?:lao dong|sinh hoat))|(?:tong|dam|can|ui) (?:\w+ ){0,2}nguoi|lat xe|\bdanh\b|chem|cuop|trom|cam (?:dao|sung)|giet"
    r"|doa|bat coc|xam hai|bao hanh",
    "child": r"(?:xam hai|bao hanh|danh dap|bat coc)(?: \w+){0,4} (?:tre|be|chau)|(?:tre|be|chau)(?: \w+){0,3} bi (?:xam hai|bao hanh|bat coc)",
}
"""Whom the words of an emergency call for, by the name of the telephone number: who keeps people alive goes first."""
_FIRST: dict[Emergency, str] = {
    Emergency.FIRE: "fire",
    Emergency.CHILD: "child",
    Emergency.VIOLENCE: "police",
    Emergency.DESPAIR: "ambulance",
    Emergency.AMBULANCE: "ambulance",
    Emergency.POLICE: "police",
}
_NEEDS = {name: re.compile(pattern) for name, pattern in _NEEDED.items()}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _SIGNS.items()}
_OTHER_WORDS = re.compile(r"\b(?:chạy|từ từ|mẫu|giặt)\b")
"""Harmless words that look like those of an emergency once their accents are gone."""
_PAPERWORK = re.compile(
    r"thu tuc|giay (?:phep|chung|xac nhan|to|khai)|ho so|tro cap|dang ky|che do|bao hiem|phong chay|le phi"
    r"|quy dinh|muc phat|bi phat"
    r"|chung (?:chi|tu)\b|to khai|khai tu|can cuoc|cccd|ho chieu|bang lai|so (?:do|hong)\b"
    r"|(?:lam|cap|xin) lai|ho tro|boi thuong|den bu"
    r"|ly hon|con nuoi|di chuc|nghia vu|dieu kien|phong kham|an toan thuc pham|kinh doanh"
)
_NOW = re.compile(
    r"\b(?:nha|phong|bep|can ho|chung cu|xuong|kho)(?: \w+){0,3} dang (?:bi |boc )?chay\b(?! (?:ho so|thu))"
    r"|dang (?:bi )?(?:\w+ ){0,2}(?:danh|chem|hanh hung|bop co) (?:toi|em|minh|me|con|chi|tui|vo)\b"
    r"|cuop dang|(?:cuu|ho tro|giup) gap|cuu (?:voi|toi)"
)
"""Signs that it happens this minute: then talk of papers in the same breath does not count."""


def emergency_of(text: str) -> Emergency | None:
    """Return the emergency that a message reports; talk about paperwork around accidents and fires is none."""
    folded = fold(_OTHER_WORDS.sub("…", normalise(text).lower()))
    if _PAPERWORK.search(folded) and not _NOW.search(folded):
        return None
    if _LONG_AGO.search(folded):
        folded = _OVER.sub("…", folded)
    return next((kind for kind, sign in _COMPILED.items() if sign.search(folded)), None)


def helpers_of(text: str) -> tuple[str, ...]:
    """Return the names of the numbers to call for what a message tells, the most urgent first; none when it tells nothing.

    The kind of emergency says the first one; what else the words call for follows: an accident 115 and then 113, somebody
    trapped in a car 114 as well.
    """
    folded = fold(_OTHER_WORDS.sub("…", normalise(text).lower()))
    kind = emergency_of(text)
    called = [name for name, sign in _NEEDS.items() if sign.search(folded)]
    return tuple(dict.fromkeys([*([_FIRST[kind]] if kind else []), *called]))


def load_hotlines(path: Path = HOTLINES) -> dict[str, str]:
    """Return the telephone numbers by name."""
    return {name: str(entry["number"]) for name, entry in read_yaml(path).items()}
