"""Reading the settings of access to dossiers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dossiers.access.settings import AccessSettings
from bot.secret import Secret
from bot.settings import Settings, SettingsError, load_settings


def load(tmp_path: Path, **given: str) -> AccessSettings:
    environment = {f"MOTCUA_DOSSIER_{name}": value for name, value in given.items()}
    return load_settings(environment, tmp_path / "secrets.env").dossier_access


def test_without_any_setting_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path) == AccessSettings()
    assert AccessSettings().codes_a_day == 10


def test_every_setting_is_read(tmp_path: Path) -> None:
    assert load(
        tmp_path,
        CODES_A_DAY="20",
        SOURCE_CODES_A_DAY="500",
        OPEN_CODES_AN_HOUR="1000",
        ACCESS_MINUTES="15",
        CODE_MINUTES="5",
        LOOKUP_DAYS="90",
        ALERT_DAYS="30",
        AGENCIES_FILE="agencies.yml",
        SMS_URL="https://sms.example/send?to={phone}",
        SMS_METHOD="put",
        SMS_HEADERS='{"Authorization": "Bearer {secret}"}',
        SMS_BODY='{"text": "{text}"}',
        SMS_GOOD="ok",
        SMS_SECONDS="5",
        SMS_SECRET="s3cret",
        SMS_ACCENTS="1",
        SMS_NOTICES="0",
    ) == AccessSettings(
        codes_a_day=20,
        source_codes_a_day=500,
        open_codes_an_hour=1000,
        access_minutes=15,
        code_minutes=5,
        lookup_days=90,
        alert_days=30,
        agencies_file=Path("agencies.yml"),
        sms_url="https://sms.example/send?to={phone}",
        sms_method="PUT",
        sms_headers={"Authorization": "Bearer {secret}"},
        sms_body='{"text": "{text}"}',
        sms_good="ok",
        sms_seconds=5,
        sms_secret=Secret("s3cret"),
        sms_accents=True,
        sms_notices=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CODES_A_DAY", "0"),
        ("ACCESS_MINUTES", "1441"),
        ("SMS_URL", "sms.example"),
        ("SMS_METHOD", "DELETE"),
        ("SMS_HEADERS", "x"),
        ("SMS_HEADERS", '{"a": 1}'),
        ("SMS_BODY", '{"text": '),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"MOTCUA_DOSSIER_{name} "):
        load(tmp_path, **{name: value})


def test_codes_are_either_sent_or_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="exclude each other"):
        load(tmp_path, SMS_URL="https://sms.example", CODES_TO="console")


def test_the_gateways_secret_never_prints(tmp_path: Path) -> None:
    given = load(tmp_path, SMS_URL="https://sms.example", SMS_SECRET="s3cret")
    assert "s3cret" not in repr(Settings(dossier_access=given))
