from __future__ import annotations

from dataclasses import replace
from html import unescape

from bot.console.triage.publish_page import changed
from feedback.record import Consent, Status
from tests.bot.console.triage.site import BINH, CHI, LAN, TU, Site
from tests.feedback.records import NOW

AGREED = Consent("2026-11", NOW, publish=True)


async def waiting(site: Site, **changed: object) -> int:
    case = await site.drafted(**changed)
    await site.does(BINH, case.id, "duyet", cong_khai="1")
    return case.id


async def test_what_should_be_taken_out_is_marked_and_taken_out_of_the_suggestion(site: Site) -> None:
    id = await waiting(site)
    page = await site.get(CHI, f"/canbo/phan-anh/{id}/cong-khai")
    assert "<mark>Nguyễn Văn Thử</mark>" in page
    assert "<mark>0901234567</mark>" in page
    assert "Tôi là […], số […]" in page
    assert site.looks.noted == [("chi", "phản ánh: nguyên văn", "1/2026", "chuẩn bị công khai")]


async def test_the_difference_is_shown_before_and_nothing_is_public_by_that(site: Site) -> None:
    id = await waiting(site)
    response = await site.post(
        CHI, f"/canbo/phan-anh/{id}/cong-khai", xem=1, cau_hoi="Hồ sơ khai sinh trễ hẹn.", tra_loi="Sở đã trả kết quả."
    )
    page = unescape(await response.text())
    assert response.status == 200
    assert "<ins>" in page
    assert "<del>" in page
    assert await site.status(id) is Status.AWAITING_PUBLICATION


async def test_what_still_tells_of_the_sender_is_refused_and_shown_to_who_may_see_the_sender(site: Site) -> None:
    id = await waiting(site, consent=AGREED)
    case = await site.now(id)
    typed = {"ban": case.revision, "lam": 1, "cau_hoi": "Ông Nguyễn Văn Thử bị trễ hẹn.", "tra_loi": "Đã trả."}
    both = replace(LAN, roles=LAN.roles | CHI.roles)
    for who, shown in ((CHI, False), (both, True)):
        response = await site.post(who, f"/canbo/phan-anh/{id}/cong-khai", **typed)
        page = unescape(await response.text())
        assert response.status == 422
        assert "vẫn còn thông tin của người gửi (trong câu hỏi)" in page
        assert "Ông Nguyễn Văn Thử bị trễ hẹn.</textarea>" in page
        assert ("Ông <mark>Nguyễn Văn Thử</mark> bị trễ hẹn." in page) is shown
    assert await site.status(id) is Status.AWAITING_PUBLICATION


async def test_it_is_published_reworded_and_taken_off_again(site: Site) -> None:
    id = await waiting(site, consent=AGREED)
    path, typed = f"/canbo/phan-anh/{id}/cong-khai", {"lam": 1, "tra_loi": "Sở đã trả kết quả."}
    revision = (await site.now(id)).revision
    assert (await site.post(CHI, path, ban=revision, cau_hoi="Hồ sơ trễ hẹn.", **typed)).status == 303
    assert await site.status(id) is Status.PUBLISHED
    old = await site.post(CHI, path, ban=revision, cau_hoi="Bản cũ.", **typed)
    assert old.status == 409
    assert "Bản cũ." in unescape(await old.text())
    assert (await site.post(CHI, path, ban=revision + 1, cau_hoi="Hồ sơ khai sinh trễ hẹn.", **typed)).status == 303
    page = await site.get(CHI, f"/canbo/phan-anh/{id}")
    assert "https://motcua.example/phan-anh/" in page
    await site.does(CHI, id, "go", ly_do="personal")
    assert "có thông tin cá nhân" in await site.get(BINH, f"/canbo/phan-anh/{id}")


async def test_what_nobody_approved_is_not_published(site: Site) -> None:
    case = await site.drafted()
    assert "chưa có câu trả lời được duyệt" in await site.get(BINH, f"/canbo/phan-anh/{case.id}/cong-khai", status=409)
    await site.get(TU, f"/canbo/phan-anh/{case.id}/cong-khai", status=403)


def test_few_words_a_thousand_times_over_are_not_compared_one_by_one() -> None:
    before, after = "có không " * 500, "có không " * 250 + "[…] " + "có không " * 249
    pieces = changed(before, after)
    assert "".join(one.text for one in pieces if one.look != "ins") == before
    assert "".join(one.text for one in pieces if one.look != "del") == after
    assert len(pieces) == 3
    short = changed("có không " * 5, "có không " * 2 + "[…] " + "có không " * 2)
    assert sorted(one.look for one in short if one.look) == ["del", "ins"]
