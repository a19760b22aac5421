"""How a notice reaches somebody who did not just write."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.contract import Inbound, InboundKind, Ref, Reply, SendStatus, Template
from bot.channels.zalo_oa.build import ZaloOa, open_zalo_oa
from bot.channels.zalo_oa.notices import Route
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.zalo_oa.conftest import CIPHER, give_tokens
from tests.bot.dialogue_house import TEXTS
from tests.fakes.zalo_oa import FakeZaloOa
from tests.fakes.zalo_oa.platform import OA_ID

USER = "246845883529197922"
HERE = Ref("zalo_oa", OA_ID, USER)
VISITOR = Ref("zalo_oa", OA_ID, "anonymous:7:c9")
SAID = Reply("Hồ sơ đã có kết quả")
DOSSIER = Template("dossier", {"code": "H01", "result": "xong"})
WITH_NUMBER = replace(DOSSIER, phone="0912 345 678")
OK, CLOSED, UNREACHABLE = SendStatus.OK, SendStatus.CLOSED, SendStatus.UNREACHABLE


async def wrote(oa: ZaloOa, zalo: FakeZaloOa, kind: InboundKind = InboundKind.TEXT) -> None:
    if kind is InboundKind.TEXT:
        zalo.person(USER).spoke(zalo.clock())
    oa.windows.note(Inbound(HERE, "m", kind, zalo.clock()))
    await oa.windows.flush()


async def told(oa: ZaloOa, template: Template | None = None, said: Reply = SAID, ref: Ref = HERE) -> list[SendStatus]:
    """Send a notice as the outbox does: its parts in order, until one does not arrive."""
    found = []
    for call in oa.channel.announce(ref, said, "dossier:7", template):
        stored = msgspec.json.decode(msgspec.json.encode(call.body))
        found.append((await oa.channel.send(replace(call, body=stored))).status)
        if found[-1] is not OK:
            break
    return found


@pytest.fixture
async def oa(zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork) -> AsyncIterator[ZaloOa]:
    """The account, with an approved template for news of dossiers."""
    await give_tokens(zalo, transactions)
    zalo.approved["t1"] = {"code", "result"}
    chosen = replace(settings, templates={"dossier": "t1"})
    async with open_zalo_oa(chosen, TEXTS, CIPHER, transactions, zalo.clock) as oa:
        yield oa


@pytest.mark.parametrize(
    ("hours", "template", "status", "texts", "templates"),
    [
        (1, None, OK, 1, 0),
        (1, DOSSIER, OK, 1, 0),
        (47, DOSSIER, OK, 1, 0),
        (49, None, CLOSED, 0, 0),
        (49, DOSSIER, OK, 0, 1),
        (7 * 24 + 1, None, CLOSED, 0, 0),
        (7 * 24 + 1, DOSSIER, OK, 0, 1),
        (49, replace(DOSSIER, kind="checklist"), CLOSED, 0, 0),
    ],
)
async def test_the_window_decides_when_a_notice_leaves(
    oa: ZaloOa, zalo: FakeZaloOa, hours: int, template: Template | None, status: SendStatus, texts: int, templates: int
) -> None:
    await wrote(oa, zalo)
    zalo.clock.advance(hours=hours)
    assert await told(oa, template) == [status]
    person = zalo.people[USER]
    assert (len(person.inbox), len(zalo.templates), person.paid) == (texts, templates, 0)


async def test_a_template_goes_to_the_person_with_its_values(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    zalo.clock.advance(days=8)
    await told(oa, DOSSIER)
    assert zalo.templates == [
        {"user_id": USER, "template_id": "t1", "template_data": {"code": "H01", "result": "xong"}}
    ]


async def test_one_template_stands_for_all_parts_of_a_notice(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    long = Reply("\n\n".join("tin " * 200 for _ in range(5)))
    await wrote(oa, zalo)
    assert await told(oa, DOSSIER, long) == [OK] * 3
    zalo.clock.advance(hours=49)
    assert await told(oa, DOSSIER, long) == [OK] * 3
    assert await told(oa, None, long) == [CLOSED]
    assert (len(zalo.people[USER].inbox), len(zalo.templates)) == (3, 1)


async def test_between_two_and_seven_days_a_billed_message_goes_only_where_it_is_allowed(
    zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork
) -> None:
    await give_tokens(zalo, transactions)
    async with open_zalo_oa(replace(settings, paid=True), TEXTS, CIPHER, transactions, zalo.clock) as oa:
        await wrote(oa, zalo)
        zalo.clock.advance(hours=60)
        assert await told(oa) == [OK]
    assert zalo.people[USER].paid == 1


async def test_the_quota_is_asked_before_and_an_empty_one_is_respected(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    zalo.people[USER].remain = 0
    assert await told(oa) == [CLOSED]
    assert zalo.calls == ["/v3.0/oa/quota/message"]


async def test_what_zalo_says_of_the_last_word_holds(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person(USER)  # Spoke to Zalo, but we have no record of it.
    assert await oa.notices.consultation(HERE) is Route.FREE
    await wrote(oa, zalo)
    zalo.people[USER].last_interaction = zalo.clock() - timedelta(days=8)
    assert await oa.notices.consultation(HERE) is Route.CLOSED


async def test_when_zalo_does_not_answer_our_own_record_holds(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    zalo.broken.append(502)
    assert await told(oa) == [OK]


async def test_a_template_goes_where_zalo_refuses_our_words_although_the_window_seemed_open(
    oa: ZaloOa, zalo: FakeZaloOa
) -> None:
    await wrote(oa, zalo)
    zalo.broken.append(502)
    zalo.people[USER].last_interaction = zalo.clock() - timedelta(days=8)
    assert await told(oa, DOSSIER) == [OK]
    assert len(zalo.templates) == 1


async def test_who_left_is_written_to_by_the_number_they_gave_alone_until_they_are_back(
    oa: ZaloOa, zalo: FakeZaloOa
) -> None:
    await wrote(oa, zalo)
    await wrote(oa, zalo, InboundKind.UNFOLLOW)
    assert await told(oa, DOSSIER) == [UNREACHABLE]
    assert await told(oa, WITH_NUMBER) == [OK]
    assert [one.get("phone") for one in zalo.templates] == ["84912345678"]
    await wrote(oa, zalo)
    assert await told(oa) == [OK]


async def test_a_visitor_is_told_by_their_number_or_not_at_all(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    assert await told(oa, WITH_NUMBER, ref=VISITOR) == [OK]
    assert zalo.templates[0]["phone"] == "84912345678"
    assert zalo.templates[0]["tracking_id"] == "dossier:7"
    for template in (None, DOSSIER, replace(DOSSIER, phone="x")):
        assert await told(oa, template, ref=VISITOR) == [CLOSED]


async def test_the_number_is_the_second_way_for_who_cannot_be_reached_by_a_template(
    oa: ZaloOa, zalo: FakeZaloOa
) -> None:
    await wrote(oa, zalo)
    zalo.clock.advance(days=8)
    zalo.errors.append(-139)
    assert await told(oa, WITH_NUMBER) == [OK]
    assert [one.get("phone") for one in zalo.templates] == ["84912345678"]


async def test_a_template_that_zalo_does_not_know_is_told_to_operators(
    oa: ZaloOa, zalo: FakeZaloOa, caplog: pytest.LogCaptureFixture
) -> None:
    await wrote(oa, zalo)
    zalo.clock.advance(days=8)
    zalo.approved.clear()
    assert await told(oa, WITH_NUMBER) == [SendStatus.BUG]
    assert "refused a template message" in caplog.text


async def test_a_withdrawal_deletes_what_is_kept_and_so_does_a_year_of_silence(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    assert await oa.windows.of(HERE) is not None
    await wrote(oa, zalo, InboundKind.WITHDRAW)
    assert await oa.windows.of(HERE) is None
    await wrote(oa, zalo)
    zalo.clock.advance(days=399)
    await oa.tidy()
    assert await oa.windows.of(HERE) is not None
    zalo.clock.advance(days=2)
    await oa.tidy()
    assert await oa.windows.of(HERE) is None


async def test_officials_and_visitors_open_no_window(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo, InboundKind.STAFF)
    oa.windows.note(Inbound(VISITOR, "m", InboundKind.TEXT, zalo.clock()))
    await oa.windows.flush()
    assert await oa.windows.of(HERE) is None
    assert await oa.windows.of(VISITOR) is None


async def test_what_is_noted_counts_before_it_is_written(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    for kind, left in ((InboundKind.TEXT, False), (InboundKind.UNFOLLOW, True)):
        oa.windows.note(Inbound(HERE, "m", kind, zalo.clock()))
        found = await oa.windows.of(HERE)
        assert found is not None
        assert (found.left_at is not None) is left
    oa.windows.note(Inbound(HERE, "m", InboundKind.WITHDRAW, zalo.clock()))
    assert await oa.windows.of(HERE) is None


async def test_what_cannot_be_written_is_kept_for_the_next_time(
    oa: ZaloOa, zalo: FakeZaloOa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OperationalError("x", {}, Exception("disk full"))

    oa.windows.note(Inbound(HERE, "m", InboundKind.TEXT, zalo.clock()))
    with monkeypatch.context() as patch:
        patch.setattr(oa.windows, "_transactions", type("Broken", (), {"write": staticmethod(broken)}))
        with pytest.raises(OperationalError):
            await oa.windows.flush()
    await oa.windows.flush()
    assert await oa.windows.of(HERE) is not None


async def test_whoever_writes_often_is_written_down_seldom(
    oa: ZaloOa, zalo: FakeZaloOa, transactions: UnitOfWork
) -> None:
    first = zalo.clock()
    for _ in range(3):
        await wrote(oa, zalo)
        zalo.clock.advance(minutes=4)
    found = await oa.windows.of(HERE)
    assert found is not None
    assert found.last_at == first
    await wrote(oa, zalo)
    again = await oa.windows.of(HERE)
    assert again is not None
    assert again.last_at == first + timedelta(minutes=12)
