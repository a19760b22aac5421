"""What a message asks about the post, as fitted by ``nlu.fitting.post_topics``. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlu.linear_signs import LinearSigns, softmax
from nlu.post.signs import kinds_of
from nlu.post.topic import BESIDE, Topic

FITTED = Path(__file__).with_name("topics.json")
TOPICS = tuple(Topic)
COLUMNS = tuple(topic.value for topic in TOPICS)


@dataclass(frozen=True)
class PostReading:
    """What the model makes of a message."""

    shares: Mapping[Topic, float]

    @property
    def topic(self) -> Topic:
        """Return the likeliest topic of the post, however likely something else is."""
        return max((one for one in TOPICS if one not in BESIDE), key=self.shares.__getitem__)

    @property
    def post(self) -> float:
        """Return how likely the message is about the post at all; between 0 and 1."""
        return 1.0 - sum(self.shares[one] for one in BESIDE)


@dataclass(frozen=True)
class PostModel:
    """Reads messages."""

    signs: LinearSigns

    def read(self, text: str, *, after: bool = False) -> PostReading:
        """Read a message.

        Args:
            text: as it was written.
            after: the post was spoken of just now.
        """
        scores = self.signs.scores(kinds_of(text, after=after))
        return PostReading(dict(zip(TOPICS, softmax(scores.tolist()), strict=True)))


@cache
def fitted() -> PostModel:
    """Return the model that is shipped with the code."""
    return PostModel(LinearSigns.from_json(json.loads(FITTED.read_text("utf-8")), COLUMNS))
