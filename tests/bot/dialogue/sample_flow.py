"""A flow as later ones will be: a story, a telephone number, a place that may be skipped, and a confirmation."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.channels.contract import Inbound, InboundKind, Reply
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step, no_words


def phone(inbound: Inbound) -> str | None:
    digits = re.sub(r"\D", "", str(inbound.data.get("phone", "")) or inbound.text)
    return digits if re.fullmatch(r"0\d{9}", digits) else None


def number(inbound: Inbound) -> str | None:
    found = re.fullmatch(r"\s*(\d{1,2})(?: người)?\s*", inbound.text)
    return found[1] if found else None


async def finish(at: Place, answers: Answers) -> End:
    told = "; ".join(f"{name}={value}" for name, value in answers.items())
    return End((Reply(f"XONG {told}"),), at.state)


SAMPLE = Flow(
    name="sample",
    title="utter_title_feedback",
    finish=finish,
    steps=(
        Step("story", asks="utter_greet_again", story=True),
        Step(
            "phone",
            asks="utter_title_person",
            example="utter_title_language",
            label="utter_title_dossier",
            reads=phone,
            kinds=frozenset({InboundKind.TEXT, InboundKind.CONTACT}),
            numbers=True,
        ),
        Step("people", asks="utter_title_mydata", label="utter_title_postal", reads=number, skippable=True),
        Step("sure", asks="utter_title_erase", reads=no_words, offers=(Offer("yes", "utter_button_useful"),)),
    ),
    expires=timedelta(minutes=30),
)
"""Asks with sentences of the house that are there anyway; only their order matters."""
