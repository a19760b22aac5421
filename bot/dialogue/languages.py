"""Tells, surely rather than often, that a message is English, or Vietnamese with or without accents. Pure."""

from __future__ import annotations

import re

from nlu.learning.masking_words import word_set
from nlu.text import fold, has_accents, looks_vietnamese, normalise, words

ENOUGH = 2
"""English words that a message must have at least; most of the other words may be Vietnamese names."""
SHARE = 0.4

_ENGLISH = word_set(
    "is are was what how which where when who why for your of with and please need needed want would like does"
    " should could have has get register registration birth marriage certificate license licence passport driver"
    " driving document documents paper papers apply application fee fees cost costs take takes much many"
    " office procedure procedures help hello thanks thank english speak there this from about we"
    " renew replace lost new house land business company temporary residence permit identity card"
)
"""Frequent English words that are no Vietnamese words written without accents."""
_ALIKE = word_set("the my that long form to do a an me can it in on i")
"""English words that are also Vietnamese ones without accents (thẻ, Mỹ, thật, Long): beside others they count, alone they
show nothing."""


_BORROWED = word_set("passport visa online hello help thanks thank email facebook zalo app web scan file photo copy ok")
"""English words that stand in Vietnamese messages too: they speak for neither language."""
_VIETNAMESE = word_set(
    "giay khai sinh ket hon dang ky nhieu khong duoc dau thu tuc nguoi dat bao muon minh toi giup phuong cap lai doi moi phai"
    " roi chua voi nop tien xin nao gi lam anh vang khau cuoc chieu tru thuong tam nghiep doanh cong viec truong hop mat cua"
    " cho ngay nhu bi hoi lau may biet tuoi chau con nha xe bang lay xong gap le phi em vay nhe ho so quyen chong me cha bo"
)
"""Frequent Vietnamese words without accents, of which two in a message without an English word are no chance."""


def surely_english(text: str) -> bool:
    """Tell whether a message is surely written in English."""
    if has_accents(text):
        return False
    said = [word for word in words(text) if word.isalpha()]
    found = sum(word in _ENGLISH or word in _ALIKE for word in said)
    return len({word for word in said if word in _ENGLISH}) >= ENOUGH and found >= SHARE * len(said)


def surely_vietnamese(text: str) -> bool:
    """Tell whether a message is surely written in Vietnamese: two words or more, none of them English.

    Names alone ("Nguyễn Văn Ba", "Đà Nẵng") are written so in English too and show nothing.
    """
    written = normalise(text)
    written = written.lower() if written.isupper() else written
    said = [word for word in re.findall(r"\w+", written) if word.isalpha()]
    plain = [word.lower() for word in said]
    if len(plain) < ENOUGH or any(word in _ENGLISH and word not in _BORROWED for word in plain):
        return False
    built = [word for word in plain if word not in _BORROWED and looks_vietnamese(word)]
    if len(built) < ENOUGH or len(built) + sum(word in _BORROWED for word in plain) < len(plain):
        return False
    # Of capital words only the first counts: the others may be names.
    small = [word for word in said if word.islower()]
    known = {fold(word) for word in small} & _VIETNAMESE
    first = {fold(said[0])} & _VIETNAMESE if known else set()
    return any(has_accents(word) for word in small) or len(known | first) >= ENOUGH
