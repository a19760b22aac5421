"""/ngonngu: Vietnamese or English."""

from __future__ import annotations

import re

import msgspec

from bot.channels.contract import Inbound, Reply
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step
from nlu.text import fold
from nlu.understanding import Intent

_NAMES = {
    "vi": ("vi", "tieng viet", "vietnamese", "viet"),
    "en": ("en", "tieng anh", "english", "anh"),
}


_WITHIN = {"vi": re.compile(r"\b(?:tieng viet|vietnamese)\b"), "en": re.compile(r"\b(?:tieng anh|english)\b")}
_NOT = re.compile(r"\b(?:khong|ko|dung|chua|thoi|not|no|don't|stop)\b")
"""Who says which one not to speak has not named the other."""


def _named(text: str) -> str | None:
    said = fold(text).strip(" .,!?")
    whole = next((language for language, names in _NAMES.items() if said in names), None)
    if whole or _NOT.search(said):
        return whole
    within = [language for language, words in _WITHIN.items() if words.search(said)]
    return within[0] if len(within) == 1 else None


def _reads(inbound: Inbound) -> str | None:
    return _named(inbound.text)


def _given(rest: str) -> Answers:
    language = _named(rest)
    return {"which": language} if language else {}


async def _finish(at: Place, answers: Answers) -> End:
    language = answers["which"]
    said = at.texts.speaking(language).render("utter_language_now")
    undone = at.state.language_noticed and language != at.state.language
    state = msgspec.structs.replace(at.state, language=language, language_noticed=False, language_kept=undone)
    return End((Reply(said, replace=True),), state)


LANGUAGE = Flow(
    name="language",
    title="utter_title_language",
    finish=_finish,
    steps=(
        Step(
            "which",
            asks="utter_language_which",
            reads=_reads,
            offers=(Offer("vi", "utter_button_vi"), Offer("en", "utter_button_en")),
        ),
    ),
    commands=("ngonngu",),
    intents=frozenset({Intent.CHANGE_LANGUAGE}),
    given=_given,
    hears=True,
)
