"""What officials see of a procedure and the post."""

from __future__ import annotations

import msgspec
import pytest

from bot.postal.agency_list import AgencyList, listed
from bot.postal.coverage import Covered, Eligible, Reach, covered
from bot.postal.option import Standing
from bot.postal.shapes import AgencyListShape
from nlu.catalogue.model import Detail, FilingMethod, FilingWay, Procedure
from tests.factories import counter, procedure

NOBODY = AgencyList()
POST = FilingMethod(way=FilingWay.POST, note="Nộp hồ sơ, trả kết quả qua dịch vụ bưu chính.")
POSTED = procedure(methods=(counter(), POST))
PRESENT = procedure(conditions="Hai bên phải có mặt khi đăng ký.")


def lists(**entry: object) -> AgencyList:
    """The agency's list with one entry."""
    shape = {"decision": "Quyết định 12", "date": "2026-05-04", "procedures": [{"code": "1.001193", **entry}]}
    return listed(msgspec.convert(shape, AgencyListShape))


def look(one: Procedure, **entry: object) -> Covered:
    """Look at a procedure beside a list with this entry; without one, beside none."""
    return covered(one, lists(**entry) if entry else NOBODY)


@pytest.mark.parametrize(
    ("one", "recorded"),
    [(procedure(), Reach.UNKNOWN), (POSTED, Reach.BOTH), (PRESENT, Reach.REFUSED)],
)
def test_without_a_list_the_record_alone_holds(one: Procedure, recorded: Reach) -> None:
    found = look(one)
    assert (found.holds, found.recorded, found.listed, found.entry) == (recorded, recorded, None, "")


def test_the_list_goes_before_the_record_and_both_are_seen() -> None:
    found = look(POSTED, available=["receive"])
    assert (found.holds, found.listed, found.recorded) == (Reach.BOTH, Reach.RECEIVE, Reach.BOTH)
    found = look(POSTED, excluded=["send", "receive"])
    assert (found.holds, found.listed, found.recorded) == (Reach.REFUSED, Reach.REFUSED, Reach.BOTH)
    assert look(procedure(), excluded=["send"]).holds is Reach.UNKNOWN
    assert look(procedure("1.001193.H48"), available=["send"]).entry == "1.001193"


def test_what_the_list_does_not_name_is_eligible_unless_presence_is_asked_or_only_its_name_is_known() -> None:
    assert look(POSTED).eligible is Eligible.NAMED
    assert look(procedure()).eligible is Eligible.SILENT
    assert look(PRESENT).eligible is None
    assert look(procedure(detail=Detail.LISTING)).eligible is None
    assert look(POSTED, excluded=["send"]).eligible is None
    assert look(procedure(), available=["receive"]).eligible is None


def test_where_list_and_record_say_opposite_things_each_direction_is_a_clash_with_both_words() -> None:
    (one,) = look(POSTED, excluded=["send"]).clashes
    assert (one.direction, one.listed, one.source, one.as_of) == (
        "send",
        Standing.REFUSED,
        "Quyết định 12",
        "2026-05-04",
    )
    assert "bưu chính" in one.words
    both = look(PRESENT, available=["send", "receive"]).clashes
    assert [(clash.direction, clash.listed) for clash in both] == [
        ("send", Standing.ALLOWED),
        ("receive", Standing.ALLOWED),
    ]
    assert look(procedure(), excluded=["send"]).clashes == ()
    assert look(POSTED, available=["send"]).clashes == ()
