"""Tests of joining the entries of a family into what search ranks."""

from __future__ import annotations

from nlu.catalogue.services import LONGEST_BODY, Entry, join_services


def test_the_member_that_answers_best_stands_for_the_service() -> None:
    """A full record before a listing, a national one before a copy, a new one before an old one, then the smaller code."""
    choices = [
        ("1.000001", frozenset[str]()),
        ("1.000002", frozenset({"full", "copy"})),
        ("1.000003", frozenset({"full", "old"})),
        ("1.000005", frozenset({"full"})),
        ("1.000004", frozenset({"full"})),
    ]
    entries = [Entry(code, f"Cấp thẻ {code}", flags=flags, family="1.000001") for code, flags in choices]

    (service,) = join_services(entries)

    assert service.codes == ("1.000004", "1.000005", "1.000003", "1.000002", "1.000001")
    assert service.name == "Cấp thẻ 1.000004"
    assert service.other_names[0] == "Cấp thẻ 1.000005"


def test_entries_without_a_family_stand_alone_in_the_order_of_their_codes() -> None:
    found = join_services([Entry("1.000002", "Đổi thẻ"), Entry("1.000001", "Cấp thẻ")])

    assert [service.codes for service in found] == [("1.000001",), ("1.000002",)]


def test_a_service_knows_the_words_and_sayings_of_all_its_members_once() -> None:
    first = Entry("1.000001", "Cấp thẻ đọc", ("làm thẻ",), ("ở đâu?",), "giấy tờ", "Sách", frozenset({"full"}), "f")
    second = Entry("1.000002", "Cấp thẻ xem", ("làm thẻ", "thẻ mới"), ("ở đâu?",), "ảnh", "Báo", family="f")

    (service,) = join_services([second, first])

    assert service.other_names == ("Cấp thẻ xem",)
    assert service.other_words == ("xem",)
    assert service.also_called == ("làm thẻ", "thẻ mới")
    assert service.questions == ("ở đâu?",)
    assert service.body == "giấy tờ . ảnh"
    assert service.field == "Sách"


def test_levels_add_up_but_what_must_hold_for_all_is_dropped_when_one_lacks_it() -> None:
    one = Entry("1.000001", "Cấp thẻ", flags=frozenset({"full", "commune", "old"}), family="f")
    other = Entry("1.000002", "Cấp thẻ", flags=frozenset({"province"}), family="f")

    (service,) = join_services([one, other])

    assert service.flags == {"full", "commune", "province"}


def test_a_long_body_is_cut() -> None:
    (service,) = join_services([Entry("1.000001", "Cấp thẻ", body="a" * (LONGEST_BODY + 1))])

    assert len(service.body) == LONGEST_BODY
