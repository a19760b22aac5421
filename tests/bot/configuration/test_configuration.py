"""What an agency sets itself: versions that are checked, laid down at each start, and noticed by who serves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.configuration.folder import changed, laid_down, with_own_files
from bot.configuration.kinds import Kind, fault_of
from bot.configuration.store import ConfigurationStore, NewVersion
from bot.dialogue.texts import Texts, TextsError, with_own
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import NOW

STORE = ConfigurationStore()
HOLIDAY = 'province: H48\ndays_off:\n- {from: 2026-11-30, to: 2026-11-30, sure: own, source: "Công văn 1"}\n'
FEW = Texts({"utter_a": {"vi": "Chào {name}", "en": "Hello {name}"}, "utter_b": {"vi": "Dạ"}}, {})


async def put(database: UnitOfWork, kind: Kind, body: str, based_on: int = 0) -> int | None:
    async with database.write() as session:
        return await STORE.add(session, NewVersion(kind, body, "vì thử", "lan", based_on), NOW)


@pytest.mark.parametrize(
    ("kind", "body", "fault"),
    [
        (Kind.WORKING_TIME, HOLIDAY, ""),
        (Kind.WORKING_TIME, HOLIDAY.replace("to: 2026-11-30", "to: 2026-11-29"), "working_time.yml"),
        (Kind.WORKING_TIME, "province: H48\nnghỉ: 1\n", "nghỉ"),
        (Kind.FEEDBACK, "intake: trial\n", ""),
        (Kind.FEEDBACK, "intake: published_address\n", "decision"),
        (Kind.PERSON, 'hours: "8h"\n', "source"),
        (Kind.PERSON, 'place: "Trung tâm Mẫu"\n', ""),
        (Kind.TEXTS, "utter_greet: {vi: '{'}\n", "brace"),
        (Kind.TEXTS, "- a\n", "by key"),
        (Kind.TEXTS, "a: [1", "texts.yml"),
        (Kind.FEEDBACK, "privacy: {controller: 2026-02-30}\n", "day is out of range"),
        (Kind.PERSON, "checked: 2026-13-01\n", "month"),
        (Kind.TEXTS, "a: 2026-02-30\n", "day is out of range"),
        (Kind.FEEDBACK, "[" * 100_000, "more than 20 levels"),
        (Kind.WORKING_TIME, "- " * 50_000, "more than 20 levels"),
        (Kind.FEEDBACK, "units:\n- &u {code: A, name: A}\n- *u\n", "line 3: write it out"),
    ],
)
def test_a_version_is_checked_as_the_file_that_it_stands_for(kind: Kind, body: str, fault: str) -> None:
    found = fault_of(kind, body, TEXTS)
    assert (fault in found) if fault else not found
    assert "/tmp" not in found


def test_an_own_wording_keeps_the_values_of_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "texts.yml"
    path.write_text("utter_a: {vi: 'Kính chào {name}'}\n", "utf-8")
    own = with_own(FEW, path)
    assert own.render("utter_a", name="bác") == "Kính chào bác"
    assert own.render("utter_a", "en", name="Lan") == "Hello Lan"
    path.write_text("utter_a: {vi: 'Chào {ten}'}\nutter_c: {vi: x}\nutter_b: {fr: x}\n", "utf-8")
    with pytest.raises(TextsError) as caught:
        with_own(FEW, path)
    for part in ("lacks {name}", "{ten}, which is not given", "utter_c", "utter_b"):
        assert part in str(caught.value)


async def test_the_newest_version_of_each_kind_holds_and_a_stale_one_is_refused(database: UnitOfWork) -> None:
    first = await put(database, Kind.WORKING_TIME, HOLIDAY)
    assert first is not None
    assert await put(database, Kind.WORKING_TIME, "province: H49\n") is None
    second = await put(database, Kind.WORKING_TIME, "province: H50\n", first)
    await put(database, Kind.PERSON, "place: Mẫu\n")
    async with database.read() as session:
        newest = await STORE.newest(session)
        history = await STORE.history(session, Kind.WORKING_TIME)
    assert {kind: version.body for kind, version in newest.items()} == {
        Kind.WORKING_TIME: "province: H50\n",
        Kind.PERSON: "place: Mẫu\n",
    }
    assert [one.id for one in history] == [second, first]


async def test_what_holds_is_laid_down_and_read_instead_of_the_operators_file(
    database: UnitOfWork, tmp_path: Path
) -> None:
    await put(database, Kind.WORKING_TIME, HOLIDAY)
    settings, number = await laid_down(Settings(), database, TEXTS, tmp_path)
    monday = NOW.replace(day=30, hour=3)
    assert not load_working_time(settings.working_time_files).hours("H48").at(monday).is_open
    assert load_working_time().hours("H48").at(monday).is_open
    assert with_own_files(Settings(), tmp_path) == settings

    await put(database, Kind.WORKING_TIME, "", number)
    settings, _ = await laid_down(Settings(), database, TEXTS, tmp_path)
    assert settings == Settings()


async def test_what_this_program_cannot_read_is_left_out_and_alarms(
    database: UnitOfWork, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await put(database, Kind.TEXTS, "utter_not_there_any_more: {vi: x}\n")
    settings, number = await laid_down(Settings(), database, TEXTS, tmp_path)
    assert settings == Settings()
    assert number
    assert "ALARM" in caplog.text


async def test_who_serves_notices_a_new_version_and_nothing_else(database: UnitOfWork) -> None:
    number = await put(database, Kind.PERSON, "place: Mẫu\n")
    assert number is not None
    waiting = asyncio.ensure_future(changed(database, number, 0.01))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await put(database, Kind.PERSON, "place: Khác\n", number)
    await asyncio.wait_for(waiting, 10)


async def test_processes_that_begin_at_once_do_not_write_into_the_same_file(
    database: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(database, Kind.WORKING_TIME, HOLIDAY)
    written: list[Path] = []
    with monkeypatch.context() as patched:
        patched.setattr("bot.configuration.folder.os.replace", lambda fresh, _: written.append(Path(fresh)))
        for _ in range(2):
            await laid_down(Settings(), database, TEXTS, tmp_path)
    assert len(set(written)) == 2
    assert {path.read_text("utf-8") for path in written} == {HOLIDAY}


async def test_of_two_who_set_the_same_at_once_one_is_told(database: UnitOfWork) -> None:
    first = await put(database, Kind.WORKING_TIME, HOLIDAY)
    assert first is not None
    new = NewVersion(Kind.WORKING_TIME, HOLIDAY, "vì thử", "binh", first)
    async with database.write() as session:
        assert await STORE.add(session, new, NOW)
        other = asyncio.ensure_future(put(database, Kind.WORKING_TIME, HOLIDAY, first))
        await asyncio.wait({other}, timeout=0.3)
    assert await other is None
