"""Everything that can be done to a record, put together once: what the assistant, the commands and the console call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.answer_store import AnswerStore
from feedback.answering import Answering
from feedback.attaching import AdoptsAttachments
from feedback.handling import Handling
from feedback.intake import Intake
from feedback.joining import Joining
from feedback.log_store import LogStore
from feedback.naming import Naming
from feedback.office import Office
from feedback.own_steps import OwnSteps
from feedback.ports import FoldsText, HoldsNotices, NamesProcedures, SendsMail
from feedback.reading import Reading
from feedback.register_store import RegisterStore
from feedback.stepping import FollowsSteps, Stepping
from feedback.supplementing import Supplementing
from feedback.triage import Triage
from feedback.undoing import Undoing


@dataclass(frozen=True)
class Outside:
    """What the steps need from outside and from the other parts of feedback."""

    tells: HoldsNotices
    mail: SendsMail
    words: FoldsText
    procedures: NamesProcedures
    attachments: AdoptsAttachments
    after: Sequence[FollowsSteps] = ()
    """Clocks first, then followers."""


@dataclass(frozen=True)
class Steps:
    """The services, by what they are about."""

    stepping: Stepping
    intake: Intake
    triage: Triage
    supplementing: Supplementing
    handling: Handling
    answering: Answering
    own: OwnSteps
    joining: Joining
    undoing: Undoing
    reading: Reading


def build_steps(
    register: RegisterStore, log: LogStore, answers: AnswerStore, office: Office, outside: Outside
) -> Steps:
    """Put the services together over their stores."""
    stepping = Stepping(register, log, outside.tells, outside.words, office, outside.after)
    undoing, naming = Undoing(stepping, answers), Naming(register, stepping.disclosure)
    return Steps(
        stepping=stepping,
        intake=Intake(stepping, outside.attachments, outside.mail, outside.words, outside.procedures),
        triage=Triage(stepping, outside.mail, outside.attachments, naming),
        supplementing=Supplementing(stepping, outside.attachments, outside.mail),
        handling=Handling(stepping, answers),
        answering=Answering(stepping, answers, naming),
        own=OwnSteps(stepping, answers, undoing, outside.mail),
        joining=Joining(stepping),
        undoing=undoing,
        reading=Reading(stepping, answers),
    )
