"""What of a message is a way of asking: its question words in their order, and a gap for all that it asks about. Pure, accent-blind.

Names of procedures are full of the words that questions are made of ("giấy chứng nhận đủ điều kiện"), and there are
thousands of them; the ways of asking are few. So a message is read as "toi phai den dau de _ ?", and what is learned of
one procedure holds for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.aspects import cue_aspects
from nlu.text import expand, fold, normalise, words

WORDS = frozenset(
    """
    ai anh ap app ba ban bang bao bat bay bi biet bieu bo bua buoc buu ca cac cach cam can cap cau cham chinh
    cho choi chua chuan chung chup chuyen co con cong cu da dai dan danh dap dat dau de den di dich dien dieu
    dinh doi don dong du dung duoc duoi duy em form gap gi gia giai giam gian giay gio giong giua giup goc gom
    gui hai han hanh hau hay he het hien hieu hinh ho hoac hoan hoi hom hon hop huong huyen it keo ket khac khai
    khi khoan khong kien la lam lau lay le len lien loai luat luc luu ly mac mang mat mau may mien minh mot muc
    muon nam nao nay nen neu ngay nghi nghia ngoai nguoi nha nhan nhanh nhat nhieu nhu nhung noi nop nua o
    online phai phan phap phat phep phi phong photo phuong qua quan quay quy quyen ra re roi sao sau so som tai
    tan tat tham thang thanh the them theo thi thieu thoi thong thu thuc tien tieu tim tin tinh to toi tom ton
    tra tre tren tri trinh trong truc truoc truong tu tuan tuc tuoi tuong tuyen ubnd ung uy va van vay ve vi
    viec vien viet vneid vu web xa xay xem xin xong xu xuat xuong y yeu
    """.split()  # noqa: SIM905
)
"""Folded words that questions are made of, whatever they ask about."""
LONGEST = 3
"""Words of the longest sign."""

_NAMED = re.compile(
    r"\b(?:(?:chung nhan|cong nhan|xac nhan|chung chi|co so|don vi|to chuc) du dieu kien"
    r"|le phi truoc ba|co (?:yeu to )?nuoc ngoai|(?:giay phep|nha o|cong trinh)(?: xay dung)? co thoi han"
    r"|(?:giay phep|dich vu|kinh doanh|hoat dong|mang|doanh nghiep) buu chinh|buu chinh vien thong"
    r"|mang (?:xa hoi|vien thong|luoi|may tinh)|(?:thong tin|hoa don|thuong mai|chu ky|dinh danh|can cuoc|y te|giao dich) dien tu"
    r"|trang thong tin|co quan, (?:to chuc|don vi)|phuong tien|ho so (?:moi thau|du thau|thiet ke|dia chinh)"
    r"|tu van (?:phap luat|giam sat|thiet ke|du hoc|thue|viec lam)|dao tao nghe|bieu mau dien tu)\b"
)
"""Words of asking within the names of things."""
_PIECE = re.compile(r"[\w./\-]*\w|[?.!,;:]")
_STOPS = frozenset("?.!,;:")
_ENDS = frozenset(("ai", "chua", "dau", "gi", "khong", "lau", "nao", "nhieu", "sao"))
_LENGTHS = (6, 12, 18)
"""Words up to which a message counts as very short, short, or of middle length."""


def asking_words(text: str) -> list[str]:
    """Return the question words of a message in order, ``_`` for what stands between them, ``#`` for a number, ``|`` for a stop."""
    text = _without_names(text)
    asked = ["^"]
    for piece in _PIECE.findall(text.lower()):
        for word in ["|"] if piece in _STOPS else map(_shown, expand(words(piece))):
            if word not in "_#|" or asked[-1] != word:
                asked.append(word)
    while asked[-1] == "|":
        asked.pop()
    return [*asked, "$"]


def asking_signs(text: str) -> frozenset[str]:
    """Return all that tells what a message asks for: runs of question words, those after the last stop, cues, and its length."""
    asked = asking_words(text)
    last = asked[max((at + 1 for at, word in enumerate(asked) if word == "|"), default=0) :]
    cues = cue_aspects(_without_names(text))
    return frozenset(
        (
            *_runs(asked, LONGEST),
            *(f"last:{run}" for run in _runs(last, 2)),
            *(f"cue:{aspect.value}" for aspect in cues),
            *(f"cue{place}:{aspect.value}" for place, aspect in enumerate(cues[:2])),
            f"length:{sum(len(asked) > length for length in _LENGTHS)}",
        )
    )


def is_question(text: str) -> bool:
    """Tell whether a message surely asks for something: by its mark, or as a few words that end in one of asking."""
    asked = asking_words(text)
    return "?" in text or (len(asked) <= _LENGTHS[0] + 2 and asked[-2] in _ENDS)


def questions(text: str) -> list[str]:
    """Return the questions of a message that asks several, each with what leads up to it; else an empty list."""
    found = [part.strip() for part in re.split(r"(?<=\?)\s+", text) if any(map(str.isalnum, part))]
    return found if len(found) > 1 else []


def _without_names(text: str) -> str:
    return _NAMED.sub(" x ", fold(" ".join(expand(normalise(text).lower().split()))))


def _shown(word: str) -> str:
    folded = fold(word)
    if folded in WORDS:
        return folded
    return "#" if folded.isdigit() else "_"


def _runs(words_asked: list[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for at in range(len(words_asked) - length + 1):
            yield " ".join(words_asked[at : at + length])
