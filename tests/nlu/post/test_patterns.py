"""Wordings of the topics: known at the beginning of a message, never searched for all through a long one."""

from __future__ import annotations

from nlu.post.patterns import LONGEST, names_post, topics_in
from nlu.post.topic import Topic

STORY = " ".join(["roi"] * LONGEST)
PRICE, WAYS = "cuoc gui ho so bao nhieu", "cach nao re nhat"


def test_wordings_are_looked_for_among_the_first_words_alone() -> None:
    assert topics_in(PRICE) == topics_in(f"{PRICE} {STORY}") == [Topic.PRICE]
    assert topics_in(f"{STORY} {PRICE}") == []


def test_the_post_is_named_wherever_it_stands_and_a_wording_names_it_at_the_beginning() -> None:
    assert names_post(f"{STORY} buu dien")
    assert names_post(WAYS)
    assert not names_post(f"{STORY} {WAYS}")
    assert not names_post("nop o dau")
