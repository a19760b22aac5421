"""Signs by hand, from the legal definitions: what a complaint, a denunciation, a proposal and the others are told by. Pure.

Two kinds: lists of words (``nlu/data/border_words.yml``), and patterns where something may stand between. How much each
says, alone and beside another, is fitted with all other signs (``nlu.fitting.border``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nlu.word_lists import WordLists

WORDS = Path(__file__).parents[1] / "data" / "border_words.yml"
MANY = 3
"""So many entries of one list count no more than this."""

_OFFICIAL = (
    r"can bo|cong chuc|nhan vien|chuyen vien|vien chuc|chu tich|truong (?:phong|thon|ap|ban|xa|khoa|tram)|pho (?:phong|chu tich|giam doc)"
    r"|giam doc|hieu (?:truong|pho)|ke toan|thu (?:quy|kho)|cong an|canh sat|hai quan|kiem lam|thanh tra|dia chinh|ho tich|lanh dao|bi thu"
)
_OFFICE = (
    r"uy ban|phuong|xa|so|phong|mot cua|trung tam|co quan|chi cuc|cuc|van phong|quay|truong|benh vien|bao hiem|thue"
)
_MONEY = r"tien|trieu|phong bi|bao thu|# (?:k|cu|chai|tr|trieu|nghin|ngan|ty)"
_MINE = r"(?:cua |doi voi |cho )?(?:gia dinh |nha |cong ty |vo chong |ba |me |con |cha |co so |quan |truong )?(?:toi|minh|em|chung toi|tui)"
_DECISION = r"quyet dinh|bien ban|ket luan|thong bao|cuong che|xu phat|xu ly ky luat|phuong an"


# Each pattern begins with the space before a word, not with ``\b``: a search then tries at spaces only.
PATTERNS: dict[str, str] = {
    # Khiếu nại: a decision or act against me, to be reviewed (Law 02/2011 Article 2.1).
    "decision number": r" quyet dinh(?: \w+){0,4} so #| (?:ubnd|xpvphc|xphc|qd)\b",
    "undo it": r" (?:huy(?: bo)?|thu hoi|rut(?: lai)?|bai bo|dinh chi|go bo|xem(?: xet)? lai|xet lai|giai quyet lai|tinh lai|khoi phuc|phuc hoi)"
    rf"(?: \w+){{0,4}} (?:{_DECISION}|ket qua|lenh|quyen loi|giay chung nhan)",
    "against me": rf" (?:{_DECISION}|phat|den bu|boi thuong|thu hoi|tu choi|tinh)(?: \w+){{0,5}} {_MINE}\b",
    "my right": r" (?:yeu cau|de nghi|xin|doi)(?: \w+){0,3} (?:tra lai|boi thuong|giai quyet|khoi phuc|chi tra|huy|xem|xet|tinh|dieu chinh|rut|go|thu hoi|cong nhan)\b",
    "done to me": r" bi (?:\w+ ){0,2}(?:loai|gach|cat|bac|tuoc|duoi|buoc|sa thai|ky luat|dinh chi|tich thu|xoa|rot|tu choi|phat|thu hoi|huy|tinh)\b",
    "of mine": rf" {_MINE}\b",
    "opens a petition": r"^ (?:[|] )?(?:don|nay toi|toi lam don|toi viet don)\b| (?:lam|gui|nop|viet) don\b",
    # Tố cáo: somebody's breach of law (Law 25/2018 Article 2.1).
    "asks for money": rf" (?:voi|doi|goi y|yeu cau|bat|bao|noi|muon)(?: \w+){{0,5}} (?:dua|chi|bo ra|kep|chuyen|{_MONEY})\b(?! phi)",
    "gives or takes": rf" (?:nhan|an|dua|lay|chuyen khoan|gui|chi|nop|bo|ra gia|thu)(?: \w+){{0,3}} (?:{_MONEY})\b",
    "money, then": r" (?:tien|#|phong bi|khong dua|dua)(?: \w+| #){0,5} (?:moi|thi|la|chu) (?:chiu |duoc |cho |mai |chieu )?(?:ky|nhan|lam|cap|duyet|qua|co|giai quyet|xong|trinh|ra|lay|hanh|tra|dau)\b",
    "official and money": rf" (?:{_OFFICIAL})\b(?: [\w#]+){{0,8}} (?:{_MONEY})\b",
    "named": r" (?:ong|ba|anh|chi|co|thang|ten|doi tuong)\b(?: \w+){0,2} (?:o|la|ben|lam|tu|pho|truong|chu|thu) ",
    # Phản ánh: conduct (Article 5.1), a rule (5.2 to 5.6), a proposal (5.7, 5.8).
    "wants papers": r" (?:bat|doi|yeu cau|keu|bao)(?: \w+){0,6} (?:nop|bo sung|xac nhan|lam lai|giay|photo|ban goc|them|chung minh)\b",
    "days late": r" (?:da|qua|tre|cham|hon|gan|cho|mat|nop)(?: \w+){0,3} # (?:ngay|thang|tuan|nam|lan|bua|hom)\b",
    "though the rule": r" (?:quy dinh|luat|danh muc|niem yet|nghi dinh|quyet dinh|thu tuc)(?: [\w#]+){0,14} (?:nhung|ma|van|trong khi|con)(?: [\w#]+){0,5} (?:van|bat|doi|thu|yeu cau|hen|khong|noi)\b",
    "rule at fault": r" (?:quy dinh|luat|thong tu|nghi dinh|nghi quyet|chinh sach|thu tuc|van ban|mau don|mau|to khai|quy trinh|muc|dieu kien|che do|phi|giay)\b(?: [\w#]+){0,14} "
    r"(?:bat cap|vo ly|bat hop ly|phi ly|ruom ra|phuc tap|long vong|nhieu khe|lang nhang|khong (?:phu hop|hop|thuc te|sat|thong nhat|cong bang|ro|can thiet|kha thi|con)|lac hau|loi thoi"
    r"|chong cheo|mau thuan|trai|vuot|mo ho|kho hieu|rac roi|qua|thiet|xa roi|ky cuc|nuc cuoi|danh do|cong kenh|ton kem|phien)\b",
    "change proposed": r" (?:de nghi|kien nghi|de xuat|nen|xin|mong|can|gop y|sang kien|dung|khoi|sao khong|gia ma|thay vi)(?: [\w#]+){0,7} "
    r"(?:bo|bai bo|cat|bot|giam|mien|rut ngan|sua doi|sua|gop|ghep|don gian|thong nhat|lien thong|nang|tang|keo dai|noi|ha|cho phep|dieu chinh|bo sung|mo rong|chuyen|giao|phan cap|thay|dung chung|ban hanh|xay dung|lap|thi diem|tich hop|lui|ra soat)\b",
    "away with it": r" (?:bo|dep|cat|bai bo|huy bo|bot)(?: [\w#]+){0,8} (?:di|giay|thu tuc|quy dinh|xac nhan|to khai|buoc|khau|yeu cau|con dau|dieu kien|chu ky)\b",
    "begins with a proposal": r"^ (?:[\w|#]+ ){0,4}(?:de nghi|kien nghi|de xuat|nen|xin|mong|sao khong|theo (?:toi|em|minh|tui))\b",
    "street proposal": r" (?:de nghi|kien nghi|nho|xin|mong)(?: [\w#]+){0,6} (?:duong|hem|den|rac|cong|cay|via he|cau|muong|kenh|day dien|bien bao|camera|xe tai|quan|muoi|cho)\b",
    # Questions, and the rest.
    "asks the law": r" (?:dung|trai|hop|vi pham) (?:luat|phap luat|phap|quy dinh)(?: \w+){0,3} (?:khong|ko|chua|k)\b"
    r"| (?:luat|nghi dinh|dieu|van ban|thong tu|bo luat|can cu) (?:nao|may|gi)\b| co (?:quyen|duoc|bi|phai|can|hop phap|hieu luc|gia tri|tinh|duoc phep)\b(?: [\w#]+){0,12} (?:khong|ko|k|khong vay|khong a)(?: [?]| $|$)",
    "asks punishment": r" (?:phat|xu ly|xu phat|ky luat)(?: \w+){0,5} (?:bao nhieu|the nao|ra sao|gi|nao|sao|may)\b| toi (?:gi|nao)\b",
    "asks at the end": r" (?:(?:khong|ko|chua|gi|nao|dau|bao nhieu|bao lau|may|sao|the nao|ai)(?: (?:a|vay|ad|nhi|the|ha|nhe|day|luat|phap luat))?|[?])(?: [?|])* ?$",
    "asks at the start": r"^ (?:[|] )?(?:cho (?:toi |em |minh )?hoi|xin hoi|hoi|lam sao|muon|the nao|bao gio|khi nao|bao nhieu|ai|co)\b",
    "asks procedure": r" (?:can|gom|chuan bi)(?: \w+){0,3} (?:gi|nhung gi|giay to|giay nao|nhung giay)\b| thu tuc (?:\w+ ){1,6}(?:gom|can|nhu the nao|the nao|ra sao)\b| nop (?:\w+ ){0,4}o dau\b",
    "my contract": r" (?:shop|quan|hang|cong ty|ngan hang|app|tho|khach san|nha mang|cua hang|grab)(?: \w+){0,6} (?:toi|em|minh|hang|tien|bao hanh|doi|den)\b",
    "calls names": r" (?:lu|bon|chung may|tui bay|tui may|thang|con|do|quan|may|thu)(?: \w+){0,3} (?:ngu|cho|khon|an hai|suc sinh|mat day|bo|sau mot|rac ruoi|cut|chet|dien|khung|lon|heo|toi|hoc|tham)\b",
    "money and hurry": r"#(?: \w+){0,2} (?:trieu|tr|k|nghin|ngan|ty|%|dong|phan tram)\b",
    "where to": r" (?:gui|goi|bao|nop|lien he|gap|hoi|khen)(?: \w+){0,3} (?:ai|dau|so nao|so may|co quan nao|cho nao)\b",
    "kin gains": r" (?:vo|chong|con|em|chau|nguoi nha|nguoi than|ba con)(?: vo| ruot| gai| trai| ho)? (?:cua )?(?:ong|anh|sep|giam doc|chu tich|can bo|truong|bi thu|ho|no)\b",
    "what a rule": r" (?:luat|quy dinh|thong tu|qd|thu tuc)(?: \w+){0,3} (?:gi ma|gi ky|kieu gi|gi la)\b| sao (?:lai |co )(?:\w+ ){0,2}(?:quy dinh|luat|thong tu)\b",
    "ends with a wish": r" (?:di|gium|thoi|luon|cho roi|cho tien|la duoc|la du|duoc roi|dan nho|hay hon|khong)(?: [|?])* ?$",
    "same papers round": r" (?:can|doi|xin) (?:\w+ ){1,5}(?:lai (?:can|doi)|can|doi) ",
    "happens now": r" dang (?:\w+ ){0,2}(?:chay|danh|chem|cam|duoi|giet|ket|chim|dam|bi|lan|do|khoc|pha|nam|dung)\b| (?:cuu|goi)(?: \w+){0,2} (?:voi|gap|ngay|bay gio|gio|cong an)\b",
}  # fmt: skip
_COMPILED = tuple((f"!{name}", re.compile(pattern)) for name, pattern in PATTERNS.items())


@cache
def word_lists() -> WordLists:
    """Return the lists of the border."""
    return WordLists.read(WORDS)


def listed(found: Sequence[str]) -> dict[str, int]:
    """Return how many different entries of each list stand in a text, ``MANY`` at most; a list without any is left out."""
    return word_lists().listed(found, MANY)


def patterns(joined: str) -> set[str]:
    """Return the names of the patterns that stand in a text.

    Args:
        joined: its folded words with spaces between, as ``nlu.border.words.said`` gives them.
    """
    spaced = f" {joined}"
    return {name for name, pattern in _COMPILED if pattern.search(spaced)}
