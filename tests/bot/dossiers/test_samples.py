"""Sample dossiers: of every kind, nobody's, and the same for the same day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from bot.dossiers.facts import e164, identity, last_four
from bot.dossiers.record import ENDED, Record, SlipKind, Status
from bot.dossiers.sample_words import load_sample_words
from bot.dossiers.samples import COUNT, SampleMaker
from feedback.working_time.loading import load_working_time
from feedback.working_time.zone import VIETNAM, here
from nlu.catalogue.starter import load_starter
from nlu.codes import Layout, parse_dossier_code

HOURS = load_working_time().hours()
DAYS = [date(2026, 11, 26), date(2026, 11, 29), date(2027, 2, 8)]


def made(today: date = DAYS[0]) -> tuple[Record, ...]:
    return SampleMaker(load_sample_words(), HOURS, today).all()


@pytest.mark.parametrize("today", DAYS, ids=["a Thursday", "a Sunday", "Tết"])
def test_there_is_one_of_every_kind_and_nothing_has_happened_in_the_future(today: date) -> None:
    samples, morning = made(today), datetime.combine(today, time(0, 0), VIETNAM)
    assert len({one.code for one in samples}) == COUNT
    assert {one.status for one in samples} == set(Status)
    assert {parse_dossier_code(one.code).layout for one in samples} == set(Layout)
    assert any(parse_dossier_code(one.code).long_date for one in samples)
    assert {slip.kind for one in samples for slip in one.slips} == set(SlipKind)
    for one in samples:
        assert one.sample
        assert parse_dossier_code(one.code).text == one.code
        happened = [one.filed_at, one.received_at, one.ended_at, *(step.started_at for step in one.steps)]
        assert all(moment < morning for moment in happened if moment)
        assert all(slip.issued_on <= today for slip in one.slips)
        assert (one.ended_at is not None) == (one.status in ENDED)
        assert not one.ended_at or one.received_at is None or one.ended_at > one.received_at


def test_the_same_day_makes_the_same_samples() -> None:
    assert made() == made()


def test_some_are_due_tomorrow_some_late_with_and_without_apology_some_early() -> None:
    today = DAYS[0]
    working = [one for one in made(today) if one.status is Status.IN_PROGRESS]
    dues = [one.appointment for one in working]
    left = [
        (HOURS.calendar.count(today, here(due).date()).days, one) for due, one in zip(dues, working, strict=True) if due
    ]
    assert {days for days, _ in left} >= {0, 1, 3}
    late = [one for days, one in left if days < 0]
    assert late
    assert not any(one.slip(SlipKind.APOLOGY) for one in late)
    assert any(one.slip(SlipKind.APOLOGY) for one in working)
    ended = [one for one in made(today) if one.status is Status.DONE and one.ended_at and one.due_at]
    assert {one.ended_at < one.due_at for one in ended if one.ended_at and one.due_at} == {True, False}


def test_nobody_bears_their_names_and_numbers() -> None:
    for one in made():
        phone, number = e164(one.owner.phone), identity(one.owner.identity)
        assert phone is not None
        assert re.fullmatch(r"\+84100\d{6}", phone)  # no such prefix was ever given out
        assert number is not None
        assert number.startswith("000")  # citizens' numbers begin with a province, 001 at least
        assert last_four(phone) != last_four(number)


def test_organisations_have_several_and_their_procedures_are_in_our_catalogue() -> None:
    owners = Counter(one.owner.identity for one in made() if one.applicant)
    assert len(owners) == 8
    assert min(owners.values()) > 3
    known = {one.code: one.name for one in load_starter()[0]}
    for procedure in load_sample_words().procedures:
        assert known[procedure.code] == procedure.name


def test_an_apology_comes_before_the_appointment_and_names_a_later_one() -> None:
    for one in made():
        slip = one.slip(SlipKind.APOLOGY)
        if slip is not None:
            assert slip.old_due_at is not None
            assert slip.new_due_at is not None
            assert here(slip.old_due_at).date() - slip.issued_on >= timedelta(days=1)
            assert slip.new_due_at > slip.old_due_at


def test_a_paper_that_is_missing_is_not_on_the_receipt() -> None:
    asked = [record for record in made() if record.missing]
    assert asked
    assert not [
        record
        for record in asked
        for slip in record.slips
        if slip.kind is SlipKind.RECEIPT and set(slip.items) & set(record.missing)
    ]
