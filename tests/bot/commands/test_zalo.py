"""``motcua zalo``: signatures of pasted requests, and tokens that are never shown."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.channels.zalo_oa.signature import VARIANTS, Keys, mac
from bot.migrations.schema import upgrade
from bot.unit_of_work import open_engine
from tests.fakes.zalo_bot import TOKEN, running_zalo_bot
from tests.fakes.zalo_oa import FakeZaloOa, running_zalo_oa
from tests.fakes.zalo_oa.platform import APP_ID, OA_ID

BODY = '{"app_id": "1", "timestamp": "1700000000000", "message": {"text": "chào"}}'.encode()
KEYS = Keys(APP_ID, OA_ID, "hush-key", "hush-app")


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {
        "MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'z.sqlite3'}",
        "MOTCUA_SIGNING_KEY": "s" * 40,
        "MOTCUA_ENCRYPTION_KEY": "e" * 40,
        "MOTCUA_ZALO_OA_APP_ID": APP_ID,
        "MOTCUA_ZALO_OA_ID": OA_ID,
        "MOTCUA_ZALO_OA_APP_SECRET": "hush-app",
        "MOTCUA_ZALO_OA_SECRET_KEY": "hush-key",
        **more,
    }


@pytest.mark.parametrize("taken", [b"", b"\n", b"\r\n"])
def test_a_pasted_request_names_the_way_in_which_it_is_signed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], taken: bytes
) -> None:
    (tmp_path / "body").write_bytes(BODY + taken)
    digest = mac(VARIANTS[5], KEYS, BODY, "1700000000000")
    argv = ["zalo", "verify-signature", "--signature", f"mac = {digest}", str(tmp_path / "body")]
    assert main(argv, environment(tmp_path, MOTCUA_ZALO_OA_SIGNATURE="oa_key+body+app_id")) == 0
    told = capsys.readouterr()
    assert str(VARIANTS[5]) in told.out
    assert "not accepted" in told.out
    assert "hush" not in told.out + told.err


def test_a_forged_request_fits_no_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "body").write_bytes(BODY)
    argv = ["zalo", "verify-signature", "--signature", f"mac={'0' * 64}", str(tmp_path / "body")]
    assert main(argv, environment(tmp_path, MOTCUA_ZALO_OA_SECRET_KEY="")) == 1
    told = capsys.readouterr()
    assert "none of the 8 ways" in told.err
    assert "MOTCUA_ZALO_OA_SECRET_KEY" in told.err
    assert "hush" not in told.out + told.err


def test_without_settings_it_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zalo", "status"], {}) == 1
    assert "MOTCUA_ZALO_OA_ID" in capsys.readouterr().err


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZaloOa]:
    async with running_zalo_oa("hush-app", "hush-key") as zalo:
        yield zalo


async def run(monkeypatch: pytest.MonkeyPatch, argv: list[str], given: str, settings: dict[str, str]) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    return await asyncio.to_thread(main, argv, settings)


async def test_a_pair_is_checked_stored_and_never_shown(
    tmp_path: Path, zalo: FakeZaloOa, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = environment(tmp_path, MOTCUA_ZALO_OA_BASE_URL=zalo.url)
    engine = open_engine(settings["MOTCUA_DATABASE_URL"])
    await upgrade(engine)
    await engine.dispose()
    access, refresh = zalo.oauth.issue()
    assert await run(monkeypatch, ["zalo", "status"], "", settings) == 1
    assert await run(monkeypatch, ["zalo", "tokens"], "only one line\n", settings) == 1
    assert await run(monkeypatch, ["zalo", "tokens"], "wrong\nwrong\n", settings) == 1
    assert await run(monkeypatch, ["zalo", "tokens"], f"{access}\n{refresh}\n", settings) == 0
    assert await run(monkeypatch, ["zalo", "status"], "", settings) == 0
    told = capsys.readouterr()
    assert "version 1" in told.out
    assert "Zalo takes it." in told.out
    assert access not in told.out + told.err
    assert refresh not in told.out + told.err
    zalo.oa_id = "another"
    assert await run(monkeypatch, ["zalo", "tokens"], f"{access}\n{refresh}\n", settings) == 1
    assert "another Official Account" in capsys.readouterr().err


async def test_the_bots_webhook_is_set_and_switched_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with running_zalo_bot() as zalo:
        settings = {
            "MOTCUA_ZALO_BOT_TOKEN": TOKEN,
            "MOTCUA_ZALO_BOT_SECRET": "hush-secret",
            "MOTCUA_ZALO_BOT_BASE_URL": zalo.url,
        }
        assert await run(monkeypatch, ["zalo", "bot-webhook", "https://mc.example.vn/"], "", settings) == 0
        assert zalo.webhook == "https://mc.example.vn/zalo/bot/webhook"
        assert await run(monkeypatch, ["zalo", "bot-webhook", "ftp://mc"], "", settings) == 1
        assert await run(monkeypatch, ["zalo", "bot-webhook", "-"], "", settings) == 0
        assert zalo.webhook == ""
    assert await run(monkeypatch, ["zalo", "bot-webhook", "-"], "", {}) == 1
    told = capsys.readouterr()
    assert "hush" not in told.out + told.err
