"""Tells whether a question is about somebody else doing it ("làm hộ được không"), and what a record says of that. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.catalogue.model import Procedure
from nlu.text import fold, normalise

_ANOTHER = r"(?:nguoi (?:khac|nha|than|quen|ta)|ai|ban|vo|chong|con|me|bo|anh|chi|em|ong|ba|luat su|dich vu)"
_ASKED = re.compile(
    r"\b(?:(?:lam|nop|di|lay|nhan|dang ky|khai|ky|xin) (?:ho|thay|dum|gium)\b(?! (?:khau|chieu|kinh|ngheo|can|gia|tich|so|ten|doi|the))"
    rf"|nho {_ANOTHER}(?: \w+)? (?:lam|nop|di|lay|nhan|ky|dang ky)\b|uy quyen (?:cho|duoc|lam|nop|thi)|duoc uy quyen|{_ANOTHER} (?:lam|nop|di|lay|nhan) (?:thay|ho|dum|gium)\b)"
)
_ASKING = re.compile(r"\b(?:khong|ko|sao|the nao|nhu the nao|can gi|gi|giay nao|phai|ai)\b|\?$")
_TOLD = re.compile(r"ủy quyền|uỷ quyền|làm thay|nộp thay|đi thay|nhận thay|làm hộ|nộp hộ|người khác|thay mặt", re.I)


def asks_for_proxy(text: str) -> bool:
    """Tell whether a message asks about somebody else doing it."""
    folded = fold(normalise(text))
    return bool(_ASKED.search(folded) and _ASKING.search(folded))


def proxy_lines(procedure: Procedure) -> tuple[str, ...]:
    """Return what the record says of somebody else doing it, in its own words."""
    return tuple(dict.fromkeys(line.strip(" .;") for line in _lines(procedure) if line.strip()))


def _lines(procedure: Procedure) -> Iterator[str]:
    for case in procedure.cases:
        if _TOLD.search(case.title):
            title = case.title.rstrip(" :")
            yield from (f"{title}: {paper.name}" for paper in case.papers)
        else:
            yield from (paper.name for paper in case.papers if _TOLD.search(paper.name))
    yield from (line for line in re.split(r"(?<=[.;])\s+", procedure.conditions) if _TOLD.search(line))
    yield from (step for step in procedure.steps if _TOLD.search(step))
