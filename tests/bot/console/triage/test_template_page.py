from __future__ import annotations

from html import unescape
from urllib.parse import unquote

from tests.bot.console.triage.site import BINH, TU, Site

PATH = "/canbo/phan-anh/mau"
ONE = {"ten": "Xin lỗi", "buoc": "draft", "ve": "conduct", "nhom": "", "noi_dung": "Kính gửi, {don_vi} xin lỗi."}


async def test_templates_are_made_changed_and_deleted(site: Site) -> None:
    await site.post(BINH, PATH, **ONE)
    page = await site.get(BINH, f"{PATH}?sua=1")
    assert "Đang dùng (1)" in page
    assert 'name="id" value="1"' in page
    assert 'name="ban" value="1"' in page
    await site.post(BINH, PATH, **{**ONE, "id": 1, "ban": 1, "ten": "Xin lỗi trễ hẹn"})
    page = await site.get(BINH, PATH)
    assert "Xin lỗi trễ hẹn" in page
    assert "Đang dùng (1)" in page
    for said in ("Đã xóa mẫu.", "Mẫu này không còn"):
        done = await site.post(BINH, f"{PATH}/xoa", id=1)
        assert said in unquote(done.cookies["motcua_canbo_xong"].value)
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


async def test_who_changes_a_template_second_is_told_and_loses_nothing(site: Site) -> None:
    await site.post(BINH, PATH, **ONE)
    await site.post(BINH, PATH, **{**ONE, "id": 1, "ban": 1, "noi_dung": "Bản của người trước."})
    mine = {**ONE, "id": 1, "ban": 1, "noi_dung": "Bản của tôi."}
    response = await site.post(BINH, PATH, **mine)
    page = unescape(await response.text())
    assert response.status == 422
    for words in ("Người khác vừa sửa mẫu này", "Bản của người trước.", "Bản của tôi.", 'name="ban" value="2"'):
        assert words in page
    await site.post(BINH, PATH, **{**mine, "ban": 2})
    assert "Bản của người trước." not in await site.get(BINH, PATH)


async def test_a_template_that_somebody_deleted_meanwhile_is_kept_as_a_new_one(site: Site) -> None:
    await site.post(BINH, PATH, **ONE)
    await site.post(BINH, f"{PATH}/xoa", id=1)
    response = await site.post(BINH, PATH, **{**ONE, "id": 1, "ban": 1, "noi_dung": "Bản của tôi."})
    page = unescape(await response.text())
    assert response.status == 422
    assert "Người khác vừa xóa mẫu này" in page
    assert 'name="id" value="0"' in page
    assert "Bản của tôi." in page
    assert "Không có mẫu này" in unescape(await site.get(BINH, f"{PATH}?sua=1", status=422))
