"""Answers hold what the record says, and nothing that it does not say."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.answers.build import build_answer, fees_by_way, passport, times_by_way
from nlu.answers.facts import Fees, Forms, KeptBack, Missing, Online, Overview, Papers, Place, Post, Times
from nlu.catalogue.model import (
    Doubt,
    Fee,
    FeeKind,
    FilingMethod,
    FilingWay,
    Form,
    OnlineLevel,
    Origin,
    PaperCase,
    PaperRole,
    Procedure,
    RequiredPaper,
    Source,
    TimeLimit,
    TimeUnit,
)
from nlu.catalogue.silences import Silence, hushed
from nlu.understanding import Aspect
from tests.factories import NOW, TODAY, counter, procedure

EMPTY = Procedure(code="1.000001", name="Việc gì đó", source=Source(name="Cổng"), as_of="2026")


def sections(record: Procedure, *aspects: Aspect) -> tuple[object, ...]:
    """The facts of an answer."""
    return build_answer(record, aspects, TODAY, 365).sections


def test_no_aspect_asked_gives_an_overview() -> None:
    assert isinstance(sections(procedure())[0], Overview)


def test_every_aspect_asked_is_answered_once_in_the_order_asked() -> None:
    found = build_answer(procedure(), [Aspect.FEE, Aspect.DOCUMENTS, Aspect.FEE], TODAY, 365)
    assert [facts.aspect for facts in found.sections] == [Aspect.FEE, Aspect.DOCUMENTS]


def test_what_the_record_lacks_stands_behind_what_it_has() -> None:
    found = sections(procedure(conditions=""), Aspect.CONDITIONS, Aspect.DOCUMENTS, Aspect.LEGAL, Aspect.FEE)
    assert [facts.aspect for facts in found] == [Aspect.DOCUMENTS, Aspect.FEE, Aspect.CONDITIONS, Aspect.LEGAL]


@pytest.mark.parametrize("aspect", [aspect for aspect in Aspect if aspect is not Aspect.OVERVIEW])
def test_an_empty_record_says_that_it_is_silent_whatever_is_asked(aspect: Aspect) -> None:
    assert sections(EMPTY, aspect) == (Missing(aspect),)


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_has_an_answer_of_its_own_aspect(aspect: Aspect) -> None:
    assert build_answer(procedure(), [aspect], TODAY, 365).sections[-1].aspect is aspect


def test_when_nothing_asked_is_known_what_is_known_is_told_besides() -> None:
    overview, missing = sections(procedure(legal_basis=()), Aspect.LEGAL)
    assert missing == Missing(Aspect.LEGAL)
    assert isinstance(overview, Overview)


def test_where_one_of_two_is_known_the_other_is_admitted_and_no_overview_is_added() -> None:
    assert [type(facts) for facts in sections(procedure(), Aspect.LEGAL, Aspect.FEE)] == [Fees, Missing]


def test_a_number_without_a_unit_is_no_time() -> None:
    record = procedure(methods=(FilingMethod(way=FilingWay.COUNTER, time=TimeLimit(amount=5)),))
    assert times_by_way(record) == ()
    assert sections(record, Aspect.TIME)[-1] == Missing(Aspect.TIME)


def test_a_fee_that_nobody_knows_is_missing_and_not_free() -> None:
    record = procedure(methods=(counter(fee=Fee()),))
    assert fees_by_way(record) == ()
    assert sections(record, Aspect.FEE)[-1] == Missing(Aspect.FEE)


def test_ways_that_cost_the_same_stand_on_one_line_and_others_apart() -> None:
    same = Fee(kind=FeeKind.FIXED, amount=8000)
    record = procedure(
        methods=(
            counter(1, same),
            FilingMethod(way=FilingWay.POST, fee=same, time=TimeLimit(amount=1, unit=TimeUnit.WORKING_DAY)),
            FilingMethod(way=FilingWay.ONLINE, fee=Fee(kind=FeeKind.FREE)),
        )
    )
    (fees,) = sections(record, Aspect.FEE)
    assert isinstance(fees, Fees)
    assert [row.ways for row in fees.by_way] == [(FilingWay.COUNTER, FilingWay.POST), (FilingWay.ONLINE,)]
    (times,) = sections(record, Aspect.TIME)
    assert isinstance(times, Times)
    assert [row.ways for row in times.by_way] == [(FilingWay.COUNTER, FilingWay.POST)]


def test_a_record_without_ways_of_filing_does_not_deny_online_or_post() -> None:
    assert sections(procedure(methods=()), Aspect.HOW_ONLINE, Aspect.POST)[-2:] == (
        Missing(Aspect.HOW_ONLINE),
        Missing(Aspect.POST),
    )


def test_online_is_offered_when_level_or_way_says_so_with_the_page_of_that_way() -> None:
    way = FilingMethod(way=FilingWay.ONLINE, url="https://dichvucong.gov.vn/nop")
    (found,) = sections(procedure(methods=(way,)), Aspect.HOW_ONLINE)
    assert found == Online(Aspect.HOW_ONLINE, None, True, "https://dichvucong.gov.vn/nop")
    (full,) = sections(procedure(online=OnlineLevel.FULL), Aspect.HOW_ONLINE)
    assert isinstance(full, Online)
    assert full.offered
    (none,) = sections(procedure(), Aspect.HOW_ONLINE)
    assert isinstance(none, Online)
    assert not none.offered


def test_post_is_offered_only_where_the_source_lists_it() -> None:
    assert sections(procedure(), Aspect.POST) == (Post(Aspect.POST, False),)
    with_post = procedure(methods=(counter(), FilingMethod(way=FilingWay.POST)))
    assert sections(with_post, Aspect.POST) == (Post(Aspect.POST, True),)


def test_nationwide_is_said_only_when_the_record_says_so() -> None:
    for nationwide in (True, False):
        (place,) = sections(procedure(nationwide=nationwide), Aspect.WHERE)
        assert isinstance(place, Place)
        assert place.nationwide is nationwide


def test_a_form_is_named_once_although_several_papers_use_it() -> None:
    form = Form(name="Tờ khai theo mẫu")
    papers = (RequiredPaper(name="Tờ khai", form=form), RequiredPaper(name="Tờ khai của vợ", form=form))
    (forms,) = sections(procedure(cases=(PaperCase(papers=papers),)), Aspect.FORM)
    assert forms == Forms(Aspect.FORM, (form,))


def test_every_case_of_papers_is_told() -> None:
    cases = (
        PaperCase(papers=(RequiredPaper(name="Tờ khai"),)),
        PaperCase(title="Ủy quyền", papers=(RequiredPaper(name="Văn bản ủy quyền"),)),
    )
    assert sections(procedure(cases=cases), Aspect.DOCUMENTS) == (Papers(Aspect.DOCUMENTS, cases),)


def test_the_overview_counts_only_papers_that_everybody_needs() -> None:
    cases = (
        PaperCase(
            papers=(
                RequiredPaper(name="Tờ khai"),
                RequiredPaper(name="Căn cước", role=PaperRole.SHOW),
                RequiredPaper(name="Lưu ý", role=PaperRole.NOTE),
            )
        ),
        PaperCase(title="Ủy quyền", papers=(RequiredPaper(name="Văn bản ủy quyền"),)),
    )
    (overview,) = sections(procedure(cases=cases))
    assert isinstance(overview, Overview)
    assert overview.papers == 2


@pytest.mark.parametrize(("as_of", "stale"), [("2026", None), ("2025-11", None), ("2025-11-21", 366), ("2024", 691)])
def test_a_record_is_stale_once_it_is_older_than_the_limit(as_of: str, stale: int | None) -> None:
    assert passport(procedure(as_of=as_of), date(2026, 11, 22), 365).stale_days == stale


def test_the_passport_names_each_doubtful_field_once_and_falls_back_to_the_page_of_the_source() -> None:
    doubts = (Doubt(field="fee", reason="a"), Doubt(field="fee", reason="b"))
    record = procedure(url=None, source=Source(name="Cổng", url="https://vbpl.vn/1"), doubts=doubts, caveats=("Cũ.",))
    found = passport(record, TODAY, 365)
    assert found.doubtful == ("fee",)
    assert found.url == "https://vbpl.vn/1"
    assert found.caveats == ("Cũ.",)


def test_what_is_switched_off_is_said_to_be_so_and_nothing_is_put_in_its_place() -> None:
    record = hushed(procedure(), [Silence(1, "1.001193", Aspect.FEE, "rà soát", TODAY, "lan", NOW)], TODAY)
    assert sections(record, Aspect.FEE) == (KeptBack(Aspect.FEE, TODAY),)
    assert [type(one) for one in sections(record, Aspect.FEE, Aspect.TIME)] == [Times, KeptBack]


def test_an_answer_names_the_sources_of_what_it_tells_and_of_nothing_else() -> None:
    fees = Origin(part="fees", source=Source(name="Nghị quyết 12"), as_of="2026-10-01")
    papers = Origin(part="papers", source=Source(name="Quyết định 5"), as_of="2026-09")
    record = procedure(origins=(fees, papers))
    assert build_answer(record, [Aspect.FEE], TODAY, 365).passport.origins == (fees,)
    assert build_answer(record, [Aspect.OVERVIEW], TODAY, 365).passport.origins == (fees, papers)
    assert build_answer(record, [Aspect.STEPS], TODAY, 365).passport.origins == ()
    off = hushed(record, [Silence(1, "1.001193", Aspect.FEE, "rà soát", TODAY, "lan", NOW)], TODAY)
    assert build_answer(off, [Aspect.FEE, Aspect.DOCUMENTS], TODAY, 365).passport.origins == (papers,)
