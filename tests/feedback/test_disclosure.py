from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from feedback.actor import CITIZEN, SYSTEM, Actor, Role
from feedback.case import Case
from feedback.disclosure import Disclosure, Sight, accuses, is_accused, veiled
from feedback.office import Unit
from feedback.record import About, Book, Border, Form, Kind, Matter, SenderKind, Status
from tests.feedback.desk import FRONT, HEALTH, JUSTICE, UNITS, office
from tests.feedback.records import NOW

DAY = date(2026, 11, 20)
RULES = Disclosure(office())
MATTER = Matter(
    "Bà Lan, số 0901234567",
    proposal="Gọi 0901234567",
    procedure_code="1.001193",
    procedure_name="Khai sinh",
    agency="H48.30",
    agency_words="chỗ 0901234567",
    place="cạnh 0901234567",
    happened_on=DAY,
    dossier_code="H48.30-1",
    days_late=3,
)


def case(**changed: object) -> Case:
    """A record about a rule, at the front desk."""
    values: dict[str, object] = {
        "id": 1,
        "receipt": "PA-2222-2222",
        "book": Book.REGISTER,
        "year": 2026,
        "number": 1,
        "form": Form.WRITTEN,
        "channel": "web",
        "kind": Kind.REPORT,
        "about": About.CONTENT,
        "border": Border.CONTENT,
        "category": None,
        "status": Status.IN_REVIEW,
        "matter": MATTER,
        "masked": "Bà …",
        "field": "",
        "unit": JUSTICE,
        "officer": "",
        "accused": "",
        "sender_kind": SenderKind.CITIZEN,
        "submitted_at": NOW,
        "entered_at": NOW,
        "clock_from": NOW,
        "ended_at": None,
        "basis": "",
        "outcome": None,
        "merged_into": None,
        "split_from": None,
        "reopened": 0,
        "satisfied": None,
        "publishable": False,
        "sample": False,
        "revision": 1,
    }
    return Case(**(values | changed))  # type: ignore[arg-type]


def official(unit: str, *roles: Role, id: str = "ai") -> Actor:
    """An official of a unit."""
    return Actor(id, unit, frozenset(roles))


R, H, A, P = Role.RECEIVER, Role.HANDLER, Role.APPROVER, Role.PUBLISHER
CONDUCT = {"about": About.CONDUCT, "border": Border.CONDUCT}


@pytest.mark.parametrize("role", list(Role))
def test_the_own_units_records_are_read_by_who_works_on_cases(role: Role) -> None:
    allowed = role in (R, H, A, P)
    assert RULES.may_open(official(JUSTICE, role), case(), DAY) is allowed
    assert RULES.may_act(official(JUSTICE, role), case(), DAY) is allowed


@pytest.mark.parametrize("role", [R, H, A])
def test_another_units_record_is_not_read(role: Role) -> None:
    assert not RULES.may_open(official(HEALTH, role), case(), DAY)
    assert not RULES.may_see_sender(official(HEALTH, role), case(), DAY)


@pytest.mark.parametrize("status", list(Status))
def test_the_receiving_unit_disposes_of_what_nobody_was_given(status: Status) -> None:
    allowed = status in (Status.NEEDS_TRIAGE, Status.RECEIVED, Status.REOPENED)
    assert RULES.may_open(official(FRONT, R), case(status=status), DAY) is allowed
    assert not RULES.may_open(official(FRONT, H, A), case(status=status), DAY)
    assert not RULES.may_open(official(HEALTH, R), case(status=status), DAY)


@pytest.mark.parametrize("status", list(Status))
def test_who_publishes_for_the_whole_house_reads_what_is_approved_to_be_public(status: Status) -> None:
    allowed = status in (Status.AWAITING_PUBLICATION, Status.PUBLISHED)
    assert RULES.may_open(official(FRONT, P), case(status=status), DAY) is allowed
    assert not RULES.may_open(official(HEALTH, P), case(status=status), DAY)
    assert not RULES.may_see_sender(official(FRONT, P), case(status=status), DAY)


def test_the_receiving_unit_is_that_of_the_day() -> None:
    units = (
        Unit("CU", "Cũ", receives=True, valid_to=date(2026, 8, 4)),
        Unit("MOI", "Mới", receives=True, valid_from=date(2026, 8, 5)),
    )
    rules, new = Disclosure(office(units=units)), case(status=Status.RECEIVED, unit="X")
    assert rules.may_open(official("CU", R), new, date(2026, 8, 4))
    assert not rules.may_open(official("CU", R), new, date(2026, 8, 5))
    assert rules.may_open(official("MOI", R), new, date(2026, 8, 5))


def test_nobody_without_a_unit_reads_what_has_none() -> None:
    assert not RULES.may_open(official("", R, H, A), case(unit=""), DAY)


@pytest.mark.parametrize("actor", [CITIZEN, SYSTEM])
def test_the_sender_and_the_assistant_come_with_their_own_proof(actor: Actor) -> None:
    assert RULES.may_open(actor, case(), DAY)
    assert RULES.may_act(actor, case(), DAY)
    assert not RULES.is_veiled(actor, case(accused=actor.id, **CONDUCT), DAY)


def test_a_sender_sees_the_own_data_and_the_assistant_looks_at_nobodys() -> None:
    assert RULES.may_see_sender(CITIZEN, case(), DAY)
    assert RULES.may_see_sender(CITIZEN, case(), DAY, restricted=True)
    assert not RULES.may_see_sender(SYSTEM, case(), DAY)


def test_an_official_who_calls_himself_citizen_is_none() -> None:
    assert not RULES.may_open(Actor("citizen", HEALTH, frozenset({H})), case(), DAY)


@pytest.mark.parametrize("role", list(Role))
def test_contact_data_are_for_who_receives_and_who_handles(role: Role) -> None:
    assert RULES.may_see_sender(official(JUSTICE, role), case(), DAY) is (role in (R, H))
    assert RULES.may_see_sender(official(JUSTICE, role), case(), DAY, restricted=True) is (role is R)


def test_the_sender_of_a_rules_critic_is_open_to_the_unit_that_handles_it() -> None:
    assert RULES.may_see_sender(official(HEALTH, H), case(unit=HEALTH), DAY)


def test_who_is_complained_about_sees_neither_sender_nor_words_and_decides_nothing() -> None:
    accused = official(JUSTICE, R, H, A, id="bi")
    mine = case(accused="bi")
    assert RULES.may_open(accused, mine, DAY)
    assert not RULES.may_act(accused, mine, DAY)
    assert not RULES.may_see_sender(accused, mine, DAY)
    assert RULES.is_veiled(accused, mine, DAY)
    assert RULES.may_act(official(JUSTICE, H, id="khac"), mine, DAY)


def test_nobody_in_particular_is_complained_about() -> None:
    assert not is_accused(Actor(""), case())
    assert not is_accused(Actor("a"), case(accused="b"))


@pytest.mark.parametrize("role", [R, H, A])
@pytest.mark.parametrize(
    "changed", [CONDUCT, {"about": About.BOTH}, {"accused": "bi"}, {"border": Border.DENUNCIATION}]
)
def test_the_agency_complained_about_does_not_see_who_wrote(role: Role, changed: dict[str, object]) -> None:
    theirs = case(unit=HEALTH, **changed)
    assert RULES.is_veiled(official(HEALTH, role), theirs, DAY)
    assert not RULES.may_see_sender(official(HEALTH, role), theirs, DAY)
    assert RULES.may_act(official(HEALTH, role), theirs, DAY)


def test_another_unit_that_handles_conduct_sees_who_wrote() -> None:
    assert RULES.may_see_sender(official(JUSTICE, H), case(**CONDUCT), DAY)
    assert not RULES.is_veiled(official(JUSTICE, H), case(**CONDUCT), DAY)


@pytest.mark.parametrize(
    ("agency", "hidden"),
    [("H48.30", True), ("H48", True), ("H48.3", False), ("H48.30.2", False), ("", False), ("H49", False)],
)
def test_a_unit_belongs_to_the_agencies_above_it(agency: str, hidden: bool) -> None:
    plain = (*UNITS[:2], Unit(HEALTH, "Sở Y tế"))
    theirs = case(unit=HEALTH, matter=replace(MATTER, agency=agency), **CONDUCT)
    assert Disclosure(office(units=plain)).is_veiled(official(HEALTH, H), theirs, DAY) is hidden


def test_a_unit_charged_with_an_agency_counts_as_that_agencys() -> None:
    units = (*UNITS[:2], Unit("YTE", "Sở Y tế", agencies=("H48.30",)))
    theirs = case(unit="YTE", **CONDUCT)
    assert Disclosure(office(units=units)).is_veiled(official("YTE", H), theirs, DAY)
    assert not Disclosure(office()).is_veiled(official("YTE", H), theirs, DAY)


def test_who_only_receives_sees_who_complains_about_the_own_house_and_who_handles_too_does_not() -> None:
    own = case(unit=FRONT, status=Status.RECEIVED, matter=replace(MATTER, agency=FRONT), **CONDUCT)
    assert RULES.may_see_sender(official(FRONT, R), own, DAY)
    assert not RULES.may_see_sender(official(FRONT, R, H), own, DAY)
    assert not RULES.may_see_sender(official(FRONT, H), own, DAY)
    assert RULES.is_veiled(official(FRONT, A), own, DAY)


@pytest.mark.parametrize("about", list(About))
@pytest.mark.parametrize("border", list(Border))
@pytest.mark.parametrize("accused", ["", "bi"])
def test_somebody_is_complained_about(about: About, border: Border, accused: str) -> None:
    named = border in (Border.CONDUCT, Border.COMPLAINT, Border.DENUNCIATION)
    expected = about is not About.CONTENT or named or accused == "bi"
    assert accuses(case(about=about, border=border, accused=accused)) is expected


def test_what_is_veiled_leads_to_nobody() -> None:
    seen = veiled(case(), lambda text: text.replace("0901234567", "…"))
    assert seen.matter == Matter(
        "Bà …",
        proposal="Gọi …",
        procedure_code="1.001193",
        procedure_name="Khai sinh",
        agency="H48.30",
        agency_words="chỗ …",
        place="cạnh …",
    )
    assert seen == replace(case(), matter=seen.matter, receipt="")


@pytest.mark.parametrize(
    ("actor", "changed", "restricted", "sight"),
    [
        (official(JUSTICE, H), {}, False, Sight.SEES),
        (official(JUSTICE, H), {}, True, Sight.UNTOLD),
        (official(JUSTICE, R), {}, True, Sight.SEES),
        (official(JUSTICE, A), {}, False, Sight.UNTOLD),
        (official(HEALTH, H), {}, False, Sight.UNTOLD),
        (official(HEALTH, A), CONDUCT | {"unit": HEALTH}, False, Sight.VEILED),
        (official(JUSTICE, H, id="x"), {"accused": "x"}, True, Sight.VEILED),
    ],
)
def test_how_much_of_the_sender_is_shown(
    actor: Actor, changed: dict[str, object], restricted: bool, sight: Sight
) -> None:
    assert RULES.sight(actor, case(**changed), DAY, restricted) is sight


def test_unless_it_is_said_nobody_asked_for_deletion() -> None:
    assert RULES.sight(official(JUSTICE, H), case(), DAY) is Sight.SEES
