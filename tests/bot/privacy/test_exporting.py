"""The copy for who asked for it: everything about the own conversation, nothing of others, and every look in the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.delivery.cipher import AesGcmCipher
from bot.privacy.exporting import ExportError, Exporting
from bot.privacy.person_store import PersonStore, readable
from bot.privacy.request import RequestKind
from bot.privacy.request_store import SEALED, DataRequestStore
from bot.privacy.tables import data_request
from bot.unit_of_work import UnitOfWork
from feedback.actor import NotAllowedError
from feedback.record import Address
from feedback.tables import follower, sender
from feedback.transitions import Action
from tests.bot.messages import NOW, ref
from tests.bot.privacy.test_answering import ASKED
from tests.feedback.desk import APPROVER, JUSTICE, LATER, RECEIVER, Desk

CIPHER = AesGcmCipher("e" * 40)
STORE = DataRequestStore(CIPHER)
COPY = replace(ASKED, kind=RequestKind.COPY, words="Xin bản sao.")
ME = Address(*(getattr(ref(), name) for name in ("channel", "account", "conversation")))


def exporting(desk: Desk) -> Exporting:
    tables = (data_request, follower, sender)
    return Exporting(STORE, PersonStore(tables[:2], SEALED, CIPHER), desk.register, desk.steps.reading)


async def test_a_copy_has_the_own_records_and_rows_alone_and_stands_in_the_log(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        await STORE.note(session, ref(), COPY, NOW)
        mine = await desk.received(session, where=ME)
        await desk.received(session)
        copy = await exporting(desk).copy(session, RECEIVER, COPY.number, LATER)
        (told,) = [one for one in await desk.log.of(session, mine.id) if one.entry.action is Action.SEE_SENDER]
    (record,) = copy.data["phan_anh"]
    assert (record["bien_nhan"], record["nguoi_gui"]["name"]) == (mine.receipt, "Nguyễn Văn Thử")
    assert record["noi_dung"]["text"] == mine.matter.text
    assert [one["words"] for one in copy.data["bang"]["data_request"]] == ["Xin bản sao."]
    assert COPY.number in told.why
    assert copy.withheld == 0


async def test_what_another_unit_holds_is_named_and_left_to_it(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        await STORE.note(session, ref(), COPY, NOW)
        mine = await desk.received(session, where=ME)
        await desk.steps.triage.take(session, RECEIVER, mine.id, LATER, unit=JUSTICE)
        copy = await exporting(desk).copy(session, RECEIVER, COPY.number, LATER)
    assert copy.withheld == 1
    assert "Nguyễn" not in str(copy.data["phan_anh"])


async def test_only_a_receiver_makes_it_and_only_for_who_asked_for_a_copy(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        await STORE.note(session, ref(), ASKED, NOW)
        with pytest.raises(ExportError):
            await exporting(desk).copy(session, RECEIVER, ASKED.number, LATER)
        with pytest.raises(NotAllowedError):
            await exporting(desk).copy(session, APPROVER, ASKED.number, LATER)


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        (b'{"a":1}', {"a": 1}),
        (b"\x81\xa1a\x01", {"a": 1}),
        ("chữ".encode(), "chữ"),
        (b"12", "12"),
        (b"\x85\xff", "\ufffd\ufffd"),
    ],
)
def test_what_was_sealed_is_given_as_plain_data(plain: bytes, told: object) -> None:
    assert readable(plain) == told
