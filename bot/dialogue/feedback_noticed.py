"""Notices feedback, a denunciation, a street report or an emergency that was written without saying what it is.

Most people tell at once what happened. The search then finds a procedure that shares some words, or nothing. What the border
(``nlu.border``) is sure of is led to its door; where a procedure was found as well, feedback is only offered beneath it: a
wrong offer costs a line, a wrong door costs the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.channels.contract import Choice, Inbound, InboundKind
from bot.dialogue.feedback_border import weigh
from bot.dialogue.said import Said
from bot.dialogue.texts import Texts
from bot.dialogue.typed_answers import asks_something
from feedback.record import REGISTERED_KINDS, Border
from feedback.suggesting import UnderstandsFeedback
from nlu.decision import Outcome
from nlu.english import English
from nlu.text import normalise
from nlu.understanding import Intent, Understanding

FLOW = "pakn_noticed"
"""Name of the flow that shows the door."""
SHORTEST, SHORTEST_STORY = 4, 6
"""Words below which a message tells nothing, and below which it is no story to hand in."""
OVER_ANSWER = 0.95
"""Trust from which a door is shown although procedures were found, unless the message surely asks for one."""
OVER_DANGER = 0.9
"""The same for an emergency."""
ASKS_SURELY = 0.8
"""Confidence of a procedure question from which it is one, whatever else it sounds like."""
_UNHEARD = frozenset({Outcome.DECLINED, Outcome.OTHER_FLOW})
_LONGEST_ID = 40
"""Letters of a message's id that a button can carry."""
_NO_QUESTION = re.compile(
    r"\b(?:lúc|hôm|ngày|lần|câu|ai|luc|hom|ngay|lan|cau) (?:nào |nao )?(?:cũng|cung)\b"
    r"|\b(?:mấy|may) (?:cô|chú|anh|chị|ông|bà|người|đứa|thằng|hôm|ngày|tuần|tháng|năm|lần|bữa|co|chu|chi|ong|ba|nguoi|ngay|tuan|thang|lan|bua)\b",
    re.IGNORECASE,
)
"""Holds a word of questions and asks nothing."""
_WHOLE, _END = 9, 5
"""Words up to which all of a message is looked at for a question, and how many of a longer one's last."""
_CALL_ME = re.compile(
    r"\b(?:gọi|goi|alo|nhắn|nhan|liên hệ|lien he|liên lạc|lien lac)(?: (?:lại|lai|cho|với|voi|giúp|giup))* "
    r"(?:em|tôi|toi|tui|mình|minh|cháu|chau|con|anh|chị|chi|cô|co|chú|chu|bác|bac|số|so|mẹ|me|bố|bo)\b.{0,30}(?:\d[ .-]?){9,11}\D{0,20}$",
    re.IGNORECASE,
)
"""Ends in the wish to be called back: a telephone number alone makes no advert."""
_DOORS = frozenset(
    {Border.DENUNCIATION, Border.COMPLAINT, Border.FIELD_REPORT, Border.EMERGENCY, Border.ADVERT, Border.INSULT}
)
"""Not legal questions: what the assistant says to these stands already."""


class Notice(Enum):
    """What to do about a message beside its answer."""

    NOTHING = auto()
    OFFER = auto()
    """Say beneath the answer that it can be handed in as feedback."""
    LEAD = auto()
    """Show its door, or offer to take it in, instead of the answer."""


@dataclass(frozen=True)
class Noticed:
    """What was noticed in a message."""

    notice: Notice = Notice.NOTHING
    border: Border = Border.OTHER


@dataclass(frozen=True)
class Notices:
    """Reads messages that were answered without anybody asking for feedback."""

    understands: UnderstandsFeedback
    english: English

    def of(self, inbound: Inbound, said: Said, read: Understanding | None, language: str) -> Noticed:
        """Tell what to do about a message, given what it was answered."""
        text = inbound.text
        if inbound.kind is not InboundKind.TEXT or inbound.data.get("group") or said.opens or read is None:
            return Noticed()
        if said.outcome is Outcome.EMERGENCY:
            return Noticed()
        label = self.english.notice(text) if language == "en" else ""
        if label:
            return Noticed() if _asks(text) else Noticed(Notice.LEAD, Border(label))
        length = len(normalise(text).split())
        if length < SHORTEST:
            return Noticed()
        found = weigh(self.understands, text)
        border = found.suggested.border
        if border is Border.ADVERT and length <= _WHOLE and _CALL_ME.search(text):
            return Noticed()
        if length < SHORTEST_STORY and border in REGISTERED_KINDS:
            return Noticed()
        if _asks(text) or not (found.certain or found.door in _DOORS):
            return Noticed()
        if border is Border.EMERGENCY:
            return Noticed(Notice.LEAD if found.sure >= OVER_DANGER else Notice.NOTHING, border)
        return Noticed(_notice(border, found.sure, said, read), border)


def _asks(text: str) -> bool:
    """Tell whether a message asks: a story has "lúc nào cũng" and "ai" in it as well, but a question ends as one."""
    said = _NO_QUESTION.sub("", normalise(text))
    words = said.split()
    return "?" in said or asks_something(said if len(words) <= _WHOLE else " ".join(words[-_END:]))


def _notice(border: Border, sure: float, said: Said, read: Understanding) -> Notice:
    if said.outcome in _UNHEARD:
        return Notice.LEAD
    inside, very_sure = border in REGISTERED_KINDS, sure >= OVER_ANSWER
    if read.intent is Intent.ASK_PROCEDURE and read.confidence >= ASKS_SURELY:
        return Notice.OFFER if inside and very_sure else Notice.NOTHING
    if inside:
        return Notice.OFFER
    return Notice.LEAD if very_sure else Notice.NOTHING


def offered(texts: Texts, said: Said, message: str) -> Said:
    """Return an answer with the offer to take the message in as feedback beneath it."""
    if not said.replies:
        return said
    last = said.replies[-1]
    text = f"{last.text}\n\n{texts.render('utter_pakn_offer_beneath')}"
    reply = replace(last, text=text, choices=(*last.choices, offer_choice(texts, message)))
    return replace(said, replies=(*said.replies[:-1], reply))


def offer_choice(texts: Texts, message: str) -> Choice:
    """Return the button that begins feedback with the words of a message."""
    given = f":said:{message}" if message and len(message) <= _LONGEST_ID else ""
    return Choice(f"do:feedback{given}", texts.render("utter_button_pakn_begin"))
