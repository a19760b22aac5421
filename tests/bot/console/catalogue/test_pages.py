"""The catalogue's pages: who may see what, from an edit to the citizens' answer and back."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import FormData

from bot.jobs.job import Job, JobKind
from bot.jobs.running import Progress
from tests.bot.console.conftest import Desk, form_of
from tests.fakes.console_knowledge import BINH, CHI, LAN, OUTSIDER

CODE = "1.001193"
EDIT = f"/canbo/thu-tuc/{CODE}/sua"
SOURCE = {"all_source": "Quyết định 12/QĐ-UBND", "all_as_of": "15/10/2026", "why": "Theo quyết định mới"}


async def propose(desk: Desk, **typed: str) -> None:
    """Propose a changed result as Lan."""
    form = form_of(await desk.get(EDIT))
    await desk.post(EDIT, {**form, **SOURCE, "result": "Bản điện tử", **typed})


async def answered(desk: Desk) -> str:
    """What the assistant says that one gets."""
    await desk.knowledge.finished()
    found = await desk.knowledge.live.get(CODE)
    assert found is not None
    return found.result


async def test_an_edit_is_live_after_a_second_person_and_rolled_back_again(desk: Desk) -> None:
    await propose(desk)
    page = await desk.get("/canbo/thu-tuc/de-nghi/2")
    assert "<b>Bỏ:</b>Giấy khai sinh" in page
    assert "<b>Thêm:</b>Bản điện tử" in page
    assert "<b>Thêm:</b>Kết quả: Quyết định 12/QĐ-UBND, tính đến 15/10/2026" in page
    assert "người khác phải duyệt" in page
    assert "/duyet" not in page

    assert "không tự duyệt được" in await desk.post("/canbo/thu-tuc/de-nghi/2/duyet", {}, LAN, 409)
    assert "chưa được người thứ hai duyệt" in await desk.post("/canbo/thu-tuc/de-nghi/2/cong-bo", {}, BINH, 409)
    await desk.post("/canbo/thu-tuc/de-nghi/2/duyet", {"note": "Đúng"}, BINH)
    await desk.post("/canbo/thu-tuc/de-nghi/2/cong-bo", {}, LAN)
    assert await answered(desk) == "Bản điện tử"
    record = await desk.get(f"/canbo/thu-tuc/{CODE}")
    assert "Quyết định 12/QĐ-UBND, tính đến 15/10/2026" in record
    assert "Nguồn riêng" in record

    await desk.post("/canbo/thu-tuc/ban/quay-lai", {"live": "1", "why": "x"}, BINH, 409)
    await desk.post("/canbo/thu-tuc/ban/quay-lai", {"live": "2", "why": "Sai"}, BINH)
    assert await answered(desk) == "Giấy khai sinh"
    assert "Đã rút" in await desk.get("/canbo/thu-tuc/ban")
    assert "Sau đó đã rút" in await desk.get("/canbo/thu-tuc/de-nghi/2")
    assert [one[:3] for one in desk.knowledge.audit.noted] == [
        ("lan", "Đề nghị sửa thủ tục", "2"),
        ("binh", "Duyệt đề nghị danh mục", "2"),
        ("lan", "Công bố danh mục", "2"),
        ("binh", "Quay lại bản danh mục", "2"),
    ]


async def test_nothing_typed_is_lost_when_something_is_wrong(desk: Desk) -> None:
    form = form_of(await desk.get(EDIT))
    typed = {**form, "result": "Bản <mới>", "p0_0_originals": "hai", "why": ""}
    page = await desk.post(EDIT, typed, status=422)
    assert "Bản &lt;mới&gt;" in page
    assert "đang ghi “hai”" in page
    assert "Ghi lý do thay đổi" in page
    assert "“Kết quả” đã đổi: ghi văn bản" in page
    more = await desk.post(EDIT, {**typed, "do": "more"})
    assert "Bản &lt;mới&gt;" in more
    assert more.count("_name") > page.count("_name")


async def test_a_record_changed_meanwhile_keeps_what_was_typed_and_overwrites_nothing(desk: Desk) -> None:
    form = form_of(await desk.get(EDIT))
    typed = {**form, **SOURCE, "result": "Của người chậm", "opened": "of the record before"}
    page = await desk.post(EDIT, typed, BINH, 409)
    assert "vừa được người khác đổi" in page
    assert "Của người chậm" in page
    await desk.get("/canbo/thu-tuc/de-nghi/2", status=404)


async def test_an_edit_that_changes_nothing_is_no_proposal(desk: Desk) -> None:
    form = form_of(await desk.get(EDIT))
    assert "Chưa có gì khác" in await desk.post(EDIT, {**form, **SOURCE}, status=422)


async def test_a_replay_tells_which_answers_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.replaying.labelled", lambda root, accepted: [])
    await propose(desk)
    await desk.post("/canbo/thu-tuc/de-nghi/2/chay-thu", {})
    await desk.knowledge.finished()
    page = await desk.get("/canbo/thu-tuc/de-nghi/2")
    assert "câu trả lời đổi</b>" in page
    assert "Trước:" in page
    assert "Bản điện tử" in page[page.index("chaythu") :]


async def test_an_abolished_procedure_is_proposed_to_go(desk: Desk) -> None:
    assert "quyết định bãi bỏ" in await desk.post(f"/canbo/thu-tuc/{CODE}/bo", {"why": ""}, status=422)
    page = await desk.post(f"/canbo/thu-tuc/{CODE}/bo", {"why": "QĐ 99/QĐ-BTP, 01/11/2026"})
    assert "Thêm 0, bỏ 1, sửa 0 thủ tục" in page
    assert f"<b>Bỏ:</b>{CODE} Đăng ký khai sinh" in page


async def test_a_proposal_is_sent_back_with_a_reason(desk: Desk) -> None:
    await propose(desk)
    assert "Ghi lý do" in await desk.post("/canbo/thu-tuc/de-nghi/2/tra-lai", {"note": ""}, BINH, 422)
    assert "Thiếu nguồn" in await desk.post("/canbo/thu-tuc/de-nghi/2/tra-lai", {"note": "Thiếu nguồn"}, BINH)
    assert "quyết định rồi" in await desk.post("/canbo/thu-tuc/de-nghi/2/tra-lai", {"note": "x"}, BINH, 409)


@pytest.mark.parametrize("words", ["dang ky ket hon", "KẾT HÔN", "1.000894"])
async def test_procedures_are_found_without_accents_and_by_code(desk: Desk, words: str) -> None:
    page = await desk.get(f"/canbo/thu-tuc?q={words}")
    assert "1.000894" in page
    assert "2.000181" not in page


async def test_filters_count_what_is_incomplete_and_bare(desk: Desk) -> None:
    page = await desk.get("/canbo/thu-tuc?loc=listing")
    assert "2.000181" in page
    assert CODE not in page
    assert "Thiếu phần bắt buộc (7)" in page
    assert "0 trong 7 thủ tục có chi tiết (0,0 %) đủ cả 7 phần" in page
    record = await desk.get(f"/canbo/thu-tuc/{CODE}")
    assert "Thiếu: Đối tượng thực hiện" in record
    assert "Chưa có trong danh mục" in record


async def test_what_is_switched_off_is_not_answered_until_somebody_switches_it_on(desk: Desk) -> None:
    form = {"code": CODE, "aspect": "fee", "reason": "Nghị quyết mới", "until": "15/12/2026"}
    await desk.post("/canbo/thu-tuc/ngung", form)
    await desk.knowledge.finished()
    found = await desk.knowledge.live.get(CODE)
    assert found is not None
    assert found.withholds("fee")
    assert "Nghị quyết mới" in await desk.get(f"/canbo/thu-tuc/{CODE}")
    assert "đang tạm ngừng rồi" in await desk.post("/canbo/thu-tuc/ngung", form, BINH, 409)
    await desk.post("/canbo/thu-tuc/ngung/1/mo", {}, BINH)
    await desk.knowledge.finished()
    back = await desk.knowledge.live.get(CODE)
    assert back is not None
    assert not back.withheld


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("code", "9.999999", "không có thủ tục"), ("until", "32/12/2026", "Không có ngày"), ("until", "01/01/2026", "từ hôm nay"), ("reason", "", "Ghi lý do")],
)  # fmt: skip
async def test_switching_off_says_what_is_wrong(desk: Desk, field: str, value: str, said: str) -> None:
    form = {"code": CODE, "aspect": "", "reason": "Rà soát", "until": "15/12/2026", field: value}
    assert said in await desk.post("/canbo/thu-tuc/ngung", form, status=422)


async def test_the_notice_board_has_every_part_its_source_and_a_qr_code(desk: Desk) -> None:
    page = await desk.get(f"/canbo/thu-tuc/{CODE}/niem-yet", CHI)
    assert "<svg" in page
    assert "https://motcua.example/z/1-001193" in page
    assert "Tờ khai đăng ký khai sinh" in page
    assert "Cổng Dịch vụ công quốc gia, tính đến 06/2026" in page
    assert "style=" not in page


async def test_codes_are_joined_into_one_service_in_the_background(desk: Desk) -> None:
    asked: list[Job] = []

    async def family(job: Job, progress: Progress) -> object:
        asked.append(job)
        return None

    desk.knowledge.works[JobKind.FAMILY] = family
    assert "Mã này đứng riêng" in await desk.get("/canbo/thu-tuc/nhom?ma=2.001000")
    form = {"code": "2.001000", "change": "join", "with": "2.001001", "note": "Chỉ khác quy mô"}
    await desk.post("/canbo/thu-tuc/nhom", form)
    await desk.knowledge.finished()
    assert (asked[0].about, json.loads(asked[0].asked)["with"], asked[0].by) == ("2.001000", "2.001001", "lan")
    assert "không được" in await desk.post("/canbo/thu-tuc/nhom", {**form, "with": "2.001000"}, status=422)
    assert "Ghi lý do" in await desk.post("/canbo/thu-tuc/nhom", {**form, "note": ""}, status=422)


def file_form(name: str, content: bytes, note: str = "Bản chụp tháng 11") -> FormData:
    """A form with a file."""
    form = FormData({"note": note})
    form.add_field("file", content, filename=name)
    return form


async def test_a_file_becomes_a_proposal_with_what_was_found_in_it(desk: Desk) -> None:
    row = {"code": CODE, "name": "Đăng ký khai sinh", "source": "Cổng, 11/2026", "detail": "full", "result": "Bản mới"}
    lines = "\n".join([json.dumps(row, ensure_ascii=False), "{broken"])
    await desk.post("/canbo/thu-tuc/nhap", file_form("../../xa.jsonl", lines.encode()))
    await desk.knowledge.finished()
    assert "Xem đề nghị 2" in await desk.get("/canbo/thu-tuc/nhap")
    page = await desk.get("/canbo/thu-tuc/de-nghi/2")
    assert "xa.jsonl" in page
    assert "Bị loại" in page
    assert not list(desk.knowledge.folder.glob("uploads/*"))


async def test_a_file_that_holds_nothing_says_why(desk: Desk) -> None:
    await desk.post("/canbo/thu-tuc/nhap", file_form("x.csv", b"a,b\n1,2\n"))
    await desk.knowledge.finished()
    assert "không đọc được tệp x.csv" in await desk.get("/canbo/thu-tuc/nhap")
    assert "phải có đuôi" in await desk.post("/canbo/thu-tuc/nhap", file_form("x.exe", b"x"), status=422)
    assert "Chọn một tệp" in await desk.post("/canbo/thu-tuc/nhap", {"note": "x"}, status=422)


async def test_a_job_is_followed_and_stopped(desk: Desk) -> None:
    async def slow(job: Job, progress: Progress) -> object:
        progress.say("Đang làm", 2, 5)
        await asyncio.sleep(60)
        return None

    desk.knowledge.works[JobKind.REPLAY] = slow
    await propose(desk)
    await desk.post("/canbo/thu-tuc/de-nghi/2/chay-thu", {})
    assert "Đang có một việc" in await desk.post("/canbo/thu-tuc/de-nghi/2/chay-thu", {}, BINH, 409)
    assert "data-job" in await desk.get("/canbo/thu-tuc/de-nghi/2")
    told = json.loads(await desk.get("/canbo/viec/1"))
    assert told["running"] is True
    back = await desk.post("/canbo/viec/1/dung", {"ve": "//evil.example/"}, status=404)
    assert "evil" not in back
    await desk.knowledge.finished()
    assert json.loads(await desk.get("/canbo/viec/1"))["running"] is False
    assert "đã dừng" in await desk.get("/canbo/thu-tuc/de-nghi/2")


READ = (
    "/canbo/thu-tuc",
    f"/canbo/thu-tuc/{CODE}",
    "/canbo/thu-tuc/de-nghi",
    "/canbo/thu-tuc/de-nghi/2",
    "/canbo/thu-tuc/ngung",
    "/canbo/thu-tuc/nhom",
    "/canbo/thu-tuc/ban",
)


async def test_an_auditor_reads_everything_and_changes_nothing(desk: Desk) -> None:
    await propose(desk)
    for path in READ:
        page = await desk.get(path, CHI)
        assert page.count('<form method="post"') == 1, path  # signing out
        await desk.get(path, OUTSIDER, 403)
    for path in (
        EDIT,
        "/canbo/thu-tuc/ngung",
        "/canbo/thu-tuc/de-nghi/2/duyet",
        "/canbo/thu-tuc/nhap",
        "/canbo/viec/1/dung",
    ):
        await desk.post(path, {}, CHI, 403)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/canbo/thu-tuc/9.999999", "không có thủ tục mã này"),
        ("/canbo/thu-tuc/de-nghi/1", "Không có đề nghị này"),
        ("/canbo/thu-tuc/de-nghi/99", "Không có đề nghị này"),
        ("/canbo/viec/7", "Không có việc này"),
    ],
)
async def test_what_is_not_there_is_said(desk: Desk, path: str, said: str) -> None:
    assert said in await desk.get(path, status=404)
