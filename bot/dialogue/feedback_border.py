"""The border of feedback as a citizen meets it: what a text is taken for, and which other door it is shown (Article 1, 3, 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.contract import Choice, Reply
from bot.dialogue.emergencies import emergency_reply
from bot.dialogue.feedback_ports import Reception
from bot.dialogue.texts import Texts
from feedback.record import REGISTERED_KINDS, Border, Classification
from feedback.suggesting import UnderstandsFeedback
from nlu.border.decision import SURE

SHOWS_DOOR = SURE
"""Trust in the label from which a text is shown another door instead of being taken in; below it an official says.

Chosen with ``SHOWS_DOOR_SOON`` on the cross-validation of the border: as written and with slips of the typing together, less
than 1 % of what is to be registered is shown another door (``docs/feedback-border.md``).
"""
SHOWS_DOOR_SOON = 0.75
"""The same for what does harm when it is written down here."""
HARMFUL = frozenset({Border.DENUNCIATION, Border.EMERGENCY})
KEPT = frozenset({Border.COMPLAINT, Border.LEGAL_QUESTION, Border.FIELD_REPORT})
"""Of these the text waits for the person's word whether it was understood rightly; of the others nothing is kept."""
_SAID: Mapping[Border, str] = {
    Border.COMPLAINT: "utter_complaint",
    Border.DENUNCIATION: "utter_denunciation",
    Border.FIELD_REPORT: "utter_pakn_field",
    Border.LEGAL_QUESTION: "utter_pakn_legal",
    Border.ADVERT: "utter_pakn_advert",
    Border.INSULT: "utter_pakn_insult",
}
_SAYS_SO = frozenset({Border.ADVERT, Border.INSULT, Border.LEGAL_QUESTION, Border.FIELD_REPORT})
"""Whose sentence says already that nothing is registered."""


@dataclass(frozen=True)
class Weighed:
    """What a text is taken for."""

    suggested: Classification
    door: Border | None
    """The other door to show; ``None``: it is taken in."""
    certain: bool
    """Whether it is surely one to register; else an official says."""
    sure: float = 0.0
    """See ``feedback.suggesting.Suggestion.sure``."""


def weigh(understands: UnderstandsFeedback, text: str) -> Weighed:
    """Return what a text is taken for. In doubt it is taken in."""
    found = understands.suggest(text)
    label = found.classification.border
    inside = label in REGISTERED_KINDS
    floor = SHOWS_DOOR_SOON if label in HARMFUL else SHOWS_DOOR
    shown = not inside and label is not Border.OTHER and found.sure >= floor
    return Weighed(found.classification, label if shown else None, inside and found.sure >= SURE, found.sure)


def door_text(texts: Texts, reception: Reception, border: Border, text: str = "") -> str:
    """Explain kindly what a text is, where it can be handed in, and within what time."""
    if border is Border.EMERGENCY:
        return emergency_reply(texts, text).text
    phone = reception.doors.field_reports or texts.render("utter_pakn_field_phone")
    said = texts.render(_SAID[border], phone=phone)
    return said if border in _SAYS_SO else f"{said}\n\n{texts.render('utter_pakn_not_kept')}"


def door_reply(texts: Texts, reception: Reception, border: Border, text: str = "") -> Reply:
    """Show the door; one tap says that it was meant otherwise."""
    said = door_text(texts, reception, border, text)
    if border is Border.EMERGENCY:
        return Reply(said)
    mine = Choice("do:feedback:mine", texts.render("utter_button_pakn_mine"))
    return Reply(f"{said}\n\n{texts.render('utter_pakn_door_ask')}", (mine,))
