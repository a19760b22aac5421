"""How a notice reaches somebody who did not just write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.contract import Inbound, InboundKind, Ref, Reply, SendStatus
from bot.channels.zalo_oa.build import ZaloOa, open_zalo_oa
from bot.channels.zalo_oa.notices import Notice, Route, Template
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.zalo_oa.conftest import CIPHER, give_tokens
from tests.bot.dialogue_house import TEXTS
from tests.fakes.zalo_oa import FakeZaloOa
from tests.fakes.zalo_oa.platform import OA_ID

USER = "246845883529197922"
HERE = Ref("zalo_oa", OA_ID, USER)
TEMPLATE = Template("t1", {"code": "H01", "result": "xong"})
NOTICE = Notice(Reply("Hồ sơ đã có kết quả"), "notice:1", TEMPLATE, "0912 345 678")


async def wrote(oa: ZaloOa, zalo: FakeZaloOa, kind: InboundKind = InboundKind.TEXT) -> None:
    if kind is InboundKind.TEXT:
        zalo.person(USER).spoke(zalo.clock())
    oa.windows.note(Inbound(HERE, "m", kind, zalo.clock()))
    await oa.windows.flush()


@pytest.mark.parametrize(
    ("hours", "route"), [(1, Route.FREE), (47, Route.FREE), (49, Route.TEMPLATE), (7 * 24 + 1, Route.TEMPLATE)]
)
async def test_the_window_decides(oa: ZaloOa, zalo: FakeZaloOa, hours: int, route: Route) -> None:
    zalo.approved["t1"] = {"code", "result"}
    await wrote(oa, zalo)
    zalo.clock.advance(hours=hours)
    planned = await oa.notices.notice(HERE, NOTICE)
    assert planned.route is route
    assert [(await oa.channel.send(call)).status for call in planned.calls] == [SendStatus.OK]
    assert zalo.people[USER].paid == 0


async def test_between_two_and_seven_days_a_billed_message_goes_only_where_it_is_allowed(
    zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork
) -> None:
    await give_tokens(zalo, transactions)
    async with open_zalo_oa(replace(settings, paid=True), TEXTS, CIPHER, transactions, zalo.clock) as oa:
        await wrote(oa, zalo)
        zalo.clock.advance(hours=60)
        planned = await oa.notices.notice(HERE, NOTICE)
        assert planned.route is Route.PAID
        await oa.channel.send(planned.calls[0])
    assert zalo.people[USER].paid == 1


async def test_the_quota_is_asked_before_and_an_empty_one_is_respected(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    zalo.people[USER].remain = 0
    assert (await oa.notices.notice(HERE, NOTICE)).route is Route.TEMPLATE
    assert zalo.calls == ["/v3.0/oa/quota/message"]


async def test_what_zalo_says_of_the_last_word_holds(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person(USER)  # Spoke to Zalo, but we have no record of it.
    assert (await oa.notices.notice(HERE, NOTICE)).route is Route.FREE
    await wrote(oa, zalo)
    zalo.people[USER].last_interaction = zalo.clock() - timedelta(days=8)
    assert (await oa.notices.notice(HERE, NOTICE)).route is Route.TEMPLATE


async def test_when_zalo_does_not_answer_our_own_record_holds(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    zalo.broken.append(502)
    assert (await oa.notices.notice(HERE, NOTICE)).route is Route.FREE


async def test_who_left_is_not_written_to_until_they_are_back(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    await wrote(oa, zalo, InboundKind.UNFOLLOW)
    assert (await oa.notices.notice(HERE, NOTICE)).route is Route.NONE
    await wrote(oa, zalo)
    assert (await oa.notices.notice(HERE, NOTICE)).route is Route.FREE


async def test_only_a_number_or_a_visitor_is_told_by_phone(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.approved["t1"] = {"code", "result"}
    for ref in (None, Ref("zalo_oa", OA_ID, "anonymous:7:c9")):
        planned = await oa.notices.notice(ref, NOTICE)
        assert planned.route is Route.PHONE
        assert (await oa.channel.send(planned.calls[0])).status is SendStatus.OK
    assert zalo.templates[0]["phone"] == "84912345678"
    assert zalo.templates[0]["tracking_id"] == "notice:1"
    assert (await oa.notices.notice(None, replace(NOTICE, phone="x"))).route is Route.NONE
    assert (await oa.notices.notice(None, replace(NOTICE, template=None))).route is Route.NONE


async def test_the_number_is_the_second_way_for_who_cannot_be_reached(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    planned = await oa.notices.notice(HERE, NOTICE)
    assert [call.method for call in planned.otherwise] == ["template_phone"]


async def test_without_an_approved_form_nothing_goes_after_the_window(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    await wrote(oa, zalo)
    zalo.clock.advance(days=8)
    assert (await oa.notices.notice(HERE, replace(NOTICE, template=None))).route is Route.NONE


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
    visitor = Ref("zalo_oa", OA_ID, "anonymous:7:c9")
    oa.windows.note(Inbound(visitor, "m", InboundKind.TEXT, zalo.clock()))
    await oa.windows.flush()
    assert await oa.windows.of(HERE) is None
    assert await oa.windows.of(visitor) is None


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


@pytest.mark.parametrize(
    ("hours", "statuses"),
    [(1, [SendStatus.OK, SendStatus.OK]), (49, [SendStatus.UNREACHABLE]), (7 * 24 + 1, [SendStatus.UNREACHABLE])],
)
async def test_a_notice_asks_when_it_leaves_whether_the_person_may_be_written_to(
    oa: ZaloOa, zalo: FakeZaloOa, hours: int, statuses: list[SendStatus]
) -> None:
    await wrote(oa, zalo)
    calls = oa.channel.announce(HERE, Reply("Danh sách giấy tờ vừa có thay đổi"))
    zalo.clock.advance(hours=hours)
    found = []
    for call in calls:
        found.append((await oa.channel.send(call)).status)
        if found[-1] is not SendStatus.OK:
            break
    assert found == statuses
    assert len(zalo.people[USER].texts) == statuses.count(SendStatus.OK) // 2
