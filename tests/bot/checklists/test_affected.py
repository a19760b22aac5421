"""How many saved checklists a proposal changes: counted, and nobody's list shown."""

from __future__ import annotations

import msgspec
import pytest

from bot.channels.contract import Ref
from bot.checklists.affected import count_affected
from bot.checklists.store import ChecklistStore
from bot.delivery.cipher import AesGcmCipher
from bot.resume.snapshot import Ticked
from bot.unit_of_work import UnitOfWork
from nlu.answers.checklist import make_checklist
from nlu.catalogue.model import Procedure
from tests.factories import NOW, counter, procedure

STORE = ChecklistStore(AesGcmCipher("k" * 43))
BIRTH, OTHER = procedure(), procedure("1.000894")


def ticked(record: Procedure) -> Ticked:
    """A list as its person saw it."""
    return Ticked(procedure=record.code, fingerprint=make_checklist(record, Ticked(procedure="").wishes).fingerprint)


async def test_lists_that_would_not_be_what_their_person_saw_are_counted_across_batches(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.write() as session:
        for number, record in enumerate((BIRTH, OTHER, BIRTH)):
            await STORE.keep(session, Ref("web", "", str(number)), ticked(record), 1, NOW)
    monkeypatch.setattr("bot.checklists.affected.BATCH", 2)
    looked: list[int] = []

    async def count(changed: dict[str, Procedure | None]) -> tuple[int, int]:
        return await count_affected(database, STORE, changed, looked.append)

    slower = msgspec.structs.replace(BIRTH, methods=(counter(5),))
    renamed = msgspec.structs.replace(BIRTH, name="Tên khác")
    assert await count({BIRTH.code: slower}) == (3, 2)
    assert await count({BIRTH.code: renamed}) == (3, 0)
    assert await count({OTHER.code: None}) == (3, 1)
    assert await count({}) == (3, 0)
    assert looked[-1] == 3
