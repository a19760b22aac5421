"""Tests of officials' corrections: what is kept, what the index is built with, what is refused; on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from nlu.catalogue.entries import index_of, index_recipe
from nlu.catalogue.errors import CatalogueError, ConflictError, FamilyError, NoSuchProcedureError, NoSuchVersionError
from nlu.catalogue.families import Correction
from nlu.catalogue.family_changes import Corrected, Grouped, Who, join, live_families, reset, split
from nlu.catalogue.family_compare import Grouping, members
from nlu.catalogue.family_store import Decided, FamilyStore
from nlu.catalogue.index import Index, stored_recipe
from nlu.catalogue.live import LiveCatalogue
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.tables import family_corrections
from nlu.catalogue.versions import make_draft, publish, renew_index
from tests.factories import NOW, procedure
from tests.fakes.catalogue import FakeIndex, fake_index_of

A, B, C = "1.000001", "1.000002", "1.000003"
RECORDS = (
    procedure(A, name="Cấp thẻ thư viện (cấp tỉnh)"),
    procedure(B, name="Cấp thẻ thư viện (cấp xã)"),
    procedure(C, name="Làm thẻ đọc sách"),
)
ME = Who("lan", NOW, "một việc")


class Overtaken(UnitOfWork):
    """Another official is faster: their correction is there when our write begins."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with super().write() as session:
            if not await FamilyStore(session).in_force():
                await FamilyStore(session).add([Decided(Correction(B), "minh", NOW)])
            yield session


async def published(database: UnitOfWork, *records: Procedure) -> None:
    """Make these records live with a fake index."""
    await make_draft(database, lambda: records or RECORDS, origin="test", now=NOW, replace=True)
    await publish(database, fake_index_of, now=NOW)


async def stored_index(database: UnitOfWork, number: int = 1) -> bytes:
    """The index that servers load."""
    async with database.read() as session:
        found = await CatalogueStore(session).index(number)
    assert found is not None
    return found[1]


async def in_force(database: UnitOfWork) -> list[Decided]:
    """The corrections that count."""
    async with database.read() as session:
        return await FamilyStore(session).in_force()


def together(corrected: Corrected) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The families of all codes before and after."""
    return tuple(sorted({state.family(code) for code in (A, B, C)}) for state in (corrected.before, corrected.after))  # type: ignore[return-value]


async def test_a_code_is_joined_with_another_one_and_the_index_knows_at_once(database: UnitOfWork) -> None:
    await published(database)

    corrected = await join(database, fake_index_of, C, A, ME)

    assert together(corrected) == ([(A, B), (C,)], [(A, B, C)])
    assert await in_force(database) == [Decided(Correction(C, A), "lan", NOW, "một việc")]
    assert await stored_index(database) == f"1:{A},{B},{C};{C}={A}".encode()


async def test_a_code_is_split_off_and_brought_back(database: UnitOfWork) -> None:
    await published(database)

    assert together(await split(database, fake_index_of, A, ME))[1] == [(A,), (B,), (C,)]
    assert together(await reset(database, fake_index_of, A, ME))[1] == [(A, B), (C,)]
    assert await in_force(database) == []
    assert await stored_index(database) == f"1:{A},{B},{C}".encode()


async def test_a_new_word_replaces_the_one_before_and_both_are_kept_with_their_authors(database: UnitOfWork) -> None:
    await published(database)
    later = Who("minh", NOW + timedelta(days=1))

    await join(database, fake_index_of, C, A, ME)
    await split(database, fake_index_of, C, later)

    assert await in_force(database) == [Decided(Correction(C), "minh", later.at)]
    async with database.read() as session:
        rows = (await session.execute(select(family_corrections).order_by(family_corrections.c.id))).all()
    assert [(row.made_by, row.ended_by, row.ended_at) for row in rows] == [
        ("lan", "minh", later.at),
        ("minh", "", None),
    ]


async def test_corrections_hold_for_later_versions_too(database: UnitOfWork) -> None:
    await published(database)
    await join(database, fake_index_of, C, A, ME)

    await published(database, *RECORDS[1:])
    assert (await live_families(database)).family(C) == (C,)
    await published(database)
    assert (await live_families(database)).family(C) == (A, B, C)
    assert (await stored_index(database, 3)).endswith(f";{C}={A}".encode())


async def test_what_changes_nothing_or_makes_no_sense_is_refused(database: UnitOfWork) -> None:
    with pytest.raises(NoSuchVersionError, match="no version is live"):
        await join(database, fake_index_of, A, B, ME)
    await published(database)
    index = await stored_index(database)
    with pytest.raises(FamilyError, match="with itself"):
        await join(database, fake_index_of, A, A, ME)
    with pytest.raises(FamilyError, match="one service already"):
        await join(database, fake_index_of, A, B, ME)
    with pytest.raises(NoSuchProcedureError, match=r"holds no procedure 9\.999999"):
        await join(database, fake_index_of, A, "9.999999", ME)
    with pytest.raises(NoSuchProcedureError, match=r"9\.999999"):
        await split(database, fake_index_of, "9.999999", ME)
    with pytest.raises(FamilyError, match="stands alone already"):
        await split(database, fake_index_of, C, ME)
    with pytest.raises(FamilyError, match="no correction is in force"):
        await reset(database, fake_index_of, A, ME)

    assert await in_force(database) == []
    assert await stored_index(database) == index


async def test_a_failing_index_leaves_no_correction_behind(database: UnitOfWork) -> None:
    await published(database)

    def broken(*_: object) -> FakeIndex:
        raise CatalogueError("no index")

    with pytest.raises(CatalogueError):
        await split(database, broken, A, ME)
    assert await in_force(database) == []


async def test_what_another_official_did_meanwhile_is_not_overwritten(database: UnitOfWork) -> None:
    await published(database)
    overtaken = Overtaken(database.engine)

    with pytest.raises(ConflictError):
        await join(overtaken, fake_index_of, C, A, ME)
    await make_draft(database, lambda: RECORDS, origin="test", now=NOW)
    with pytest.raises(ConflictError):
        await publish(overtaken, fake_index_of, now=NOW)
    with pytest.raises(ConflictError):
        await renew_index(overtaken, fake_index_of, index_recipe)
    assert (await stored_index(database)) == f"1:{A},{B},{C}".encode()


async def test_the_index_is_due_to_be_built_anew_when_corrections_differ(database: UnitOfWork) -> None:
    await published(database)
    await renew_index(database, index_of, index_recipe)
    async with database.write() as session:
        await FamilyStore(session).add([Decided(Correction(C, A), "lan", NOW)])

    assert await renew_index(database, index_of, index_recipe)
    assert not await renew_index(database, index_of, index_recipe)

    assert stored_recipe(await stored_index(database)) == index_recipe([Correction(C, A)])
    assert len(Index.from_bytes(await stored_index(database)).members) == 1


async def test_a_running_server_follows_a_correction_without_a_new_version(database: UnitOfWork) -> None:
    await make_draft(database, lambda: RECORDS, origin="test", now=NOW)
    await publish(database, index_of, now=NOW)
    running = LiveCatalogue(database)
    await running.refresh()
    before, held = running.etag(), await running.get(A)

    await join(database, index_of, C, A, ME)

    assert await running.refresh() is True
    assert await running.refresh() is False
    assert (running.number, running.etag() != before) == (1, True)
    assert running.index is not None
    assert len(running.index.members) == 1
    assert await running.get(A) is held


async def test_an_index_that_cannot_be_read_is_built_here_once_with_the_corrections(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await published(database)
    await join(database, fake_index_of, C, A, ME)
    built: list[Sequence[Correction]] = []

    def counted(procedures: Iterable[Procedure], version: int, corrections: Sequence[Correction] = ()) -> Index:
        built.append(corrections)
        return index_of(procedures, version, corrections)

    monkeypatch.setattr("nlu.catalogue.live.index_of", counted)
    running = LiveCatalogue(database)

    assert await running.refresh() is True
    assert await running.refresh() is False
    assert built == [[Correction(C, A)]]


def test_the_families_of_a_large_catalogue_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[int] = []

    def counted(grouping: Grouping) -> dict[str, tuple[str, ...]]:
        worked_out.append(len(grouping))
        return members(grouping)

    monkeypatch.setattr("nlu.catalogue.family_changes.members", counted)
    state = Grouped(1, RECORDS, (), {A: A, B: A, C: C})

    assert [state.family(code) for code in (A, B, C, "9.999999")] == [(A, B), (A, B), (C,), ()]
    assert worked_out == [3]
