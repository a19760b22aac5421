"""Tells attempts to steer the assistant ("bỏ qua mọi hướng dẫn …") from questions, and what plain question is left. Pure."""

from __future__ import annotations

import itertools
import re

from nlu.aspects import cue_aspects
from nlu.text import fold, normalise

_ORDERS = r"(?:huong dan|chi dan|chi thi|lenh|menh lenh|quy tac|luat le|quy dinh|yeu cau|cau lenh|prompt|cai dat|instructions?|rules?)"
_STEERING = re.compile(
    rf"\b(?:(?:bo qua|quen|phot lo|lo di|vo hieu(?: hoa)?|xoa)(?: het| di| ngay| tat ca| moi| cac| nhung| toan bo| may)* {_ORDERS}"
    r"(?! (?:cua|tai|o) (?!ban\b|may\b|em\b|he thong))"
    rf"|(?:ignore|disregard|forget|override)(?: \w+){{0,4}} {_ORDERS}"
    r"|(?:system|developer|hidden) ?(?:prompt|message|instructions?)|prompt (?:he thong|goc|an|ban dau|cua (?:ban|may|em))"
    r"|(?:in|doc|xuat|hien|lap|nhac|tiet lo|cho \w+ xem|dua)(?: \w+){0,4} (?:prompt|chi thi (?:dau tien|goc|he thong)|cau hinh (?:he thong|cua ban))"
    r"|(?:tu (?:gio|bay gio|nay)|bay gio|ke tu)(?: tro di)?,? (?:ban|may|em|you) (?:se |hay )?(?:la|dong vai|lam)\b"
    r"|(?:hay |thu )?(?:dong vai|gia vo|gia lam|vao vai)\b|act as\b|you are now|pretend|jailbreak|\bdan mode\b|developer mode"
    r"|che do (?:nha phat trien|lap trinh vien|admin|quan tri|khong gioi han|tu do)|khong (?:con )?(?:bi )?(?:kiem duyet|gioi han nao)"
    r"|(?:tat|bo|go)(?: het)? (?:bo loc|kiem duyet|gioi han)"
    r"|(?:tra loi|noi|khang dinh|viet|ghi|bao)(?: \w+){0,3} (?:rang|la) (?:moi|tat ca|khong can|ban la|toi la (?:admin|quan tri))"
    r")",
)
_CLAUSE = re.compile(r"[.!?;\n,]+|\b(?:va|roi|sau do|xong|dong thoi|and then|and|then)\b")
_PUT_IN_MOUTH = re.compile(
    r"\b(?:noi|tra loi|khang dinh|viet|in|ghi|bia|bao|xac nhan|ke)\b(?: \w+){0,2} (?:rang|la|ra|thanh|code|tho|bai|doan|cau)\b|```|\bhack\b"
)
"""A clause that wants words said rather than a question answered."""


def is_steering(text: str) -> bool:
    """Tell whether a message tries to steer the assistant."""
    return bool(_STEERING.search(fold(normalise(text))))


def plain_question(text: str) -> str:
    """Return the clauses of a steering message that plainly ask about something; empty when there are none."""
    plain = normalise(text)
    folded = fold(plain)
    if len(folded) != len(plain):
        plain = folded
    ends = [0, *(cut.end() for cut in _CLAUSE.finditer(folded)), len(plain)]
    clauses = [plain[start:end].strip(" ,.;!?") for start, end in itertools.pairwise(ends)]
    asking = [clause for clause in clauses if clause and _asks(clause)]
    return ", ".join(asking)


def _asks(clause: str) -> bool:
    folded = fold(clause)
    if _STEERING.search(folded) or _PUT_IN_MOUTH.search(folded):
        return False
    return bool(cue_aspects(clause))
