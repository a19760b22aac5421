"""Finds names of persons: after "tôi tên", "con tên", "họ tên:", after words for persons, and full names anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from nlu.learning.masking_text import Mask, Sentence, Span, Word
from nlu.learning.masking_words import (
    CLEAR_SURNAMES,
    KIN,
    KIN_WRITTEN,
    MIDDLE_NAMES,
    NO_NAMES,
    NO_SECOND,
    PLAIN_STOPS,
    STOPS,
    SURNAMES,
    word_set,
)

LONGEST = 5
"""Syllables of a name."""

_TOLD = re.compile(
    rf"\b(?:(?:{KIN})(?: (?:{KIN}))? ten(?: la)?|ten(?: (?:{KIN}|cua)){{0,2}}(?: day du)? (?:la|thi la)"
    rf"|ho (?:va )?ten(?: (?:{KIN}|cua|day du)){{0,3}}(?: la| ?:)|ten(?: (?:{KIN}|day du)){{0,2}} ?:|ten that la|ky ten|nguoi (?:nhan|gui) ?:|goi (?:toi|em|minh) la)(?!\w)"
)
"""Here a name follows, whatever it looks like."""
_MAYBE = re.compile(
    rf"\b(?:ten (?:{KIN})(?: (?:{KIN}))?|(?:{KIN})(?: (?:toi|em|minh|chau))? la|dung ten|(?:ho va )?ten|ho ten)(?!\w)"
)
"""Here a name may follow: it must look like one."""
_KIN = re.compile(rf"\b(?!nguoi\b)(?:{KIN})(?!\w)")
_AND = re.compile(r"(?: (?:va|voi)|,)(?=\W)")
_MIDDLE_ACCENTED = frozenset(
    {"văn", "thị", "hữu", "đức", "ngọc", "minh", "thanh", "quang", "xuân", "đình", "kim", "hồng", "thu"}
)
_UNSURE = word_set("lý hà cao tô mai thái kiều tăng triệu la vương tôn")
"""Surnames that small letters make another word of."""
_NOT_NGUYEN_AFTER = frozenset({"thai", "tai", "cao", "y", "ban", "binh"})
_NOT_AFTER_NGUYEN = word_set("quan vong nhan don tac lieu trang thuy ve lai gia thu ngan tu")


def name_spans(sentence: Sentence) -> Iterator[Span]:
    """Give the names."""
    for match in _written(sentence, _TOLD):
        yield from _span(_taken(sentence, match.end()))
    for match in _written(sentence, _MAYBE):
        words = _taken(sentence, match.end())
        if words and _looks_named(sentence, words):
            yield from _span(words)
    for match in _written(sentence, _KIN):
        words = _capitals(sentence, match.end())
        yield from _span(words)
        joined = _AND.match(sentence.plain, words[-1].end) if words else None
        yield from _span(_capitals(sentence, joined.end()) if joined else [])
    yield from _full_names(sentence)


def _written(sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Give the matches whose accents, where the writer uses them, say the same: "bố" is a person, "bộ" is none."""
    for match in pattern.finditer(sentence.plain):
        said = re.findall(r"\w+", sentence.text[match.start() : match.end()].lower())
        if not sentence.accented or all(word in KIN_WRITTEN for word in said):
            yield match


def _span(words: list[Word]) -> Iterator[Span]:
    if words:
        yield Span(words[0].start, words[-1].end, Mask.NAME)


def _taken(sentence: Sentence, place: int) -> list[Word]:
    """Return the words from a place on up to the first that ends a name."""
    taken: list[Word] = []
    following = list(islice(sentence.after(place), LONGEST))
    # "le" and "thi" are words of asking too, unless they stand together.
    full = _small_name(sentence, following)
    for word in following:
        if not word.text.isalpha() or (_ends(sentence, word, taken) and not (full and len(taken) < 2)):
            break
        taken.append(word)
    return taken


def _ends(sentence: Sentence, word: Word, taken: list[Word]) -> bool:
    if sentence.capital(word):
        return not taken and word.text.lower() in NO_NAMES
    if taken and sentence.capital(taken[-1]):
        return True
    return word.text.lower() in STOPS if sentence.accented else word.plain in PLAIN_STOPS


def _looks_named(sentence: Sentence, words: list[Word]) -> bool:
    return sentence.capital(words[0]) or _surname(sentence, words)


def _surname(sentence: Sentence, words: list[Word]) -> bool:
    """Tell whether words begin like a full name: a surname and something more."""
    first = words[0]
    if len(words) < 2:
        return False
    if first.text.isupper() and first.plain in CLEAR_SURNAMES and words[1].plain in MIDDLE_NAMES:
        return True
    if sentence.accented and not sentence.titled:
        return first.text.lower() in SURNAMES and words[1].text.lower() not in NO_SECOND
    second = words[1]
    if first.plain == "nguyen" and second.plain in _NOT_AFTER_NGUYEN:
        return False
    known = first.text.lower() in SURNAMES if sentence.accented else first.plain in _PLAIN_SURNAMES
    return first.plain in CLEAR_SURNAMES or (known and second.plain in MIDDLE_NAMES)


_PLAIN_SURNAMES = frozenset(
    {
        *CLEAR_SURNAMES,
        *[
            "le",
            "hoang",
            "phan",
            "vu",
            "vo",
            "dang",
            "do",
            "ho",
            "ngo",
            "duong",
            "ly",
            "dinh",
            "doan",
            "truong",
            "luong",
            "mai",
            "to",
        ],
    }
)


def _capitals(sentence: Sentence, place: int) -> list[Word]:
    """Return the words with capitals that follow a word for a person."""
    taken: list[Word] = []
    for word in sentence.after(place):
        if not sentence.capital(word) or not word.text.isalpha() or len(taken) == LONGEST:
            break
        if word.text.lower() in NO_NAMES or (word.text.isupper() and len(word.text) > 1):
            break
        taken.append(word)
    return taken


def _full_names(sentence: Sentence) -> Iterator[Span]:
    """Give full names that stand anywhere: a surname with a capital and more of them, or with a middle name."""
    for place, word in enumerate(sentence.words):
        rest = [word, *sentence.after(word.end)][:LONGEST]
        before = sentence.words[place - 1].plain if place else ""
        if len(rest) < 2 or (word.plain == "nguyen" and before in _NOT_NGUYEN_AFTER):
            continue
        if sentence.capital(word) and sentence.capital(rest[1]) and _surname(sentence, rest):
            yield from _span(_run(sentence, rest))
        elif not sentence.capital(word) and _small_name(sentence, rest):
            yield from _span(_taken(sentence, word.start)[:4])


def _run(sentence: Sentence, words: list[Word]) -> list[Word]:
    ends = (place for place, word in enumerate(words) if not sentence.capital(word))
    return words[: next(ends, len(words))]


def _small_name(sentence: Sentence, words: list[Word]) -> bool:
    """Tell whether words without telling capitals are a full name: "nguyễn thị hoa", "tran van b"."""
    if len(words) < 3 or not all(word.text.isalpha() for word in words[:3]):
        return False
    first, second, third = words[:3]
    if sentence.accented and not all(word.text.isascii() for word in words[:3]):
        surname, middle = first.text.lower(), second.text.lower()
        sure = surname not in _UNSURE or middle in ("văn", "thị")
        return surname in SURNAMES and middle in _MIDDLE_ACCENTED and sure and third.text.lower() not in STOPS
    clear = first.plain in CLEAR_SURNAMES and second.plain in MIDDLE_NAMES
    sure = first.plain in _PLAIN_SURNAMES and second.plain == "van"
    return (clear or sure) and third.plain not in PLAIN_STOPS
