from __future__ import annotations

from tests.bot.console.triage.site import BINH, DUNG, LAN, TU, Site


async def test_a_case_shows_masked_words_and_what_can_be_done(site: Site) -> None:
    case = await site.received()
    page = await site.get(LAN, f"/canbo/phan-anh/{case.id}")
    assert "0901234567" not in page
    assert "trễ hẹn mười ngày" in page
    for said in (
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
    assert BINH
