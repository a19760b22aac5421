"""What of a text belongs to no place: house and street, or a commune's name that nobody knows. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.places.mentions import Mention
from nlu.places.spelling import KINDS, Level, Token
from nlu.text import fold

MOST_WORDS = 4
"""Words of an unknown name."""
_COUNTRY = ("viet nam", "vietnam", "vn")
_EDGES = " ,;.:-–/()[]|!?\"'"
_TAILS = frozenset({
    "ạ", "a", "nhé", "nhe", "nha", "nghe", "ơi", "với", "giúp", "giùm", "cũ", "ở", "tại", "về", "đến", "của", "thuộc", "từ",
    "vào",
})  # fmt: skip
"""Words behind what is left, which belong to the sentence."""
_NO_NAMES = frozenset({"nao", "em", "toi", "minh", "nay", "moi", "cu", "gi", "do", "kia", "may", "o", "la"})
"""Words (folded) behind "xã" or "phường" that name none: "phường mới là gì"."""
_LEADS = frozenset({
    "dạ", "da", "em", "ở", "o", "tôi", "toi", "tui", "mình", "minh", "anh", "chị", "chi", "gửi", "gui", "về", "ve", "đến", "den",
    "tới", "tại", "tai", "địa", "dia", "chỉ", "là", "la", "cho", "nhà", "nha", "bên", "ben", "ngoài", "ngoai", "trong", "thuộc",
    "thuoc", "quê", "que", "đang", "dang", "sống", "song", "hồ", "ho", "sơ", "so", "nhận", "nhan", "kết", "ket", "quả", "qua",
    "trả", "tra", "giấy", "giay", "chuyển", "chuyen", "phát", "phat", "bưu", "buu", "điện", "dien", "muốn", "muon", "cần", "can",
    "vâng", "vang", "xin", "từ", "vào", "vao", "ra", "lấy", "lay",
})  # fmt: skip
"""Words before an address, which belong to the sentence."""
_ADDRESS = re.compile(
    r"\d|\b(?:duong|pho|ngo|hem|ngach|kiet|thon|ap|xom|to|khu|doi|lang|ban|buon|chung cu|toa|so|quoc lo|tieu khu|cum|street|road)\b"
)


@dataclass(frozen=True)
class Leftover:
    """What is left."""

    rest: str
    """House, street, hamlet."""
    unknown: str
    """Words behind "xã", "phường" that are no name of a commune, as written with their kind."""


def leftover(text: str, tokens: Sequence[Token], used: Sequence[Mention]) -> Leftover:
    """Part what stands around the places of a text."""
    taken = {at for one in used for at in range(one.start, one.end)}
    unknown = range(0) if any(one.bearer.unit.level == Level.COMMUNE for one in used) else _unknown(tokens, taken)
    runs = _runs(tokens, taken | set(unknown))
    pieces = [piece for run in runs if (piece := _piece(text, tokens, run)) and fold(piece) not in _COUNTRY]
    name = text[tokens[unknown[0]].start : tokens[unknown[-1]].end] if unknown else ""
    if (
        not name
        and used
        and len(pieces) == 1
        and not _ADDRESS.search(fold(pieces[0]))
        and _bare_name(text, tokens, used, pieces[0])
    ):
        return Leftover("", pieces[0])
    return Leftover(", ".join(pieces), name)


def _unknown(tokens: Sequence[Token], taken: set[int]) -> range:
    """Return the words of a name behind a commune's kind."""
    for at in range(len(tokens)):
        for count in (2, 1):
            kind = KINDS.get(tuple(token.key for token in tokens[at : at + count]))
            first = at + count
            if kind is None or kind[1] != {Level.COMMUNE} or at in taken or (len(tokens[at].key) == 1 and count == 1):
                continue
            end = first
            while end < min(len(tokens), first + MOST_WORDS) and end not in taken and not tokens[end].breaks:
                if (tokens[end].key,) in KINDS and len(tokens[end].key) > 1:
                    break
                end += 1
            if end > first and fold(tokens[first].said) not in _NO_NAMES:
                return range(at, end)
    return range(0)


def _runs(tokens: Sequence[Token], taken: set[int]) -> list[range]:
    """Return the stretches of words that are not taken, cut at commas."""
    runs: list[range] = []
    for at in range(len(tokens)):
        if at in taken:
            continue
        if runs and runs[-1].stop == at and not _comma(tokens, at):
            runs[-1] = range(runs[-1].start, at + 1)
        else:
            runs.append(range(at, at + 1))
    return runs


def _comma(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].breaks and tokens[at].start - tokens[at - 1].end > 1


def _piece(text: str, tokens: Sequence[Token], run: range) -> str:
    """Return a stretch as written, without the polite words at the ends of the text."""
    first, last = run.start, run.stop
    while run.start == 0 and first < last and _is_lead(tokens, first, last):
        first += 1
    while first < last and tokens[last - 1].said in _TAILS:
        last -= 1
    return text[tokens[first].start : tokens[last - 1].end].strip(_EDGES) if first < last else ""


def _is_lead(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Tell whether a word leads to an address: "dạ em ở"; "nhà" does in "nhà em ở", not in "nhà 5"."""
    said = tokens[at].said
    ahead = tokens[at + 1].said if at + 1 < last else ""
    return said in _LEADS and (fold(said) not in ("nha", "so") or ahead in _LEADS)


def _bare_name(text: str, tokens: Sequence[Token], used: Sequence[Mention], piece: str) -> bool:
    """Tell whether a piece stands as a name would: short, and right before the place by itself."""
    return (
        len(piece.split()) <= MOST_WORDS
        and text.startswith(piece)
        and used[0].start < len(tokens)
        and tokens[used[0].start].breaks
    )
