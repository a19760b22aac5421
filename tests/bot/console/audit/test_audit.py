"""The console's log: bound, sealed, shown to those who may, and taken along."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from bot.console.audit.entry import What
from bot.console.audit.noting import NO_MORE, REFUSALS, GuardNotes
from bot.console.audit.store import Audit, Wanted
from bot.console.audit.tables import console_event as table
from bot.console.roles import ConsoleRole
from bot.delivery.cipher import AesGcmCipher
from bot.unit_of_work import UnitOfWork
from tests.fakes.console import official

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
LAN = official(ConsoleRole.RECEIVER)
AUDIT = Audit(AesGcmCipher("e" * 40))


async def written(database: UnitOfWork, count: int = 4) -> None:
    """Write some entries."""
    async with database.write() as session:
        for number in range(count):
            at = NOW + timedelta(days=number)
            await AUDIT.note(session, LAN, What.DOSSIER_OWNER_SEEN, f"PA-{number}", f"gọi lại lần {number}", at)


async def test_entries_are_read_newest_first_and_filtered(database: UnitOfWork) -> None:
    await written(database)
    async with database.write() as session:
        await AUDIT.append(session, "", What.UNKNOWN, "", "", NOW)
    async with database.read() as session:
        found = await AUDIT.page(session, Wanted(), 3)
        assert [one.event.seq for one in found] == [5, 4, 3]
        assert found[1].why == "gọi lại lần 3"
        assert found[1].words == "Xem người nộp hồ sơ"
        since = Wanted(actor="lan", since=NOW + timedelta(days=1), until=NOW + timedelta(days=3), before=3)
        assert [one.event.seq for one in await AUDIT.page(session, since, 9)] == [2]
        assert [one.event.seq for one in await AUDIT.page(session, Wanted(about="PA-2"), 9)] == [3]
        assert await AUDIT.faults(session) == []


async def test_each_word_of_the_log_is_known_once_the_areas_own_too(database: UnitOfWork) -> None:
    async with database.read() as session:
        assert await AUDIT.words(session) == []
    await written(database)
    async with database.write() as session:
        await AUDIT.note(session, LAN, "phản ánh: nguyên văn", "12/2026", "gọi lại", NOW)
        await AUDIT.append(session, "", What.UNKNOWN, "", "", NOW)
    async with database.read() as session:
        assert sorted(await AUDIT.words(session)) == ["dossier_owner_seen", "phản ánh: nguyên văn", "unknown"]


@pytest.mark.parametrize(
    "harm",
    [
        update(table).where(table.c.seq == 2).values(actor="binh"),
        update(table).where(table.c.seq == 2).values(what="sign_in"),
        update(table).where(table.c.seq == 2).values(at=NOW),
        update(table).where(table.c.seq == 2).values(note_digest=b"x" * 32),
        delete(table).where(table.c.seq == 2),
        delete(table).where(table.c.seq == 4),
    ],
)
async def test_whatever_is_changed_or_taken_away_shows(copied: UnitOfWork, harm: object) -> None:
    await written(copied)
    async with copied.write() as session:
        await session.execute(harm)  # type: ignore[call-overload]
    async with copied.read() as session:
        assert await AUDIT.faults(session)


async def test_reasons_are_sealed_and_blanked_by_their_age_and_the_chain_stays(copied: UnitOfWork) -> None:
    await written(copied)
    async with copied.write() as session:
        rows = (await session.execute(table.select())).all()
        assert all("gọi lại".encode() not in row.note for row in rows)
        assert await AUDIT.forget(session, NOW + timedelta(days=2)) == 2
        found = await AUDIT.page(session, Wanted(), 9)
        assert [one.blank for one in found] == [False, False, True, True]
        assert await AUDIT.faults(session) == []


async def test_refusals_are_noted_but_nobody_fills_the_log_with_them(database: UnitOfWork) -> None:
    notes = GuardNotes(database, AUDIT)
    for number in range(2 * REFUSALS):
        await notes.refused(LAN, f"GET /canbo/{number}", NOW + timedelta(minutes=number))
    await notes.refused(official(account="binh"), "GET /canbo/x", NOW + timedelta(minutes=30))
    await notes.refused(LAN, "GET /canbo/y", NOW + timedelta(minutes=61))
    async with database.read() as session:
        found = await AUDIT.page(session, Wanted(), 100)
    told = [(one.event.actor, one.event.about, one.why) for one in reversed(found)]
    assert told[: REFUSALS - 1] == [("lan", f"GET /canbo/{number}", "") for number in range(REFUSALS - 1)]
    assert told[REFUSALS - 1 :] == [
        ("lan", f"GET /canbo/{REFUSALS - 1}", NO_MORE),
        ("binh", "GET /canbo/x", ""),
        ("lan", "GET /canbo/y", NO_MORE),
    ]
    assert {one.event.what for one in found} == {What.REFUSED}
