"""Rating how a dossier was handled: by its proven applicant, once there is a result, changeable for a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.dialogue.dossier_memory import noted
from bot.dialogue.effects import RateDossier
from bot.dialogue.flows.dossier_rating import RatingOutside, rating_choices
from bot.dossiers.disclosure import Shown, shown
from bot.dossiers.rating.answers import Agencies, Attitude, Contacts
from bot.dossiers.record import Status
from nlu.understanding import Intent
from tests.bot.dialogue_house import TEXTS, FlowTalk, means
from tests.bot.dossiers.records import BASE, CODE
from tests.bot.messages import NOW
from tests.fakes.applicant import DONE, FakeApplicant


@pytest.fixture
def applicant() -> FakeApplicant:
    return FakeApplicant()


@pytest.fixture
def talk(applicant: FakeApplicant) -> FlowTalk:
    made = FlowTalk()
    made.rating = RatingOutside(applicant, applicant.first_rated)
    return made


def effects(talk: FlowTalk) -> Sequence[object]:
    assert talk.last is not None
    return talk.last.effects


async def test_whoever_asks_to_rate_rates_the_dossier_looked_at_last_or_is_told_how(talk: FlowTalk) -> None:
    assert "người nộp hồ sơ" in await talk.say("tôi muốn đánh giá cách phục vụ", means(Intent.RATE_SERVICE))
    talk.state = noted(talk.state, (CODE,))
    assert "mấy lần" in await talk.say("tôi muốn đánh giá cách phục vụ", means(Intent.RATE_SERVICE))


async def test_three_taps_and_a_remark_make_a_rating(talk: FlowTalk) -> None:
    assert "mấy lần" in await talk.tap(f"do:rate:{CODE}")
    assert "mấy cơ quan" in await talk.press("Một lần")
    assert "Thái độ" in await talk.press("Chỉ bộ phận một cửa")
    assert "nói thêm" in await talk.press("Chưa tốt")
    text = await talk.say("đợi lâu mà không ai báo gì")
    assert "không phải kết quả xếp loại chính thức" in text
    assert "/phananh" in text
    assert effects(talk) == (RateDossier(CODE, Contacts.ONE, Agencies.ONE, Attitude.BAD, "đợi lâu mà không ai báo gì"),)
    assert talk.state.flows == ()


async def test_the_remark_may_be_skipped(talk: FlowTalk) -> None:
    await talk.tap(f"do:rate:{CODE}")
    for title in ("Không lần nào", "Không cơ quan nào (nộp trực tuyến)", "Tốt"):
        await talk.press(title)
    assert "phản ánh" not in await talk.press("Bỏ qua")
    assert effects(talk) == (RateDossier(CODE, Contacts.NONE, Agencies.NONE, Attitude.GOOD),)


@pytest.mark.parametrize(
    ("known", "first", "told"),
    [
        (None, None, "Chỉ người nộp hồ sơ"),
        (shown(BASE), None, "chưa có kết quả"),
        (shown(DONE), NOW - timedelta(days=7), "không đổi được nữa"),
        (shown(DONE), NOW - timedelta(days=6), "mấy lần"),
    ],
)
async def test_it_is_asked_only_where_a_rating_can_be_given(
    talk: FlowTalk, applicant: FakeApplicant, known: Shown | None, first: datetime | None, told: str
) -> None:
    applicant.known, applicant.first = known, first
    assert told in await talk.tap(f"do:rate:{CODE}")


async def test_access_that_ended_meanwhile_rates_nothing(talk: FlowTalk, applicant: FakeApplicant) -> None:
    await talk.tap(f"do:rate:{CODE}")
    for title in ("Không lần nào", "Chỉ bộ phận một cửa", "Tốt"):
        await talk.press(title)
    applicant.known = None
    assert "Chỉ người nộp hồ sơ" in await talk.press("Bỏ qua")
    assert effects(talk) == ()


@pytest.mark.parametrize("payload", ["do:rate", "do:rate:x"])
async def test_a_button_without_a_code_rates_nothing(talk: FlowTalk, payload: str) -> None:
    assert "Chỉ người nộp hồ sơ" in await talk.tap(payload)


@pytest.mark.parametrize("status", list(Status))
def test_the_button_stands_under_results_alone(status: Status) -> None:
    offered = rating_choices(TEXTS, shown(replace(BASE, status=status)))
    assert bool(offered) == (status in {Status.DONE, Status.RETURNED})


async def test_it_speaks_english(talk: FlowTalk) -> None:
    await talk.say("/language english")
    assert "How often" in await talk.tap(f"do:rate:{CODE}")
