"""Kinds of noise that people's typing puts into a question, each by itself, to measure what it costs. Pure, repeatable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random

from nlu.components.twins import join, lose_tones, shorten, slip
from nlu.text import fold

SEED = 2008
AS_WRITTEN = "as written"

_WORD = re.compile(r"\w+")
_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)|_")
"""All but the point inside a number or a code."""
_TONE_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_LETTER_KEYS = {"â": "aa", "ă": "aw", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_TEENCODE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), short)
    for pattern, short in (
        (r"^ph", "f"), (r"^qu(?=[^u])", "w"), (r"^gi(?=[^\W\d])", "j"), (r"^kh", "k"), (r"^c(?=[aáàảãạôốồổỗộơớờởỡợuưứừ])", "k"),
        (r"ng$", "g"), (r"nh$", "nk"), (r"ch$", "ck"),
    )
)  # fmt: skip
"""How teenagers spell: ``phải`` → ``fải``, ``không`` → ``khôg``."""
_NORTH, _SOUTH = (
    tuple((re.compile(pattern, re.IGNORECASE), heard) for pattern, heard in region)
    for region in (
        (
            (r"^s(?=[^\W\d])", "x"), (r"^x(?=[^\W\d])", "s"), ("^ch", "tr"), ("^tr", "ch"), ("^gi(?=[aeou])", "d"), ("^d(?=[aou])", "gi"),
            ("^r", "d"), ("^l", "n"), ("^n(?![gh])", "l"),
        ),
        (
            ("\u0309", "\u0303"), ("\u0303", "\u0309"), ("(?<=[aou\u0300-\u036f])n$", "ng"), ("(?<=[aou\u0300-\u036f])ng$", "n"),
            ("(?<=[aou\u0300-\u036f])t$", "c"), ("(?<=[aou\u0300-\u036f])c$", "t"),
        ),
    )
)  # fmt: skip
"""How two regions hear: s as x, ch as tr, gi as d, l as n; hỏi as ngã, n as ng at the end; the patterns read decomposed text."""
_ENGLISH = {
    "giấy phép lái xe": "driving licence", "giấy phép": "license", "hộ chiếu": "passport", "công ty": "company",
    "doanh nghiệp": "business", "đăng ký": "register", "thủ tục": "procedure", "giấy tờ": "papers", "hồ sơ": "documents",
    "bao nhiêu tiền": "how much", "lệ phí": "fee", "ở đâu": "where", "bao lâu": "how long", "trực tuyến": "online",
    "người nước ngoài": "foreigner", "bảo hiểm": "insurance", "kết hôn": "marriage", "thuế": "tax", "gia hạn": "renew",
    "cần gì": "need gì", "điều kiện": "requirements", "mẫu đơn": "form", "nhà": "house", "xe": "car", "em": "I",
}  # fmt: skip
_PLEADING = ("pls", "help me", "please", "thanks")


def without_accents(text: str, chance: Random) -> str:
    """Type no accents at all."""
    return fold(text)


def teencode(text: str, chance: Random) -> str:
    """Write shorthand, and spell about every third word as teenagers do: ``phải nộp không`` → ``fải nộp ko``."""

    def maybe(found: re.Match[str]) -> str:
        word = found.group()
        rules = [(pattern, short) for pattern, short in _TEENCODE if pattern.search(word)]
        if len(word) < 3 or not rules or chance.random() > 1 / 3:
            return word
        pattern, short = chance.choice(rules)
        return pattern.sub(short, word)

    return _WORD.sub(maybe, shorten(text, chance))


def by_ear(text: str, chance: Random) -> str:
    """Spell about every sixth word as the writer's region says it: ``khai sinh`` → ``khai xinh``, ``sổ đỏ`` → ``sỗ đõ``."""
    region = chance.choice((_NORTH, _SOUTH))

    def maybe(found: re.Match[str]) -> str:
        word = found.group()
        ways = [(sound, heard) for sound, heard in region if sound.search(unicodedata.normalize("NFD", word))]
        if not ways or chance.random() > 1 / 6:
            return word
        sound, heard = chance.choice(ways)
        return unicodedata.normalize("NFC", sound.sub(heard, unicodedata.normalize("NFD", word)))

    return _WORD.sub(maybe, text)


def run_together(text: str, chance: Random) -> str:
    """Leave out a space in about every thirty letters: ``khai sinh`` → ``khaisinh``."""
    for _ in range(1 + len(text) // 30):
        text = join(text, chance)
    return text


def telex(text: str, chance: Random) -> str:
    """Leave the keys of the Telex way of typing in half of the accented words: ``giấy`` → ``giaays``."""
    return _WORD.sub(lambda found: telex_keys(found.group()) if chance.random() < 0.5 else found.group(), text)


def telex_keys(word: str) -> str:
    """Return the keys that type a word with Telex, the tone's key last."""
    typed, tone = [], ""
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONE_KEYS[mark] for mark in parts if mark in _TONE_KEYS), tone)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONE_KEYS))
        keys = _LETTER_KEYS.get(bare.lower(), bare)
        typed.append(keys.upper() if bare.isupper() else keys)
    return "".join(typed) + (tone.upper() if len(word) > 1 and word.isupper() else tone)


def capitals(text: str, chance: Random) -> str:
    """Leave the capitals key down."""
    return text.upper()


def english(text: str, chance: Random) -> str:
    """Say some of it in English; a question without such words gets an English plea."""
    said = text
    for phrase, meaning in _ENGLISH.items():
        if chance.random() < 0.7:
            said = re.sub(rf"(?<!\w){phrase}(?!\w)", meaning, said, flags=re.IGNORECASE)
    return said if said != text else f"{text} {chance.choice(_PLEADING)}"


def no_punctuation(text: str, chance: Random) -> str:
    """Write no full stop, comma or question mark; what stands inside a number stays."""
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", text)).strip()


NOISES: Mapping[str, Callable[[str, Random], str]] = {
    "without accents": without_accents,
    "tone marks lost": lose_tones,
    "slip of a finger": slip,
    "shorthand and teencode": teencode,
    "spelt by ear": by_ear,
    "words run together": run_together,
    "Telex keys left in": telex,
    "capitals": capitals,
    "English mixed in": english,
    "no punctuation": no_punctuation,
}
"""Every kind of noise by its name in the report."""


def noisy(text: str, kind: str, seed: int = SEED) -> str:
    """Return a text with one kind of noise; itself where the noise finds nothing to do, or would leave nothing.

    Args:
        text: as written.
        kind: a key of ``NOISES``, or ``AS_WRITTEN``.
        seed: together with text and kind it fixes every choice.
    """
    if kind == AS_WRITTEN:
        return text
    made = NOISES[kind](text, Random(f"{seed}:{kind}:{text}"))
    return made if made.strip() else text
