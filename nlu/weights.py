"""Reads how heavy papers are: "nặng 300 gam", "nửa ký", "1,5kg", "20 tờ", "half a kilo". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.text import fold, normalise

MOST, MOST_SHEETS = 1_000_000, 100_000
"""Grams, and sheets, beyond which nobody means an envelope of papers: a slip of the finger."""

_WORDS = {
    "mot": 1.0, "hai": 2.0, "ba": 3.0, "bon": 4.0, "nam": 5.0, "sau": 6.0, "bay": 7.0, "tam": 8.0, "chin": 9.0, "muoi": 10.0, "nua": 0.5,
    "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0, "half a": 0.5, "half": 0.5, "a": 1.0,
}  # fmt: skip
_UNITS = {
    1000.0: r"kg|kgs|ky|ki|ki ?lo(?:gam|gram)?s?|kilo(?:gam|gram)?s?|can(?! cuoc)",
    100.0: r"lang",
    1.0: r"g|gr|gam|gram|grams|grammes?",
}
_NUMBER = rf"\d{{1,7}}(?:[.,]\d{{1,3}})?|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"
_WEIGHT = tuple(
    (factor, re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER})(?P<tens> chuc)? ?(?:{unit})(?: ?(?P<more>ruoi(?!\w)|\d{{1,2}}(?![\w/]| [a-z])))?(?!\w)"))
    for factor, unit in _UNITS.items()
)  # fmt: skip
_SHEETS = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?P<tens> chuc)? ?(?:to|trang|sheets?|pages?)(?: giay| a4)*(?!\w)"
)


@dataclass(frozen=True)
class Weight:
    """How heavy something is said to be."""

    grams: int = 0
    sheets: int = 0
    """Sheets of paper that were named instead: what they weigh is not for the reader to say."""


def read_weight(text: str) -> Weight | None:
    """Return the weight that a text names; ``None`` for none, or for an impossible one."""
    said = fold(normalise(text))
    for factor, pattern in _WEIGHT:
        found = pattern.search(said)
        if found is not None:
            tens = 10 if found["tens"] else 1
            grams = round(_number(found["number"]) * tens * factor + _more(found["more"], factor))
            return Weight(grams) if 0 < grams <= MOST else None
    found = _SHEETS.search(said)
    if found is None:
        return None
    count = round(_number(found["number"]) * (10 if found["tens"] else 1))
    return Weight(sheets=count) if 0 < count <= MOST_SHEETS else None


def without_weight(text: str) -> str:
    """Return a text in folded words without the weight that it names."""
    said = fold(normalise(text))
    for pattern in (*(one for _, one in _WEIGHT), _SHEETS):
        said = pattern.sub(" ", said)
    return said


def _number(said: str) -> float:
    """Read a number; "1.500" is one thousand five hundred, "1.5" and "1,5" are one and a half."""
    if said in _WORDS:
        return _WORDS[said]
    if re.fullmatch(r"\d{1,3}\.\d{3}", said):
        return float(said.replace(".", ""))
    return float(said.replace(",", "."))


def _more(said: str | None, factor: float) -> float:
    """Read what stands behind the unit: "1 ký rưỡi", "1 ký 2"."""
    if not said:
        return 0.0
    return factor / 2 if said == "ruoi" else int(said) * factor / 10 ** len(said)
