"""The whole way in one house: a one-stop system over HTTP, a watch, and a notice in the outbox."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from bot.app import make_dossier_watch, make_engine, open_house, project_root
from bot.channels.web.channel import WebChannel
from bot.delivery.tables import OutboxState, outbox
from bot.dossiers.sources.errors import SourcesFileError
from bot.dossiers.sources.settings import SourceSettings
from bot.dossiers.watching.quiet import parse_quiet
from bot.migrations.schema import upgrade
from bot.secret import Secret
from bot.settings import Settings
from tests.bot.dossiers.sources.conftest import CODE, SECRET, code, mapping
from tests.bot.messages import NOW, ref
from tests.fakes.one_stop import FakeOneStop, running_one_stop


def settings(tmp_path: Path, system: FakeOneStop, **changes: object) -> Settings:
    path = tmp_path / "sources.yml"
    path.write_text(yaml.safe_dump({"sources": [mapping(system.url, fresh_seconds=0, **changes)]}), "utf-8")
    sources = SourceSettings(path, {SECRET: Secret(system.password)}, parse_quiet("none"))
    keys = {"signing_key": Secret("s" * 40), "encryption_key": Secret("e" * 40)}
    return Settings(database_url=f"sqlite:///{tmp_path / 'm.sqlite3'}", dossier_sources=sources, **keys)  # type: ignore[arg-type]


async def test_a_change_in_the_one_stop_system_becomes_a_notice(tmp_path: Path) -> None:
    async with (
        running_one_stop() as system,
        open_house(settings(tmp_path, system), project_root(), None) as house,
    ):
        await upgrade(house.transactions.engine)
        channel = WebChannel(lambda: NOW)
        engine = make_engine(house, house.transactions, channel, trace=False)
        watch = make_dossier_watch(
            house.settings, house.texts, house.transactions, house.dossiers, engine, frozenset({"web"})
        )
        system.has(CODE, "receiving")
        assert (await house.dossiers.sources.find(code())).record is not None
        async with house.transactions.write() as session:
            await house.dossiers.watches.start(session, ref(), CODE, 1, NOW)
        assert [held.key for held in await house.kept.privacy.about(ref())] == ["utter_held_watches"]
        system.has(CODE, "releasing")
        await watch.tell()
        assert await watch.poll(house.dossiers.sources.remotes[0])
        await watch.tell()
        async with house.transactions.read() as session:
            (row,) = (await session.execute(select(outbox.c.key, outbox.c.state))).all()
        assert row == ("n:w:1:2:done.0", OutboxState.HELD)


async def test_a_file_with_faults_stops_the_start_and_names_them(tmp_path: Path) -> None:
    async with running_one_stop() as system:
        faulty = settings(tmp_path, system, tries=0)
        with pytest.raises(SourcesFileError, match="tries must be"):
            async with open_house(faulty, project_root(), None):
                pass
