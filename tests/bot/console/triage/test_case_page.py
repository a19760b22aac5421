from __future__ import annotations

from tests.bot.console.triage.site import BINH, DUNG, LAN, TU, Site
from tests.fakes.console import NOW


async def test_a_case_shows_masked_words_and_what_can_be_done(site: Site) -> None:
    case = await site.received()
    page = await site.get(LAN, f"/canbo/phan-anh/{case.id}")
    assert "0901234567" not in page
    for said in (
        "trễ hẹn mười ngày",
        "Phân loại",
        "Giao xử lý",
        "Yêu cầu bổ sung",
        "Xử lý và trả lời",
        "15 ngày làm việc",
        "Người dân gửi, vào sổ",
    ):
        assert said in page
    assert "Duyệt và gửi" not in page


async def test_what_is_another_units_or_not_there_looks_alike(site: Site) -> None:
    case = await site.received()
    assert "thuộc đơn vị khác" in await site.get(TU, f"/canbo/phan-anh/{case.id}", status=404)
    assert "thuộc đơn vị khác" in await site.get(TU, "/canbo/phan-anh/999", status=404)
    await site.get(DUNG, f"/canbo/phan-anh/{case.id}", status=403)


async def test_a_case_that_its_sender_reopened_says_why_and_waits_among_the_new_ones(site: Site) -> None:
    case = await site.drafted()
    await site.does(BINH, case.id, "duyet")
    async with site.database.write() as session:
        await site.feedback.steps.own.reopen(session, case.id, "Vẫn chưa có kết quả, gọi 0901234567.", NOW)
    assert f"/canbo/phan-anh/{case.id}?" in await site.get(LAN, "/canbo/phan-anh?hang=moi")
    page = await site.get(LAN, f"/canbo/phan-anh/{case.id}")
    assert "Người gửi mở lại lần 1" in page
    assert "Vẫn chưa có kết quả" in page
    assert "0901234567" not in page
