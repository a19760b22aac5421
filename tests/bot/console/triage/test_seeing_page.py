from __future__ import annotations

from html import unescape

import pytest

from bot.console.official import Official
from feedback.attachments.store import Attachment
from feedback.tables import draft
from feedback.transitions import Action
from tests.bot.console.triage.site import BINH, CHI, LAN, SENT, TU, Site
from tests.feedback.attachments.samples import pdf
from tests.feedback.records import RULE


async def test_contact_data_open_for_a_reason_that_stands_in_both_logs(site: Site) -> None:
    id = (await site.received()).id
    response = await site.post(LAN, f"/canbo/phan-anh/{id}/lien-he", ly_do="gọi hỏi mã hồ sơ")
    page = unescape(await response.text())
    assert "+84901234567" in page
    assert "Số 1, đường Thử" in page
    assert response.headers["Cache-Control"] == "no-store"
    assert site.looks.noted == [("lan", "phản ánh: thông tin liên hệ", "1/2026", "gọi hỏi mã hồ sơ")]
    async with site.database.read() as session:
        last = (await site.feedback.log.of(session, id))[-1]
    assert (last.entry.action, last.entry.actor, last.why) == (Action.SEE_SENDER, "lan", "gọi hỏi mã hồ sơ")


@pytest.mark.parametrize("what", ["lien-he", "nguyen-van"])
async def test_without_a_reason_nothing_opens(site: Site, what: str) -> None:
    id = (await site.received()).id
    response = await site.post(LAN, f"/canbo/phan-anh/{id}/{what}", ly_do=" ")
    assert response.status == 422
    assert "0901234567" not in await response.text()
    assert not site.looks.noted


@pytest.mark.parametrize(("who", "what"), [(BINH, "lien-he"), (CHI, "nguyen-van"), (TU, "nguyen-van")])
async def test_who_may_not_see_sees_nothing(site: Site, who: Official, what: str) -> None:
    id = (await site.taken()).id
    response = await site.post(who, f"/canbo/phan-anh/{id}/{what}", ly_do="xem")
    assert response.status in (403, 404)
    assert "0901234567" not in await response.text()
    assert not site.looks.noted


async def test_the_words_as_written_and_the_files_open_for_who_handles_a_rule(site: Site) -> None:
    case = await site.taken(suggested=RULE)
    async with site.database.write() as session:
        row = {"id": "d1", "channel": "web", "account": "default", "conversation": "c1", "consent_version": "1"}
        await session.execute(draft.insert().values(row | {"consent_at": SENT, "updated_at": SENT, "expires_at": SENT}))
        kept = await site.feedback.attachments.keep(session, "d1", "đơn của Thử.pdf", pdf(), SENT)
        await site.feedback.attachments.adopt(session, "d1", case.id)
    assert isinstance(kept, Attachment)
    assert "đơn của Thử" not in await site.get(TU, f"/canbo/phan-anh/{case.id}")
    response = await site.post(TU, f"/canbo/phan-anh/{case.id}/nguyen-van", ly_do="xem xét")
    page = unescape(await response.text())
    assert "0901234567" in page
    assert "đơn của Thử.pdf" in page
    path = f"/canbo/phan-anh/{case.id}/tep/{kept.id}"
    file = await site.post(TU, path, ly_do="xem xét")
    assert (await file.read()).startswith(b"%PDF")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert [one[1] for one in site.looks.noted] == ["phản ánh: nguyên văn", "phản ánh: tệp đính kèm"]
    assert (await site.post(TU, path, ly_do="")).status == 422
    assert (await site.post(TU, f"/canbo/phan-anh/{case.id}/tep/00", ly_do="xem")).status == 404
