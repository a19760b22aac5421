"""Tells from its words what a message asks about the post. Pure.

A topic alone does not tell that a message is about the post and nothing else: ``only_postal`` does, by a list of words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.dialogue.postal_vocabulary import PHRASES, WORDS
from nlu.post.model import PostReading, fitted
from nlu.post.patterns import LONGEST, names_post, topics_in
from nlu.post.topic import Topic
from nlu.text import expand, fold, normalise

BARE = 5
"""Words up to which wordings known by heart say more than what was fitted on sentences ("cước bưu điện")."""
STAMPS = 8
"""The same for the post's own business: stamps and savings are talked of in few ways."""
NAMED, NOW, UNNAMED = 0.5, 0.6, 0.8
"""How likely a message must be about the post: where it names it, just after talk of it, and else."""
LEAST = 0.35
"""How likely the likeliest topic must be where the post is named: below it nobody knows, and what can go by post at all is told."""
SURELY = 0.9
"""How likely a message must ask for a dossier where nothing was said before it, or speak of the post where it sounds like a right that is asked for."""


def topic_of(text: str, *, after: bool = False) -> Topic | None:
    """Return what a message asks about the post; ``None`` for another matter.

    Args:
        text: of the message.
        after: the post was spoken of just now, so that the message may leave it out.
    """
    said = _said(text)
    length = len(said.split())
    if not 0 < length <= LONGEST:
        return None
    named, known = names_post(said), topics_in(said)
    if Topic.FORBIDDEN in known:
        return Topic.FORBIDDEN  # Who asks whether money may go along is never told something else.
    if named and known and length <= (STAMPS if known[0] is Topic.NOT_OURS else BARE):
        return known[0]
    read = reading(text, after=after)
    if read.post < (NAMED if named else NOW if after else UNNAMED) or (named and length <= 2):
        return None
    if named and read.shares[read.topic] < LEAST:
        return Topic.OPTIONS
    return Topic.EXEMPT if read.topic is Topic.PRICE and Topic.EXEMPT in known else read.topic


@lru_cache(maxsize=16)
def reading(text: str, *, after: bool) -> PostReading:
    """Return what the shipped model makes of a message; several ask within one turn."""
    return fitted().read(text, after=after)


def surely_postal(text: str) -> bool:
    """Tell whether a message is about the post beyond doubt, whatever was said before it."""
    return reading(text, after=False).post >= SURELY


def asks_for_dossier(text: str, *, after: bool) -> bool:
    """Tell whether a message surely asks where a dossier stands at the office, and not where an item of the post is."""
    return reading(text, after=after).shares[Topic.DOSSIER] >= (NOW if after else SURELY)


def is_postal(text: str) -> bool:
    """Tell whether a message names the post at all."""
    return names_post(_said(text))


def only_postal(text: str) -> bool:
    """Tell whether a message speaks of the post and of nothing else: it names no procedure."""
    return not beside_post(text)


def beside_post(text: str) -> str:
    """Return the words of a message that do not belong to talk of the post: a procedure's name, or a place."""
    words = PHRASES.sub(" ", _said(text)).split()
    return " ".join(word for word in words if word not in WORDS and not word.isdigit())


def asks_also(text: str, topic: Topic) -> bool:
    """Tell whether a message asks something about the post, whatever else it asks in one breath."""
    return topic in topics_in(_said(text))


def _said(text: str) -> str:
    written = [fold(word) for word in expand(normalise(text).lower().split())]
    return re.sub(r"[^\w ]+", " ", " ".join(written)).strip()
