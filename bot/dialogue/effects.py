"""What a turn changes beside the conversation itself. Data only: the engine carries it out in the turn's transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.dialogue.postal_effects import PostalEffect
from bot.dossiers.rating.answers import Agencies, Attitude, Contacts
from bot.postal.asked import Topic
from bot.privacy.request import NewRequest
from bot.resume.snapshot import Snapshot, Ticked
from feedback.record import Submission


@dataclass(frozen=True)
class AskForPerson:
    """A citizen wants to speak to a person (gặp cán bộ); at most one open request per conversation."""

    question: str
    """The last question, masked; empty when there was none."""
    unit: str = ""
    """Code of the unit whose officials answer it; empty for the receiving unit's."""


@dataclass(frozen=True)
class TakeBackRequest:
    """The person is not needed any more."""


@dataclass(frozen=True)
class Rate:
    """Whether an answer was useful. Kept without anything that shows who said so."""

    procedure: str
    aspects: tuple[str, ...]
    useful: bool


@dataclass(frozen=True)
class EraseEverything:
    """Delete what every module keeps about this person."""


@dataclass(frozen=True)
class BlankMessage:
    """Do not keep the message that was just answered: it holds a secret."""


@dataclass(frozen=True)
class KeepChecklist:
    """Keep the conversation's checklist, to tell its person when the catalogue changes it."""

    ticked: Ticked


@dataclass(frozen=True)
class IssueResumeCode:
    """Keep what a new code carries to another channel."""

    code: str
    snapshot: Snapshot


@dataclass(frozen=True)
class UseResumeCode:
    """Use a code up; when somebody else did so meanwhile, the turn is tried again and finds it used."""

    code: str


@dataclass(frozen=True)
class WatchDossier:
    """Tell this conversation when a dossier moves."""

    code: str
    level: int
    """How much may be told in the notices: what the person was allowed to see when asking."""
    back: bool = False
    """Whether only to tell once that the source answers again."""


@dataclass(frozen=True)
class StopWatching:
    """Tell nothing more about a dossier; an empty code stands for all of this conversation's."""

    code: str = ""


@dataclass(frozen=True)
class SmsWhenMissed:
    """Send an SMS to the dossier's telephone when a notice does not arrive here, or no more; only for who proved to hold it."""

    code: str
    on: bool


@dataclass(frozen=True)
class LinkOrganisation:
    """Let this conversation speak for the organisation whose token it showed."""

    token: str = field(repr=False)
    """In normal form."""
    language: str = "vi"


@dataclass(frozen=True)
class LeaveOrganisation:
    """Let this conversation speak for no organisation any more."""


@dataclass(frozen=True)
class SendDigest:
    """Begin or end the weekly summary of an organisation's dossiers."""

    on: bool
    language: str = "vi"


@dataclass(frozen=True)
class RateDossier:
    """Keep what an applicant thinks of how a dossier was handled."""

    code: str
    contacts: Contacts
    agencies: Agencies
    attitude: Attitude
    comment: str = field(default="", repr=False)


@dataclass(frozen=True)
class EndDossierAccess:
    """Tell no more details of dossiers here: neither in notices nor in the answers that the page still shows."""


@dataclass(frozen=True)
class RateFeedback:
    """Keep how content a sender is with the answer to feedback."""

    receipt: str
    grade: int
    """1 to 5."""
    why: str = field(default="", repr=False)


@dataclass(frozen=True)
class ReopenFeedback:
    """Ask for feedback that was answered to be studied again."""

    receipt: str
    why: str = field(repr=False)


@dataclass(frozen=True)
class BeginDraft:
    """Keep that a person agreed to the notice; from then on a draft of their feedback may be kept."""

    draft: str
    version: str
    """Of the notice that was read."""


@dataclass(frozen=True)
class DropDraft:
    """Forget a draft: it was cancelled, or something else came of it."""

    draft: str


@dataclass(frozen=True)
class SendFeedback:
    """Hand in what a person wrote (phản ánh, kiến nghị); the same receipt twice is one record."""

    submission: Submission


@dataclass(frozen=True)
class FollowFeedback:
    """Tell this conversation when a published item moves."""

    slug: str
    language: str = "vi"


@dataclass(frozen=True)
class SupplementFeedback:
    """Add to feedback what its sender was asked for."""

    receipt: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class WithdrawFeedback:
    """Take feedback back."""

    receipt: str


@dataclass(frozen=True)
class NoteDataRequest:
    """Note what only an official can do about this person's data; the same number twice is one."""

    asked: NewRequest


@dataclass(frozen=True)
class CountAskedOfPost:
    """Count what was asked about the post. Kept without anything that shows who asked."""

    topic: Topic
    procedure: str
    """Code; empty for none."""


Effect = (
    AskForPerson
    | TakeBackRequest
    | Rate
    | EraseEverything
    | BlankMessage
    | KeepChecklist
    | IssueResumeCode
    | UseResumeCode
    | WatchDossier
    | StopWatching
    | SmsWhenMissed
    | LinkOrganisation
    | LeaveOrganisation
    | SendDigest
    | RateDossier
    | EndDossierAccess
    | RateFeedback
    | ReopenFeedback
    | BeginDraft
    | DropDraft
    | SendFeedback
    | FollowFeedback
    | SupplementFeedback
    | WithdrawFeedback
    | NoteDataRequest
    | CountAskedOfPost
    | PostalEffect
)
