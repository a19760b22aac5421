"""The desk as the house puts it together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, make_kept, old_things, open_dossiers, open_house, project_root, send_codes
from bot.app.access import make_code_post, make_proof_page, make_rules
from bot.app.sms import make_notice_sender, make_sender, message_keys
from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.access.senders import CodesBySms, OperatorsEyes
from bot.dossiers.access.settings import AccessSettings
from bot.dossiers.desk import Asker, Desk, LookOutcome, Proof
from bot.dossiers.sms.notices import NoticesBySms
from bot.dossiers.store import DossierStore
from bot.migrations.schema import upgrade
from bot.secret import Secret
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.live import LiveCatalogue
from tests.bot.dossiers.access.desks import KNOWN, Told, dossier

KEYS = {"signing_key": Secret("s" * 40), "encryption_key": Secret("e" * 40)}
ASKER = Asker(Ref("web", "default", "a"), datetime.now(UTC))


def settings(url: str = "", public_url: str = "https://motcua.example", **access: object) -> Settings:
    given = AccessSettings(**access)  # type: ignore[arg-type]
    return Settings(database_url=url, public_url=public_url, dossier_access=given, **KEYS)  # type: ignore[arg-type]


def test_codes_are_sent_only_where_somebody_set_it_up() -> None:
    assert make_rules(settings()).page_address == ""
    assert make_rules(settings(public_url="", sms_url="https://sms.example")).page_address == ""
    sms = settings(sms_url="https://sms.example", access_minutes=5)
    assert make_rules(sms).page_address == "https://motcua.example/ma/"
    assert make_rules(sms).access.total_seconds() == 300
    assert make_rules(settings(public_url="", codes_to="console")).page_address == "http://127.0.0.1:8080/ma/"


def test_who_carries_codes_is_chosen_by_the_settings() -> None:
    texts = load_house_texts(project_root())
    assert make_sender(AccessSettings(), texts) is None
    assert isinstance(make_sender(AccessSettings(codes_to="console"), texts), OperatorsEyes)
    assert isinstance(make_sender(AccessSettings(sms_url="https://sms.example"), texts), CodesBySms)


def test_notices_go_by_the_same_gateway_unless_the_agency_wants_none() -> None:
    assert make_notice_sender(AccessSettings()) is None
    assert isinstance(make_notice_sender(AccessSettings(codes_to="console")), OperatorsEyes)
    assert isinstance(make_notice_sender(AccessSettings(sms_url="https://sms.example")), NoticesBySms)
    assert make_notice_sender(AccessSettings(sms_url="https://sms.example", sms_notices=False)) is None


def test_two_houses_at_one_gateway_have_no_key_in_common() -> None:
    one, other = message_keys(settings()), message_keys(replace(settings(), signing_key=Secret("t" * 40)))
    assert one("w:1:1:done") == one("w:1:1:done") != other("w:1:1:done")


@pytest.fixture
async def given(tmp_path: Path) -> Settings:
    """Settings of a house with one dossier, on a file of its own, whose codes go to another file."""
    given = settings(f"sqlite:///{tmp_path / 'h.sqlite3'}", codes_to=str(tmp_path / "codes.txt"))
    transactions = UnitOfWork(open_engine(given.database_url))
    await upgrade(transactions.engine)
    async with transactions.write() as session:
        store = DossierStore(AesGcmCipher("e" * 40), "s" * 40)
        await store.put(session, "database", [(dossier(KNOWN), datetime.now(UTC))])
    await transactions.close()
    return given


async def test_the_house_proves_an_applicant_from_the_first_question_to_the_last(given: Settings) -> None:
    async with open_house(given, project_root(), None) as house:
        desk: Desk = house.kept.desk
        look = await desk.look(ASKER, KNOWN)
        assert (look.outcome, look.source) == (LookOutcome.TOLD, "")
        tried = await desk.prove(ASKER, KNOWN, "5678")
        assert tried.proof is Proof.CODE_SENT

        assert len(send_codes(house)) == 1
        post = make_code_post(house.kept.access, given, house.texts)
        assert post is not None
        assert await post.round() == 1
        code = Path(given.dossier_access.codes_to).read_text("utf-8").split()[2]

        told = Told()
        app = web.Application()
        app.add_routes(make_proof_page(house.kept.access, given, house.texts, told.notify).routes())
        async with TestClient(TestServer(app)) as client:
            path = tried.page.removeprefix("https://motcua.example")
            assert "Đã xác nhận" in await (await client.post(path, data={"code": code})).text()
        [(ref, reply)] = told.said.values()
        assert ref == ASKER.ref
        assert reply.choices[0].id == f"do:dossier:{KNOWN}"
        assert (await desk.look(ASKER, KNOWN)).shown is not None

        held = {one.key for one in await house.kept.privacy.about(ASKER.ref)}
        assert {"utter_held_access", "utter_held_lookups"} <= held
        for forget in old_things(house):
            async with house.transactions.write() as session:
                await forget(session, datetime.now(UTC))


async def test_without_a_sender_there_is_no_work_and_no_page(given: Settings) -> None:
    plain = settings(given.database_url)
    transactions = UnitOfWork(open_engine(plain.database_url))
    try:
        async with open_dossiers(plain, transactions) as dossiers:
            desk = make_kept(plain, transactions, dossiers, LiveCatalogue(transactions)).desk
            assert not (await desk.look(ASKER, KNOWN)).provable
            assert (await desk.prove(ASKER, KNOWN, "5678")).proof is Proof.NOT_PROVEN
    finally:
        await transactions.close()
