from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from bot.console.triage.pages import FORMS
from feedback.beside.template_store import Template
from feedback.record import Status
from feedback.transitions import Action
from tests.bot.console.triage.site import BINH, JUSTICE, LAN, MAI, TU, Site
from tests.fakes.console import NOW
from tests.feedback.desk import ADMIN


def test_every_step_has_an_address_and_a_key_of_its_own() -> None:
    slugs, keys = [one.slug for one in FORMS], [one.key for one in FORMS]
    assert len(set(slugs)) == len(FORMS)
    assert len(set(keys)) == len(FORMS)
    assert not set(keys) & {"j", "k", "x", "?", "a", "n", "u", "p", "l", "."}


async def test_a_case_goes_through_the_house_by_its_forms(site: Site) -> None:
    id = (await site.received(certain=False)).id
    await site.does(LAN, id, "phan-loai", loai="conduct", ve="conduct", nhom="1", co_quan=JUSTICE, thu_tuc="1.001193")
    assert await site.status(id) is Status.RECEIVED
    assert (await site.now(id)).matter.procedure_name == "Đăng ký khai sinh"
    gone = await site.does(LAN, id, "giao", don_vi=JUSTICE, nguoi="tu")
    assert gone.headers["Location"] == "/canbo/phan-anh"
    await site.does(TU, id, "giao", don_vi=JUSTICE, nguoi="mai")
    assert (await site.now(id)).officer == "mai"
    await site.does(MAI, id, "tra-loi", ket_qua="conduct_found", noi_dung="Đã trả kết quả và xin lỗi.")
    assert "Đã trả kết quả và xin lỗi." in await site.get(BINH, f"/canbo/phan-anh/{id}/lam/duyet")
    await site.does(BINH, id, "duyet", cong_khai="1")
    assert await site.status(id) is Status.AWAITING_PUBLICATION


@pytest.mark.parametrize(
    ("step", "typed", "status"),
    [
        ("chuyen", {"ma": "G10", "ten": "Bộ Tư pháp", "ly_do": "thuộc Bộ"}, Status.FORWARDED),
        ("bo-sung", {"noi_dung": "Xin cho biết mã hồ sơ."}, Status.NEEDS_SUPPLEMENT),
        ("khong-nhan", {"yeu_cau": "content", "noi_dung": "Không rõ việc gì."}, Status.NOT_RECEIVED),
        ("huong-dan", {"loai": "khieu_nai", "noi_dung": "Gửi đơn khiếu nại đến Chủ tịch."}, Status.OUT_OF_SCOPE),
    ],
)
async def test_what_is_not_for_this_house_ends_with_a_reason(
    site: Site, step: str, typed: dict[str, str], status: Status
) -> None:
    id = (await site.received()).id
    await site.does(LAN, id, step, **typed)
    assert await site.status(id) is status


async def test_two_cases_lead_to_each_other_once_they_are_merged_or_split(site: Site) -> None:
    one, other = (await site.received(who="c1")).id, (await site.received(who="c2")).id
    assert "Phản ánh giống nhất" in await site.get(LAN, f"/canbo/phan-anh/{other}/lam/gop")
    await site.does(LAN, other, "gop", so="1/2026", ly_do="cùng việc")
    assert f'/canbo/phan-anh/{other}">số 2/2026' in await site.get(LAN, f"/canbo/phan-anh/{one}")
    await site.does(
        LAN,
        one,
        "tach",
        noi_dung="Ngoài ra phí thu cao hơn bảng niêm yết.",
        loai="content",
        ve="content",
        ly_do="hai việc",
    )
    page = await site.get(LAN, f"/canbo/phan-anh/{one}")
    assert "số 3/2026" in page


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("tra-loi", {"ket_qua": "conduct_found", "noi_dung": ""}, "Hãy ghi nội dung trả lời"),
        ("tra-loi", {"ket_qua": "", "noi_dung": "giữ lại lời này"}, "Hãy chọn kết quả"),
        ("tra-loi", {"ket_qua": "explain", "noi_dung": "giữ lại {han_tra_loi}"}, "Còn chỗ chưa điền"),
        ("tieu-chi", {"co_so": "du", "necessity": "dat", "necessity_vi": "giữ lại"}, "“Tính khả thi” chưa có kết luận"),
        ("giao", {"don_vi": "H48.1", "nguoi": "tu", "ly_do": "giữ lại"}, "không thuộc đơn vị đã chọn"),
        ("giao", {"don_vi": JUSTICE, "nguoi": "lan", "ly_do": "giữ lại"}, "Không có người xử lý này"),
        ("giao", {"don_vi": "H48.1", "nguoi": "", "ly_do": ""}, "phải ghi lý do"),
    ],
)
async def test_what_cannot_be_done_is_said_and_what_was_typed_stays(
    site: Site, step: str, typed: dict[str, str], said: str
) -> None:
    case = await site.taken()
    response = await site.post(TU, f"/canbo/phan-anh/{case.id}/lam/{step}", ban=case.revision, **typed)
    page = unescape(await response.text())
    assert response.status == 422
    assert said in page
    assert "giữ lại" in page or "giữ lại" not in "".join(typed.values())


async def test_who_saves_second_sees_both_texts_and_overwrites_nothing(site: Site) -> None:
    case = await site.taken()
    path, first = f"/canbo/phan-anh/{case.id}/lam/tra-loi", case.revision
    await site.does(MAI, case.id, "tra-loi", ket_qua="conduct_found", noi_dung="Bản của chị Mai.")
    response = await site.post(TU, path, ban=first, ket_qua="conduct_found", noi_dung="Bản của anh Tú.")
    page = unescape(await response.text())
    assert response.status == 409
    for one in ("Bản của chị Mai.", "Bản của anh Tú.", "Lê Thị Mai: soạn trả lời", f'name="ban" value="{first + 1}"'):
        assert one in page
    again = await site.post(TU, path, ban=first + 1, ket_qua="conduct_found", noi_dung="Bản của anh Tú.")
    assert again.status == 303


async def test_a_template_is_filled_in_by_one_key_behind_what_was_typed(site: Site) -> None:
    case = await site.taken()
    kept = Template("Xin lỗi", Action.DRAFT, "{don_vi} xin lỗi về phản ánh số {so_vao_so}, hẹn {han_tra_loi}.")
    async with site.database.write() as session:
        await site.desk.beside.templates.put(session, ADMIN, kept, NOW)
    page = await site.get(TU, f"/canbo/phan-anh/{case.id}/lam/tra-loi")
    assert 'data-key="1"' in page
    response = await site.post(TU, f"/canbo/phan-anh/{case.id}/lam/tra-loi", mau=1, noi_dung="Kính gửi anh,")
    text = unescape(await response.text())
    assert response.status == 200
    assert "Kính gửi anh,\n\nSở Tư pháp xin lỗi về phản ánh số 1/2026, hẹn 17/12/2026." in text
    assert await site.status(case.id) is Status.IN_REVIEW


async def test_the_own_last_step_is_taken_back_within_a_minute(site: Site) -> None:
    id = (await site.received()).id
    await site.does(LAN, id, "phan-loai", loai="content", ve="content", co_quan="")
    assert "còn <b data-count>60</b> giây" in await site.get(LAN, f"/canbo/phan-anh/{id}")
    back = await site.post(LAN, f"/canbo/phan-anh/{id}/hoan-tac")
    assert back.status == 303
    assert (await site.now(id)).border == "conduct"
    await site.does(LAN, id, "phan-loai", loai="content", ve="content", co_quan="")
    site.console.now = NOW + timedelta(seconds=61)
    assert "Hoàn tác bước vừa làm" not in await site.get(LAN, f"/canbo/phan-anh/{id}")
    late = await site.post(LAN, f"/canbo/phan-anh/{id}/hoan-tac")
    assert late.status == 409
    assert "Đã quá 1 phút" in unescape(await late.text())


async def test_what_left_the_house_and_what_others_did_is_not_offered_to_be_taken_back(site: Site) -> None:
    case = await site.taken()
    assert (await site.post(TU, f"/canbo/phan-anh/{case.id}/hoan-tac")).status == 409
    await site.does(TU, case.id, "bo-sung", noi_dung="Mã hồ sơ?")
    assert "Hoàn tác bước" not in await site.get(TU, f"/canbo/phan-anh/{case.id}")


async def test_one_answer_goes_to_all_who_wrote_about_the_same(site: Site) -> None:
    first, second = await site.drafted(who="c1"), await site.taken(who="c2")
    page = await site.get(BINH, f"/canbo/phan-anh/{first.id}/lam/duyet")
    assert "Trả lời chung" in page
    await site.does(BINH, first.id, "duyet", cung=[second.id])
    assert [await site.status(one.id) for one in (first, second)] == [Status.DECIDED, Status.DECIDED]


async def test_nobody_approves_what_they_drafted(site: Site) -> None:
    both = TU.__class__("tu", "Tú", JUSTICE, TU.roles | BINH.roles)
    case = await site.drafted()
    response = await site.post(both, f"/canbo/phan-anh/{case.id}/lam/duyet", ban=case.revision)
    assert response.status == 422
    assert "bốn mắt" in unescape(await response.text())


async def test_a_step_that_does_not_fit_or_is_none_says_so(site: Site) -> None:
    id = (await site.received()).id
    assert "“Đã vào sổ”" in await site.get(LAN, f"/canbo/phan-anh/{id}/lam/duyet", status=409)
    await site.get(LAN, f"/canbo/phan-anh/{id}/lam/bay", status=404)
