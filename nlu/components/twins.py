"""Twins of a sentence as others would have typed it: without accents, in shorthand, with slips. Pure, repeatable."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from nlu.text import SHORTHAND, fold

_WORD = re.compile(r"\w+")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "k",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "x": "zc", "y": "tu",
}  # fmt: skip


@cache
def _written_out() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """Turn the shorthand round: full words, longest first, how to find them, and all their short forms."""
    short_forms: dict[str, list[str]] = {}
    for short, full in SHORTHAND.items():
        short_forms.setdefault(full, []).append(short)
    longest_first = sorted(short_forms.items(), key=lambda pair: -len(pair[0]))
    return tuple(
        (full, re.compile(rf"(?<!\w){re.escape(full)}(?!\w)", re.IGNORECASE), tuple(short))
        for full, short in longest_first
    )


def twins(text: str, seed: int, folded: bool = True, noisy: int = 1) -> Iterator[str]:
    """Yield the twins of a normalised sentence; never the sentence itself, never the same twin twice.

    Args:
        text: the sentence, as ``nlu.text.normalise`` returns it.
        seed: together with the sentence it fixes every choice, so that training is repeatable.
        folded: whether to give the twin without any accents.
        noisy: how many twins with noise to try for; a short sentence may give fewer.
    """
    seen = {text.lower()}
    chance = random.Random(f"{seed}:{text}")
    candidates = [fold(text)] if folded else []
    candidates.extend(_noisy(text, chance) for _ in range(noisy))
    for twin in candidates:
        if twin.strip() and twin.lower() not in seen:
            seen.add(twin.lower())
            yield twin


def _noisy(text: str, chance: random.Random) -> str:
    kinds: list[Callable[[str, random.Random], str]] = [shorten, lose_tones, slip, join]
    first, second = chance.sample(kinds, 2)
    changed = first(text, chance)
    # Half of the people who hurry make one kind of mess, the other half two.
    return second(changed, chance) if changed == text or chance.random() < 0.5 else changed


def shorten(text: str, chance: random.Random) -> str:
    """Write every phrase that has shorthand in it: ``giấy phép lái xe`` → ``gplx``."""
    for full, pattern, short_forms in _written_out():
        if full in text.lower():
            text = pattern.sub(chance.choice(short_forms), text)
    return text


def lose_tones(text: str, chance: random.Random) -> str:
    """Drop the tone marks of about half of the words: ``đăng ký`` → ``đăng ky``."""

    def maybe(word: re.Match[str]) -> str:
        if chance.random() < 0.5:
            return word.group()
        bare = unicodedata.normalize("NFD", word.group()).translate(_TONES)
        return unicodedata.normalize("NFC", bare)

    return _WORD.sub(maybe, text)


def slip(text: str, chance: random.Random) -> str:
    """Hit the key beside, leave a letter out, or swap two, in one word of at least four letters without digits."""
    words = [found for found in _WORD.finditer(text) if len(found.group()) >= 4 and found.group().isalpha()]
    if not words:
        return text
    found = chance.choice(words)
    word = found.group()
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        wrong = word[:at] + chance.choice(_NEIGHBOURS.get(word[at].lower(), word[at])) + word[at + 1 :]
    elif kind == 1:
        wrong = word[:at] + word[at + 1 :]
    else:
        wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return text[: found.start()] + wrong + text[found.end() :]


def join(text: str, chance: random.Random) -> str:
    """Run two neighbouring words together: ``khai sinh`` → ``khaisinh``."""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if len(spaces) < 2:  # two words run together would leave nothing to tell them by
        return text
    at = chance.choice(spaces)
    return text[:at] + text[at + 1 :]
