"""One-time codes of a telephone app (TOTP, RFC 6238), and the recovery codes for who lost the telephone."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp
import segno

from bot.keyed_hash import KeyedHash

SECONDS = 30
AROUND = (0, -1, 1)
"""Steps of thirty seconds by which a telephone's clock may be wrong."""
ISSUER = "Mot Cua can bo"
RECOVERY_CODES = 10
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of recovery codes: none that looks like another one."""
GROUP = 5


def new_secret() -> str:
    """Return a secret of 160 bits."""
    return pyotp.random_base32()


def address(secret: str, account: str) -> str:
    """Return what the QR code says."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def picture(secret: str, account: str) -> str:
    """Return the QR code as an address that holds the picture itself."""
    return segno.make(address(secret, account), error="m").svg_data_uri(scale=5, border=4, light="white")


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the thirty seconds to which a code belongs; ``None`` when it is not good now."""
    typed = "".join(code.split())
    now = int(at.timestamp()) // SECONDS
    totp = pyotp.TOTP(secret)
    # All are computed and compared, so that the time tells nothing.
    fits = [step for step in (now + one for one in AROUND) if _same(totp.generate_otp(step), typed)]
    return fits[0] if fits else None


def new_recovery_codes() -> Sequence[str]:
    """Return recovery codes, each of 49 bits."""
    return [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_hash(hashes: KeyedHash, account: str, code: str) -> bytes:
    """Return under what a recovery code is kept, however it was typed."""
    return hashes.of(account, "".join(letter for letter in code.upper() if letter.isalnum()))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
