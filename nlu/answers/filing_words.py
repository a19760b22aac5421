"""For which way of filing a note is: "Nộp trực tuyến thì …" says nothing to who goes to the counter. Pure.

Only what a note says itself at the head of a clause counts; whatever is not clearly for another way is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlu.catalogue.model import FilingWay
from nlu.text import normalise

_WAYS: Mapping[FilingWay, str] = {
    FilingWay.ONLINE: r"trực tuyến|(?:trên|qua) mạng|(?:trên )?môi trường điện tử|điện tử|online",
    FilingWay.COUNTER: r"trực tiếp|tại quầy|giấy(?! tờ)",
    FilingWay.POST: r"bưu (?:điện|chính)|giấy(?! tờ)",
}
_ANY = "|".join(_WAYS.values())
_FILED = re.compile(
    r"\b(?:nộp|gửi|đăng ký|thực hiện|khai|làm|hình thức|phương thức)"
    r"(?: (?:hồ sơ|giấy tờ|theo|bằng|qua|trên|hình thức|phương thức|được|gửi|dịch vụ|hệ thống|đường|cách|thủ tục))*"
    rf" (?:{_ANY})\b"
)
"""How a head says that filing is meant: "bản điện tử" and "thiệt hại trực tiếp" are something else."""
_OTHERWISE = re.compile(r"\b(?:không|chưa|ngoài|ủy quyền)\b")
_MOST_WORDS = 18
"""Words of a head; a longer one tells more than how the papers are filed."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỵ])|\n+")
_CONDITION = re.compile(r"\W*(?:nếu|khi|trường hợp|đối với)\b")


def filing_ways(head: str) -> frozenset[FilingWay]:
    """Return the ways of filing that a head or a title names; none where it is about something else."""
    said = normalise(head).lower()
    if len(said.split()) > _MOST_WORDS or _OTHERWISE.search(said) or not _FILED.search(said):
        return frozenset()
    return frozenset(way for way, words in _WAYS.items() if re.search(rf"\b(?:{words})\b", said))


def note_for(note: str, way: FilingWay | None) -> str:
    """Return what of a note applies to a way of filing; empty when nothing does, all of it where no way is chosen."""
    if way is None:
        return note
    return " ".join(told for sentence in _SENTENCE.split(note) if (told := _sentence_for(sentence, way)))


def _sentence_for(sentence: str, way: FilingWay) -> str:
    kept = []
    beyond: frozenset[FilingWay] = frozenset()
    for clause in sentence.split(";"):
        ways, goes_on = _headed(clause)
        if goes_on:
            beyond = ways
        applies = ways or beyond
        if not applies or way in applies:
            kept.append(clause)
    left = ";".join(kept).strip()
    return left[:1].upper() + left[1:] if len(kept) < len(sentence.split(";")) else left


def _headed(clause: str) -> tuple[frozenset[FilingWay], bool]:
    """Return the ways that a clause's head names, and whether the head holds for the clauses behind it too."""
    head, colon, _ = clause.partition(":")
    ways = filing_ways(head) if colon else frozenset()
    if ways:
        return ways, True
    head, then, _ = clause.partition(" thì ")
    if not then and _CONDITION.match(clause.lower()):
        head, then, _ = clause.partition(",")
    return (filing_ways(head) if then else frozenset()), False
