"""Says whom to call in an emergency: the most urgent number first, and the others that what was said calls for."""

from __future__ import annotations

from bot.channels.contract import Reply
from bot.dialogue.texts import Texts
from nlu.hotlines import emergency_of, helpers_of

TOLD = {"child": ("child", "police"), "violence": ("police", "ambulance", "child"), "despair": ("ambulance", "child")}
"""Numbers that the sentence of a kind names already, beside its first."""


def emergency_reply(texts: Texts, text: str) -> Reply:
    """Return what is said to an emergency, whether its words tell its kind or not."""
    helpers = helpers_of(text)
    if not helpers:
        return Reply(texts.render("utter_emergency_any"))
    kind = emergency_of(text)
    key = str(kind) if kind else helpers[0]
    said = texts.render(f"utter_emergency_{key}", number=texts.values[helpers[0]])
    others = [name for name in helpers[1:] if name not in TOLD.get(key, ())]
    if not others:
        return Reply(said)
    named = ", ".join(texts.render(f"utter_helper_{name}") for name in others)
    # Right behind the sentence with the first number: who reads no further has read them all, in their order.
    end = said.find(". ", said.find(texts.values[helpers[0]])) + 2
    return Reply(f"{said[:end]}{texts.render('utter_emergency_also', others=named)} {said[end:]}")
