"""Finds in a message what nobody should send to a chat: passwords, one-time codes, card and identity numbers. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from nlu.codes import find_codes
from nlu.text import fold, normalise


class Secret(StrEnum):
    """What was sent; the sentence is ``utter_secret_`` with this."""

    PASSWORD = "password"  # noqa: S105 – a kind, not one
    OTP = "otp"
    CARD = "card"
    IDENTITY = "identity"


@dataclass(frozen=True)
class SentSecret:
    """A secret in a message."""

    kind: Secret
    rest: str
    """The message without it; empty when nothing is left to answer."""


_VALUE = r"(?: (?:cua|em|toi|minh|chi|anh|vneid|ngan hang|tai khoan|moi|cu|is|my))* ?(?:la|:|=|is) ?"
_PASSWORD = re.compile(
    rf"\b(?:mat khau|password|passcode|pass|mat ma|ma pin|pin){_VALUE}(?P<value>[^\s,;]*[\d@#$%^&*!_][^\s,;]*|(?<=[:=])\S{{6,}}|(?<=[:=] )\S{{6,}})"
)
_OTP = re.compile(
    r"\b(?:otp|ma (?:xac nhan|xac thuc|kich hoat)|verification code)"
    r"(?: (?:cua|em|toi|minh|vua|nhan|duoc|gui|ve))*(?: (?:la|is)|:|=)? ?:?(?P<value>\d{4,8})\b(?![.\d])(?! (?:la gi|de lam gi))"
)
_CARD = re.compile(r"(?<![\w.,-])(?P<value>\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![\w-])")
_IDENTITY = re.compile(r"(?<![\w.,+-])(?P<value>0\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3})(?![\w-])")
_OLD_IDENTITY = re.compile(
    r"\b(?:cmnd|cmt|chung minh(?: thu| nhan dan)?|can cuoc|cccd)(?: (?:cua|em|toi|minh|so|la))* ?:? ?(?P<value>\d{9})(?!\d)"
)


def secret_in(text: str) -> SentSecret | None:
    """Return the first secret in a message, and the message without all of them."""
    plain = normalise(text)
    folded = fold(plain)
    if len(folded) != len(plain):
        return None
    codes = [(code.start, code.end) for code in find_codes(plain)]
    found: list[tuple[Secret, int, int]] = []
    for kind, pattern in (
        (Secret.PASSWORD, _PASSWORD),
        (Secret.OTP, _OTP),
        (Secret.CARD, _CARD),
        (Secret.IDENTITY, _IDENTITY),
        (Secret.IDENTITY, _OLD_IDENTITY),
    ):
        for match in pattern.finditer(folded):
            start, end = match.span("value" if kind in (Secret.CARD, Secret.IDENTITY) else 0)
            inside = any(start < other_end and other_start < end for other_start, other_end in codes)
            if not inside and (kind is not Secret.CARD or _luhn(match["value"])):
                found.append((kind, start, end))
    if not found:
        return None
    rest = plain
    for _, start, end in sorted(found, key=lambda one: one[1], reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    return SentSecret(found[0][0], _question(rest))


def _question(rest: str) -> str:
    """Return what is left of a message, when that is more than the words around the secret."""
    said = " ".join(rest.split()).strip(" :=,.;")
    return said if len(said.split()) >= 6 else ""


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in number if digit.isdigit()][::-1]
    doubled = sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return doubled % 10 == 0
