"""Reads from one message what a journey by post is asked for: from where, to where, how heavy, which way. Pure."""

from __future__ import annotations

import re

from bot.dialogue.dossier_follow_ups import Meant
from bot.dialogue.flow import Answers
from bot.dialogue.postal_memory import journey
from bot.dialogue.postal_places import distance_said, place_words, route_in
from bot.dialogue.postal_words import Topic, is_postal, only_postal, topic_of
from bot.dialogue.state import ConversationState
from bot.postal.option import PostalOption
from bot.postal.ports import ReadsPlaces
from nlu.codes import parse_procedure_code
from nlu.item_codes import find_item_code
from nlu.places.place import Outcome
from nlu.text import fold, normalise
from nlu.understanding import Aspect
from nlu.weights import read_weight, without_weight

SHORT = 12
"""Words of a message that goes on about a price ("thế nặng 2 ký thì sao")."""
EXPLAINED = 14
"""Words up to which a message that asks for an explanation is one, whatever papers it names ("mất sổ đỏ gửi bưu điện")."""
_BOTH = re.compile(r"\b(?:hai chieu|ca hai|ca gui (?:va|lan) nhan|gui (?:va|roi) (?:nhan|tra)|both ways?)\b")
_SEND = re.compile(r"\b(?:chi|moi) (?:can )?gui\b|\bgui di thoi\b|\bchieu (?:di|gui)\b|\bonly send\b")
_RECEIVE = re.compile(
    r"\b(?:chi|moi) (?:can )?(?:nhan|tra|giao)\b|\bchieu (?:ve|nhan|tra)\b|\bonly (?:receive|the result)\b"
)
_RESULT = re.compile(r"\b(?:tra|giao|nhan|gui) ket qua\b|\bket qua ve nha\b")
_CARRY = re.compile(r"\bthu (?:ho|gium|giup)\b|\bcarry the fee\b")
_NO_CARRY = re.compile(r"\b(?:khong|thoi|bo|khoi) (?:can )?thu ho\b|\bwithout carrying\b")
_YES_OR_NO = re.compile(r"\b(?:khong|chua)$")
_WEIGHS = re.compile(r"^(?:(?:the|vay|con|neu) )*nang \d")
_ON = re.compile(r"^(?:(?:the|vay|con|neu|gio|thi|a|u|ma|doi|sua|tinh|lai|giup|em|toi|what|if|and|about) )*")
_FLOWS = {
    Topic.OFFICES: "postal_offices",
    Topic.COMPARE: "postal_compare",
    Topic.PRICE: "postal_price",
    Topic.EXEMPT: "postal_exempt",
    Topic.TRACK: "postal_track",
}
"""Flow of a topic; the others are explained."""
_ABOUT_PROCEDURES = frozenset({Topic.COMPARE, Topic.PRICE, Topic.DAYS, Topic.HOME})
"""What is asked of a procedure as well: a message that names one is left to the search."""
_GOES_ON = frozenset({"postal_price", "postal_compare"})


def journey_said(text: str, places: ReadsPlaces) -> Answers:
    """Return what a message tells of a journey, as answers of the flows that ask for it."""
    said = fold(normalise(text))
    answers: dict[str, str] = {}
    weight = read_weight(text)
    if weight is not None:
        answers["weight"] = str(weight.grams)
    option = _option(said)
    if option is not None:
        answers["option"] = option
    if _CARRY.search(said):
        answers["carry"] = "no" if _NO_CARRY.search(said) else "yes"
    origin, target = (one if one and _is_place(places, one) else "" for one in route_in(text))
    if origin:
        answers["from"] = origin
    if target:
        answers["to"] = target
    far = distance_said(text)
    return answers if origin or target or not far else {**answers, "from": far}


def code_said(text: str) -> str:
    """Return the procedure's code that a button brings along, or that was typed; else ""."""
    code = parse_procedure_code(text)
    return code.text if code else ""


def topic_flow(topic: Topic, text: str) -> Meant:
    """Return the flow that answers a topic."""
    flow = _FLOWS.get(topic)
    return Meant(flow, text) if flow else Meant("postal_answer", topic.value)


def about_post(text: str, state: ConversationState, places: ReadsPlaces) -> Meant | None:
    """Return what a message opens that is surely about the post, and names no procedure; ``None`` for every other.

    Args:
        text: of the message.
        state: of the conversation.
        places: reads the places that it names.
    """
    item = find_item_code(text)
    if item is not None:
        return Meant("postal_track", text)
    on = _going_on(text, state, places)
    if on is not None:
        return on
    topic = topic_of(text)
    if topic is None:
        return None
    told = topic not in _ABOUT_PROCEDURES and is_postal(text) and len(text.split()) <= EXPLAINED
    return topic_flow(topic, text) if told or only_postal(_without_places(text, places)) else None


def of_declined(text: str) -> Meant | None:
    """Return what a message opens that names the post and was no question about a procedure."""
    topic = topic_of(text)
    if topic is not None:
        return topic_flow(topic, text)
    return Meant("postal", text) if is_postal(text) and len(text.split()) <= EXPLAINED else None


def of_answered(text: str) -> Meant | None:
    """Return what a message opens that names a procedure as well: a price or a comparison, beyond the procedure's record."""
    topic = topic_of(text)
    return topic_flow(topic, text) if topic in (Topic.PRICE, Topic.COMPARE) else None


def _going_on(text: str, state: ConversationState, places: ReadsPlaces) -> Meant | None:
    """Take a bare weight, place or way for a change of the journey that was just told of."""
    last = _told_last(state)
    if not last or len(text.split()) > SHORT:
        return None
    said = fold(normalise(text)).strip(" .,!?")
    topic = topic_of(text)
    if topic is Topic.COMPARE:
        return Meant("postal_compare", text)
    if topic is not None and topic is not Topic.PRICE:
        return None
    answers = journey_said(text, places)
    if _WEIGHS.search(said) and "weight" not in answers:
        return Meant("postal_weight")  # "nặng 0 gam": no weight, but nothing else either
    if set(answers) == {"option"} and (_YES_OR_NO.search(said) or last != journey(state).last):
        return None  # "nhận kết quả tại nhà được không" asks what is possible, not what it costs
    if answers and only_postal(_ON.sub("", _without_places(text, places))):
        return Meant(last, text)
    words = _ON.sub("", said)
    bare = words != said and place_words(places, words.removesuffix(" thi sao").removesuffix(" thi bao nhieu"))
    return Meant(last, f"gửi từ {bare}") if bare else None


def _told_last(state: ConversationState) -> str:
    """Return the flow that goes on: the one that told of a journey last, else the price of what was told to be possible."""
    talk = journey(state)
    if talk.last in _GOES_ON and talk.over == state.procedure:
        return talk.last
    return "postal_price" if state.procedure and state.asked == (Aspect.POST.value,) else ""


def _without_places(text: str, places: ReadsPlaces) -> str:
    """Leave out the places and the weight: their words would look like a procedure's."""
    plain = normalise(text)
    for place in route_in(plain):
        if place and _is_place(places, place):
            plain = plain.replace(place, " ")
    return without_weight(plain)


def _is_place(places: ReadsPlaces, words: str) -> bool:
    return places.read(words).outcome is not Outcome.NONE


def _option(said: str) -> PostalOption | None:
    if _BOTH.search(said):
        return PostalOption.BOTH
    if _RECEIVE.search(said):
        return PostalOption.RECEIVE
    if _SEND.search(said):
        return PostalOption.SEND
    return PostalOption.RECEIVE if _RESULT.search(said) and "ho so" not in said else None
