"""What a message that asks nothing comes to: no words, a number that chooses nothing, a bare name, a code without its dot. Pure."""

from __future__ import annotations

import re

from nlu.learning.masking import mask
from nlu.learning.masking_text import CLOSE, OPEN
from nlu.learning.masking_words import word_set
from nlu.text import fold, words

_NUMBER = re.compile(r"\d{1,6}")
_UNDOTTED = re.compile(r"(\d)(\d{6})")
"""A procedure's code as people copy it: "1001193"."""
_MARK = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_SAID_OF_ONE = word_set(
    "ten ho va toi em minh chau con anh chi co chu bac ong ba la cua day so sdt dt dien thoai alo a nhe nha ne"
)
_CODE = re.compile(r"[A-Z]\w*\d|\d[.-]\d", re.I)
"""Of a dossier, a procedure or an item of the post: letters with digits behind them, or digits parted by a point or stroke."""
MOST = 10
"""Words of a message that may be a name and a number and nothing else."""


def lacking(plain: str) -> str:
    """Return the response to a message that asks nothing: no letters, a bare number, somebody's name or telephone; else ""."""
    if not any(letter.isalnum() for letter in plain):
        return "utter_empty"
    if _NUMBER.fullmatch(plain):
        return "utter_only_number"
    return "utter_only_personal" if _names_somebody(plain) else ""


def _names_somebody(plain: str) -> bool:
    if len(plain.split()) > MOST or _CODE.search(plain):
        return False
    shown = mask(plain)
    return _MARK.search(shown) is not None and set(words(fold(_MARK.sub(" ", shown)))) <= _SAID_OF_ONE


def dotted(plain: str) -> str:
    """Return a message with the dot that a lone procedure code lacks."""
    return _UNDOTTED.sub(r"\1.\2", plain) if _UNDOTTED.fullmatch(plain) else plain
