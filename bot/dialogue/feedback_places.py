"""Which office and which place a citizen names, and whether words can be an address. Pure: patterns, no list of places."""

from __future__ import annotations

import re

from nlu.text import fold, has_accents, normalise

LEAST_WORDS = 6
"""Words from which even unmarked ones are more than a name."""
_LEVEL = r"(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố|tp\.?|huyện|quận|thị xã)"
_NAME = r"(?:[^\W\d_a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]\w*|\d{1,2})"
"""A word in a capital letter, or the number of a ward."""
_NAMED = rf"{_LEVEL} {_NAME}(?: {_NAME}){{0,3}}"
_PLACE = re.compile(rf"\b{_NAMED}(?:,? {_NAMED})*")
_PLACE_BARE = re.compile(
    r"\b(?:xa|phuong|thi tran|dac khu|tinh|thanh pho|tp|huyen|quan|thi xa) (?!nao\b|em\b|toi\b|minh\b)\w+"
)
_BODY = (
    r"(?:UBND|[Ủủ]y ban nhân dân|[Bb]ộ phận [Mm]ột cửa|[Mm]ột cửa|[Tt]rung tâm [Pp]hục vụ hành chính công|[Cc]ông an"
    r"|[Cc]hi cục [Tt]huế|[Cc]hi nhánh [Vv]ăn phòng [Đđ]ăng ký đất đai|[Vv]ăn phòng [Đđ]ăng ký đất đai|[Bb]ảo hiểm xã hội)"
)
_OFFICE = re.compile(
    rf"\b{_BODY}(?: UBND)? {_NAMED}(?:,? {_NAMED})*|\bSở {_NAME}(?: (?:và|{_NAME}|\w+)){{0,4}}? {_NAMED}"
)
_MARKED = re.compile(
    r"\d|\b(?:xã|phường|thôn|ấp|xóm|tổ dân phố|khu|đường|phố|ngõ|hẻm|ngách|kiệt|quận|huyện|tỉnh|thành phố|tp|thị trấn|thị xã|đặc khu"
    r"|buôn|làng|bản|chung cư|tòa nhà|quốc lộ|tiểu khu|cụm|đội|ward|street|road|district|commune|province|city|village|hamlet)\b"
)
_MARKED_BARE = re.compile(
    r"\d|\b(?:xa|thon|ap|xom|khu|duong|ngo|hem|ngach|kiet|quan|huyen|tinh|thanh pho|tp|thi tran|thi xa|dac khu|buon|chung cu"
    r"|toa nha|quoc lo|ward|street|road|district|commune|province|city|village|hamlet)\b|\b(?:to dan pho|(?:phuong|pho|lang|ban) \w+ \w+ \w+)"
)
"""Without accents some of these words are also names of persons: "Phương", "Bản"."""
_PARTS = re.compile(r"\w{2,}.*[,;–-].*\w{2,}")


def looks_like_address(text: str) -> bool:
    """Tell whether words can be where somebody lives: not a person's name alone."""
    said = normalise(text).lower()
    marked = _MARKED if has_accents(said) else _MARKED_BARE
    return bool(marked.search(said) or _PARTS.search(said)) or len(said.split()) >= LEAST_WORDS


def office_in(story: str) -> str:
    """Return the office that a story names in full ("UBND phường Tân Lập"); empty for none, or several."""
    found = {" ".join(one.group().split()) for one in _OFFICE.finditer(normalise(story))}
    return found.pop() if len(found) == 1 else ""


def place_in(text: str) -> str:
    """Return the place that words name ("phường Tân Lập"); empty for none, or several."""
    found = {one.group() for one in _PLACE.finditer(normalise(text))}
    return found.pop() if len(found) == 1 else ""


def names_place(text: str) -> bool:
    """Tell whether words name a commune, ward or province, with or without accents and capital letters."""
    return _PLACE_BARE.search(fold(normalise(text))) is not None
