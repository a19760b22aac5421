"""Tests of reading the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Secret, Settings, SettingsError, load_settings

KEY = "k" * 40


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A secrets file that is not there."""
    return tmp_path / "secrets.env"


def test_without_any_setting_the_defaults_hold(nowhere: Path) -> None:
    assert load_settings({}, nowhere) == Settings()


def test_every_setting_is_read(nowhere: Path) -> None:
    environment = {
        "MOTCUA_DATABASE_URL": "postgresql://h/d",
        "MOTCUA_HOST": "0.0.0.0",
        "MOTCUA_PORT": "9000",
        "MOTCUA_SIGNING_KEY": KEY,
        "MOTCUA_ENCRYPTION_KEY": KEY + "2",
        "MOTCUA_RASA_URL": "http://rasa:5005/",
        "MOTCUA_INTERNAL_KEY": "shared",
        "MOTCUA_STALE_AFTER_DAYS": "30",
        "MOTCUA_REVIEW_DAYS": "90",
        "MOTCUA_MESSAGE_DAYS": "7",
        "MOTCUA_LEASE_SECONDS": "2.5",
        "MOTCUA_SEND_ATTEMPTS": "5",
        "MOTCUA_SEND_SIDE_BY_SIDE": "8",
        "MOTCUA_SEND_RATES": "telegram=30/1, zalo_oa=4000/60",
        "MOTCUA_TRACE": "yes",
        "MOTCUA_PUBLIC_URL": "https://motcua.vn/",
        "MOTCUA_TELEGRAM_TOKEN": "123456789:AbC-dEf_x",
        "MOTCUA_TELEGRAM_SECRET": "a-secret_of-16-x",
        "MOTCUA_TELEGRAM_API": "http://127.0.0.1:8081/",
    }

    assert load_settings(environment, nowhere) == Settings(
        database_url="postgresql://h/d",
        host="0.0.0.0",
        port=9000,
        signing_key=Secret(KEY),
        encryption_key=Secret(KEY + "2"),
        rasa_url="http://rasa:5005",
        internal_key=Secret("shared"),
        stale_after_days=30,
        review_days=90,
        message_days=7,
        lease_seconds=2.5,
        send_attempts=5,
        send_side_by_side=8,
        send_rates={"telegram": (30, 1.0), "zalo_oa": (4000, 60.0)},
        trace=True,
        public_url="https://motcua.vn",
        telegram_token=Secret("123456789:AbC-dEf_x"),
        telegram_secret=Secret("a-secret_of-16-x"),
        telegram_api="http://127.0.0.1:8081",
    )


def test_all_faults_are_told_at_once_and_no_secret_with_them(nowhere: Path) -> None:
    nowhere.write_text("no equals sign here\n", "utf-8")
    environment = {
        "MOTCUA_PORT": "70000",
        "MOTCUA_STALE_AFTER_DAYS": "0",
        "MOTCUA_TRACE": "perhaps",
        "MOTCUA_RASA_URL": "rasa:5005",
        "MOTCUA_SIGNING_KEY": "hush",
        "MOTCUA_SEND_RATES": "telegram=30",
        "MOTCUA_LEASE_SECONDS": "long",
    }

    with pytest.raises(SettingsError) as caught:
        load_settings(environment, nowhere)

    assert len(caught.value.problems) == 7
    assert "line 1" in str(caught.value)
    assert "hush" not in str(caught.value)


def test_the_environment_goes_before_the_secrets_file(nowhere: Path) -> None:
    nowhere.write_text(f'# keys\nexport MOTCUA_SIGNING_KEY="{KEY}"\nMOTCUA_PORT=1\n', "utf-8")

    settings = load_settings({"MOTCUA_PORT": "2"}, nowhere)

    assert (settings.signing_key, settings.port) == (Secret(KEY), 2)


def test_missing_and_short_keys_are_both_named() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(signing_key=Secret("short")).require_keys()

    assert "MOTCUA_SIGNING_KEY is shorter than 32" in str(caught.value)
    assert "MOTCUA_ENCRYPTION_KEY is missing" in str(caught.value)
    assert "short;" not in str(caught.value)


def test_keys_that_are_there_are_handed_out() -> None:
    settings = Settings(signing_key=Secret(KEY), encryption_key=Secret(KEY))

    assert [key.reveal() for key in settings.require_keys()] == [KEY, KEY]


def test_secrets_and_the_database_password_never_print() -> None:
    settings = Settings(signing_key=Secret(KEY), database_url="postgresql://user:hush@host/db")

    assert KEY not in f"{settings!r} {settings} {settings.signing_key}"
    assert "hush" not in repr(settings)


def test_the_settings_for_zalo_are_read(nowhere: Path) -> None:
    environment = {
        "MOTCUA_ZALO_OA_APP_ID": "1",
        "MOTCUA_ZALO_OA_ID": "2",
        "MOTCUA_ZALO_OA_APP_SECRET": "hush",
        "MOTCUA_ZALO_OA_SECRET_KEY": "hush2",
        "MOTCUA_ZALO_OA_SIGNATURE": "oa_key+body+app_id",
        "MOTCUA_ZALO_OA_REFUSED_STATUS": "200",
        "MOTCUA_ZALO_OA_APPSECRET_PROOF": "1",
        "MOTCUA_ZALO_OA_PAID": "1",
        "MOTCUA_ZALO_OA_TEMPLATES": "checklist=123456, dossier=t-7",
        "MOTCUA_ZALO_OA_CODE_VERIFIER": "v",
        "MOTCUA_ZALO_OA_CONTACT_IMAGE": "https://example.vn/a.png",
        "MOTCUA_ZALO_OA_BASE_URL": "http://127.0.0.1:1/",
        "MOTCUA_ZALO_BOT_TOKEN": "3:hush",
        "MOTCUA_ZALO_BOT_SECRET": "hush3",
        "MOTCUA_ZALO_BOT_POLLING": "1",
        "MOTCUA_ZALO_BOT_BASE_URL": "http://127.0.0.1:2",
    }

    assert load_settings(environment, nowhere) == Settings(
        zalo_oa_app_id="1",
        zalo_oa_id="2",
        zalo_oa_app_secret=Secret("hush"),
        zalo_oa_secret_key=Secret("hush2"),
        zalo_oa_signature="oa_key+body+app_id",
        zalo_oa_refused_status=200,
        zalo_oa_appsecret_proof=True,
        zalo_oa_paid=True,
        zalo_oa_templates={"checklist": "123456", "dossier": "t-7"},
        zalo_oa_code_verifier=Secret("v"),
        zalo_oa_contact_image="https://example.vn/a.png",
        zalo_oa_base_url="http://127.0.0.1:1",
        zalo_bot_token=Secret("3:hush"),
        zalo_bot_secret=Secret("hush3"),
        zalo_bot_polling=True,
        zalo_bot_base_url="http://127.0.0.1:2",
    )
    with pytest.raises(SettingsError, match="403, 401 or 200"):
        load_settings({"MOTCUA_ZALO_OA_REFUSED_STATUS": "500"}, nowhere)


def test_a_token_or_secret_of_telegram_that_cannot_be_one_is_refused_and_not_printed(nowhere: Path) -> None:
    given = {"MOTCUA_TELEGRAM_TOKEN": "hush:hush", "MOTCUA_TELEGRAM_SECRET": "hush hush hush hush"}
    with pytest.raises(SettingsError) as refused:
        load_settings(given, nowhere)
    assert all(name in str(refused.value) for name in given)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("given", ["checklist", "checklist=", "=1", "Checklist=1", "checklist=1;2"])
def test_templates_without_a_kind_or_an_id_are_refused(nowhere: Path, given: str) -> None:
    with pytest.raises(SettingsError, match="MOTCUA_ZALO_OA_TEMPLATES must be like"):
        load_settings({"MOTCUA_ZALO_OA_TEMPLATES": given}, nowhere)
