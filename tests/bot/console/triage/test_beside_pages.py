from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

from bot.channels.contract import Inbound, InboundKind, NativeCall, Ref
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.sealing import Sealing
from bot.delivery.tables import inbox, outbox
from feedback.record import Status
from tests.bot.console.triage.site import BINH, LAN, MAI, SENT, TU, Site
from tests.fakes.console import NOW
from tests.feedback.records import RULE


async def test_a_private_note_is_kept_apart_from_the_answer(site: Site) -> None:
    case = await site.taken()
    path = f"/canbo/phan-anh/{case.id}"
    await site.post(TU, f"{path}/ghi-chu", noi_dung="chờ phòng hộ tịch")
    page = await site.get(MAI, path)
    assert "chờ phòng hộ tịch" in page
    assert "Xóa ghi chú" not in page
    assert "Xóa ghi chú" in await site.get(TU, path)
    assert (await site.post(TU, f"{path}/ghi-chu/xoa", id="9" * 30)).status < 400
    await site.post(TU, f"{path}/ghi-chu/xoa", id=1)
    assert "chờ phòng hộ tịch" not in await site.get(MAI, path)
    assert (await site.post(TU, f"{path}/ghi-chu", noi_dung=" ")).status == 422
    assert (await site.post(LAN, f"{path}/ghi-chu", noi_dung="x")).status == 404


async def test_a_note_that_is_too_long_is_refused_with_what_was_typed_and_the_limit(site: Site) -> None:
    case = await site.taken()
    response = await site.post(TU, f"/canbo/phan-anh/{case.id}/ghi-chu", noi_dung="chữ " * 1001)
    page = await response.text()
    assert response.status == 422
    assert "không dài quá 4.000 ký tự" in page
    assert "tối đa 4000 ký tự" in page
    assert "chữ chữ chữ" in page


async def test_a_note_that_is_not_there_is_said_to_be_so(site: Site) -> None:
    case = await site.taken()
    for id, said in ((1, "Đã xóa ghi chú."), (1, "Ghi chú này không còn")):
        if said.startswith("Đã"):
            await site.post(TU, f"/canbo/phan-anh/{case.id}/ghi-chu", noi_dung="x")
        done = await site.post(TU, f"/canbo/phan-anh/{case.id}/ghi-chu/xoa", id=id)
        assert said in unquote(done.cookies["motcua_canbo_xong"].value)


async def test_colleagues_see_who_has_a_case_open_and_who_types(site: Site) -> None:
    case = await site.taken()
    path = f"/canbo/phan-anh/{case.id}"
    assert "cũng đang mở" not in await site.get(TU, path)
    assert "Trần Văn Tú cũng đang mở phản ánh này" in await site.get(MAI, path)
    await site.get(TU, f"{path}/lam/tra-loi")
    assert "Trần Văn Tú đang soạn trên phản ánh này" in await site.get(MAI, path)
    told = await (await site.post(BINH, f"{path}/dang-xem", go="1")).json()
    assert "Trần Văn Tú đang soạn" in told["said"]
    assert told["revision"] == case.revision
    site.console.now = NOW + timedelta(minutes=2)
    assert "Trần Văn Tú" not in (await (await site.post(MAI, f"{path}/dang-xem")).json())["said"]
    assert (await site.post(LAN, f"{path}/dang-xem")).status == 404


async def test_the_talk_around_the_submission_stands_beside_it_masked(site: Site) -> None:
    case = await site.received()
    await said(site, "c1", "Số của tôi là 0901234567, giấy khai sinh trễ hẹn", "Anh/chị cho biết mã hồ sơ nhé.")
    page = await site.get(LAN, f"/canbo/phan-anh/{case.id}")
    assert "giấy khai sinh trễ hẹn" in page
    assert "Anh/chị cho biết mã hồ sơ nhé." in page
    assert "0901234567" not in page
    assert "đã được xóa" not in page


async def test_what_retention_took_from_the_talk_is_said_plainly(site: Site) -> None:
    case = await site.received()
    assert "Lời trong hội thoại đã được xóa theo thời hạn lưu." in await site.get(LAN, f"/canbo/phan-anh/{case.id}")
    await said(site, "c1", None, "Xin chào.")
    page = await site.get(LAN, f"/canbo/phan-anh/{case.id}")
    assert "Một phần hội thoại đã được xóa" in page
    assert "Xin chào." in page


async def test_no_talk_is_shown_of_paper_or_to_whom_the_sender_is_hidden_from(site: Site) -> None:
    paper, hidden = await site.received(where=None), await site.taken(who="c2")
    rule = await site.taken(who="c3", suggested=RULE)
    assert "Hội thoại" not in await site.get(LAN, f"/canbo/phan-anh/{paper.id}")
    assert "Hội thoại" not in await site.get(TU, f"/canbo/phan-anh/{hidden.id}")
    assert "Hội thoại" in await site.get(TU, f"/canbo/phan-anh/{rule.id}")


async def said(site: Site, who: str, citizen: str | None, assistant: str) -> None:
    """Put a line of either side into the delivery's tables."""
    sealing, ref = Sealing(AesGcmCipher("e" * 40)), Ref("web", "default", who)
    one = Inbound(ref, "m1", InboundKind.TEXT, SENT, citizen or "")
    place = {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}
    came = {"message_id": "m1", "received_at": SENT, "state": "done", "recoveries": 0, "finished_at": SENT}
    went = {"key": "1.0", "created_at": SENT, "state": "held", "attempts": 0}
    async with site.database.write() as session:
        body = sealing.inbound(one) if citizen is not None else None
        await session.execute(inbox.insert().values(**place, **came, body=body))
        call = sealing.call(NativeCall("reply", {"text": assistant}), "1.0")
        await session.execute(outbox.insert().values(**place, **went, body=call))


async def test_a_number_that_no_row_can_have_names_none(site: Site) -> None:
    case = await site.received()
    many = "9" * 40
    assert (await site.post(LAN, f"/canbo/phan-anh/{case.id}/ghi-chu/xoa", id=many)).status == 303
    assert (await site.post(LAN, "/canbo/phan-anh/bo-loc/xoa", id=many)).status == 303
    assert (await site.post(LAN, f"/canbo/phan-anh/{case.id}/lam/gop", ban=case.revision, giong=many)).status == 422
    answered = (await site.drafted(who="c2")).id
    await site.does(BINH, answered, "duyet", cung=[many])
    assert await site.status(answered) is Status.DECIDED
