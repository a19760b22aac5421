"""The fault test's judge sees what is lost, doubled, out of order or not asked for."""

from __future__ import annotations

from benchmarks.chaos_platform import Verdict, judge

ACCEPTED = {"a": [0, 1], "b": [0]}
WHOLE = [("a", "0/0/2"), ("b", "0/0/1"), ("a", "0/1/2"), ("a", "1/0/1")]


def test_all_in_order_is_well() -> None:
    assert judge(ACCEPTED, WHOLE) == Verdict(messages=3, replies=4, lost=0, doubled=0, reordered=0, strange=0)


def test_a_message_without_all_its_replies_is_lost() -> None:
    assert judge(ACCEPTED, [WHOLE[0], *WHOLE[3:]]).lost == 2


def test_the_same_reply_again_is_doubled_but_not_out_of_order_at_once() -> None:
    verdict = judge(ACCEPTED, [WHOLE[0], *WHOLE])
    assert (verdict.doubled, verdict.reordered) == (1, 0)


def test_a_reply_behind_one_that_belongs_after_it_is_out_of_order() -> None:
    assert judge(ACCEPTED, [WHOLE[0], WHOLE[3], WHOLE[2], WHOLE[1]]).reordered == 1


def test_what_nobody_asked_for_is_strange() -> None:
    assert judge(ACCEPTED, [*WHOLE, ("b", "7/0/1"), ("c", "0/0/1"), ("a", "xin chào")]).strange == 3
