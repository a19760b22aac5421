"""One tap after an answer: was it useful? "Chưa" asks what was missing and puts the question on the review list."""

from __future__ import annotations

import re

import msgspec

from bot.channels.contract import Choice, Inbound, Reply
from bot.dialogue.effects import Rate
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step, some_words
from bot.dialogue.texts import Texts
from nlu.aspects import cue_aspects
from nlu.learning.masking import mask
from nlu.learning.review import Reason, Sighting, not_useful
from nlu.text import fold

_REMARK = re.compile(
    r"^(?:con |van |bi |cau tra loi )*(?:thieu|sai|nham|kho hieu|khong (?:dung|ro|thay|co|du)|chua (?:noi|ro|thay|co|du|dung|ghi))\b"
    r"|^(?:it |the answer )*(?:missing|wrong|unclear|not|outdated|lacks)\b"
)
"""How a remark on the answer begins, by which it is told from a question about this or another procedure."""
_WORDS = re.compile(r"\b(?:thieu|sai|nham|kho hieu|cu roi|loi|missing|wrong|unclear|outdated)\b")
"""Words of a remark that asks for nothing."""
_LACKS = ("wrong", "incomplete", "unclear")


def rating_reply(texts: Texts, procedure: str) -> Reply:
    """Return the question that follows the first answer about a procedure."""
    choices = (
        Choice(f"do:useful:yes:{procedure}", texts.render("utter_button_useful")),
        Choice(f"do:useful:no:{procedure}", texts.render("utter_button_not_useful")),
    )
    return Reply(texts.render("utter_useful"), choices)


def _given(rest: str) -> Answers:
    verdict, _, procedure = rest.partition(":")
    return {"verdict": verdict, "procedure": procedure}


async def _rated(at: Place, answers: Answers) -> End:
    useful, procedure = answers["verdict"] == "yes", answers["procedure"]
    if procedure != at.state.to_rate:
        return End((Reply(at.texts.render("utter_useful_known")),), at.state)
    state = msgspec.structs.replace(at.state, to_rate="", ignored_votes=0)
    aspects = at.state.asked if at.state.procedure == procedure else ()
    thanks = Reply(at.texts.render("utter_useful_thanks" if useful else "utter_not_useful_thanks"), replace=True)
    return End((thanks,), state, (Rate(procedure, aspects, useful),), then="" if useful else "lacking")


def _lack(inbound: Inbound) -> str | None:
    """Accept a remark on the answer; a question is one for the assistant, not a remark."""
    said = some_words(inbound)
    if said is None or said.endswith("?"):
        return None
    folded = fold(said)
    return said if _REMARK.search(folded) or (_WORDS.search(folded) and not cue_aspects(said)) else None


async def _lacking(at: Place, answers: Answers) -> End:
    earlier = at.state.earlier
    found = [not_useful(earlier)] if earlier is not None and earlier.text else []
    said = answers.get("what", "")
    if said and said not in _LACKS:
        found.append(Sighting(mask(said), Reason.NOT_USEFUL, context=at.state.procedure))
    reply = Reply(at.texts.render("utter_lacking_wrong" if said == "wrong" else "utter_lacking_thanks"))
    return End((reply,), at.state, review=tuple(found))


USEFUL = Flow(name="useful", title="utter_title_useful", finish=_rated, given=_given)
LACKING = Flow(
    name="lacking",
    title="utter_title_useful",
    finish=_lacking,
    steps=(
        Step(
            "what",
            asks="utter_lacking_what",
            reads=_lack,
            offers=tuple(Offer(lack, f"utter_button_lacking_{lack}") for lack in _LACKS),
            skippable=True,
            cancel=False,
        ),
    ),
    fleeting=True,
)
