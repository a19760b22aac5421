"""The papers that apply to one person."""

from __future__ import annotations

import msgspec
import pytest

from nlu.answers.checklist import Query, Wishes, cases_of, item_id, make_checklist, none_is_possible, queries_of
from nlu.catalogue.model import (
    Fee,
    FeeKind,
    FilingMethod,
    FilingWay,
    PaperCase,
    PaperRole,
    Procedure,
    RequiredPaper,
    TimeLimit,
)
from tests.factories import procedure

FORM = RequiredPaper(name="Tờ khai", originals=1)
PROXY = RequiredPaper(name="Văn bản ủy quyền có chứng thực", originals=1)
FREE = Fee(kind=FeeKind.FREE)
COUNTER = FilingMethod(way=FilingWay.COUNTER, fee=FREE, time=TimeLimit(text="3 ngày"))
ONLINE = FilingMethod(way=FilingWay.ONLINE, fee=Fee(kind=FeeKind.FIXED, amount=5000), time=TimeLimit(text="3 ngày"))


def birth(**changes: object) -> Procedure:
    cases = (
        PaperCase(papers=(FORM, RequiredPaper(name="Gửi bưu điện thì kèm bản sao.", role=PaperRole.NOTE))),
        PaperCase(title="Trẻ bị bỏ rơi", papers=(RequiredPaper(name="Biên bản", originals=1),)),
        PaperCase(title="Mang thai hộ", papers=(RequiredPaper(name="Văn bản của bệnh viện"),)),
        PaperCase(title="Nhờ người khác đi làm thay", papers=(PROXY,)),
    )
    return procedure(cases=cases, methods=(COUNTER, ONLINE), **changes)


def names(procedure: Procedure, wishes: Wishes) -> list[str]:
    return [item.paper.name for item in make_checklist(procedure, wishes).items]


def test_only_what_the_record_tells_apart_is_asked() -> None:
    assert queries_of(birth()) == (Query.WHO, Query.CASE, Query.WAY)
    assert queries_of(procedure(cases=(PaperCase(papers=(FORM,)),), methods=(COUNTER,))) == ()
    one_case = procedure(cases=(PaperCase(title="Cấp mới", papers=(FORM,)),), methods=())
    assert queries_of(one_case) == ()


def test_a_person_without_a_special_case_gets_the_general_papers_alone() -> None:
    assert names(birth(), Wishes(proxy=False, case=-1)) == ["Tờ khai"]


def test_a_case_adds_its_papers_and_a_helper_brings_the_authorisation() -> None:
    assert names(birth(), Wishes(proxy=False, case=0)) == ["Tờ khai", "Biên bản"]
    assert names(birth(), Wishes(proxy=True, case=-1)) == ["Tờ khai", PROXY.name]


def test_what_was_left_open_is_not_left_out() -> None:
    assert names(birth(), Wishes()) == ["Tờ khai", "Biên bản", "Văn bản của bệnh viện", PROXY.name]


def test_a_paper_that_only_mentions_an_authorised_person_is_for_everybody() -> None:
    paper = RequiredPaper(name="Giấy tờ tùy thân của người nộp hồ sơ hoặc người được ủy quyền")
    one = procedure(cases=(PaperCase(papers=(paper, PROXY)),))
    assert names(one, Wishes(proxy=False)) == [paper.name]
    assert queries_of(one)[0] is Query.WHO


def test_the_chosen_way_decides_fee_and_time() -> None:
    open_one = make_checklist(birth(), Wishes())
    assert open_one.fee is None
    assert open_one.time == TimeLimit(text="3 ngày")
    assert make_checklist(birth(), Wishes(way=FilingWay.COUNTER)).fee == FREE
    assert make_checklist(procedure(methods=()), Wishes()).fee is None


def test_notes_are_read_and_not_ticked() -> None:
    assert make_checklist(birth(), Wishes(case=-1)).notes == ("Gửi bưu điện thì kèm bản sao.",)


def test_a_case_that_the_catalogue_no_longer_has_adds_nothing() -> None:
    assert names(birth(), Wishes(proxy=False, case=7)) == ["Tờ khai"]


def test_only_with_papers_for_everybody_may_a_person_belong_to_no_case() -> None:
    assert none_is_possible(birth())
    assert len(cases_of(birth())) == 2
    assert not none_is_possible(procedure(cases=(PaperCase(title="A", papers=(FORM,)),)))


def test_the_fingerprint_changes_with_what_is_shown_and_with_nothing_else() -> None:
    wishes = Wishes(proxy=False, case=-1, way=FilingWay.COUNTER)
    before = make_checklist(birth(), wishes).fingerprint
    assert make_checklist(birth(summary="khác", as_of="2027-01"), wishes).fingerprint == before
    dearer = msgspec.structs.replace(
        birth(), methods=(msgspec.structs.replace(COUNTER, fee=Fee(kind=FeeKind.FIXED, amount=1)),)
    )
    assert make_checklist(dearer, wishes).fingerprint != before


@pytest.mark.parametrize("same", ["Tờ khai.", "TỜ KHAI", "Tờ  khai;"])
def test_a_tick_survives_punctuation(same: str) -> None:
    assert item_id(msgspec.structs.replace(FORM, name=same)) == item_id(FORM)


def test_the_same_paper_in_two_cases_is_brought_once() -> None:
    twice = procedure(cases=(PaperCase(papers=(FORM,)), PaperCase(title="B", papers=(FORM,))))
    assert names(twice, Wishes(case=0)) == ["Tờ khai"]


def test_notes_and_cases_of_another_way_of_filing_are_left_out() -> None:
    posted = PaperCase(title="Gửi qua bưu điện", papers=(RequiredPaper(name="Bản sao có chứng thực"),))
    cases = (
        PaperCase(papers=(FORM, RequiredPaper(name="Gửi bưu điện thì kèm phong bì.", role=PaperRole.NOTE))),
        posted,
        PaperCase(title="Mang thai hộ", papers=(RequiredPaper(name="Văn bản của bệnh viện"),)),
    )
    one = procedure(cases=cases, methods=(COUNTER, msgspec.structs.replace(COUNTER, way=FilingWay.POST)))
    assert [case.title for case in cases_of(one)] == ["Mang thai hộ"]
    at_the_counter = make_checklist(one, Wishes(case=-1, way=FilingWay.COUNTER))
    assert [item.paper.name for item in at_the_counter.items] == ["Tờ khai"]
    assert at_the_counter.notes == ()
    by_post = make_checklist(one, Wishes(case=-1, way=FilingWay.POST))
    assert [item.paper.name for item in by_post.items] == ["Tờ khai", "Bản sao có chứng thực"]
    assert by_post.notes == ("Gửi bưu điện thì kèm phong bì.",)
    assert len(make_checklist(one, Wishes(case=-1)).items) == 2
