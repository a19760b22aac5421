"""The list of all flows: a new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.feedback_status_ports import AboutOwnFeedback
from bot.dialogue.flow import Flow, Flows
from bot.dialogue.flows.batch import Business, batch_flows
from bot.dialogue.flows.carrying import carrying
from bot.dialogue.flows.data_request import DataOutside, data_request
from bot.dialogue.flows.dossier import dossier_flows
from bot.dialogue.flows.dossier_late import late_flows
from bot.dialogue.flows.dossier_office import office_flows
from bot.dialogue.flows.dossier_proof import proof_flows
from bot.dialogue.flows.dossier_rating import RatingOutside, rating_flows
from bot.dialogue.flows.dossier_slips import slip_flows
from bot.dialogue.flows.dossier_sms import sms_flows
from bot.dialogue.flows.dossier_watch import watch_flows
from bot.dialogue.flows.feedback import feedback_flows
from bot.dialogue.flows.feedback_howto import HowToOutside, howto_flows
from bot.dialogue.flows.feedback_rating import AnswerOutside, answer_flows
from bot.dialogue.flows.feedback_status import status_flows
from bot.dialogue.flows.handing_over import Office, handing_over
from bot.dialogue.flows.helping import HELPING
from bot.dialogue.flows.language import LANGUAGE
from bot.dialogue.flows.own_data import own_data
from bot.dialogue.flows.paper_list import paper_list
from bot.dialogue.flows.post_slip import post_slip_flows
from bot.dialogue.flows.postal import postal_flows
from bot.dialogue.flows.usefulness import LACKING, USEFUL
from bot.dialogue.ports import Catalogue, HandOvers, Holdings, ResumeCodes
from bot.dialogue.post_slip_ports import AboutSlips
from bot.dialogue.postal_ports import AboutPostal
from bot.resume.snapshot import Ticked
from feedback.office import Office as FeedbackOffice


@dataclass(frozen=True)
class Outside:
    """What the flows read from outside."""

    requests: HandOvers
    holdings: Holdings
    office: Office
    catalogue: Catalogue
    codes: ResumeCodes
    new_code: Callable[[], str]
    """Makes a resume code."""
    list_address: Callable[[Ticked], str]
    """Address of a checklist's page; empty for none."""
    today: Callable[[], date]
    stale_after_days: int
    dossiers: AboutDossiers
    rating: RatingOutside
    business: Business
    feedback: AboutFeedback
    data: DataOutside
    postal: AboutPostal
    howto: HowToOutside = field(default_factory=lambda: HowToOutside(FeedbackOffice(), date.today))
    answers: AnswerOutside | None = None
    """Answered feedback; ``None`` where there is none."""
    own_feedback: AboutOwnFeedback | None = None
    """``None`` where nothing that was sent can be looked up."""
    slips: AboutSlips | None = None
    """Slips for the post; ``None`` where none are filled in."""


def all_flows(outside: Outside) -> Flows:
    """Return every flow."""
    return Flows(
        (
            HELPING,
            LANGUAGE,
            *handing_over(outside.requests, outside.office),
            *own_data(outside.holdings),
            data_request(outside.data),
            *paper_list(outside.catalogue, outside.list_address, outside.today, outside.stale_after_days),
            *carrying(outside.codes, outside.new_code),
            USEFUL,
            LACKING,
            *dossiers(outside.dossiers),
            *rating_flows(outside.rating),
            *batch_flows(outside.business),
            *howto_flows(outside.howto),
            *(answer_flows(outside.answers) if outside.answers else ()),
            *feedback_flows(outside.feedback),
            *(status_flows(outside.own_feedback) if outside.own_feedback else ()),
            *postal_flows(outside.postal),
            *(post_slip_flows(outside.slips) if outside.slips else ()),
        )
    )


def dossiers(outside: AboutDossiers) -> tuple[Flow, ...]:
    """Return every flow about dossiers."""
    parts = (dossier_flows, proof_flows, watch_flows, sms_flows, late_flows, office_flows, slip_flows)
    return tuple(flow for part in parts for flow in part(outside))
