"""The fault test's judge sees what is lost, doubled, out of order or not asked for."""

from __future__ import annotations

from benchmarks.chaos_platform import Call, judge

ACCEPTED = {"a": [0, 1], "b": [0]}
WHOLE = [Call("a", "0/0/2", 1), Call("b", "0/0/1", 1), Call("a", "0/1/2", 1), Call("a", "1/0/1", 1)]


def test_all_in_order_is_well() -> None:
    verdict = judge(ACCEPTED, WHOLE)
    assert (verdict.messages, verdict.replies) == (3, 4)
    assert (verdict.lost, verdict.doubled, verdict.reordered, verdict.strange) == (0, 0, 0, 0)


def test_a_message_without_all_its_replies_is_lost() -> None:
    assert judge(ACCEPTED, [WHOLE[0], *WHOLE[3:]]).lost == 2


def test_the_same_reply_again_is_doubled_but_not_out_of_order_at_once() -> None:
    verdict = judge(ACCEPTED, [WHOLE[0], *WHOLE])
    assert (verdict.doubled, verdict.reordered) == (1, 0)


def test_a_reply_behind_one_that_belongs_after_it_is_out_of_order() -> None:
    assert judge(ACCEPTED, [WHOLE[0], WHOLE[3], WHOLE[2], WHOLE[1]]).reordered == 1


def test_what_nobody_asked_for_is_strange() -> None:
    assert judge(ACCEPTED, [*WHOLE, Call("b", "7/0/1"), Call("c", "0/0/1"), Call("a", "xin chào")]).strange == 3


def test_an_old_reply_that_comes_again_behind_a_newer_one_is_out_of_order_too() -> None:
    verdict = judge(ACCEPTED, [*WHOLE, WHOLE[0]])
    assert (verdict.doubled, verdict.reordered) == (1, 1)


def test_what_came_twice_is_put_down_to_the_process_that_could_not_record_it() -> None:
    received = [
        *(Call("a", "0/0/2", 1), Call("b", "0/0/1", 1)),
        *(Call("a", "0/0/2", 2), Call("b", "0/0/1", 2), Call("a", "0/1/2", 2)),
        *(Call("a", "0/1/2", 3), Call("a", "1/0/1", 3), Call("a", "1/0/1", 3)),
    ]
    verdict = judge(ACCEPTED, received, killed=(1, 2))
    assert (verdict.doubled, verdict.most_at_once, verdict.most_in_one, verdict.unexplained) == (4, 2, 1, 1)
    assert verdict.reordered == 0
