"""Tests of how heavy a dossier may be, and which of its papers must not be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.postal.shapes import WeightShape
from bot.postal.weight import originals_of, papers_of, weight_of
from nlu.catalogue.model import Form, PaperCase, RequiredPaper
from tests.factories import procedure

SHAPE = WeightShape(sheet=5, envelope=15, sheets=(1, 2, 4), unknown=100, ground="thử")
PAPERS = st.lists(
    st.builds(
        RequiredPaper,
        name=st.just("Giấy"),
        originals=st.none() | st.integers(0, 5),
        copies=st.none() | st.integers(0, 5),
    )
)


@pytest.mark.parametrize(
    "paper",
    [
        RequiredPaper(name="Tờ khai theo mẫu", originals=1),
        RequiredPaper(name="- Đơn đề nghị", originals=1),
        RequiredPaper(name="Bản sao giấy chứng nhận", originals=1),
        RequiredPaper(name="Giấy chứng nhận", originals=1, copies=1),
        RequiredPaper(name="Giấy chứng nhận"),
        RequiredPaper(name="Giấy cam đoan", originals=1, form=Form(name="Mẫu 2")),
    ],
)
def test_what_is_filled_in_or_copied_is_no_original_that_could_be_lost(paper: RequiredPaper) -> None:
    assert originals_of((paper,)) == ()


def test_an_original_is_named() -> None:
    assert originals_of((RequiredPaper(name="Giấy chứng sinh", originals=1, copies=0),)) == ("Giấy chứng sinh",)


def test_the_only_case_counts_like_the_general_one_but_nobody_chooses_among_several() -> None:
    papers = (RequiredPaper(name="Giấy"),)

    assert papers_of(procedure(cases=(PaperCase(title="Tất cả", papers=papers),))) == papers
    assert papers_of(procedure(cases=(PaperCase(title="A", papers=papers), PaperCase(title="B", papers=papers)))) == ()
    assert papers_of(procedure(cases=())) == ()


@given(papers=PAPERS)
def test_an_estimate_lies_between_its_ends_and_one_more_paper_is_heavier(papers: list[RequiredPaper]) -> None:
    found, more = weight_of(tuple(papers), SHAPE), weight_of((*papers, RequiredPaper(name="Giấy")), SHAPE)

    assert more is not None
    assert (found is None) == (not papers)
    if found:
        assert SHAPE.envelope < found.low <= found.likely <= found.high
        assert found.likely < more.likely
