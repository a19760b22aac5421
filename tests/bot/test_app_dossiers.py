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
from bot.dossiers.watching.tables import watched_dossier
from bot.migrations.schema import upgrade
from bot.secret import Secret
from bot.settings import Settings
from tests.bot.dossiers.sources.conftest import CODE, SECRET, code, mapping
from tests.bot.messages import NOW, ref
from tests.fakes.one_stop import FakeOneStop, Fault, running_one_stop


def settings(tmp_path: Path, system: FakeOneStop, **changes: object) -> Settings:
    path = tmp_path / "sources.yml"
    path.write_text(
        yaml.safe_dump({"sources": [mapping(system.url, called="Hệ thống một cửa thử", fresh_seconds=0, **changes)]}),
        "utf-8",
    )
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
        found = await house.dossiers.sources.find(code())
        assert found.record is not None
        assert found.called == "Hệ thống một cửa thử"
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


BROKEN = [Fault.HALF, Fault.HALF_JSON, Fault.HTML, Fault.OTHER_CODE, Fault.FAR_DATE, Fault.SERVER_ERROR, Fault.HUGE]


@pytest.mark.parametrize("changes", [{"tries": 1, "failures": 100}])
async def test_a_source_that_breaks_off_in_mid_sync_loses_and_doubles_no_notice(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    async with (
        running_one_stop() as system,
        open_house(settings(tmp_path, system, **changes), project_root(), None) as house,
    ):
        await upgrade(house.transactions.engine)
        engine = make_engine(house, house.transactions, WebChannel(lambda: NOW), trace=False)
        watch = make_dossier_watch(
            house.settings, house.texts, house.transactions, house.dossiers, engine, frozenset({"web"})
        )
        remote = house.dossiers.sources.remotes[0]
        codes = [f"H48.16-261120-{number:04}" for number in range(10)]
        for one in codes:
            system.has(one, "receiving")
            await house.dossiers.sources.find(code(one))
            async with house.transactions.write() as session:
                await house.dossiers.watches.start(session, ref(), one, 1, NOW)
            system.has(one, "releasing")
        for fault in [*BROKEN, None]:
            # Now and then an answer is whole.
            system.faults = [fault, fault, fault, None, fault, fault] * 2 if fault else []  # type: ignore[list-item]
            async with house.transactions.write() as session:
                await session.execute(watched_dossier.update().values(next_at=NOW))
            await watch.tell()
            await watch.poll(remote)
            await watch.tell()
        async with house.transactions.read() as session:
            keys = list(await session.scalars(select(outbox.c.key)))
        assert sorted(keys) == sorted(f"n:w:{number}:2:done.0" for number in range(1, 11))


async def test_a_file_with_faults_stops_the_start_and_names_them(tmp_path: Path) -> None:
    async with running_one_stop() as system:
        faulty = settings(tmp_path, system, tries=0)
        with pytest.raises(SourcesFileError, match="tries must be"):
            async with open_house(faulty, project_root(), None):
                pass
