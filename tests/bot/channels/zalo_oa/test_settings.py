"""The account's settings: all or none, and no secret in print."""

from __future__ import annotations

import pytest

from bot.channels.zalo_oa.settings import zalo_oa_settings
from bot.channels.zalo_oa.signature import VARIANTS
from bot.settings import Secret, Settings, SettingsError


def test_without_settings_the_account_is_off() -> None:
    assert zalo_oa_settings(Settings()) is None
    assert zalo_oa_settings(Settings(zalo_oa_id="1")) is None


def test_a_part_of_the_settings_is_refused_with_all_that_is_missing() -> None:
    with pytest.raises(SettingsError) as caught:
        zalo_oa_settings(Settings(zalo_oa_app_id="1", zalo_oa_signature="hmac"))
    assert len(caught.value.problems) == 3
    assert "MOTCUA_ZALO_OA_ID" in str(caught.value)
    assert "MOTCUA_ZALO_OA_APP_SECRET" in str(caught.value)
    assert "MOTCUA_ZALO_OA_SIGNATURE" in str(caught.value)


def test_all_of_them_make_an_account_that_never_prints_its_secrets() -> None:
    found = zalo_oa_settings(
        Settings(
            zalo_oa_app_id="1",
            zalo_oa_id="2",
            zalo_oa_app_secret=Secret("hush-1"),
            zalo_oa_secret_key=Secret("hush-2"),
            zalo_oa_code_verifier=Secret("hush-3"),
            zalo_oa_signature="oa_key+body+app_id",
            zalo_oa_base_url="http://127.0.0.1:1",
        )
    )
    assert found is not None
    assert found.variants == VARIANTS[:1]
    assert found.hosts.oauth == "http://127.0.0.1:1"
    assert "hush" not in repr(found)
