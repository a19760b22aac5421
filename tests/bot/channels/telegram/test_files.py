"""Files that citizens send are fetched within a limit, from the Bot API alone, and without following anybody elsewhere."""

from __future__ import annotations

import pytest

from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.files import TelegramFiles
from bot.dossiers.photos import Fetched
from tests.fakes.telegram.strict import StrictTelegram


@pytest.fixture
def files(telegram: StrictTelegram, client: TelegramClient) -> TelegramFiles:
    telegram.files["qr"] = b"picture"
    return TelegramFiles(client)


async def test_a_file_is_fetched(files: TelegramFiles) -> None:
    assert await files.fetch("qr", 100) == Fetched(b"picture")


async def test_a_file_that_is_too_large_by_its_own_word_is_not_fetched(
    files: TelegramFiles, telegram: StrictTelegram
) -> None:
    assert await files.fetch("qr", 3) == Fetched(too_large=True)
    assert telegram.fetched == []


async def test_a_file_that_is_larger_than_it_said_is_cut_off(files: TelegramFiles, telegram: StrictTelegram) -> None:
    telegram.sizes["qr"] = 2
    assert await files.fetch("qr", 3) == Fetched(too_large=True)


async def test_a_redirect_is_not_followed(files: TelegramFiles, telegram: StrictTelegram) -> None:
    telegram.moved["qr"] = "http://127.0.0.1:1/elsewhere"
    assert await files.fetch("qr", 100) is None


async def test_an_address_elsewhere_is_not_asked(files: TelegramFiles, telegram: StrictTelegram) -> None:
    telegram.answers.append({"file_id": "qr", "file_unique_id": "u", "file_path": "https://elsewhere.example/x"})
    assert await files.fetch("qr", 100) is None
    assert telegram.fetched == []


async def test_an_unknown_file_and_a_telegram_that_is_away_are_no_file(
    files: TelegramFiles, telegram: StrictTelegram
) -> None:
    assert await files.fetch("none", 100) is None
    await telegram.stop()
    assert await files.fetch("qr", 100) is None
