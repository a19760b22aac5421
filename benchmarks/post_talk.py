"""``python -m benchmarks.post_talk``: how many held-out turns about the post are taken for what they ask, and how long it takes.

The set (``nlu/data/questions/post.jsonl``) was written by somebody who had not seen how messages are understood, and nothing was
learned from it. Turns that are no talk of the post are right when they are left to the search. The search itself is not asked.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.figures import percentile
from bot.app import project_root
from bot.dialogue.postal_words import topic_of
from nlu.post.topic import BESIDE, Topic

QUESTIONS = ("nlu", "data", "questions", "post.jsonl")


def main() -> int:
    """Measure and print."""
    lines = project_root().joinpath(*QUESTIONS).read_text("utf-8").splitlines()
    turns: list[Mapping[str, Any]] = [json.loads(line) for line in lines]
    topic_of("cước bưu điện")  # reads the model
    times, right, asked = [], Counter[str](), Counter[str]()
    for turn in turns:
        began = time.perf_counter()
        topic = topic_of(turn["text"], after=bool(turn["before"]))
        times.append(1000 * (time.perf_counter() - began))
        asked[turn["topics"][0]] += 1
        right[turn["topics"][0]] += _right(turn["topics"], topic)
    for name in asked:
        print(f"{name:<12} {right[name]:>3} of {asked[name]:>3}")
    print(f"all {right.total()} of {asked.total()} ({right.total() / asked.total():.3f})")
    print(f"milliseconds: p50 {median(times):.2f}, p95 {percentile(times, 0.95):.2f}")
    return 0


def _right(wanted: Sequence[str], topic: Topic | None) -> bool:
    if topic is None:
        return Topic(wanted[0]) in BESIDE
    return topic in wanted or (topic is Topic.EXEMPT and Topic.PRICE in wanted)


if __name__ == "__main__":
    sys.exit(main())
