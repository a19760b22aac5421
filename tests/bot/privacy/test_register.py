"""What every module keeps is told and deleted together; what a law keeps stays and serves that law alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, Table

from bot.app import make_kept, open_dossiers
from bot.migrations.schema import METADATA
from bot.privacy.ports import KeepsByLaw
from bot.privacy.register import PrivacyRegister
from bot.privacy.restriction import Use, may_use
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork
from nlu.catalogue.live import LiveCatalogue
from tests.bot.messages import NOW, ref
from tests.fakes.privacy import FakeRegister

PERSONAL = frozenset({"conversation", "person", "holder", "user", "user_id", "phone", "email", "citizen", "visitor"})
"""Names of columns that say whose a row is; a new one is added here together with its holder."""
NOBODYS = {
    "lease": "which process works on a conversation; gone with the process",
    "zalo_token": "our own account's tokens",
    "dossier": "the agency's own register as its source tells it, by code and by no conversation; goes by its age",
    "official_account": "the agency's own officials, not citizens; logs name them for as long as logs are kept",
    "official_letter": "what is about to be told to the agency's own officials of their accounts; gone once it is in the outbox",
    "official_session": "where officials are signed in; goes by its age",
    "console_event": "what officials did; the reasons are blanked by their age",
    "post_office": "the imported list of post offices with their public numbers; replaced whole by `motcua postal offices import`",
    "feedback_saved_filter": "what officials search for every day, by the official; deleted there",
    "organisation": "whom the agency gave a token, by no conversation; ended by `motcua organisations revoke`",
}


def personal(table: Table) -> bool:
    """Tell whether a table's rows belong to a person: by whose they are, or by being sealed."""
    names = any(column.name in PERSONAL for column in table.columns)
    sealed = any(isinstance(one.type, LargeBinary) and "ealed" in (one.comment or "") for one in table.columns)
    return names or sealed


async def test_every_table_about_a_person_has_a_holder_in_the_register(database: UnitOfWork) -> None:
    settings = Settings(signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    async with open_dossiers(settings, database) as dossiers:
        kept = make_kept(settings, database, dossiers, LiveCatalogue(database))
    held = {name for holder in kept.privacy.holders for name in holder.tables}
    found = {table.name for metadata in METADATA for table in metadata.tables.values() if personal(table)}
    assert found - held == set(NOBODYS)
    assert held <= found


async def test_what_a_law_keeps_stays_and_its_use_is_restricted(database: UnitOfWork) -> None:
    one = FakeRegister(entries={ref(): "phản ánh", ref("c2"): "khác"}, drafts={ref(): "nháp"})
    register = PrivacyRegister(database, (one,))
    assert isinstance(one, KeepsByLaw)
    async with database.write() as session:
        await register.erase(session, ref(), 1, NOW)
    assert one.drafts == {}
    assert one.read(ref(), Use.LAW) == "phản ánh"
    assert one.read(ref(), Use.SERVICE) is None
    assert one.read(ref(), Use.IMPROVEMENT) is None
    assert one.read(ref("c2"), Use.SERVICE) == "khác"
    assert [held.kept_because for held in await register.about(ref())] == ["utter_data_never"]


async def test_asking_again_does_not_move_the_moment(database: UnitOfWork) -> None:
    one = FakeRegister(entries={ref(): "phản ánh"})
    register = PrivacyRegister(database, (one,))
    for at in (NOW, NOW + timedelta(days=1)):
        async with database.write() as session:
            await register.erase(session, ref(), 1, at)
    assert one.restricted == {ref(): NOW}


@pytest.mark.parametrize("use", list(Use))
def test_without_such_a_request_every_use_is_allowed(use: Use) -> None:
    assert may_use(use, None)
