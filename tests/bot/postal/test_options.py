"""Tests of what the post can do for a procedure."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from bot.postal.agency_list import AgencyList, listed
from bot.postal.errors import PostalFileError
from bot.postal.option import PostalOption, Standing, Why
from bot.postal.options import options_of
from bot.postal.shapes import AgencyListShape, EntryShape
from nlu.catalogue.model import FilingMethod, FilingWay, Procedure, Withheld
from tests.factories import counter, procedure

NOBODY = AgencyList()
POST = FilingMethod(way=FilingWay.POST, note="Nộp hồ sơ, trả kết quả qua dịch vụ bưu chính.")


def lists(**entry: object) -> AgencyList:
    """The agency's list with one entry."""
    shape = {"decision": "Quyết định 12/QĐ-UBND", "date": "2026-05-04", "procedures": [{"code": "1.001193", **entry}]}
    return listed(msgspec.convert(shape, AgencyListShape))


def posted() -> Procedure:
    """A procedure whose record lists the post for both directions."""
    return procedure(methods=(counter(), POST))


def test_nothing_known_is_never_guessed() -> None:
    options = options_of(procedure(), NOBODY)

    assert options.offered == ()
    assert {options.send.standing, options.receive.standing} == {Standing.UNKNOWN}
    assert not options.refused


def test_the_record_offers_what_it_says_with_its_source_and_date() -> None:
    options = options_of(posted(), NOBODY)

    assert options.offered == (PostalOption.BOTH, PostalOption.SEND, PostalOption.RECEIVE)
    assert (options.send.why, options.send.source, options.send.as_of) == (
        Why.CATALOGUE, "Cổng Dịch vụ công quốc gia", "2026-06",
    )  # fmt: skip


def test_a_record_that_keeps_the_post_for_the_result_refuses_the_papers() -> None:
    note = "Chỉ để nhận thẻ tại nhà; người nhận trả cước bưu chính."
    options = options_of(procedure(methods=(counter(), FilingMethod(way=FilingWay.POST, note=note))), NOBODY)

    assert options.offered == (PostalOption.RECEIVE,)
    assert (options.send.standing, options.send.why) == (Standing.REFUSED, Why.CATALOGUE)


def test_the_agency_s_list_goes_before_the_record_and_both_are_told_with_their_dates() -> None:
    options = options_of(posted(), lists(excluded=["send"], note="Nộp trực tiếp"))

    assert (options.send.standing, options.send.why) == (Standing.REFUSED, Why.AGENCY_LIST)
    assert (options.send.source, options.send.as_of, options.send.note) == (
        "Quyết định 12/QĐ-UBND", "2026-05-04", "Nộp trực tiếp",
    )  # fmt: skip
    assert options.send.otherwise is not None
    assert (options.send.otherwise.standing, options.send.otherwise.as_of) == (Standing.ALLOWED, "2026-06")
    assert options.receive.why is Why.CATALOGUE


def test_an_agency_that_says_the_same_leaves_nothing_to_tell_apart() -> None:
    assert options_of(posted(), lists(available=["send"])).send.otherwise is None
    assert options_of(procedure(), lists(available=["send"])).send.otherwise is None


def test_who_must_come_gets_nothing_by_post_unless_the_record_says_so() -> None:
    present = ("Khi đăng ký, hai bên phải có mặt.",)
    alone = options_of(procedure(steps=present), NOBODY)
    filed = options_of(procedure(steps=present, methods=(counter(), FilingMethod(way=FilingWay.POST))), NOBODY)

    assert alone.refused
    assert alone.send.why is Why.PRESENCE
    assert (filed.send.standing, filed.receive.standing) == (Standing.ALLOWED, Standing.REFUSED)


def test_who_may_not_have_others_hand_in_may_still_have_the_result_sent_where_filing_by_post_is_published() -> None:
    words = ("Nộp hồ sơ tại Sở Tư pháp, không ủy quyền cho người khác nộp hồ sơ.",)
    filed = options_of(procedure(steps=words, methods=(FilingMethod(way=FilingWay.POST),)), NOBODY)

    assert (filed.send.standing, filed.receive.standing) == (Standing.ALLOWED, Standing.UNKNOWN)
    assert options_of(procedure(steps=words), NOBODY).refused


@pytest.mark.parametrize("aspect", ["post", ""])
def test_what_an_official_switched_off_is_not_told_even_from_the_agency_s_list(aspect: str) -> None:
    hushed = msgspec.structs.replace(posted(), withheld=(Withheld(aspect=aspect, until=date(2026, 12, 1)),))

    options = options_of(hushed, lists(available=["send", "receive"]))

    assert {options.send.why, options.receive.why} == {Why.WITHHELD}
    assert options.offered == ()


def test_an_entry_holds_for_the_codes_that_it_means() -> None:
    national = lists(available=["send"])
    provincial = lists(available=["send"], code="1.001193.H17")

    assert national.entry("1.001193.000.00.00.H17")
    assert provincial.entry("1.001193")
    assert provincial.entry("1.001193.H45") is None
    assert national.entry("1.001194") is None


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([EntryShape(code="1.001193", available=("send",)), EntryShape(code="1.001193", excluded=("send",))], "đã có ở trên"),
        ([EntryShape(code="1.001193", available=("send",), excluded=("send",))], "cùng một chiều"),
        ([EntryShape(code="1.001193")], "ghi send hoặc receive"),
    ],
)  # fmt: skip
def test_a_list_that_contradicts_itself_is_refused_with_the_entry(entries: list[EntryShape], words: str) -> None:
    with pytest.raises(PostalFileError, match=r"mục thứ \d \(1\.001193\)") as refused:
        listed(AgencyListShape(decision="QĐ 1", published=date(2026, 1, 2), procedures=tuple(entries)))
    assert words in str(refused.value)


def test_an_entry_without_document_or_day_is_refused() -> None:
    with pytest.raises(PostalFileError, match="thiếu decision"):
        listed(AgencyListShape(procedures=(EntryShape(code="1.001193", available=("send",)),)))
