from __future__ import annotations

from html import unescape

import pytest

from bot.console.official import Official
from feedback.record import Consent, Status
from tests.bot.console.triage.site import BINH, CHI, JUSTICE, LAN, TU, Site
from tests.feedback.records import NOW

PATH = "/canbo/phan-anh/hang-loat"


async def bans(site: Site, *ids: int) -> dict[str, int]:
    """The revisions, as the form has them."""
    return {f"ban_{id}": (await site.now(id)).revision for id in ids}


async def page_of(site: Site, who: Official, **typed: object) -> str:
    response = await site.post(who, PATH, **typed)
    text = unescape(await response.text())
    assert response.status == 200, text
    return text


async def test_many_are_given_at_once_and_one_summary_says_what_did_not_work_and_why(site: Site) -> None:
    good, taken = (await site.received(who="c1")).id, (await site.taken(who="c2")).id
    doubtful = (await site.received(who="c3", certain=False)).id
    moved = (await site.received(who="c4")).id
    form = await page_of(site, LAN, viec="giao", chon=[good, taken, doubtful, moved])
    assert "Giao xử lý: 3 phản ánh" in form
    assert "Số 2/2026: Không có phản ánh này" in form
    revisions = await bans(site, good, doubtful, moved) | {f"ban_{moved}": 99}
    done = await page_of(site, LAN, viec="giao", lam=1, chon=[good, doubtful, moved], don_vi=JUSTICE, **revisions)
    assert "xong 1 trên 3" in done
    assert "Số 3/2026</a>: Chưa rõ là phản ánh gì" in done
    assert "Số 4/2026</a>: Người khác vừa thay đổi" in done
    assert [await site.status(one) for one in (good, doubtful)] == [Status.IN_REVIEW, Status.NEEDS_TRIAGE]


async def test_many_are_classified_and_each_keeps_its_agency(site: Site) -> None:
    ids = [(await site.received(who=f"c{number}")).id for number in range(2)]
    await page_of(
        site, LAN, viec="phan-loai", lam=1, chon=ids, loai="content", ve="content", nhom="2", **await bans(site, *ids)
    )
    for one in ids:
        case = await site.now(one)
        assert (case.border, case.category, case.matter.agency) == ("content", 2, JUSTICE)


async def test_many_are_approved_and_then_published_each_looked_through(site: Site) -> None:
    agreed = Consent("2026-11", NOW, publish=True)
    ids = [(await site.drafted(who=f"c{number}", consent=agreed)).id for number in range(2)]
    form = await page_of(site, BINH, viec="duyet", chon=ids)
    assert form.count("Sở đã nhắc nhở bộ phận một cửa") == 2
    await page_of(site, BINH, viec="duyet", lam=1, chon=ids, cong_khai=1, **await bans(site, *ids))
    form = await page_of(site, CHI, viec="cong-khai", chon=ids)
    assert form.count("Tôi là […], số […]") == 2
    typed = {f"hoi_{ids[0]}": "Hồ sơ trễ hẹn.", f"hoi_{ids[1]}": "Ông Nguyễn Văn Thử bị trễ hẹn."}
    typed |= {f"dap_{one}": "Đã trả kết quả." for one in ids}
    done = await page_of(site, CHI, viec="cong-khai", lam=1, chon=ids, **typed, **await bans(site, *ids))
    assert "xong 1 trên 2" in done
    assert "vẫn còn thông tin của người gửi" in done
    assert [await site.status(one) for one in ids] == [Status.PUBLISHED, Status.AWAITING_PUBLICATION]


@pytest.mark.parametrize(
    ("who", "typed", "said"),
    [
        (LAN, {"viec": "giao"}, "Chưa chọn phản ánh nào"),
        (LAN, {"viec": "bay", "chon": [1]}, "Hãy chọn việc"),
        (LAN, {"viec": "giao", "chon": list(range(1, 60))}, "chỉ làm được với 50"),
        (TU, {"viec": "duyet", "chon": [1]}, "Vai trò của bạn"),
    ],
)
async def test_what_cannot_be_done_with_many_is_said(
    site: Site, who: Official, typed: dict[str, object], said: str
) -> None:
    response = await site.post(who, PATH, **typed)
    assert response.status in (403, 422)
    assert said in unescape(await response.text())
