"""Nothing that a citizen wrote or read can be found in the database's own bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery.cipher import AesGcmCipher
from bot.delivery.errors import UnreadableError
from bot.delivery.records import Arrival
from bot.delivery.store import DeliveryStore
from bot.delivery.tables import inbox, metadata
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.delivery.conftest import SECRET, engine_on
from tests.bot.messages import NOW, inbound, ref


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_the_files_do_not_hold_the_words(tmp_path: Path) -> None:
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}"))
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    engine = engine_on(database)
    await engine.start()
    received = await engine.receive(inbound("canary-8f2 xin hộ chiếu"))
    assert (await engine.answer(received, 10)).finished
    await engine.stop()
    await database.close()
    raw = contents(tmp_path)
    assert received.inbound.ref.conversation.encode() in raw
    assert b"canary-8f2" not in raw
    assert "Bạn viết".encode() not in raw


async def test_another_key_starts_the_conversation_afresh_and_hides_what_was_said(database: UnitOfWork) -> None:
    first = engine_on(database)
    await first.start()
    await first.answer(await first.receive(inbound("một", "1")), 10)
    await first.stop()
    second = engine_on(database, secret="another secret, also long enough, yes")
    await second.start()
    answer = await second.answer(await second.receive(inbound("hai", "2")), 10)
    assert answer.calls[0].call.body["text"] == "Bạn viết: **hai** (lượt 1)"
    assert len((await second.history(ref())).said) == 2
    await second.stop()


async def test_a_sealed_row_cannot_be_read_in_the_place_of_another(database: UnitOfWork, store: DeliveryStore) -> None:
    async with database.write() as session:
        await store.add(session, [Arrival(inbound("một", "1"), NOW)])
        sealed = await session.scalar(select(inbox.c.body))
    assert sealed is not None
    with pytest.raises(UnreadableError):
        store._sealing.open_inbound(sealed, ref("c2"), "1")


def test_a_seal_opens_only_with_its_key_and_unchanged() -> None:
    cipher = AesGcmCipher(SECRET)
    sealed = cipher.seal(b"plain", "here")
    assert cipher.open(sealed, "here") == b"plain"
    for wrong in (sealed[:-1], b"", b"\x02" + sealed[1:], sealed[:5] + bytes([sealed[5] ^ 1]) + sealed[6:]):
        with pytest.raises(UnreadableError):
            cipher.open(wrong, "here")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        AesGcmCipher("short")


async def test_a_repeated_message_whose_first_copy_cannot_be_opened_is_taken_for_the_same(database: UnitOfWork) -> None:
    first = engine_on(database)
    await first.start()
    received = await first.receive(inbound("một", "m1"))
    await first.answer(received, 10)
    await first.stop()
    second = engine_on(database, secret="another secret, also long enough, yes")
    await second.start()
    assert (await second.receive(inbound("một", "m1"))).id == received.id
    await second.stop()


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    old, new = "o" * 32, "n" * 32
    kept = AesGcmCipher(old).seal(b"kept", "place")
    both = AesGcmCipher(f"{new}\n{old}")
    assert both.open(kept, "place") == b"kept"
    assert not both.is_newest(kept, "place")
    anew = both.seal(b"kept", "place")
    assert both.is_newest(anew, "place")
    assert AesGcmCipher(new).open(anew, "place") == b"kept"
    with pytest.raises(UnreadableError):
        AesGcmCipher(new).open(kept, "place")


def test_every_one_of_several_keys_must_be_long_enough() -> None:
    with pytest.raises(ValueError, match="32"):
        AesGcmCipher("n" * 32 + "\nshort")
