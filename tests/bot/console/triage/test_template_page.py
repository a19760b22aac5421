from __future__ import annotations

from html import unescape

from tests.bot.console.triage.site import BINH, TU, Site

PATH = "/canbo/phan-anh/mau"
ONE = {"ten": "Xin lỗi", "buoc": "draft", "ve": "conduct", "nhom": "", "noi_dung": "Kính gửi, {don_vi} xin lỗi."}


async def test_templates_are_made_changed_and_deleted(site: Site) -> None:
    await site.post(BINH, PATH, **ONE)
    page = await site.get(BINH, f"{PATH}?sua=1")
    assert "Đang dùng (1)" in page
    assert 'name="id" value="1"' in page
    await site.post(BINH, PATH, **{**ONE, "id": 1, "ten": "Xin lỗi trễ hẹn"})
    page = await site.get(BINH, PATH)
    assert "Xin lỗi trễ hẹn" in page
    assert "Đang dùng (1)" in page
    await site.post(BINH, f"{PATH}/xoa", id=1)
    await site.post(BINH, f"{PATH}/xoa", id=1)
    kept = ("binh", "mẫu trả lời: lưu")
    assert site.looks.noted == [
        (*kept, "Xin lỗi", ""),
        (*kept, "Xin lỗi trễ hẹn", ""),
        ("binh", "mẫu trả lời: xóa", "Xin lỗi trễ hẹn", ""),
    ]
    assert "Chưa có mẫu nào" in await site.get(BINH, PATH)


async def test_a_template_with_faults_is_not_kept_and_stays_typed(site: Site) -> None:
    response = await site.post(BINH, PATH, **{**ONE, "noi_dung": "Kính gửi {ten_nguoi_gui}"})
    page = unescape(await response.text())
    assert response.status == 422
    assert "Không có chỗ điền tên {ten_nguoi_gui}" in page
    assert "Kính gửi {ten_nguoi_gui}" in page
    await site.get(TU, PATH, status=403)
