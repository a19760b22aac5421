"""Tells, surely rather than often, that a message is English. Pure."""

from __future__ import annotations

from nlu.learning.masking_words import word_set
from nlu.text import has_accents, words

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


def surely_english(text: str) -> bool:
    """Tell whether a message is surely written in English."""
    if has_accents(text):
        return False
    said = [word for word in words(text) if word.isalpha()]
    found = sum(word in _ENGLISH or word in _ALIKE for word in said)
    return len({word for word in said if word in _ENGLISH}) >= ENOUGH and found >= SHARE * len(said)
