"""The list of all flows: a new one is one file and one line here."""

from __future__ import annotations

from bot.dialogue.flow import Flows
from bot.dialogue.flows.handing_over import Office, handing_over
from bot.dialogue.flows.helping import HELPING
from bot.dialogue.flows.language import LANGUAGE
from bot.dialogue.flows.not_yet import NOT_YET
from bot.dialogue.flows.own_data import own_data
from bot.dialogue.flows.usefulness import LACKING, USEFUL
from bot.dialogue.ports import HandOvers, Holdings


def all_flows(requests: HandOvers, holdings: Holdings, office: Office) -> Flows:
    """Return every flow, with what it reads from outside."""
    return Flows(
        (
            HELPING,
            LANGUAGE,
            *handing_over(requests, office),
            *own_data(holdings),
            USEFUL,
            LACKING,
            *NOT_YET,
        )
    )
