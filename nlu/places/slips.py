"""Tells whether a word is another one with a slip of the finger. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.text import fold


def one_slip(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter, or by two neighbours that changed places."""
    if len(one) > len(other):
        one, other = other, one
    at = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    return one[at + 1 :] == other[at + 1 :] or (
        one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    )


def alike(said: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether a name with a slip keeps the accents of the real one, as far as there are any."""
    written, real = "".join(said), "".join(name)
    if written.isascii():
        return True
    if len(said) == len(name):
        real = "".join(fold(other) if one.isascii() else other for one, other in zip(said, name, strict=True))
        return one_slip(written, real) or (fold(written) != fold(real) and _toneless_slip(said, name))
    return one_slip(written, real)


def _toneless_slip(said: Sequence[str], name: Sequence[str]) -> bool:
    """Allow the tone to be lost in the one word that has the slip."""
    wrong = [(one, other) for one, other in zip(said, name, strict=True) if one != other and not one.isascii()]
    return len(wrong) == 0 or (len(wrong) == 1 and len(wrong[0][0]) > 3 and wrong[0][0][0] == wrong[0][1][0])
