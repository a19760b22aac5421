"""Our database as a source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dossiers.ports import DossierSource, Sighting, SourceDownError
from bot.dossiers.record import Owner
from bot.dossiers.sources.database import DatabaseSource
from bot.unit_of_work import UnitOfWork
from nlu.codes import parse_dossier_code
from tests.bot.dossiers.records import BASE, CODE, OTHER, OWNER, dossier_store, record
from tests.bot.messages import NOW


def source(database: UnitOfWork, secret: str = "e" * 40) -> DossierSource:
    return DatabaseSource(database, dossier_store(secret), lambda: NOW)


async def test_it_tells_what_was_imported_and_when_and_what_is_unknown(database: UnitOfWork) -> None:
    async with database.write() as session:
        await dossier_store().put(session, "file", [(record(), NOW)])
    found = await source(database).find(parse_dossier_code(CODE))
    assert found == Sighting(replace(BASE, owner=Owner(name=OWNER.name)), NOW)
    assert await source(database).find(parse_dossier_code(OTHER)) == Sighting(None, NOW)


async def test_under_another_key_it_says_that_it_cannot_be_asked(database: UnitOfWork) -> None:
    async with database.write() as session:
        await dossier_store().put(session, "file", [(record(), NOW)])
    with pytest.raises(SourceDownError, match="MOTCUA_ENCRYPTION_KEY"):
        await source(database, "f" * 40).find(parse_dossier_code(CODE))
