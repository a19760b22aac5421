from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import insert

from benchmarks.feedback_stock import record_row
from bot.console.official import Official, SignedIn
from bot.console.routing import Visit
from bot.console.triage.counting import KEPT
from bot.console.triage.tiles import TriageTiles
from feedback.actor import Actor
from feedback.disclosure import Disclosure
from feedback.record import Status
from feedback.tables import record
from feedback.triage import Said
from tests.bot.console.triage.site import BINH, CHI, DUNG, FRONT, JUSTICE, LAN, TEXT, TU, Site
from tests.fakes.console import NOW
from tests.feedback.records import SLOW


def count(page: str, title: str) -> str:
    """The number beside a queue."""
    found = re.search(rf">{title} <b>([^<]*)</b>", page)
    assert found is not None
    return found[1]


async def test_each_queue_shows_and_counts_what_waits_there(site: Site) -> None:
    await site.received(who="c1")
    await site.taken(who="c2", at=NOW - timedelta(days=60))
    await site.drafted(who="c3", at=NOW - timedelta(days=24))
    page = await site.get(LAN, "/canbo/phan-anh")
    titles = ("Mới chờ phân loại", "Của tôi", "Của đơn vị", "Chờ duyệt", "Quá hạn", "Rất quá hạn", "Tất cả")
    assert [count(page, one) for one in titles] == ["1", "0", "1", "1", "1", "1", "3"]
    assert page.count("<tr data-row>") == 1
    assert [count(await site.get(TU, "/canbo/phan-anh"), one) for one in ("Của tôi", "Của đơn vị", "Tất cả")] == [
        "2",
        "2",
        "2",
    ]
    assert "Rất quá hạn</span>" in await site.get(TU, "/canbo/phan-anh?hang=rat-qua-han")


async def test_a_row_leads_on_only_where_its_page_is_the_officials(site: Site) -> None:
    mine, given = await site.received(who="c1"), await site.taken(who="c2")
    page = await site.get(LAN, "/canbo/phan-anh?hang=tat-ca")
    assert f"/canbo/phan-anh/{mine.id}?" in page
    assert f"/canbo/phan-anh/{given.id}?" not in page
    auditor = await site.get(DUNG, "/canbo/phan-anh?hang=tat-ca")
    assert "trễ hẹn" in auditor
    assert "0901234567" not in auditor
    assert 'name="chon"' not in auditor
    assert f"/canbo/phan-anh/{mine.id}" not in auditor


async def test_who_is_complained_about_finds_nothing_of_it_not_even_in_the_counts(site: Site) -> None:
    case = await site.received()
    async with site.database.write() as session:
        said = Said(SLOW, accused="tu")
        await site.feedback.steps.triage.classify(session, LAN.actor, case.id, said, NOW)
        await site.feedback.steps.triage.take(session, LAN.actor, case.id, NOW, JUSTICE)
    page = await site.get(TU, "/canbo/phan-anh?hang=tat-ca")
    assert (count(page, "Tất cả"), "<tr data-row>" in page) == ("0", False)
    assert "<tr data-row>" in await site.get(BINH, "/canbo/phan-anh?hang=tat-ca")


async def test_words_and_filters_narrow_the_list_and_are_saved_under_a_name(site: Site) -> None:
    await site.received("Phí chứng thực cao hơn bảng niêm yết ở quầy.", who="c1")
    await site.received(who="c2")
    page = await site.get(LAN, "/canbo/phan-anh?hang=tat-ca&chu=chung+thuc")
    assert page.count("<tr data-row>") == 1
    await site.post(LAN, "/canbo/phan-anh/bo-loc", loc="hang=tat-ca&chu=chung+thuc&lạ=1", ten="Chứng thực")
    page = await site.get(LAN, "/canbo/phan-anh")
    assert '<a href="/canbo/phan-anh?hang=tat-ca&chu=chung+thuc">Chứng thực</a>' in page
    assert "Chứng thực</a>" not in await site.get(TU, "/canbo/phan-anh")
    nameless = await site.post(LAN, "/canbo/phan-anh/bo-loc", loc="hang=moi", ten="")
    assert "chưa được lưu" in unescape(await nameless.text())
    await site.post(LAN, "/canbo/phan-anh/bo-loc/xoa", id=1)
    assert "Chứng thực</a>" not in await site.get(LAN, "/canbo/phan-anh")


async def test_pages_go_on_by_marks_and_the_next_case_by_its_queue(site: Site) -> None:
    for number in range(52):
        await site.received(
            f"Hồ sơ thứ {number} trễ hẹn, không ai báo cho tôi biết.",
            who=f"c{number}",
            at=NOW - timedelta(hours=60 - number),
        )
    page = await site.get(LAN, "/canbo/phan-anh?hang=moi")
    assert page.count("<tr data-row>") == 50
    found = re.search(r'href="([^"]*)" rel="next"', page)
    assert found is not None
    second = await site.get(LAN, found[1])
    assert second.count("<tr data-row>") == 2
    assert "Về trang đầu" in second
    await site.get(LAN, "/canbo/phan-anh/1/tiep?hang=moi", status=303)
    assert site.client is not None
    gone = await site.client.get(
        "/canbo/phan-anh/1/tiep?hang=moi", headers=site.console.sign_in(LAN), allow_redirects=False
    )
    assert gone.headers["Location"] == "/canbo/phan-anh/2?hang=moi"
    last = await site.client.get(
        "/canbo/phan-anh/52/tiep?hang=moi", headers=site.console.sign_in(LAN), allow_redirects=False
    )
    assert last.headers["Location"] == "/canbo/phan-anh?hang=moi"


async def test_the_next_case_is_one_that_opens_on_this_day_in_vietnam(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens, days = Disclosure.may_open_standing, set[date]()

    def asked(rules: Disclosure, actor: Actor, unit: str, status: Status, day: date) -> bool:
        days.add(day)
        return opens(rules, actor, unit, status, day)

    await site.received(who="c1")
    await site.received(who="c2")
    monkeypatch.setattr(Disclosure, "may_open_standing", asked)
    site.console.now = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
    await site.get(LAN, "/canbo/phan-anh/1/tiep?hang=moi", status=303)
    assert days == {date(2026, 11, 27)}


async def test_wrong_filters_and_marks_are_left_out(site: Site) -> None:
    await site.received()
    page = await site.get(LAN, "/canbo/phan-anh?hang=%C3%A1&trang-thai=bay&tu-ngay=xx&den-ngay=2026-99-99&sau=zz")
    assert page.count("<tr data-row>") == 1
    page = await site.get(LAN, "/canbo/phan-anh?hang=moi&tu-ngay=0001-01-01&den-ngay=9999-12-31")
    assert page.count("<tr data-row>") == 1


async def test_who_publishes_finds_what_waits_for_publication(site: Site) -> None:
    case = await site.drafted()
    await site.does(BINH, case.id, "duyet", cong_khai="1")
    page = await site.get(CHI, "/canbo/phan-anh?hang=cho-cong-khai")
    assert f"/canbo/phan-anh/{case.id}?" in page
    assert "Che và công khai" in await site.get(CHI, f"/canbo/phan-anh/{case.id}")
    assert await site.status(case.id) is Status.AWAITING_PUBLICATION


async def test_ten_thousand_records_are_counted_paged_and_make_a_light_page(site: Site) -> None:
    rows = [
        {**record_row(number, number % 7, Status.RECEIVED, NOW - timedelta(minutes=number), TEXT), "unit": FRONT}
        for number in range(1, 10_002)
    ]
    async with site.database.write() as session:
        await session.execute(insert(record), rows)
    page = await site.get(LAN, "/canbo/phan-anh?hang=moi")
    assert count(page, "Mới chờ phân loại") == "10.000+"
    assert page.count("<tr data-row>") == 50
    assert len(page.encode()) < 100_000
    found = re.search(r'href="([^"]*)" rel="next"', page)
    assert found is not None
    second = await site.get(LAN, found[1])
    assert set(re.findall(r"/canbo/phan-anh/(\d+)\?", page)).isdisjoint(re.findall(r"/canbo/phan-anh/(\d+)\?", second))


async def test_the_first_page_tells_each_role_what_waits_for_it(site: Site) -> None:
    await site.received(who="c1")
    await site.taken(who="c2", at=NOW - timedelta(days=60))
    await site.drafted(who="c3")
    told = {who.account: await tiles(site, who) for who in (LAN, TU, BINH, CHI, DUNG)}
    assert told == {
        "lan": {"Rất quá hạn": 1, "Mới chờ phân loại": 1},
        "tu": {"Rất quá hạn": 1, "Của tôi": 2},
        "binh": {"Rất quá hạn": 1, "Chờ duyệt": 1, "Chờ công khai": 0},
        "chi": {"Chờ công khai": 0},
        "dung": {},
    }


async def tiles(site: Site, who: Official) -> dict[str, int | None]:
    """What the first page tells somebody."""
    visit = Visit(make_mocked_request("GET", "/canbo"), SignedIn(who, "s"), "", site.console.now)
    return {one.title: one.number for one in await TriageTiles(site.desk, site.counts).tiles(visit)}


async def test_the_first_page_keeps_counts_for_seconds_and_counts_anew_after_a_deed(site: Site) -> None:
    async def new() -> int | None:
        return (await tiles(site, LAN))["Mới chờ phân loại"]

    case = await site.received()
    assert await new() == 1
    for who in ("c2", "c3"):
        await site.received(who=who)
    assert await new() == 1
    await site.does(LAN, case.id, "giao", don_vi=JUSTICE, nguoi="tu")
    assert await new() == 2
    await site.received(who="c4")
    site.console.now += KEPT
    assert await new() == 3


async def test_what_an_address_says_beyond_any_number_or_day_is_left_out(site: Site) -> None:
    await site.received()
    for query in ("sau=20261126000000000000-" + "9" * 30, "den-ngay=9999-12-31", "tu-ngay=0001-01-01"):
        page = await site.get(LAN, f"/canbo/phan-anh?hang=tat-ca&{query}")
        assert page.count("<tr data-row>") == 1
