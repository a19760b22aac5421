"""Officials' accounts as the house puts them together: on both databases, with what is forgotten, and the first one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import House, make_engine, open_house, open_platforms, project_root, tell_officials
from bot.app.clock import present
from bot.app.officials import DisabledError, actor_of, first_account
from bot.channels.web.channel import WebChannel
from bot.commands.serve import _tell_first
from bot.console.accounts.account import SecondFactor
from bot.console.accounts.administration import FIRST
from bot.console.accounts.mailing import MailingOfficials
from bot.console.roles import ConsoleRole
from bot.console.settings import ConsoleSettings, read_console
from bot.delivery.tables import outbox
from bot.settings import Secret
from bot.unit_of_work import UnitOfWork
from feedback.actor import Role
from feedback.office import Office, OfficeFileError
from tests.bot.console.accounts.conftest import copied, empty_console, world
from tests.bot.console.accounts.house import GOOD, Surfer, World, settings_of, surfer
from tests.fakes.console import official

__all__ = ["copied", "empty_console", "world"]


@pytest.fixture
async def anywhere(database: UnitOfWork) -> World:
    """A console on each kind of database."""
    return World(database, settings_of(second_factor="personal"))


@pytest.fixture
async def lan(anywhere: World) -> AsyncIterator[Surfer]:
    opened = await surfer(anywhere.app())
    yield opened
    await opened.client.close()


async def test_an_account_is_made_used_and_ended_on_both_databases(anywhere: World, lan: Surfer) -> None:
    await anywhere.account(ConsoleRole.ADMINISTRATOR)
    secret = await anywhere.totp()
    await lan.sign_in(password="sai")
    await lan.sign_in()
    await lan.post("/canbo/vao/ma", totp=anywhere.code(secret))
    await lan.get("/canbo/tai-khoan")
    await lan.post(
        "/canbo/tai-khoan", account="binh", name="Bình", unit="H48.1", roles=["editor", "auditor"], password=GOOD
    )
    assert "chỉ hiện một lần" in lan.text
    await lan.get("/canbo/tai-khoan/binh")
    await lan.post("/canbo/tai-khoan/binh", name="Bình", unit="", roles="editor", password=GOOD)
    assert "Đã lưu" in lan.text
    await lan.get("/canbo/toi")
    await lan.post("/canbo/toi/ma-du-phong", password=GOOD)
    assert "Mã dự phòng" in lan.text
    await lan.get("/canbo/nhat-ky?actor=lan&since=2026-11-26&until=2026-11-26")
    assert "Đổi vai trò" in lan.text
    await lan.post("/canbo/ra")
    async with anywhere.transactions.read() as session:
        assert await anywhere.officials.kept.audit.faults(session) == []


async def test_what_is_old_is_deleted_and_the_log_stays_whole(world: World) -> None:
    await world.account(ConsoleRole.EDITOR)
    browser = await surfer(world.app())
    await browser.sign_in(password="sai")
    await browser.sign_in()
    await browser.client.close()
    days = timedelta(days=30), timedelta(days=60)
    async with world.transactions.write() as session:
        assert await world.officials.forget(session, world.now + timedelta(hours=1), *days) == 0
        # The sign-in, and the network's tries; those of the account were forgotten when it proved itself.
        assert await world.officials.forget(session, world.now + timedelta(days=31), *days) == 2
        assert await world.officials.forget(session, world.now + timedelta(days=61), *days) == 3
        assert await world.officials.kept.audit.faults(session) == []


async def test_a_new_house_tells_its_first_password_once(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    made = await first_account(world.settings, world.transactions)
    assert made is not None
    assert made[0] == FIRST
    _tell_first(made)
    assert made[1] in capsys.readouterr().err
    async with world.transactions.read() as session:
        first = await world.officials.kept.accounts.get(session, FIRST)
    assert first is not None
    assert first.official.unit == Office().receiving(world.now.date()).code
    assert first.official.roles == {ConsoleRole.ADMINISTRATOR, ConsoleRole.RECEIVER}
    again = await first_account(world.settings, world.transactions)
    _tell_first(again)
    assert capsys.readouterr().err == ""


async def test_a_command_acts_as_an_account_before_the_office_file(world: World) -> None:
    await world.account(ConsoleRole.APPROVER, ConsoleRole.EDITOR)
    actor = await actor_of(world.settings, world.transactions, Office(), "lan")
    assert (actor.id, actor.unit, actor.roles) == ("lan", "H48.1", {Role.APPROVER})
    with pytest.raises(OfficeFileError):
        await actor_of(world.settings, world.transactions, Office(), "nobody")
    await world.officials.administration.disable("lan", "test")
    with pytest.raises(DisabledError):
        await actor_of(world.settings, world.transactions, Office(), "lan")


def test_settings_of_the_console_are_read_or_named() -> None:
    problems: list[str] = []
    given = {"MOTCUA_CONSOLE_IDLE_MINUTES": "15", "MOTCUA_CONSOLE_SECOND_FACTOR": "all"}
    assert read_console(given, problems) == ConsoleSettings(idle_minutes=15, second_factor=SecondFactor.ALL)
    assert problems == []
    read_console({"MOTCUA_CONSOLE_SECOND_FACTOR": "none", "MOTCUA_CONSOLE_WHOLE_HOURS": "0"}, problems)
    assert len(problems) == 2


@pytest.mark.parametrize("server", [None, Secret("smtp://127.0.0.1:1")])
async def test_letters_about_accounts_go_to_the_outbox_where_mail_is_set_up(
    copied: UnitOfWork, tmp_path: Path, server: Secret | None
) -> None:
    settings = settings_of()
    feedback = replace(settings.feedback, mail_server=server, mail_from="motcua@example.vn")
    settings = replace(settings, database_url=f"sqlite:///{tmp_path / 'm.sqlite3'}", feedback=feedback)
    async with open_house(settings, project_root(), None) as house, open_platforms(house) as platforms:
        engine = make_engine(house, house.transactions, WebChannel(present), platforms, trace=False)
        administration = house.officials.administration
        await administration.add(official(ConsoleRole.EDITOR, unit=""), "test")
        await administration.set_email("lan", "lan@example.vn", "test")
        works = tell_officials(house, engine)
        assert len(works) == (1 if server else 0)
        if works:
            await MailingOfficials(house.transactions, house.officials.kept.telling.letters, engine.notify).once()
        assert await outgoing(house) == ([("mail", "lan@example.vn")] if server else [])


async def outgoing(house: House) -> list[tuple[str, str]]:
    """Return what waits to be sent: by which channel, where."""
    async with house.transactions.read() as session:
        return [(row.channel, row.conversation) for row in await session.execute(select(outbox))]
