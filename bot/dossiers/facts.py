"""What an applicant can prove knowledge of, brought to one form: telephone numbers, id numbers, their last four digits."""

from __future__ import annotations

import re

import phonenumbers

from bot.keyed_hash import KeyedHash

COUNTRY = "VN"
"""Where a number without a country code belongs."""
TAIL = 4
SHORTEST = 8
"""Digits of a number whose last four may serve as a second fact; of a shorter one they would give half of it away."""
_CITIZEN_ID = 12
"""Digits of a citizen's id number; a spreadsheet that took it for an amount drops the zero before it."""

_USUAL = re.compile(r"(?:\+?84|0)([1-9][0-9]{8})")
_NO_ID = re.compile(r"[^0-9A-Z]")
_NO_DIGIT = re.compile(r"[^0-9]")


def e164(text: str) -> str | None:
    """Return a telephone number in E.164, the first when several are written; ``None`` for what is no number."""
    if usual := _USUAL.fullmatch(text):
        return f"+84{usual[1]}"  # as nearly all are written; the library needs a hundred times longer
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def identity(text: str) -> str | None:
    """Return an id number in one form; ``None`` for what is none."""
    plain = _NO_ID.sub("", text.upper())
    if plain.isdecimal() and len(plain) == _CITIZEN_ID - 1:
        plain = "0" + plain
    return plain if len(plain) >= SHORTEST else None


def last_four(number: str | None) -> str | None:
    """Return the last four digits of a number; ``None`` when it has too few."""
    digits = _NO_DIGIT.sub("", number or "")
    return digits[-TAIL:] if len(digits) >= SHORTEST else None


class FactKeys:
    """Hashes facts under a key of our own, so that who reads the table cannot try out the ten thousand tails."""

    def __init__(self, key: str) -> None:
        """Derive the key from the operator's signing key."""
        self._hashed = KeyedHash("facts of dossiers", key)

    def tail(self, code: str, four: str) -> bytes:
        """Return the hash of four digits on one dossier: equal digits on two dossiers give different ones."""
        return self._hash("tail", code, four)

    def phone(self, number: str) -> bytes:
        """Return the hash of a whole telephone number in E.164."""
        return self._hash("phone", number)

    def identity(self, number: str) -> bytes:
        """Return the hash of a whole id number in the form of ``identity``."""
        return self._hash("identity", number)

    def _hash(self, *parts: str) -> bytes:
        return self._hashed.of("|".join(parts))
