"""Groups codes that are one service to a citizen: levels, renamings, provincial copies, portal duplicates. Pure.

Two procedures are one service when their names say the same once level, authority and the portal's frame words are
taken away, or when one code is a province's copy of the other. What makes two services different although their names
are alike (first or again, with a foreign element or not, of whom) stays in the name and keeps them apart. An official
may correct the outcome (``Correction``). The same input always gives the same families.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nlu.catalogue.model import base_code
from nlu.text import fold, normalise

_LEVEL = r"(?:trung uong|tinh|thanh pho|huyen|quan|xa|phuong|dac khu|bo|so|cuc|chi cuc|tong cuc|vu|dia phuong|cong an cap \w+)"
_OFFICE = r"(?:cox quan (?:o )?trung uong|(?:cuc|phong) (?:canh sat|quan ly xuat nhap canh)|cong an|bo cong an|ubnd|uy ban|so)"
_GOES_ON = r"(?:khi|neu|bi|do|doi|nhung|de|truong hop|trong truong hop|truoc ngay|tu ngay)\b"
"""What follows an authority and is no part of it: a condition, an object, a date."""
_AUTHORITY = re.compile(
    rf",?\s*(?:\((?:thuoc )?tham quy?en[^)]*\)|(?:do|thuoc|theo) tham quy?en\b(?:\s+(?!{_GOES_ON})[^\s;,()]+)*(?:\s*\(bql\))?)"
)
_FRAME = (
    (re.compile(rf"\((?:\d\.\d{{6}}[^)]*|[^)]*\bcap {_LEVEL}\b[^)]*|(?:o )?{_LEVEL}|tthc[^)]*|cap \w+|ubnd[^)]*|bql|tw|(?:bo|so) [\w ]+)\)"), " "),
    (re.compile(r"\((?:theo )?(?:nghi dinh|thong tu|quyet dinh)?(?: sox?)? ?\d+/\d{4}/[\w-]+\)"), " "),
    (re.compile(r"[•*]+|\b\d\.\d{6}[\w.]*"), " "),
    (re.compile(r"\b(?:thuc hien )?bang dich vu cong\s+(?:truc\s+tuyen|toan trinh|mot phan).*$"), " "),
    (re.compile(rf"\s(?:thuc hien )?(?:o|tai) {_OFFICE}[^;,]*(?:, thanh pho truc thuoc trung uong)?\s*$"), " "),
    (re.compile(rf"(?:,| -| –)?\s*(?:duoc )?(?:thuc hien )?(?:o|tai|do)? ?(?<!sox )cap {_LEVEL}(?: (?:va|hoac|,) (?:cap )?{_LEVEL})*(?: quan ly)?\s*$"), " "),
    (re.compile(r"(?<!truc thuoc)\s(?:(?:o|tai) )?(?:(?:cac )?cox quan )?trung uong\s*$"), " "),
    (re.compile(r"\b(?:thu tuc(?: hanh chinh)?|viec|de nghi|yeu cau|xin|nhan dan|van ban chap thuan)\b"), " "),
    (re.compile(r"\b(?:giai quyet|quyet dinh) (?=huong\b|che do\b|tro cap\b)|^\W*quyet dinh (?=dong cuax\b)"), " "),
    (re.compile(r"\b(?:cong dan|nguoi) viet nam\b"), " cong dan "),
    (re.compile(r"\b(quyet dinh|nghi dinh|thong tu) sox? (?=\d)"), r"\1 "),
    (re.compile(r"\bcap (?=xac nhan\b)|(?<=cap )moi\b|\bgiay (?=chung nhan\b|xac nhan\b)"), " "),
    (re.compile(r"\bdoi voi\b"), " "),
    (re.compile(r"\bkham,? chua benh\b"), "kham benh chua benh"),
    (re.compile(r"\bxuat,? nhap khau\b"), "xuat khau nhap khau"),
    (re.compile(r"\blan (?:thu )?2\b|\blan thu hai\b"), "lan hai"),
    (re.compile(r"\bgcn\b"), "chung nhan"),
    (re.compile(r"\bgtgt\b"), "gia tri gia tang"),
    (re.compile(r"\b(?:vs)?attp\b"), "an toan thuc pham"),
    (re.compile(r"\btha\b"), "thi hanh an"),
    (re.compile(r"\btnhh\b"), "trach nhiem huu han"),
    (re.compile(r"\bmtv\b"), "mot thanh vien"),
)  # fmt: skip
"""What only tells level, authority or the portal's manner, in folded words (see ``_folded``), with what stands for it."""
_FILLING = frozenset(("của", "và", "các", "những", "ở", "tại", "trong", "về", "cho", "là", "được", "có"))
_OFFICES = frozenset(("bộ", "sở"))
_FILLING_FOLDED = frozenset(fold(word) for word in _FILLING)
_MISTAKABLE = _FILLING_FOLDED | frozenset(fold(word) for word in _OFFICES)
_ORDERING = frozenset(("truoc", "sau", "sang", "thanh", "den"))
"""Before and after, from one into the other: the same words in another order are another service."""
_LOOKALIKE = "x"
"""Is put after a word that loses its meaning with its accents: "tài" (sản) is not "tại", "dược" not "được", "số" not "sở"."""
_FOREIGN = re.compile(r"nuoc ngoai|quoc te")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Member:
    """What grouping looks at of one procedure."""

    code: str
    name: str
    name_doubted: bool = False
    """The name may have been overwritten by another procedure's: it groups nothing."""


@dataclass(frozen=True)
class Correction:
    """An official's word: this code belongs with that one, or stands alone."""

    code: str
    with_code: str = ""
    """Code of the family that it belongs to; empty when it stands alone."""


def service_key(name: str) -> str:
    """Return what of a name says which service it is: folded, without level, authority, frame words and punctuation."""
    plain = _AUTHORITY.sub(_kept_of_authority, _folded(name))
    for pattern, replacement in _FRAME:
        plain = pattern.sub(replacement, plain)
    return " ".join(word for word in _WORD.findall(plain) if word not in _FILLING_FOLDED)


def unordered(key: str) -> str:
    """Return a key without the order of its words ("quỹ tự giải thể", "tự giải thể quỹ"), where the order says nothing."""
    words = key.split()
    return key if _ORDERING.intersection(words) else " ".join(sorted(words))


def _folded(name: str) -> str:
    """Fold a name so that no word with a meaning of its own looks like a filling word or an office."""
    return _WORD.sub(lambda found: _folded_word(found.group()), normalise(name).lower())


def _folded_word(word: str) -> str:
    plain = fold(word)
    meant = word == plain or word in _FILLING or word in _OFFICES
    return plain if meant or plain not in _MISTAKABLE else plain + _LOOKALIKE


def _kept_of_authority(found: re.Match[str]) -> str:
    """Return what an authority says of the applicant: the army's own services are for its own people."""
    return " quoc phong " if "quoc phong" in found.group() else " "


def families(members: Iterable[Member], corrections: Sequence[Correction] = ()) -> dict[str, str]:
    """Group procedures into services.

    Args:
        members: all procedures of a catalogue, in any order.
        corrections: the officials' words, oldest first; those about codes that are not there are passed over.

    Returns:
        For every code the name of its family: the smallest code in it.
    """
    ordered = sorted(members, key=lambda member: member.code)
    groups = _Groups(member.code for member in ordered)
    by_key: dict[str, str] = {}
    by_base: dict[str, Member] = {}
    for member in ordered:
        key = unordered(service_key(member.name))
        if key and not member.name_doubted:
            groups.join(member.code, by_key.setdefault(key, member.code))
        national = by_base.setdefault(base_code(member.code), member)
        if national.code != member.code and _one_code(national, member):
            groups.join(member.code, national.code)
    return groups.corrected(corrections)


def _one_code(national: Member, copy: Member) -> bool:
    """Tell whether a province's copy names the service of its national code; some codes were paired wrongly."""
    first, second = set(service_key(national.name).split()), set(service_key(copy.name).split())
    if national.name_doubted or copy.name_doubted:
        return True
    if bool(_FOREIGN.search(fold(national.name))) != bool(_FOREIGN.search(fold(copy.name))):
        return False
    return 2 * len(first & second) >= min(len(first), len(second))


class _Groups:
    """Codes joined into groups; a group is named by its smallest code."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._parent = {code: code for code in codes}

    def find(self, code: str) -> str:
        while self._parent[code] != code:
            self._parent[code] = code = self._parent[self._parent[code]]
        return code

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def corrected(self, corrections: Sequence[Correction]) -> dict[str, str]:
        """Return the groups after the officials' corrections."""
        found = {code: self.find(code) for code in self._parent}
        for correction in corrections:
            if correction.code not in found:
                continue
            if not correction.with_code:
                found = _alone(found, correction.code)
            elif correction.with_code in found:
                found[correction.code] = found[correction.with_code]
        return _named(found)


def _alone(found: Mapping[str, str], code: str) -> dict[str, str]:
    return {**found, code: f"{code} alone"}


def _named(found: Mapping[str, str]) -> dict[str, str]:
    smallest: dict[str, str] = {}
    for code in sorted(found):
        smallest.setdefault(found[code], code)
    return {code: smallest[family] for code, family in found.items()}
