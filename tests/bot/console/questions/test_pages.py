"""The pages about questions: one key for each, learning in the background, and what was asked in vain by month."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from bot.jobs.job import Job, JobKind
from bot.jobs.running import Progress
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import WAITING, Question, ReviewState, ReviewStore
from nlu.live_model import LiveModel, write_live
from nlu.understanding import Aspect, Intent
from tests.bot.console.conftest import Desk
from tests.factories import NOW
from tests.fakes.console_knowledge import BINH, CHI, OUTSIDER

ASKED = ("làm giấy cho bé", "cưới vợ thì sao", "giá vàng hôm nay")
CANDIDATES = (Kept("1.001193", 0.4), Kept("1.000894", 0.2))


@pytest.fixture
async def asked(desk: Desk) -> dict[str, int]:
    """Three questions that wait, the first one met most often."""
    async with desk.knowledge.work.write() as session:
        store = ReviewStore(session)
        for place, text in enumerate(ASKED):
            one = Sighting(text, Reason.DECLINED, candidates=CANDIDATES, aspects=("fee",))
            await store.note_all([(one, NOW - timedelta(days=31 * place))] * (3 - place))
        return {one.text: one.id for one in await store.find(WAITING)}


async def question(desk: Desk, number: int) -> Question:
    """Read a question."""
    async with desk.knowledge.work.read() as session:
        return await ReviewStore(session).get(number)


def shown(page: str) -> str:
    """The question that a page shows."""
    found = re.search(r'class="asked">([^<]*)<', page)
    return found[1] if found else ""


async def test_one_key_labels_a_question_and_shows_the_next(desk: Desk, asked: dict[str, int]) -> None:
    page = await desk.get("/canbo/cau-hoi")
    assert shown(page) == ASKED[0]
    assert 'value="code:1.001193"' in page
    assert 'data-key="1"' in page
    form = {"do": "code:1.001193", "aspect": "documents"}
    assert shown(await desk.post(f"/canbo/cau-hoi/{asked[ASKED[0]]}", form)) == ASKED[1]
    decided = (await question(desk, asked[ASKED[0]])).decision
    assert (decided.state, decided.code, decided.aspects, decided.by) == (
        ReviewState.ACCEPTED, "1.001193", (Aspect.DOCUMENTS,), "lan",
    )  # fmt: skip


async def test_out_of_scope_skipped_and_nothing_to_learn_are_one_key_too(desk: Desk, asked: dict[str, int]) -> None:
    first, second, third = (f"/canbo/cau-hoi/{asked[text]}" for text in ASKED)
    await desk.post(first, {"do": "outside", "kind": ""})
    await desk.post(second, {"do": "nothing"})
    assert shown(await desk.post(third, {"do": "skip"})) == ASKED[2]
    assert (await question(desk, asked[ASKED[0]])).decision.kind is Intent.OOS_OTHER
    assert (await question(desk, asked[ASKED[1]])).decision.state is ReviewState.REJECTED
    await desk.post(third, {"do": "outside", "kind": "out_of_scope_prices"})
    assert (await question(desk, asked[ASKED[2]])).decision.kind is Intent.OOS_PRICES
    assert "Không còn câu nào chờ" in await desk.get("/canbo/cau-hoi")


async def test_the_last_decision_is_taken_back(desk: Desk, asked: dict[str, int]) -> None:
    number = asked[ASKED[0]]
    page = await desk.post(f"/canbo/cau-hoi/{number}", {"do": "nothing"})
    assert 'data-key="u"' in page
    assert shown(await desk.post(f"/canbo/cau-hoi/{number}", {"do": "undo"})) == ASKED[0]
    assert (await question(desk, number)).decision.state is ReviewState.OPEN


async def test_a_text_that_still_shows_somebody_is_deleted_for_good(desk: Desk, asked: dict[str, int]) -> None:
    await desk.post(f"/canbo/cau-hoi/{asked[ASKED[0]]}", {"do": "delete"})
    assert ASKED[0] not in await desk.get("/canbo/cau-hoi/danh-sach?trangthai=rejected")
    assert shown(await desk.get(f"/canbo/cau-hoi?so={asked[ASKED[0]]}")) == ASKED[1]


async def test_another_procedure_is_searched_without_accents(desk: Desk, asked: dict[str, int]) -> None:
    page = await desk.get(f"/canbo/cau-hoi?so={asked[ASKED[1]]}&q=gia han tam tru")
    assert shown(page) == ASKED[1]
    assert 'value="code:1.004194"' in page
    wrong = await desk.post(f"/canbo/cau-hoi/{asked[ASKED[1]]}", {"do": "code:9.999999"}, status=422)
    assert "không có thủ tục" in wrong


async def test_what_somebody_else_decided_meanwhile_stays(desk: Desk, asked: dict[str, int]) -> None:
    path = f"/canbo/cau-hoi/{asked[ASKED[0]]}"
    await desk.post(path, {"do": "code:1.001193"}, BINH)
    page = await desk.post(path, {"do": "nothing"})
    assert "vừa được người khác quyết định" in page
    assert (await question(desk, asked[ASKED[0]])).decision.by == "binh"


async def test_a_reason_filters_the_list(desk: Desk, asked: dict[str, int]) -> None:
    assert shown(await desk.get("/canbo/cau-hoi?lydo=chose_none")) == ""
    assert shown(await desk.get("/canbo/cau-hoi?lydo=declined")) == ASKED[0]


async def test_training_is_followed_and_never_started_twice(desk: Desk, asked: dict[str, int]) -> None:
    gate = asyncio.Event()

    async def train(job: Job, progress: Progress) -> object:
        await gate.wait()
        return {"model": "nlu-0123456789ab.tar.gz", "learned": 4, "new": True}

    desk.knowledge.works[JobKind.TRAIN] = train
    await desk.post("/canbo/cau-hoi/hoc/huan-luyen", {})
    assert "Đang huấn luyện hoặc" in await desk.post("/canbo/cau-hoi/hoc/dua-vao-dung", {}, BINH, 409)
    gate.set()
    await desk.knowledge.finished()
    assert "có mô hình mới nlu-0123456789ab.tar.gz, học từ 4 câu" in await desk.get("/canbo/cau-hoi/hoc")


async def test_a_promotion_shows_the_figures_before_and_after(desk: Desk) -> None:
    async def promote(job: Job, progress: Progress) -> object:
        worse = {"kind": "answer", "figure": "R@1", "before": 0.8, "after": 0.7, "worse": True}
        same = {"kind": "out_of_scope", "figure": "declined", "before": 0.9, "after": 0.9, "worse": False}
        return {"promoted": "", "refused": "worse than the live model", "changes": [worse, same]}

    desk.knowledge.works[JobKind.PROMOTE] = promote
    await desk.post("/canbo/cau-hoi/hoc/dua-vao-dung", {})
    await desk.knowledge.finished()
    write_live(desk.knowledge.folder / "models", LiveModel("nlu-1.tar.gz", "x", "y", "2026-11-26T01:30:00+00:00"))
    page = await desk.get("/canbo/cau-hoi/hoc")
    assert "nlu-1.tar.gz</b>, đưa vào lúc 08:30 26/11/2026" in page
    assert "kém hơn nên không được đưa vào dùng" in page
    assert '80,0 % → <b>70,0 %</b> <span class="tag bad">kém hơn</span>' in page
    assert "<td>90,0 %</td>" in page


async def test_topics_are_counted_by_month_and_go_into_a_spreadsheet(desk: Desk, asked: dict[str, int]) -> None:
    page = await desk.get("/canbo/cau-hoi/thang")
    assert "Đăng ký khai sinh" in page
    assert ASKED[0] in page
    assert ASKED[1] not in page
    assert "phỏng đoán" in page
    await desk.post(f"/canbo/cau-hoi/{asked[ASKED[0]]}", {"do": "code:1.001193"})
    assert "đã xác nhận" in await desk.get("/canbo/cau-hoi/thang?thang=2026-11")
    table = await desk.get("/canbo/cau-hoi/thang.csv?thang=2026-10")
    assert "2026-10,1.001193,Đăng ký khai sinh,2" in table.lstrip("\ufeff")
    assert "chưa có câu nào" in await desk.get("/canbo/cau-hoi/thang?thang=2020-01")


async def test_an_auditor_reads_and_decides_nothing(desk: Desk, asked: dict[str, int]) -> None:
    for path in ("/canbo/cau-hoi", "/canbo/cau-hoi/danh-sach", "/canbo/cau-hoi/hoc", "/canbo/cau-hoi/thang"):
        assert (await desk.get(path, CHI)).count('<form method="post"') == 1
        await desk.get(path, OUTSIDER, 403)
    await desk.post(f"/canbo/cau-hoi/{asked[ASKED[0]]}", {"do": "nothing"}, CHI, 403)
    await desk.post("/canbo/cau-hoi/hoc/huan-luyen", {}, CHI, 403)
