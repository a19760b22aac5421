"""Reads from one message what a journey by post is asked for: from where, to where, how heavy, which way. Pure."""

from __future__ import annotations

import re
from datetime import date

from bot.dialogue.day_words import day_in
from bot.dialogue.dossier_follow_ups import Meant
from bot.dialogue.flow import Answers
from bot.dialogue.postal_memory import journey, spoke_of_post
from bot.dialogue.postal_places import distance_said, goes_abroad, is_place, place_words, places_said
from bot.dialogue.postal_words import asks_also, asks_for_dossier, beside_post, is_postal, reading, topic_of
from bot.dialogue.state import ConversationState
from bot.postal.option import PostalOption
from bot.postal.ports import PostalFacts, ReadsPlaces
from nlu.codes import parse_procedure_code
from nlu.item_codes import find_item_code
from nlu.post.topic import Topic
from nlu.text import fold, normalise
from nlu.understanding import Aspect
from nlu.weights import read_weight, without_weight

SHEETS = "t"
"""Behind a number of sheets, in an answer that is grams otherwise."""
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
_SENDS_PAPERS = re.compile(r"\b(?:gui|chuyen|ship)(?: \w+){0,2} (?:ho so|giay(?: to)?|bi|ket qua)\b")
_YES_OR_NO = re.compile(r"\b(?:khong|chua)$")
_WEIGHS = re.compile(r"^(?:(?:the|vay|con|neu) )*nang \d")
_ON = re.compile(r"^(?:(?:the|vay|con|neu|gio|thi|a|u|ma|doi|sua|tinh|lai|giup|em|toi|what|if|and|about) )*")
_FLOWS = {
    Topic.OPTIONS: "postal",
    Topic.OFFICES: "postal_offices",
    Topic.COMPARE: "postal_compare",
    Topic.PRICE: "postal_price",
    Topic.EXEMPT: "postal_exempt",
    Topic.SLIP: "postal_request",
    Topic.TRACK: "postal_track",
}
"""Flow of a topic; the others are explained."""
_OF_PROCEDURES = frozenset({Topic.OPTIONS, Topic.COMPARE, Topic.PRICE, Topic.SLIP, Topic.ORIGINALS})
"""What is answered for the procedure that a message names: only the search knows which."""
_MONEY = re.compile(
    r"\b(?:gia(?! (?:dinh|han|tri))|phi|(?<!can )cuoc|tien|(?<!hop )(?<!hoat )(?<!lao )(?<!cong )dong|ton bao nhieu|how much)\b"
)
"""That a price is asked together with the days."""
_WHEN = frozenset({Topic.DAYS, Topic.LATE})
_GOES_ON = frozenset({"postal_price", "postal_compare"})
_JOURNEYS = frozenset({Topic.PRICE, Topic.EXEMPT, Topic.OPTIONS})
"""What a bare place or weight may be taken for and still changes the journey that was told of."""
_CLEARLY = 0.7
"""How likely another topic must be for a place or weight not to change the journey."""


def journey_said(text: str, places: ReadsPlaces) -> Answers:
    """Return what a message tells of a journey, as answers of the flows that ask for it."""
    said = fold(normalise(text))
    answers: dict[str, str] = {}
    weight = weight_said(text)
    if weight:
        answers["weight"] = weight
    option = _option(said)
    if option is not None:
        answers["option"] = option
    if _CARRY.search(said):
        answers["carry"] = "no" if _NO_CARRY.search(said) else "yes"
    origin, target = places_said(places, text)
    if origin:
        answers["from"] = origin
    if target:
        answers["to"] = target
    if asks_also(text, Topic.DAYS):
        answers["days"] = "yes"
    far = distance_said(text)
    return answers if origin or target or not far else {**answers, "from": far}


def weight_said(text: str) -> str:
    """Return the grams that a message names, or its sheets with ``SHEETS`` behind: what these weigh is the agency's to say."""
    found = read_weight(text)
    if found is None:
        return ""
    return f"{found.sheets}{SHEETS}" if found.sheets else str(found.grams)


def grams_of(said: str, facts: PostalFacts) -> int:
    """Return the grams that an answer of ``weight_said`` stands for; 0 for none."""
    return facts.weigh(int(said.removesuffix(SHEETS))) if said.endswith(SHEETS) else int(said or 0)


def code_said(text: str) -> str:
    """Return the procedure's code that a button brings along, or that was typed; else ""."""
    code = parse_procedure_code(text)
    return code.text if code else ""


def topic_flow(topic: Topic, text: str, today: date) -> Meant:
    """Return the flow that answers a topic."""
    if topic in _WHEN and _MONEY.search(fold(normalise(text))):
        topic = Topic.PRICE
    flow = _FLOWS.get(topic)
    if flow:
        return Meant(flow, "" if topic is Topic.SLIP else text)  # The slip takes a procedure's code, not words.
    posted = day_in(text, today) if topic in _WHEN else None
    # "Hôm nay chưa thấy bưu tá" tells no day of sending.
    if posted is None or (topic is Topic.LATE and posted == today):
        return Meant("postal_answer", topic.value)
    return Meant("postal_days", f"{posted} {text}")


def about_post(text: str, state: ConversationState, places: ReadsPlaces, today: date) -> Meant | None:
    """Return what a message opens that is surely about the post, whatever procedure it names; ``None`` for every other.

    Args:
        text: of the message.
        state: of the conversation.
        places: reads the places that it names.
        today: on Vietnam's calendar.
    """
    item = find_item_code(text)
    if item is not None:
        return Meant("postal_track", text)
    spoken = spoke_of_post(state) or _sends_somewhere(text, places)
    if (spoken or is_postal(text)) and goes_abroad(places, text):
        return topic_flow(Topic.ABROAD, text, today)
    on = _going_on(text, state, places)
    if on is not None:
        return on
    topic, open_talk = topic_in(text, state), spoken and not state.flows
    if topic is None and open_talk and asks_for_dossier(text, after=True):
        return Meant("status")
    if topic is None or not (is_postal(text) or (open_talk and topic is not Topic.SECRECY)):
        return None  # Of what does not name the post the search is heard first; "ai giữ thông tin của tôi" may ask us.
    return topic_flow(topic, text, today) if topic not in _OF_PROCEDURES or _only_post(text, places) else None


def topic_in(text: str, state: ConversationState) -> Topic | None:
    """Return what a message asks about the post in a conversation: after talk of it, it need not name it.

    While something is asked of the person, most messages are answers to that: then it must be named, or be surely meant.
    """
    return topic_of(text, after=spoke_of_post(state) and not state.flows)


def of_declined(text: str, state: ConversationState, today: date) -> Meant | None:
    """Return what a message about the post opens that was no question about a procedure."""
    topic = topic_in(text, state)
    if topic is not None:
        return topic_flow(topic, text, today)
    return Meant("postal", text) if is_postal(text) and len(text.split()) <= EXPLAINED else None


def _going_on(text: str, state: ConversationState, places: ReadsPlaces) -> Meant | None:
    """Take a bare weight, place or way for a change of the journey that was just told of."""
    last = _told_last(state)
    if not last or len(text.split()) > SHORT:
        return None
    said = fold(normalise(text)).strip(" .,!?")
    answers = journey_said(text, places)
    topic = topic_of(text, after=True)
    another = topic is not None and topic not in _JOURNEYS and reading(text, after=True).shares[topic] >= _CLEARLY
    if another and "weight" not in answers:
        return Meant("postal_compare", text) if topic is Topic.COMPARE else None
    if _WEIGHS.search(said) and "weight" not in answers:
        return Meant("postal_weight")  # "nặng 0 gam": no weight, but nothing else either
    if set(answers) == {"option"} and (_YES_OR_NO.search(said) or last != journey(state).last):
        return None  # "nhận kết quả tại nhà được không" asks what is possible, not what it costs
    if answers and _only_post(_ON.sub("", _without_places(text, places)), places):
        return Meant(last, text)
    words = _ON.sub("", said)
    bare = words != said and place_words(places, words.removesuffix(" thi sao").removesuffix(" thi bao nhieu"))
    return Meant(last, f"gửi từ {bare}") if bare else None


def _told_last(state: ConversationState) -> str:
    """Return the flow that goes on: the one that told of a journey last, else the price of what was told to be possible."""
    talk = journey(state)
    asking = state.flows[-1].name if state.flows else ""
    if asking in _GOES_ON and spoke_of_post(state):
        return asking
    if talk.last in _GOES_ON and talk.over == state.procedure:
        return talk.last
    told = spoke_of_post(state) or state.asked == (Aspect.POST.value,)
    return "postal_price" if state.procedure and told else ""


def _without_places(text: str, places: ReadsPlaces) -> str:
    """Leave out the places and the weight: their words would look like a procedure's."""
    plain = normalise(text)
    for place in places_said(places, plain):
        if place:
            plain = plain.replace(place, " ")
    return without_weight(plain)


def _sends_somewhere(text: str, places: ReadsPlaces) -> bool:
    """Tell whether a message sends papers to a place: then it is about the post though it does not name it."""
    return _SENDS_PAPERS.search(fold(normalise(text))) is not None and bool(places_said(places, text)[1])


def _only_post(text: str, places: ReadsPlaces) -> bool:
    """Tell whether a message is about the post alone: whatever else it names is a place."""
    beside = beside_post(_without_places(text, places))
    return not beside or is_place(places, beside)


def _option(said: str) -> PostalOption | None:
    if _BOTH.search(said):
        return PostalOption.BOTH
    if _RECEIVE.search(said):
        return PostalOption.RECEIVE
    if _SEND.search(said):
        return PostalOption.SEND
    return PostalOption.RECEIVE if _RESULT.search(said) and "ho so" not in said else None
