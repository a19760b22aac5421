"""Tells whether a request comes from Zalo: ``X-ZEvent-Signature: mac=sha256(first term + body + time + secret)``.

The platform's documents and working clients disagree on which secret, which time and which first term it takes. Each
candidate needs a secret of ours, so accepting any of them does not weaken the check; the log names the one that hit.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from bot.channels.untyped import identifier, json_object

SIGNATURE_HEADER = "X-ZEvent-Signature"
TIME_HEADER = "X-ZEvent-Timestamp"
ANY = "any"

_MAC = re.compile(r"\s*(?:mac\s*=\s*)?([0-9a-fA-F]{64})\s*")


class SecretTerm(StrEnum):
    """Which secret is hashed."""

    OA_KEY = "oa_key"
    """The OA secret key that the console's webhook page shows."""
    APP_SECRET = "app_secret"  # noqa: S105 – the name of a variant


class TimeTerm(StrEnum):
    """Where the time comes from."""

    BODY = "body"
    HEADER = "header"


class FirstTerm(StrEnum):
    """Which id stands first."""

    APP_ID = "app_id"
    OA_ID = "oa_id"


@dataclass(frozen=True)
class Variant:
    """One documented way to sign."""

    secret: SecretTerm
    time: TimeTerm
    first: FirstTerm

    def __str__(self) -> str:
        return f"{self.secret}+{self.time}+{self.first}"


VARIANTS = tuple(Variant(*terms) for terms in product(SecretTerm, TimeTerm, FirstTerm))


@dataclass(frozen=True)
class Keys:
    """What we sign with."""

    app_id: str
    oa_id: str
    oa_key: str = field(repr=False)
    """Empty when the console shows none; its variants are not tried then."""
    app_secret: str = field(repr=False)


@dataclass(frozen=True)
class Match:
    """A signature that is right."""

    variant: Variant
    time: str
    """The signed time in milliseconds, as it was sent."""


def read_variants(raw: str) -> tuple[Variant, ...]:
    """Read the setting: ``any``, or variants such as ``oa_key+body+app_id`` between commas.

    Raises:
        ValueError: some variant is unknown.
    """
    if raw.strip().lower() == ANY:
        return VARIANTS
    known = {str(variant): variant for variant in VARIANTS}
    names = [name.strip().lower() for name in raw.split(",") if name.strip()]
    if not names or not set(names) <= set(known):
        raise ValueError(f"must be {ANY}, or some of {', '.join(known)}")
    return tuple(known[name] for name in names)


def matching(keys: Keys, variants: Sequence[Variant], headers: Mapping[str, str], raw: bytes) -> Match | None:
    """Return the variant that makes the request genuine, comparing all of them in constant time."""
    given = _MAC.fullmatch(_header(headers, SIGNATURE_HEADER))
    claimed = given[1].lower() if given else ""
    times = {
        TimeTerm.BODY: identifier(json_object(raw).get("timestamp")),
        TimeTerm.HEADER: _header(headers, TIME_HEADER),
    }
    found: Match | None = None
    for variant in variants:
        time, secret = times[variant.time], _secret(keys, variant.secret)
        if not time or not secret:
            continue
        # No early end: how long it takes tells nothing about which variant is right.
        if hmac.compare_digest(mac(variant, keys, raw, time), claimed) and found is None:
            found = Match(variant, time)
    return found


def mac(variant: Variant, keys: Keys, raw: bytes, time: str) -> str:
    """Return the digest; plain SHA-256 over the concatenation, not HMAC."""
    first = keys.app_id if variant.first is FirstTerm.APP_ID else keys.oa_id
    digest = hashlib.sha256(first.encode())
    digest.update(raw)
    digest.update(time.encode("utf-8", "surrogateescape"))
    digest.update(_secret(keys, variant.secret).encode())
    return digest.hexdigest()


def _secret(keys: Keys, which: SecretTerm) -> str:
    return keys.oa_key if which is SecretTerm.OA_KEY else keys.app_secret


def _header(headers: Mapping[str, str], name: str) -> str:
    found = headers.get(name)
    if found is not None:
        return found.strip()
    return next((value.strip() for key, value in headers.items() if key.lower() == name.lower()), "")
