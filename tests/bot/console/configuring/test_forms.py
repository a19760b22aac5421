"""Forms write the same YAML as somebody who knows it would, and leave everything else as it is."""

from __future__ import annotations

import pytest

from bot.configuration.kinds import Kind, faults_of
from bot.console.configuring.forms import fields_of, with_fields
from bot.console.configuring.standing import FormError
from feedback.file_reading import read_plain
from tests.bot.dialogue_house import TEXTS

HOUSE = """name: Sở Tư pháp
units:
- code: VP
  name: Văn phòng
  receives: true
- code: HT
  name: Phòng Hộ tịch
  phone: 02373852222
doors:
  phone: '1022'
  portal: https://dichvucong.gov.vn
  source: Trang của Sở
  checked: 2026-11-26
policy:
  reopen_days: 20
"""


def typed(kind: Kind, body: str, **other: str) -> dict[str, str]:
    """What a browser sends of a form in which some fields were changed."""
    kept = {field.name: value for field, value in fields_of(kind, body)}
    return kept | {name.replace("__", "."): value for name, value in other.items()}


def test_what_is_not_touched_stays_as_it_is() -> None:
    body = with_fields(Kind.FEEDBACK, HOUSE, typed(Kind.FEEDBACK, HOUSE))
    assert body == HOUSE.replace("'1022'", "1022")
    assert faults_of(Kind.FEEDBACK, body, TEXTS) == []


def test_another_unit_receives_and_a_new_one_is_added() -> None:
    body = with_fields(Kind.FEEDBACK, HOUSE, typed(Kind.FEEDBACK, HOUSE, receiving="HT"))
    assert body.count("receives: true") == 1
    assert "phone: 02373852222\n  receives: true" in body
    new = {"unit__code": "TT", "unit__name": "Trung tâm", "unit__email": "tt@tinh.example"}
    body = with_fields(Kind.FEEDBACK, HOUSE, typed(Kind.FEEDBACK, HOUSE, **new))
    assert "- code: TT\n  name: Trung tâm\n  email: tt@tinh.example\n  receives: true" in body
    assert body.count("receives: true") == 1
    assert faults_of(Kind.FEEDBACK, body, TEXTS) == []


def test_an_emptied_field_leaves_the_settings() -> None:
    gone = dict.fromkeys(("doors__phone", "doors__source", "doors__checked"), "")
    assert "doors:\n  portal" in with_fields(Kind.FEEDBACK, HOUSE, typed(Kind.FEEDBACK, HOUSE, **gone))
    body = "place: Trung tâm\n"
    assert with_fields(Kind.PERSON, body, typed(Kind.PERSON, body, place="")) == ""


def test_hours_are_written_as_people_write_them() -> None:
    week = {
        "province": "H48",
        "office.name": "h48.30",
        "office.source": "QĐ 1",
        "office.monday": "7h30–11h30; 13:30 - 17h",
    }
    body = with_fields(Kind.WORKING_TIME, "", week)
    assert faults_of(Kind.WORKING_TIME, body, TEXTS) == []
    assert "- 07:30-11:30" in body
    assert "- 13:30-17:00" in body
    shown = typed(Kind.WORKING_TIME, body)
    assert (shown["office.name"], shown["office.monday"]) == ("H48.30", "07:30-11:30, 13:30-17:00")
    again = with_fields(Kind.WORKING_TIME, body, shown | {"office.monday": "8h-12h"})
    assert again.count("name: H48.30") == 1
    other = with_fields(Kind.WORKING_TIME, body, shown | {"office.name": "H48.31"})
    assert ("name: H48.30" in other, "name: H48.31" in other) == (True, True)


def test_units_that_receive_one_after_the_other_and_words_of_several_lines_stay() -> None:
    later = HOUSE.replace("phone: 02373852222", "phone: 02373852222\n  receives: true\n  valid_from: 2027-01-01")
    body = later.replace("'1022'", "1022") + "privacy:\n  retention: |-\n    Năm năm,\n    rồi xóa.\n"
    assert read_plain(with_fields(Kind.FEEDBACK, body, typed(Kind.FEEDBACK, body))) == read_plain(body)


def test_hours_that_a_law_gives_stay_so_while_their_source_does() -> None:
    week = {"province": "H48", "office.name": "H48.30", "office.source": "QĐ 1", "office.monday": "8h-12h"}
    body = with_fields(Kind.WORKING_TIME, "", week).replace("sure: own", "sure: law")
    assert with_fields(Kind.WORKING_TIME, body, week) == body
    assert "sure: own" in with_fields(Kind.WORKING_TIME, body, week | {"office.source": "QĐ 2"})


def test_days_off_and_deadlines_stay_when_hours_are_set() -> None:
    body = "province: H48\ndays_off:\n- from: 2026-12-01\n  source: CV\n  sure: own\n"
    assert with_fields(Kind.WORKING_TIME, body, typed(Kind.WORKING_TIME, body)) == body


def test_what_lacks_its_code_is_not_lost_but_a_fault() -> None:
    for kind, part in ((Kind.WORKING_TIME, {"office.monday": "8h-11h"}), (Kind.FEEDBACK, {"unit.name": "Phòng mới"})):
        body = with_fields(kind, "", {"province": "H48", **part})
        assert faults_of(kind, body, TEXTS) != []


@pytest.mark.parametrize("body", ["a: [", "- a", "units: [a]"])
def test_what_cannot_be_read_is_said_and_has_no_fields(body: str) -> None:
    assert fields_of(Kind.FEEDBACK, body) == ()
    with pytest.raises(FormError):
        with_fields(Kind.FEEDBACK, body, {})
