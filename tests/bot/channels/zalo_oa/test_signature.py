"""Signatures of the webhook, in every documented way."""

from __future__ import annotations

import hashlib
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa.signature import VARIANTS, Keys, TimeTerm, Variant, mac, matching, read_variants
from tests.bot.channels.zalo_oa.test_channel import channel, event, signed

KEYS = Keys("app", "oa", "key", "secret")
RAW = b'{"timestamp": "1700000000000", "x": "\xe1\xba\xbf"}'


def headers_for(variant: Variant, template: str = "mac={}") -> dict[str, str]:
    time = "1700000000000" if variant.time is TimeTerm.BODY else "1700000000999"
    return {"X-ZEvent-Signature": template.format(mac(variant, KEYS, RAW, time)), "X-ZEvent-Timestamp": "1700000000999"}


def test_the_documented_formula_is_plain_sha256_of_the_concatenation() -> None:
    expected = hashlib.sha256(b"app" + RAW + b"1700000000000" + b"key").hexdigest()
    assert mac(VARIANTS[0], KEYS, RAW, "1700000000000") == expected
    assert str(VARIANTS[0]) == "oa_key+body+app_id"


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_each_variant_is_told_and_only_where_it_is_believed(variant: Variant) -> None:
    match = matching(KEYS, VARIANTS, headers_for(variant), RAW)
    assert match is not None
    assert match.variant == variant
    others = [one for one in VARIANTS if one != variant]
    assert matching(KEYS, others, headers_for(variant), RAW) is None


@pytest.mark.parametrize("template", ["mac={}", "mac = {}", " mac= {} ", "{}", "mac={}\t"])
def test_spaces_around_the_digest_do_not_matter(template: str) -> None:
    assert matching(KEYS, VARIANTS, headers_for(VARIANTS[0], template), RAW) is not None


def test_header_names_are_read_in_any_case_and_digests_too() -> None:
    digest = mac(VARIANTS[0], KEYS, RAW, "1700000000000").upper()
    assert matching(KEYS, VARIANTS, {"x-zevent-signature": f"mac={digest}"}, RAW) is not None


def test_a_changed_byte_is_noticed() -> None:
    assert matching(KEYS, VARIANTS, headers_for(VARIANTS[0]), RAW + b" ") is None


@given(st.text(max_size=100), st.binary(max_size=200))
def test_no_other_header_and_body_is_believed(header: str, raw: bytes) -> None:
    assert matching(KEYS, VARIANTS, {"X-ZEvent-Signature": header, "X-ZEvent-Timestamp": header}, raw) is None


def test_the_setting_is_read() -> None:
    assert read_variants("any") == VARIANTS
    assert read_variants(" oa_key+body+app_id , APP_SECRET+header+oa_id") == (VARIANTS[0], VARIANTS[-1])
    for wrong in ("", "oa_key", "oa_key+body+app_id,x"):
        with pytest.raises(ValueError, match="oa_key"):
            read_variants(wrong)


def test_the_log_names_the_variant_once_and_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    one, raw = channel(), event()
    with caplog.at_level(logging.INFO):
        assert one.verify(signed(raw), raw)
        assert one.verify(signed(raw), raw)
    assert caplog.text.count("oa_key+body+app_id") == 1
    assert "the secret" not in caplog.text
    assert "secret')" not in repr(KEYS)
    assert repr(KEYS) == "Keys(app_id='app', oa_id='oa')"
