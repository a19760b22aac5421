"""``motcua serve`` starts only with all it needs, and says in one line what is missing."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app import make_engine, open_house, project_root
from bot.app.clock import present
from bot.channels.web.channel import WebChannel
from bot.commands import serve
from bot.settings import Secret, Settings

Motcua = Callable[..., tuple[int, str]]
KEYS = {"MOTCUA_SIGNING_KEY": "s" * 40, "MOTCUA_ENCRYPTION_KEY": "e" * 40}


@pytest.fixture
def motcua(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua`` in an empty folder; gives exit code and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str, **environment: str) -> tuple[int, str]:
        code = main(args, {"MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'm.sqlite3'}", **environment})
        return code, capsys.readouterr().err

    return run


def test_without_keys_it_refuses_in_one_line_that_names_both_and_the_remedy(motcua: Motcua) -> None:
    code, errors = motcua("serve")
    assert code == 1
    assert len(errors.splitlines()) == 1
    for word in ("MOTCUA_SIGNING_KEY is missing", "MOTCUA_ENCRYPTION_KEY is missing", "make run", "var/secrets.env"):
        assert word in errors


def test_a_short_key_is_refused_and_never_printed(motcua: Motcua) -> None:
    code, errors = motcua("serve", **{**KEYS, "MOTCUA_SIGNING_KEY": "hunter2"})
    assert code == 1
    assert "shorter than 32" in errors
    assert "hunter2" not in errors


def test_a_database_without_tables_is_one_clear_line(motcua: Motcua) -> None:
    code, errors = motcua("serve", **KEYS)
    assert code == 1
    assert "motcua db upgrade" in errors.splitlines()[-1]
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_one_clear_line(motcua: Motcua) -> None:
    assert motcua("db", "upgrade")[0] == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, errors = motcua("serve", "--port", port, **KEYS)
    assert code == 1
    assert f"127.0.0.1:{port}" in errors.splitlines()[-1]
    assert "MOTCUA_PORT" in errors
    assert "no catalogue is live" in errors


def test_settings_that_cannot_be_read_are_all_named_at_once(motcua: Motcua) -> None:
    code, errors = motcua("serve", MOTCUA_PORT="http", MOTCUA_TRACE="maybe", **KEYS)
    assert code == 1
    assert "MOTCUA_PORT" in errors
    assert "MOTCUA_TRACE" in errors


def test_updates_of_telegram_cannot_be_fetched_without_a_token(motcua: Motcua) -> None:
    assert motcua("db", "upgrade")[0] == 0
    code, errors = motcua("serve", "--telegram-polling", **KEYS)
    assert code == 1
    assert "MOTCUA_TELEGRAM_TOKEN" in errors.splitlines()[-1]


async def test_the_catalogue_is_read_for_officials_before_one_of_them_opens_its_list(small_catalogue: str) -> None:
    settings = Settings(database_url=small_catalogue, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    async with open_house(settings, project_root(), None) as house:
        engine = make_engine(house, house.transactions, WebChannel(present), trace=False)
        works = serve._beside(house, engine, frozenset({"web"}), samples=False)
        assert house.shelves.follow in [one.do for one in works]


@pytest.mark.parametrize(
    ("given", "host", "address"),
    [
        (Settings(), "127.0.0.1", "http://127.0.0.1:8123"),
        (Settings(), "localhost", "http://localhost:8123"),
        (Settings(), "0.0.0.0", ""),
        (Settings(public_url="https://motcua.example"), "127.0.0.1", "https://motcua.example"),
        (Settings(telegram_token=Secret("t")), "127.0.0.1", ""),
        (Settings(zalo_bot_token=Secret("t")), "127.0.0.1", ""),
    ],
)
def test_who_tries_it_out_on_one_machine_reaches_the_pages_at_the_servers_own_address(
    given: Settings, host: str, address: str
) -> None:
    assert serve.reachable_here(given, host, 8123).public_url == address
