"""Importing files: what can be kept is kept, what cannot is reported, and a second run finds everything the same."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.dossiers.batching import Stored
from bot.dossiers.importing.loading import BATCH, Files, Loading, Reading
from bot.dossiers.importing.rows import RowReader, Told
from bot.dossiers.importing.words import load_words
from bot.dossiers.record import Record, Status
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from nlu.catalogue.importing.findings import Severity
from tests.bot.dossiers.importing.test_reading import workbook, written
from tests.bot.dossiers.records import CODE, OTHER, OWNER, dossier_store, record
from tests.bot.messages import NOW

HEAD = "MaHoSo,TrangThai,NgayHenTra,SoDienThoai"
LATER = NOW + timedelta(hours=1)


def reading(as_of: datetime = NOW) -> Reading:
    return Reading(RowReader(load_words(), load_working_time(), as_of), timedelta(days=365))


async def load(
    database: UnitOfWork, file: Path, as_of: datetime = NOW, trial: bool = False, steps: Path | None = None
) -> tuple[Stored, Reading]:
    seen = reading(as_of)
    loading = Loading(database, dossier_store(), "file", as_of, trial)
    return await loading.load(seen.read(Files(file, steps), lambda _bytes: None)), seen


async def whole(database: UnitOfWork, code: str = CODE) -> Record | None:
    async with database.read() as session:
        return (await dossier_store().whole(session, [code])).get(code)


async def test_rows_that_cannot_be_kept_are_reported_and_the_rest_is_kept(database: UnitOfWork, tmp_path: Path) -> None:
    rows = [f"{CODE},4,30/11/2026,0100000123", "Nguyễn Văn Mẫu,4,,", f"{OTHER},4,mai,", f"{CODE},9,,", f"{OTHER}x,4"]
    stored, seen = await load(database, written(tmp_path / "a.csv", "\n".join([HEAD, *rows])))
    assert (stored, seen.rows) == (Stored(new=1), 5)
    assert [(one.line, one.code, one.field, one.severity) for one in seen.findings] == [
        (3, "", "MaHoSo", Severity.REJECTED),
        (4, OTHER, "NgayHenTra", Severity.REJECTED),
        (5, CODE, "MaHoSo", Severity.REJECTED),
        (6, "", "dòng", Severity.REJECTED),
    ]
    assert "Mẫu" not in str(seen.findings)


async def test_a_second_run_finds_everything_the_same_and_a_newer_file_changes_it(
    database: UnitOfWork, tmp_path: Path
) -> None:
    file = written(tmp_path / "a.csv", f"{HEAD}\n{CODE},4,30/11/2026,0100000123\n{OTHER},2,,\n")
    assert (await load(database, file))[0] == Stored(new=2)
    assert (await load(database, file))[0] == Stored(same=2)
    newer = written(tmp_path / "b.csv", f"MaHoSo,TrangThai\n{CODE},Đã xử lý xong\n")
    assert (await load(database, newer, LATER))[0] == Stored(changed=1)
    assert (await load(database, file))[0] == Stored(same=1, older=1)
    found = await whole(database)
    assert found is not None
    assert (found.status, found.owner.phone) == (Status.DONE, "0100000123")
    assert found.due_at is not None


async def test_a_trial_tells_everything_and_keeps_nothing(database: UnitOfWork, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", f"{HEAD}\n{CODE},4,,\n")
    assert (await load(database, file, trial=True))[0] == Stored(new=1)
    assert await whole(database) is None


async def test_a_sample_leaves_nothing_in_the_real_dossier(database: UnitOfWork, tmp_path: Path) -> None:
    async with database.write() as session:
        await dossier_store().put(session, "samples", [(record(sample=True), NOW)])
    await load(database, written(tmp_path / "a.csv", f"MaHoSo,TrangThai\n{CODE},4\n"))
    assert await whole(database) == Record(CODE, Status.IN_PROGRESS)


async def test_steps_and_slips_come_from_second_tables(database: UnitOfWork, tmp_path: Path) -> None:
    steps = (
        f"Mã hồ sơ,Phòng ban,Ngày bắt đầu\n{CODE},Một cửa,16/11/2026\n{CODE},Tư pháp,17/11/2026\n?,x,\n{CODE},y,mai\n"
    )
    stored, seen = await load(
        database,
        written(tmp_path / "a.csv", f"{HEAD}\n{CODE},4,,\n{OTHER},4,,\n"),
        steps=written(tmp_path / "steps.csv", steps),
    )
    assert stored == Stored(new=2)
    assert [(one.file, one.line, one.code) for one in seen.findings] == [("steps", 4, ""), ("steps", 5, CODE)]
    first, second = await whole(database), await whole(database, OTHER)
    assert first is not None
    assert second is not None
    assert [step.unit for step in first.steps] == ["Một cửa", "Tư pháp"]
    assert second.steps == ()


async def test_a_workbooks_further_sheets_are_taken_along(database: UnitOfWork, tmp_path: Path) -> None:
    slips = [["Mã hồ sơ", "Loại phiếu", "Ngày lập"], [CODE, "Phiếu từ chối", datetime(2026, 11, 20)]]
    file = workbook(tmp_path / "a.xlsx", **{"Hồ sơ": [["Mã hồ sơ", "Trạng thái"], [CODE, 3]], "Phiếu": slips})
    await load(database, file)
    found = await whole(database)
    assert found is not None
    assert [str(slip.issued_on) for slip in found.slips] == ["2026-11-20"]


async def test_what_ended_too_long_ago_is_left_out(database: UnitOfWork, tmp_path: Path) -> None:
    file = written(
        tmp_path / "a.csv", f"MaHoSo,TrangThai,NgayKetThucXuLy\n{CODE},10,20/11/2025\n{OTHER},10,20/11/2026\n"
    )
    stored, seen = await load(database, file)
    assert stored == Stored(new=1)
    assert [one.field for one in seen.findings] == ["NgayKetThucXuLy"]


async def test_a_run_that_is_cut_off_keeps_its_batches_and_the_next_one_goes_on(database: UnitOfWork) -> None:
    many = [Told(2, f"H48.30.02-261117-{number:05}", {"status": Status.RECEIVED}, {}) for number in range(2 * BATCH)]

    def cut_off() -> Iterator[Told]:
        yield from many[: BATCH + 500]
        raise asyncio.CancelledError

    loading = Loading(database, dossier_store(), "file", NOW)
    with pytest.raises(asyncio.CancelledError):
        await loading.load(cut_off())
    assert await loading.load(many) == Stored(new=BATCH, same=BATCH)


async def test_columns_about_the_owner_are_merged_one_by_one(database: UnitOfWork, tmp_path: Path) -> None:
    async with database.write() as session:
        await dossier_store().put(session, "file", [(record(), NOW)])
    await load(database, written(tmp_path / "a.csv", f"MaHoSo,TrangThai,SĐT\n{CODE},4,0100000999\n"), LATER)
    found = await whole(database)
    assert found is not None
    assert found.owner == replace(OWNER, phone="0100000999")
