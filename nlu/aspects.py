"""Cue words that tell which aspects a question asks about. Pure, accent-blind, the same in both environments.

What is learned takes the cues as signs among others (``nlu.asking_model``, and the classifier in Rasa); of a few words, or of
things listed in one breath, they tell alone. A cue must be a way of *asking*, since names of procedures are full of the same
nouns ("giấy chứng nhận đủ điều kiện kinh doanh"). What the aspects mean: ``nlu.understanding.Aspect``.
"""

from __future__ import annotations

import re

from nlu.text import fold, normalise
from nlu.understanding import Aspect

_PATTERNS: dict[Aspect, str] = {
    Aspect.DOCUMENTS: (
        r"giay to|ho so (?:can|gom|gi|bao gom|the nao|nhu the nao|nhung gi)|ho so [\w ]{3,60}(?:gom|nhung gi|can gi|la gi)"
        r"|(?:gom|can|nop|mang|chuan bi|co) (?:nhung |cac )?(?:giay|ho so|ban (?:sao|chinh|goc))|thanh phan ho so"
        r"|can (?:nhung )?gi\b|nhung gi\b|chuan bi (?:nhung )?(?:gi|sao)|mang theo|mang (?:nhung )?gi|ban (?:goc|chinh|sao)"
        r"|may (?:bo|ban)|bao nhieu bo ho so|so luong ho so|giay nao|giay to gi|can giay"
    ),
    Aspect.CONDITIONS: (
        r"(?<!du )dieu kien|yeu cau (?:gi|nao|doi voi)|duoc (?:\w+ ){0,6}(?:khong|ko|hong)\b|co (?:duoc|bi|phai|can|bat buoc|quyen|the)\b"
        r"|truong hop nao|doi tuong nao|bao nhieu tuoi|\d+ tuoi|tu choi|bat buoc|phai khong|quy dinh (?:the nao|ra sao|nhu the nao)"
        r"|tieu chuan|co can\b|neu .* thi sao|thi sao|khong dong y|trach nhiem"
    ),
    Aspect.FEE: (
        r"le phi|(?<!kinh )(?<!chi )\bphi\b (?:bao nhieu|la|het|nhu the nao|the nao|ra sao|khong|gi)|\bphi\b$|muc (?:thu|phi)|bao nhieu (?:tien|dong|vnd)|bao tien|may tien"
        r"|ton (?:bao nhieu|tien|phi|kem)|mat (?:bao nhieu )?(?:tien|phi)|dong (?:bao nhieu )?tien|gia bao nhieu|chi phi|mien phi|(?:nop|dong|tra|mat|thu) (?:le )?phi"
        r"|het bao nhieu|bao nhieu het|bao nhieu vay|mien (?:giam )?(?:le )?phi"
    ),
    Aspect.TIME: (
        r"bao lau|bao nhieu (?:ngay|gio|thang|lau)|may (?:ngay|gio|hom|tuan|thang|bua)|thoi (?:han|gian)|khi nao|luc nao|chung nao|bao gio"
        r"|ngay nao|co ngay khong|lay ngay|trong ngay|mat (?:bao )?lau|lau khong|tre nhat|cham nhat|qua han|hieu luc|gia tri su dung"
    ),
    Aspect.STEPS: (
        r"lam (?:the nao|sao|nhu the nao|ntn)|(?:thuc hien|dang ky|xin|nop|tien hanh) (?:nhu the nao|the nao|ra sao|sao)|quy trinh|trinh tu|cac buoc|may buoc|buoc nao"
        r"|nhung buoc|huong dan|cach (?:lam|xin|dang ky|nop|doi|cap|thuc hien|khai)|phai lam (?:gi|sao)|can lam (?:gi|sao)|lam gi\b|thu tuc gi|bat dau tu dau|gom may buoc"
    ),
    Aspect.OVERVIEW: (
        r"\bla gi\b|nghia la|the nao la|thong tin ve|tim hieu|cho (?:toi|em|minh|chau|con) (?:hoi|biet) (?:ve )?(?:thu tuc|viec)|muon (?:hoi|biet) (?:ve )?thu tuc"
        r"|thu tuc [\w ,]+ (?:nhu the nao|the nao|ra sao|sao)\b|tu van|de lam gi|dung de"
    ),
    Aspect.WHERE: (
        r"o dau|tai dau|cho nao|noi nao|den dau|co quan nao|don vi nao|ai (?:cap|giai quyet|ky|co tham quyen|tiep nhan|thuc hien|xac nhan|cong chung|chung thuc)|tham quyen"
        r"|dia diem|dia chi|o (?:xa|phuong|huyen|tinh) (?:hay|hoac)|cap nao|nop (?:cho|ve|tai) (?:dau|ai|co quan)|len (?:xa|phuong) hay|(?:phong|so|bo|ubnd|cong an) nao|gap ai"
    ),
    Aspect.RESULT: (
        r"ket qua (?:la|nhan|gi|tra|cua|the nao|nhu the nao|thuc hien|giai quyet)|nhan duoc (?:gi|giay|nhung|cai|loai)|duoc cap (?:gi|giay gi|cai gi|nhung)|ra (?:giay|cai) gi|tra ket qua (?:gi|nhu the nao)"
    ),
    Aspect.HOW_ONLINE: (
        r"online|truc tuyen|qua mang|tren mang|cong dich vu cong|dich vu cong|vneid|internet|qua app|tren (?:app|web|dien thoai)|toan trinh|tai nha|dien tu duoc khong|cach thuc (?:thuc hien|nop)|hinh thuc nop"
    ),
    Aspect.FORM: (
        r"mau (?:don|to khai|nao|so|giay|van ban|de nghi|phieu|gi)|to khai|bieu mau|don (?:de nghi|xin|dang ky) (?:o dau|mau|nao|theo)|tai mau|\bmau\b (?:\w+ )?(?:o dau|nao)|ct0\d|viet don|dien don|ghi (?:to khai|don)"
    ),
    Aspect.LEGAL: (
        r"can cu (?:phap ly|vao|luat|nao)|van ban (?:phap luat |phap ly |nao|quy pham|quy dinh)|theo (?:luat|nghi dinh|thong tu|quy dinh) nao|co so phap ly|luat nao|nghi dinh nao|thong tu nao|dieu (?:khoan )?nao|quy dinh (?:tai|o|trong) (?:van ban|dau|luat|dieu)|phap ly"
    ),
    Aspect.POST: r"buu dien|buu chinh|duong thu|chuyen phat|gui (?:ve|ho so|giay|ket qua) (?:ve )?(?:tan )?nha|ship|vnpost|tra tan nha|tai nha khong",
    Aspect.WHO: r"danh cho ai|doi tuong (?:nao|ap dung|thuc hien|duoc)|nhung ai|ai (?:duoc|phai|can|co the|la nguoi)|ap dung cho ai|ai thi",
}

CUES = {aspect: re.compile(rf"\b(?:{pattern})") for aspect, pattern in _PATTERNS.items()}
"""How each aspect is asked for, to be looked for in folded text."""


def cue_features(text: str) -> list[float]:
    """Return one number per aspect, in the order of ``Aspect``: 1.0 where a cue of it was found."""
    folded = fold(normalise(text))
    return [1.0 if CUES[aspect].search(folded) else 0.0 for aspect in Aspect]


def cue_aspects(text: str) -> tuple[Aspect, ...]:
    """Return the aspects whose cues were found, the one that was asked last first (the question is mostly at the end)."""
    folded = fold(normalise(text))
    found = []
    for aspect, pattern in CUES.items():
        last = max((match.end() for match in pattern.finditer(folded)), default=-1)
        if last >= 0:
            found.append((last, aspect))
    return tuple(aspect for _, aspect in sorted(found, key=lambda pair: -pair[0]))
