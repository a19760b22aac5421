"""Proposes the parts of a message that may ask about several services at once. Pure; whether they do, the ranking tells.

A part is proposed only where a coordinator stands between two parts that both name something, and never inside phrases that
belong together ("nhận cha, mẹ, con", "quyền sử dụng đất và tài sản gắn liền với đất").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.asked import without_cues
from nlu.aspects import cue_aspects
from nlu.difference_words import FILLING
from nlu.text import fold, normalise, words

MOST = 5
"""Parts that are looked at; whoever lists more is answered for the first ones."""

_TOGETHER = re.compile(
    r"\b(?:nhan (?:cha|me|con)(?:,? (?:va )?(?:cha|me|con))+|(?:cha|me|bo|ba|ong|vo) (?:va|voi) (?:con|me|ma|ba|chong|chau)"
    r"|nha (?:o )?(?:va|voi) (?:dat|tai san)|nha, dat|dat (?:va|,) (?:nha|tai san)(?: (?:khac )?gan lien(?: voi dat)?)?"
    r"|quyen su dung dat(?:,| va) (?:quyen so huu )?(?:nha o va )?tai san (?:khac )?gan lien voi dat"
    r"|chuyen nhuong(?:,| va| hoac) tang cho|mua ban(?:,| va) tang cho|sua chua(?:,| va) cai tao|phong chay(?:,| va) chua chay"
    r"|an ninh(?:,| va) trat tu|phi va le phi|le phi va phi|thue va le phi|giao duc va dao tao|san xuat(?:,| va) kinh doanh"
    r"|hon nhan va gia dinh|lao dong va viec lam|lao dong voi|doi voi|so voi|gan lien voi|cung voi nhau|voi nhau|ket hon voi"
    r"|(?:song|o|cung|lay|cuoi|ly hon|lam|chung|mua|ban|thue|cho) voi|voi (?:nguoi|hang xom|nha|ai|chong|vo|bo|me|ong|ba|con|anh|chi|em|co|chu)\b"
    r"|ho ten va|ten va|ngay(?: sinh)? va|thang va|moi va|ra vao|xong roi|xong chua|xong xuoi|roi (?:a|nhe|nha|thi sao|em)\b)"
)
"""Phrases in which a coordinator joins words of one thing."""
_COORDINATOR = re.compile(
    r"[;\n]|,? (?:va|cung voi|dong thoi|voi lai|kem theo|voi|cong voi)(?= )|, (?=(?:con|va) )"
    r"|(?<=[.?!])(?= )"
    r"|,? (?:roi|xong)(?: thi)?(?= (?:lam|xin|dang ky|cap|nop) )"
)
_COMMA = re.compile(r",(?= )")
_ORDERED = re.compile(r"(?:muon |can |dinh |cho hoi |^)(?:di )?(?:lam|xin|dang ky|cap|nop|doi|mo) ")
"""How a message must begin for "rồi" and "xong" to join two wishes ("làm căn cước xong làm hộ chiếu"), not tell a story."""
_TOLD = re.compile(
    r"^(?:(?:nay|hien|gio|bay gio) )?(?:toi|em|minh|con|chau|tui|vo|chong|nha|gia dinh|bo|me|cha|ong|ba|anh|chi|bac|co|chu|hai|ban)\b"
    r"(?!(?: \w+)? (?:muon|can|dinh|xin|hoi))"
    r"|\b(?:da|vua|moi|dang(?! ky)|sap|tung|bi)\b(?= \w)"
)
"""How a part sounds that tells what happened rather than asks for something."""
_COMPARED = re.compile(r"\b(?:khac nhau|giong nhau|khong khop|khong giong|sai lech|khac gi|hay la)\b")
"""Two things that are compared are one question."""
_ASKED_OF = frozenset(
    {"dieu", "kien", "trinh", "tu", "cach", "quy", "dinh", "ho", "so", "le", "phi", "thoi", "han", "mau", "don"}
)
"""Words of what is asked about a service; alone they name none ("điều kiện và hồ sơ đăng ký kết hôn")."""


def split_services(text: str) -> tuple[str, ...]:
    """Return the parts of a message that may each name a service; empty when there are not two.

    Args:
        text: the message.
    """
    plain = normalise(text)
    folded = fold(plain)
    if len(folded) != len(plain):
        return ()
    if _COMPARED.search(folded):
        return ()
    held = [span.span() for span in _TOGETHER.finditer(folded)]
    cuts = [cut for cut in _COORDINATOR.finditer(folded) if not _inside(cut.span(), held) and _joins(cut, folded)]
    if not cuts:
        return ()
    commas = [cut for cut in _COMMA.finditer(folded) if not _inside(cut.span(), held)]
    parts = [part for part in _cut(plain, sorted({cut.span() for cut in (*cuts, *commas)})) if _names(part)]
    return tuple(parts[:MOST]) if len(parts) > 1 else ()


def _joins(cut: re.Match[str], folded: str) -> bool:
    """Tell whether a coordinator joins two wishes: sentences must both ask, and "rồi" must follow a wish."""
    if cut[0].strip(" ,").startswith(("roi", "xong")):
        return bool(_ORDERED.search(folded[: cut.start()]))
    if not cut[0]:
        return bool(cue_aspects(folded[: cut.start()]) and cue_aspects(folded[cut.end() :]))
    return True


def _inside(cut: tuple[int, int], held: Sequence[tuple[int, int]]) -> bool:
    return any(start < cut[1] and cut[0] < end for start, end in held)


def _cut(plain: str, cuts: Sequence[tuple[int, int]]) -> list[str]:
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(plain)]
    return [plain[start:end].strip(" ,.;?!") for start, end in zip(starts, ends, strict=True) if start < end]


def _names(part: str) -> bool:
    """Tell whether a part may name a service: it has two words, not all of them filling, and does not merely tell."""
    said = words(fold(without_cues(part)))
    return len(said) >= 2 and bool(set(said) - FILLING - _ASKED_OF) and not _TOLD.search(fold(part))


_PIECE = re.compile(r"[.!?;\n,]+|\b(?:ma|a ma|tien the|con nua|con|voi lai|nhung)\b(?= )")


def asking_pieces(text: str) -> tuple[str, ...]:
    """Return the pieces of a message that ask something, when it has others too: talk and a question in one breath."""
    plain = normalise(text)
    folded = fold(plain)
    if len(folded) != len(plain):
        return ()
    cuts = [cut.span() for cut in _PIECE.finditer(folded)]
    pieces = [piece for piece in _cut(plain, cuts) if piece]
    asking = tuple(piece for piece in pieces if cue_aspects(piece) and len(piece.split()) >= 3)
    return asking[:MOST] if len(pieces) > 1 else ()
