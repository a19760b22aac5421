"""What stands in the open beside sealed dossiers, for lists and figures: their open unit, and the procedure of their slips."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.dossiers.changes import SLIPS as KINDS
from bot.dossiers.record import Record, Status
from bot.dossiers.tables import ASKED, SLIPS, dossier, dossier_change
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.records import CODE, OTHER, apology, dossier_store, record
from tests.bot.messages import NOW

ASKED_FOR_PAPERS = record(
    CODE, Status.NEED_SUPPLEMENT, slips=(apology(),), procedure_code="1.001193.000.00.00.H48", missing=("Ảnh 3x4",)
)


async def told(database: UnitOfWork, *given: Record) -> None:
    """Let the source tell of dossiers one after another."""
    for hour, one in enumerate(given):
        async with database.write() as session:
            await dossier_store().put(session, "file", [(one, NOW + timedelta(hours=hour))])


async def procedures(database: UnitOfWork) -> list[tuple[str, str | None]]:
    """Kind and procedure of all lines of history."""
    lines = select(dossier_change.c.kind, dossier_change.c.procedure_code).order_by(dossier_change.c.id)
    async with database.read() as session:
        return [(kind, code) for kind, code in await session.execute(lines)]


async def test_slips_name_the_national_part_of_their_procedure_and_other_news_none(database: UnitOfWork) -> None:
    moved = replace(ASKED_FOR_PAPERS, status=Status.IN_PROGRESS)
    await told(database, record(status=Status.REFUSED), ASKED_FOR_PAPERS, moved)
    assert await procedures(database) == [
        ("refused", "1.001193"),
        ("supplement", "1.001193"),
        ("late_apology", "1.001193"),
        ("processing", None),
    ]


async def test_earlier_slips_follow_their_dossier_to_another_procedure(database: UnitOfWork) -> None:
    handled = replace(ASKED_FOR_PAPERS, status=Status.IN_PROGRESS)
    other = replace(ASKED_FOR_PAPERS, code=OTHER, slips=())
    await told(database, ASKED_FOR_PAPERS, other, handled, replace(handled, procedure_code="2.000815"))
    assert await procedures(database) == [("supplement", "2.000815"), ("supplement", "1.001193"), ("processing", None)]


async def test_slips_of_a_sample_name_no_procedure_until_a_real_dossier_takes_its_place(database: UnitOfWork) -> None:
    sample = replace(ASKED_FOR_PAPERS, slips=(), sample=True)
    await told(database, sample)
    assert await procedures(database) == [("supplement", None)]
    await told(database, replace(sample, sample=False))
    assert await procedures(database) == [("supplement", "1.001193")]


async def test_a_dossier_names_the_unit_of_its_code_while_it_is_open(database: UnitOfWork) -> None:
    done, third = Status.DONE, "H48.30.02-261117-0002"
    await told(database, record(status=done), record(), record(OTHER), record(OTHER, done), record(third))
    async with database.read() as session:
        kept = {row.code: row.office for row in await session.execute(select(dossier.c.code, dossier.c.office))}
    assert kept == {CODE: "H48.16.00.000", OTHER: None, third: "H48.30.02"}


def test_slips_are_told_in_the_indexes_as_in_the_code() -> None:
    assert str(SLIPS).count("'") == 2 * len(KINDS)
    assert all(f"'{kind}'" in str(SLIPS) for kind in KINDS)
    assert str(ASKED) == "kind = 'supplement'"
