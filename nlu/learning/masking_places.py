"""Finds where somebody lives: house numbers, streets, hamlets, communes; "UBND xã" and "đường bộ" are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.learning.masking_text import Mask, Sentence, Span, Word
from nlu.learning.masking_words import NO_NAMES, PLACE_SYLLABLES, PLAIN_STOPS, STOPS, word_set

LONGEST = 3
"""Syllables of a place written in small letters."""

ADJACENT = 3
"""Characters between the parts of one address."""

_NUMBERED = re.compile(
    r"\b(?:so nha|nha so|can ho|can so|lo so|toa nha|chung cu so|ngo|ngach|hem|kiet|duong so|to dan pho(?: so)?|to|thon|ap|xom|khom|khu pho|kp"
    r"|khu|doi|ban|buon|phuong|quan|duong|p\.?|q\.?) ?"
    r"(\d+[a-z]?(?:[/\-]\d+[a-z]?)*)(?! ?(?:nguoi|thanh vien|lan|ban|trang|ngay|thang|nam|gio|tuoi|con|met|m|km|cc|so|tang|chiec|cai|hop|bo|to|la)\b)(?!\w)"
)
_STREET_NUMBER = re.compile(
    r"\b(?:so )?(\d+[a-z]?(?:/\d+[a-z]?)*) (?=(?:duong|pho|ngo|ngach|hem|kiet|quoc lo|ql|tinh lo)\b)"
)
_SLASHED = re.compile(r"(?<![\w/.])\d+[a-z]?/\d+[a-z]?(?:/\d+[a-z]?)*(?= [^\W\d]+)")
_HOLIDAY = re.compile(r"(?:[12]?\d|3[01])/(?:[1-9]|1[0-2])|\d{1,3}/(?:19|20)\d{2}|24/7")
"""A day of a month ("30/4"), or a law ("28/2026"): no house."""
_FINE = re.compile(
    r"(?<!truong )(?<!hang )(?<!dau )(?<!cuoi )\b(?:so nha|thon|ap|xom|khom|buon|phum|soc|to dan pho|khu pho|ngo|ngach|hem|kiet|khu do thi|kdt|chung cu|khu tap the|toa nha)(?!\w)"
)
"""Units so small that what follows is an address, unless it is a word of asking."""
_LARGE = frozenset({"buon", "soc", "phum", "chung cu", "toa nha", "khu tap the", "khu do thi", "kdt"})
"""Of these, units whose names begin with a capital."""
_COARSE = re.compile(r"\b(?:xa|phuong|thi tran|thi xa|quan|huyen|duong|pho|lang|dao|tt\.|p\.|q\.|h\.|x\.)(?!\w)")
"""Units that procedures speak of too: what follows must look like a name."""
_LIVES = re.compile(
    r"\b(?:o|tai|thuoc|que|que quan|nha o|song o|thuong tru|tam tru|ho khau|cu tru|dia chi|ve|den)(?: (?:o|tai))?"
    r" (?:xa|phuong|thi tran|huyen|quan|duong|pho|lang) ?$"
)
_TOLD = re.compile(
    r"\bdia chi(?: (?:nha|cua|toi|em|minh|con|chau|hien|tai|nay|thuong tru|tam tru|lien he)){0,4} ?(?::|la\b|o\b)"
)
_CLAUSE_END = re.compile(r"[.;!?\n]|\b(?:muon|can|xin|hoi|thi|de lam|lam|nho|gio|nay|bi)\b")
_ACCENTED_UNITS = word_set(
    "thôn ấp xóm khóm buôn phum sóc ngõ ngách hẻm kiệt xã phường quận huyện đường phố làng đảo số nhà tổ dân khu thị "
    "trấn đô chung cư tập thể tòa p q h x tt kdt"
)
_NO_PLACE = word_set(
    "bộ sắt thủy hàng không hội viên nghề bản lậu bán hiểm phổ đi ngang hướng dây cong trưởng văn nông mới anh hùng "
    "an toàn biên giới đạo tuyến chui nhựa đất cụt chung riêng kinh tế đội giáo lý trị tâm đặc biệt khác dụng lực giá "
    "đảo mình tui hộ dùng sản cộng nghĩa quốc tình hàng"
)
_PLAIN_NO_PLACE = word_set(
    "bo sat thuy hang khong hoi vien nghe ban lau hiem pho di ngang huong truong van nong dao tuyen dat cut chung "
    "rieng kinh doi ly tri dac khac dung luc gia ho san cong tinh minh tui nhan he phuc chinh trang vui lo phep lieu "
    "ao loc on"
)
_AMBIGUOUS = frozenset({"ap", "ngo", "hem", "buon", "soc", "kiet", "xom"})
"""Small units that are other words without accents: "áp dụng", "không" (hem), "buôn bán"."""


def place_spans(sentence: Sentence) -> Iterator[Span]:
    """Give the parts of addresses."""
    plain = sentence.plain
    for match in (*_NUMBERED.finditer(plain), *_STREET_NUMBER.finditer(plain)):
        yield Span(*match.span(1), Mask.PLACE)
    for match in _SLASHED.finditer(plain):
        if not _HOLIDAY.fullmatch(match.group()):
            yield Span(*match.span(), Mask.PLACE)
    yield from _told(sentence)
    yield from _units(sentence)


def _units(sentence: Sentence) -> Iterator[Span]:
    """Give the names that follow "thôn", "xã" and the like; a unit right behind a masked one belongs to it."""
    plain, last = sentence.plain, -ADJACENT - 1
    for match in sorted((*_FINE.finditer(plain), *_COARSE.finditer(plain)), key=lambda one: one.start()):
        if not _is_unit(sentence, match):
            continue
        if _FINE.fullmatch(match.group()):
            sure = sentence.accented or match.group() not in _AMBIGUOUS or _in_chain(sentence, match.end())
            small = match.group() not in _LARGE and sure
        else:
            small = bool(_LIVES.search(plain[: match.end()])) or _in_chain(sentence, match.end())
        for span in _span(_named(sentence, match.end(), small=small or match.start() - last <= ADJACENT)):
            last = span.end
            yield span
        if re.match(r" ?\d", plain[match.end() :]):
            last = match.end() + 2


def _told(sentence: Sentence) -> Iterator[Span]:
    """Give what follows "địa chỉ là", up to where the citizen goes on to what is wanted."""
    for match in _TOLD.finditer(sentence.plain):
        first = next(sentence.after(match.end()), None)
        if first is None or _stops(sentence, first):
            continue
        end = _CLAUSE_END.search(sentence.plain, first.start + 1)
        stop = end.start() if end else len(sentence.text)
        yield Span(first.start, len(sentence.text[:stop].rstrip(" ,")), Mask.PLACE)


def _span(words: list[Word]) -> Iterator[Span]:
    if words:
        yield Span(words[0].start, words[-1].end, Mask.PLACE)


def _is_unit(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the accents say so too: "ngộ", "áp" and "xa" are no units."""
    if not sentence.accented:
        return True
    written = sentence.text[match.start() : match.end()].lower().rstrip(".")
    return all(part in _ACCENTED_UNITS for part in written.split())


def _named(sentence: Sentence, place: int, *, small: bool) -> list[Word]:
    """Return the name of a place that begins here: words with capitals, or small ones where an address is sure."""
    taken: list[Word] = []
    for word in sentence.after(place):
        capital = sentence.capital(word)
        if taken and sentence.capital(taken[0]) and not capital and not word.text.isdigit():
            break
        if not capital and (not small or len(taken) == LONGEST or _stops(sentence, word)):
            break
        if not taken and (word.text.lower() in NO_NAMES or word.plain in ("ubnd", "vi")):
            break
        taken.append(word)
    return taken


def _stops(sentence: Sentence, word: Word) -> bool:
    if sentence.accented:
        return word.text.lower() in STOPS or word.text.lower() in _NO_PLACE
    return word.plain in PLAIN_STOPS - PLACE_SYLLABLES or word.plain in _PLAIN_NO_PLACE


def _in_chain(sentence: Sentence, place: int) -> bool:
    """Tell whether another unit follows within a few words: "xã tân phú huyện châu thành"."""
    following = sentence.plain[place : place + 30]
    return bool(
        re.match(r" (?:[^\W\d_]+ ){1,3}?,? ?(?:xa|phuong|thi tran|huyen|quan|tinh|tp|thanh pho) [^\W\d_]+", following)
    )
