"""What somebody who waits for an official sends without words: kept for the official, not read by the assistant. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.dossier_follow_ups import Meant

_SAID: Mapping[InboundKind, str] = {
    InboundKind.IMAGE: "utter_person_sees_image",
    InboundKind.FILE: "utter_person_sees_file",
    InboundKind.CONTACT: "utter_person_sees_contact",
}
_OURS = "photo"
"""The flow that takes any picture for one of a QR code: no sign that somebody meant it so."""


def kept_for_officials(inbound: Inbound, meant: Meant | None) -> str:
    """Return what is said of a message that is the official's to see; empty for one that is not.

    Args:
        inbound: of somebody who waits, which no question of a flow was waiting for.
        meant: what it would open: a table of codes and the number that a proof waits for stay the assistant's.
    """
    if meant is not None and meant.flow != _OURS:
        return ""
    return _SAID.get(inbound.kind, "")
