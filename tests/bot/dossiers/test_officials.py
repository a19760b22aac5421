"""What officials see of dossiers: what is due by pages, and who filed only with a look that the applicant can read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dossiers import officials
from bot.dossiers.access.access_store import LookupStore
from bot.dossiers.access.marks import Marks
from bot.dossiers.due import Urgency
from bot.dossiers.officials import OfficialDossiers
from bot.dossiers.record import Status
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from tests.bot.dossiers.records import CODE, OWNER, apology, dossier_store, record
from tests.bot.messages import NOW

TIME = load_working_time()
MARKS = Marks("s" * 40)


@pytest.fixture
async def desk(database: UnitOfWork) -> OfficialDossiers:
    """Six late ones, one of them apologised for, one ended; one due tomorrow."""
    late = [record(f"H48.30.02-261117-000{one}", due_at=NOW - timedelta(days=one)) for one in range(1, 6)]
    late.append(record("H48.30.02-261117-0006", due_at=NOW - timedelta(days=9), slips=(apology(),)))
    late.append(record("H48.31.02-261117-0007", unit="Phường Khác", due_at=NOW - timedelta(days=2)))
    ended = record("H48.30.02-261117-0008", Status.DONE, due_at=NOW - timedelta(days=1))
    due = record(CODE, due_at=NOW + timedelta(days=1))
    made = OfficialDossiers(database, dossier_store(), TIME, MARKS, LookupStore())
    async with database.write() as session:
        await made.store.put(session, "file", [(one, NOW) for one in (*late, ended, due)])
    return made


async def test_late_and_due_are_two_lists(desk: OfficialDossiers) -> None:
    late = await desk.due(NOW, late=True)
    assert [line.record.code[-1] for line in late.lines] == ["5", "4", "3", "2", "7", "1"]
    assert late.after is None
    due = await desk.due(NOW, late=False)
    assert [(line.record.code, line.urgency) for line in due.lines] == [(CODE, Urgency.NEXT)]


@pytest.mark.parametrize("most_read", [2, 1000])
async def test_pages_follow_each_other_without_gap_or_double(
    desk: OfficialDossiers, monkeypatch: pytest.MonkeyPatch, most_read: int
) -> None:
    monkeypatch.setattr(officials, "PAGE", 2)
    monkeypatch.setattr(officials, "MOST_READ", most_read)
    codes: list[str] = []
    page = await desk.due(NOW, late=True)
    codes += [line.record.code[-1] for line in page.lines]
    while page.after is not None:
        page = await desk.due(NOW, late=True, after=page.after)
        codes += [line.record.code[-1] for line in page.lines]
    assert codes == ["5", "4", "3", "2", "7", "1"]


@pytest.mark.parametrize("unit", ["phuong khac", "h48.31", "H48.31.02"])
async def test_a_list_of_one_unit_is_whole_however_many_of_others_are_more_urgent(
    desk: OfficialDossiers, monkeypatch: pytest.MonkeyPatch, unit: str
) -> None:
    monkeypatch.setattr(officials, "MOST_READ", 2)
    found = await desk.due(NOW, late=True, unit=unit)
    assert [line.record.code[-1] for line in found.lines] == ["7"]
    assert found.after is None


async def test_a_list_of_a_unit_that_has_nothing_is_empty(desk: OfficialDossiers) -> None:
    assert (await desk.due(NOW, late=True, unit="H49")).lines == []


async def test_who_filed_is_told_with_a_look_that_the_applicant_can_read(
    desk: OfficialDossiers, database: UnitOfWork
) -> None:
    assert await desk.owner("lan", CODE, NOW) == OWNER
    async with database.read() as session:
        (seen,) = await LookupStore().seen(session, MARKS.dossier(CODE))
    assert (seen.at, seen.channel) == (NOW, "officials")


async def test_looking_for_who_filed_what_nobody_knows_notes_nothing(
    desk: OfficialDossiers, database: UnitOfWork
) -> None:
    assert await desk.owner("lan", "H48.30.02-261117-9999", NOW) is None
    async with database.read() as session:
        assert await LookupStore().seen(session, MARKS.dossier("H48.30.02-261117-9999")) == []


async def test_one_dossier_comes_with_its_history_and_without_who_filed_it(desk: OfficialDossiers) -> None:
    found = await desk.one(CODE)
    assert found is not None
    kept, history = found
    assert kept.record.owner.name == ""
    assert len(history) == 1
    assert await desk.one("H48.30.02-261117-9999") is None
