"""What was said in a conversation within a time, both ways."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.contract import Inbound, InboundKind, NativeCall
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.places import columns_of
from bot.delivery.sealing import Sealing
from bot.delivery.tables import inbox, outbox
from bot.delivery.talk_store import TalkStore, words_of
from bot.unit_of_work import UnitOfWork
from tests.bot.messages import NOW, ref

CIPHER = AesGcmCipher("k" * 40)
SEALING = Sealing(CIPHER)


async def test_both_sides_stand_in_their_order_and_what_is_gone_is_told(database: UnitOfWork) -> None:
    async with database.write() as session:
        for number, words in enumerate(("Cũ", "Xin chào", None)):
            at, id = NOW + timedelta(minutes=number), f"m{number}"
            body = SEALING.inbound(Inbound(ref(), id, InboundKind.TEXT, at, words)) if words else None
            row = {"message_id": id, "received_at": at, "state": "done", "recoveries": 0, "body": body}
            await session.execute(inbox.insert().values(**columns_of(ref()), **row))
        call = {"key": "1.0", "body": SEALING.call(NativeCall("reply", {"text": "Chào anh chị"}), "1.0")}
        row = call | {"created_at": NOW + timedelta(minutes=1), "state": "held", "attempts": 0}
        await session.execute(outbox.insert().values(**columns_of(ref()), **row))
        store = TalkStore(CIPHER)
        said = await store.around(session, ref(), NOW + timedelta(minutes=1), NOW + timedelta(minutes=3))
        assert [(one.citizen, one.text) for one in said] == [(True, "Xin chào"), (False, "Chào anh chị"), (True, None)]
        assert not await store.around(session, ref("another"), NOW, NOW + timedelta(days=1))
        other = await TalkStore(AesGcmCipher("x" * 40)).around(session, ref(), NOW, NOW + timedelta(days=1))
        assert {one.text for one in other} == {None}, "what another key sealed is as good as gone"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"text": "Một"}, "Một"),
        ({"caption": "Hai"}, "Hai"),
        ({"recipient": {}, "message": {"text": "Ba"}}, "Ba"),
        ({"message": "?"}, ""),
        ({"document": "x"}, ""),
    ],
)
def test_the_words_of_a_call_are_found_whichever_channels_it_is(body: dict[str, object], words: str) -> None:
    assert words_of(body) == words
