from __future__ import annotations

import re
from html import unescape

import pytest

from feedback.record import Status
from tests.bot.console.triage.site import LAN, TU, Site

PATH = "/canbo/phan-anh/vao-so"
SHEET = {
    "cach": "counter",
    "ngay": "2026-11-26",
    "gio": "08:30",
    "ten": "Trần Thị Giấy",
    "dia_chi": "Thôn Thử, xã Ví Dụ",
    "dien_thoai": "0901 234 568",
    "nguoi_gui": "citizen",
    "noi_dung": "Hồ sơ khai sinh của tôi trễ hẹn mười ngày mà không ai báo.",
    "hinh_thuc": "phan_anh",
    "ve": "conduct",
    "nhom": "1",
}


async def test_what_came_at_the_counter_is_entered_once_however_often_it_is_sent(site: Site) -> None:
    form = await site.get(LAN, PATH)
    found = re.search(r'name="bien-nhan" value="(PA-[^"]+)"', form)
    assert found is not None
    places = [(await site.post(LAN, PATH, **SHEET, bien_nhan=found[1])).headers["Location"] for _ in range(2)]
    assert places == ["/canbo/phan-anh/1", "/canbo/phan-anh/1"]
    case = await site.now(1)
    assert (case.receipt, case.channel, case.status) == (found[1], "counter", Status.RECEIVED)
    page = await site.get(LAN, places[0])
    assert "08:30 26/11/2026, tại quầy" in page
    assert found[1] in page


async def test_an_old_receipt_with_other_contents_becomes_a_new_record_when_so_said(site: Site) -> None:
    receipt, other = (
        "PA-2222-2222",
        {**SHEET, "ten": "Lê Thị Sau", "noi_dung": "Bộ phận một cửa đóng cửa sớm hai mươi phút."},
    )
    await site.post(LAN, PATH, **SHEET, bien_nhan=receipt)
    asked = await site.post(LAN, PATH, **other, bien_nhan=receipt)
    page = unescape(await asked.text())
    assert asked.status == 409
    assert "khác ở: tên người gửi, nội dung." in page
    assert 'value="Lê Thị Sau"' in page
    assert "đóng cửa sớm hai mươi phút" in page
    assert 'href="/canbo/phan-anh/1"' in page
    assert 'value="bo-sung"' not in page, "it does not wait for a supplement"
    made = await site.post(LAN, PATH, **other, bien_nhan=receipt, la="moi")
    assert made.headers["Location"] == "/canbo/phan-anh/2"
    assert (await site.now(2)).receipt != receipt
    assert (await site.now(1)).matter.text == SHEET["noi_dung"]


async def test_an_old_receipt_with_other_contents_becomes_a_supplement_when_so_said(site: Site) -> None:
    receipt, more = "PA-2222-2222", {**SHEET, "noi_dung": "Hồ sơ ấy nộp ngày 2 tháng 11, mã ở biên nhận kèm theo."}
    await site.post(LAN, PATH, **SHEET, bien_nhan=receipt)
    await site.does(LAN, 1, "bo-sung", noi_dung="Hồ sơ nào?")
    assert await site.status(1) is Status.NEEDS_SUPPLEMENT
    page = unescape(await (await site.post(LAN, PATH, **more, bien_nhan=receipt)).text())
    assert 'value="bo-sung"' in page
    made = await site.post(LAN, PATH, **more, bien_nhan=receipt, la="bo-sung")
    assert made.headers["Location"] == "/canbo/phan-anh/1"
    case = await site.now(1)
    assert case.matter.text.startswith(SHEET["noi_dung"])
    assert case.matter.text.endswith(more["noi_dung"])
    assert case.status is Status.RECEIVED


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ten": "Ẩn danh", "dien_thoai": "12"}, "tên người gửi, số điện thoại"),
        ({"noi_dung": "trễ"}, "ít nhất 20 ký tự"),
        ({"gio": "25:00"}, "Ngày giờ nhận không đúng"),
        ({"ngay": "2026-11-27"}, "không thể sau hiện tại"),
        ({"thu_tuc": "9.9"}, "Danh mục không có thủ tục"),
        ({"cach": "bồ câu"}, "Hãy chọn phản ánh đến bằng cách nào"),
        ({"nhom": "2"}, "Nhóm đã chọn chỉ dùng cho phản ánh về quy định"),
        ({"ngay_xay_ra": "hôm qua"}, "Ngày xảy ra không đúng"),
    ],
)
async def test_what_cannot_be_entered_is_said_and_stays_typed(site: Site, wrong: dict[str, str], said: str) -> None:
    response = await site.post(LAN, PATH, **{**SHEET, **wrong})
    page = unescape(await response.text())
    assert response.status == 422
    assert said in page
    assert 'value="Thôn Thử, xã Ví Dụ"' in page


async def test_only_who_receives_enters(site: Site) -> None:
    assert 'name="bien-nhan"' not in await site.get(TU, PATH, status=403)
