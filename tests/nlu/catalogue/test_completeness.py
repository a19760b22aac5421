"""Which parts of a procedure are there that Decree 63/2010 and indicator 1.3 ask for."""

from __future__ import annotations

from nlu.catalogue.completeness import REQUIRED, WHERE_THERE, completeness
from nlu.catalogue.model import FilingMethod, FilingWay, PaperCase
from nlu.catalogue.wording import LABELS
from tests.factories import procedure


def test_a_procedure_with_the_seven_parts_is_whole() -> None:
    found = completeness(procedure(applicants=("Công dân",)))
    assert found.whole
    assert found.open == ("forms", "conditions")


def test_each_part_that_is_missing_is_named() -> None:
    bare = procedure(steps=(), methods=(FilingMethod(way=FilingWay.COUNTER),), cases=(PaperCase(),), agencies=())
    assert completeness(bare).missing == ("steps", "papers", "times", "applicants", "agencies")
    assert completeness(procedure(methods=())).missing == ("ways", "times", "applicants")


def test_the_parts_are_those_that_officials_know_by_name() -> None:
    assert set(REQUIRED) <= set(LABELS)
    assert len(REQUIRED) == 7
    assert set(WHERE_THERE) - {"forms"} <= set(LABELS)
