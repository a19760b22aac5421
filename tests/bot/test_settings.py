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
    }

    with pytest.raises(SettingsError) as caught:
        load_settings(environment, nowhere)

    assert len(caught.value.problems) == 5
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


def test_a_token_or_secret_of_telegram_that_cannot_be_one_is_refused_and_not_printed(nowhere: Path) -> None:
    given = {"MOTCUA_TELEGRAM_TOKEN": "hush:hush", "MOTCUA_TELEGRAM_SECRET": "hush hush hush hush"}
    with pytest.raises(SettingsError) as refused:
        load_settings(given, nowhere)
    assert all(name in str(refused.value) for name in given)
    assert "hush" not in str(refused.value)
