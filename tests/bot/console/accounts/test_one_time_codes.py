"""Codes of a telephone, and recovery codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from bot.console.accounts.one_time_codes import (
    address,
    new_recovery_codes,
    new_secret,
    picture,
    recovery_hash,
    step_of,
)
from bot.keyed_hash import KeyedHash

NOW = datetime(2026, 11, 26, 2, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXP" * 2
HASHES = KeyedHash("test", "k" * 32)


@pytest.mark.parametrize(("seconds", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_wrong_by_half_a_minute(seconds: int, good: bool) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))
    found = step_of(SECRET, code, NOW)
    assert (found is not None) == good
    if good:
        assert found == int(NOW.timestamp()) // 30 + seconds // 30


@pytest.mark.parametrize("code", ["", "000000", "12345", "1234567", "một hai", "١٢٣٤٥٦"])
def test_anything_else_is_no_code(code: str) -> None:
    assert step_of(SECRET, code, NOW) is None


def test_secrets_are_long_and_told_in_a_picture_without_anything_from_outside() -> None:
    secret = new_secret()
    assert len(secret) == 32
    assert secret in address(secret, "lan.nt")
    assert "lan.nt" in address(secret, "lan.nt")
    assert picture(secret, "lan.nt").startswith("data:image/svg+xml")


def test_recovery_codes_differ_and_are_known_however_they_are_typed() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    one = codes[0]
    assert recovery_hash(HASHES, "lan", one) == recovery_hash(HASHES, "lan", one.lower().replace("-", " "))
    assert recovery_hash(HASHES, "lan", one) != recovery_hash(HASHES, "binh", one)
