"""Whole conversations, as tables that anybody can read: on the starter catalogue, with the search alone (no Rasa)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue.feedback_ports import Item, Reception
from bot.dialogue.flows.batch import Business
from bot.dialogue.flows.dossier_rating import RatingOutside
from bot.dialogue.state import ConversationState
from bot.dossiers.disclosure import shown
from bot.dossiers.organisations.overview import Group, Row, overview
from bot.postal.office import Near
from bot.postal.option import Options
from bot.postal.quote import NoQuote
from feedback.suggesting import NamedProcedure
from tests.bot.dialogue.scripted import CHANNELS, FOLDER, Screen, Script, Torn, Turn, scripts, starter
from tests.bot.dialogue_house import FlowTalk, Talk
from tests.bot.dossiers.records import BASE
from tests.bot.messages import ref
from tests.fakes.applicant import FakeApplicant
from tests.fakes.feedback import RECEIVING
from tests.fakes.organisations import FakeOutline, FakeUploads
from tests.fakes.post import OFFICE, PLAIN_OFFICE, REFUSED, UNKNOWN
from tests.fakes.procedures import FakeCatalogue

BUSINESS = overview(
    (
        Row("H48.30.02-261117-0100", Group.LATE, -5, shown(BASE)),
        Row("H48.30.02-261117-0101", Group.ON_TIME, 9, shown(BASE)),
        Row("H48.30.02-261117-0999", Group.OTHER),
    )
)
QUESTIONS = [pytest.param(script, id=name) for name, script in scripts(FOLDER)]
FLOWS = [pytest.param(script, id=name) for name, script in scripts(FOLDER / "flows")]


def check(talk: Talk, turn: Turn, text: str, at: str, usual: str = "") -> None:
    """Compare what is seen with what must be."""
    outcome = turn.outcome or usual
    assert outcome in ("", talk.outcome), f"{at}: {talk.outcome}: {text}"
    assert turn.procedure in ("", talk.state.procedure), f"{at}: {talk.state.procedure}: {text}"
    assert bool(talk.replies) is not turn.silent, f"{at}: {text}"
    place = 0
    for part in turn.has:
        place = text.find(part, place)
        assert place >= 0, f"{at}: no {part!r} (in order) in: {text}"
    assert [part for part in turn.hasnt if part in text] == [], f"{at}: {text}"
    shown = {choice.title for reply in talk.replies for choice in reply.choices}
    assert set(turn.buttons) <= shown, f"{at}: {shown}"
    assert not set(turn.no_buttons) & shown, f"{at}: {shown}"
    check_feedback(talk, turn, at)
    check_slips(talk, turn, at)


def check_feedback(talk: Talk, turn: Turn, at: str) -> None:
    """Compare what was handed in with what must be."""
    if not isinstance(talk, FlowTalk):
        return
    if turn.record:
        (sent,) = talk.feedback.records.values()
        known = {**vars(sent), **vars(sent.matter), **vars(sent.sender), **vars(sent.suggested)}
        known |= {"publish": sent.consent.publish, "version": sent.consent.version, "text": sent.matter.text}
        assert {name: str(known[name]) for name in turn.record} == turn.record, at
    assert not (turn.no_record and talk.feedback.records), at
    assert not (turn.no_draft and any(one.name == "pakn" for one in talk.state.flows)), at


def check_slips(talk: Talk, turn: Turn, at: str) -> None:
    """Compare the slips for the post with what must be."""
    if not isinstance(talk, FlowTalk):
        return
    assert turn.slips in (None, len(talk.slips.made)), f"{at}: {list(talk.slips.made)}"
    if turn.slip:
        slip = list(talk.slips.made.values())[-1]
        known = {**vars(slip), "name": slip.applicant.name, "phone": slip.applicant.phone}
        known |= {"address": slip.applicant.address, "office": slip.office.name, "papers": "; ".join(slip.papers)}
        known |= {"door": slip.door.address if slip.door else "", "notes": "; ".join(slip.notes)}
        assert {name: str(known[name]) for name in turn.slip} == turn.slip, at


def talk_of(script: Script) -> FlowTalk:
    """A conversation with the whole assistant."""
    state = ConversationState(greeted=not script.new)
    catalogue: Any = FakeCatalogue(*starter()[0])
    reader: Any = Torn(script)
    talk = FlowTalk(catalogue, reader, state, rates=script.rates)
    talk.own_feedback.own_receipts = script.sent
    if script.business:
        talk.organisations.overview = BUSINESS
        talk.business = Business(talk.organisations, FakeOutline(), FakeUploads())
    if script.applicant:
        someone = FakeApplicant()
        talk.rating = RatingOutside(someone, someone.first_rated)
    prepare_post(talk, script)
    talk.slips.on_page = frozenset(CHANNELS) if script.slips_on_page else frozenset()
    talk.slips.mail, talk.slips.left = script.slip_mail, script.slip_left
    return talk


def prepare_post(talk: FlowTalk, script: Script) -> None:
    """Have the post as a script wants it."""
    kinds = {"refused": Options(REFUSED, REFUSED), "unknown": Options(UNKNOWN, UNKNOWN)}
    talk.post.facts.known = {code: kinds[kind] for code, kind in script.post.items()}
    talk.post.facts.no_quote = NoQuote.NO_LIST if script.no_price else None
    talk.post.offices.near = (Near(OFFICE, 1.26, True), Near(PLAIN_OFFICE, None, False)) if script.offices else ()


def prepare_feedback(talk: FlowTalk, script: Script) -> None:
    """Have feedback received as a script wants it."""
    away = frozenset({"web", "telegram", "zalo_oa", "zalo_bot"}) if script.on_page else frozenset()
    talk.feedback.reception = replace(Reception() if script.trial else RECEIVING, on_page=away)
    talk.feedback.is_full = script.full
    talk.feedback.procedures = {"1.000894": NamedProcedure("1.000894", "Đăng ký kết hôn", "Hộ tịch")}
    if script.similar:
        talk.feedback.items = (
            Item("k7m2", "Trả kết quả kết hôn chậm", "Đã chấn chỉnh.", "https://motcua.example/pa/k7m2"),
        )


@pytest.mark.parametrize("script", QUESTIONS)
async def test_questions_are_understood_by_themselves(script: Script) -> None:
    reader: Any = Torn(script)
    talk = Talk(FakeCatalogue(*starter()[0]), reader)
    for number, turn in enumerate(script.turns, start=1):
        text = await (talk.tap(talk.replies[-1].choices[turn.tap - 1].id) if turn.tap else talk.say(turn.say))
        check(talk, turn, text, f"turn {number} ({turn.place})", "answered")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("script", [one for one in QUESTIONS if not one.values[0].bare])  # type: ignore[union-attr]
async def test_questions_go_the_same_way_on_every_channel(script: Script, channel: str) -> None:
    screen = Screen(talk_of(script), CHANNELS[channel])
    for number, turn in enumerate(script.turns, start=1):
        check(screen.talk, turn, await screen.do(turn), f"{channel}, turn {number} ({turn.place})", "answered")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("script", FLOWS)
async def test_flows_go_the_same_way_on_every_channel(script: Script, channel: str) -> None:
    if script.only and channel not in script.only:
        return
    talk = talk_of(script)
    talk.channel = channel
    talk.desk.proofs = {(ref(channel=channel), code): True for code in script.proved}
    talk.desk.fact_alone = script.fact_alone
    talk.desk.stale = frozenset(script.stale)
    prepare_feedback(talk, script)
    screen = Screen(talk, CHANNELS[channel])
    for number, turn in enumerate(script.turns, start=1):
        check(screen.talk, turn, await screen.do(turn), f"{channel}, turn {number} ({turn.place})")
