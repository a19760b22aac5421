"""What one message was understood to say: intent, aspects, procedures, codes. Pure data, shared by both environments."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Aspect(str, Enum):
    """What a question wants to know about a procedure. The data names aspects by these meanings."""

    DOCUMENTS = "documents"
    """Which papers are handed in or shown, how many, original or copy, for how long such a paper is accepted, what if it is lacking."""
    CONDITIONS = "conditions"
    """Who may and who must, age, refusal, consequences; whether a paper must be notarised; what holds in a case within the procedure."""
    FEE = "fee"
    """Money that the procedure costs, how it differs, and who is exempt from it."""
    TIME = "time"
    """How long it takes, by when it must be done, whether it can be had sooner."""
    STEPS = "steps"
    """How it is done, in which order, what to do first."""
    OVERVIEW = "overview"
    """What it is and what for, why it must be, how it differs from another, which procedure a wish needs; also a name alone."""
    WHERE = "where"
    """Which agency, level, place or counter; who is competent; whether it can be done here or must be done there."""
    RESULT = "result"
    """What one gets, in which form and how many, and for how long and for what it is valid."""
    HOW_ONLINE = "how_online"
    """By which ways it can be filed, online above all."""
    FORM = "form"
    """Which form, where to get it, how to fill it in."""
    LEGAL = "legal"
    """Which law, decree, circular or article it rests on, and where to find these."""
    POST = "post"
    """Whether the post takes the dossier or brings the result."""
    WHO = "who"
    """For whom it is and who goes; whether *I* may is a condition."""


class Intent(str, Enum):
    """What a message is for. The values are the intent names of ``domain.yml``."""

    ASK_PROCEDURE = "ask_procedure"
    DOSSIER_STATUS = "dossier_status"
    DOSSIER_WATCH = "dossier_watch"
    DOSSIER_LATE = "dossier_late"
    POSTAL_SERVICE = "postal_service"
    POSTAL_TRACKING = "postal_tracking"
    FEEDBACK_SUBMIT = "feedback_submit"
    FEEDBACK_STATUS = "feedback_status"
    FEEDBACK_HOWTO = "feedback_howto"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    RATE_SERVICE = "rate_service"
    TALK_TO_PERSON = "talk_to_person"
    PRIVACY_VIEW = "privacy_view"
    PRIVACY_DELETE = "privacy_delete"
    OFFICE_HOURS = "office_hours"
    OFFICE_ADDRESS = "office_address"
    HELP = "help"
    GREET = "greet"
    GOODBYE = "goodbye"
    THANK = "thank"
    AFFIRM = "affirm"
    DENY = "deny"
    CANCEL = "cancel"
    CORRECT = "correct"
    """ "không, ý tôi là …": the procedure just named was the wrong one."""
    BOT_CHALLENGE = "bot_challenge"
    CHITCHAT = "chitchat"
    FRUSTRATION = "frustration"
    CHANGE_LANGUAGE = "change_language"
    EMERGENCY = "emergency"
    OOS_FINES = "out_of_scope_fines"
    OOS_LAW = "out_of_scope_law"
    OOS_NEWS = "out_of_scope_news"
    OOS_EXAMS = "out_of_scope_exams"
    OOS_COURT = "out_of_scope_court"
    OOS_MEDICAL = "out_of_scope_medical"
    OOS_PRICES = "out_of_scope_prices"
    OOS_ENTERTAINMENT = "out_of_scope_entertainment"
    OOS_PROMPT = "out_of_scope_prompt"
    OOS_ABROAD = "out_of_scope_abroad"
    OOS_OTHER = "out_of_scope_other"
    UNKNOWN = "unknown"
    """Not in ``domain.yml``: nothing was understood, or Rasa was away."""

    @property
    def out_of_scope(self) -> bool:
        """Whether no administrative procedure can answer it."""
        return self.is_out_of_scope(self.value)

    @staticmethod
    def is_out_of_scope(name: str) -> bool:
        """Whether an intent name is one of the out-of-scope kinds."""
        return name.startswith("out_of_scope")


class Understander(str, Enum):
    """Which part of the house understood the message."""

    RASA = "rasa"
    SEARCH = "search"
    """The catalogue search of the bot process itself, while Rasa is away, loading or behind."""


@dataclass(frozen=True)
class Candidate:
    """One service that the words may mean."""

    code: str
    """TTHC code, as in the catalogue, of the procedure that stands for the service."""
    score: float
    """Confidence between 0 and 1 that this procedure is meant."""
    name: str = ""
    members: tuple[str, ...] = ()
    """All codes that are this one service to a citizen, ``code`` first; empty when it stands alone."""

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes of the service, ``code`` first."""
        return self.members or (self.code,)


@dataclass(frozen=True)
class Understanding:
    """The reading of one message."""

    text: str
    """The normalised text that was read (``nlu.text.normalise``); offsets refer to it."""
    intent: Intent = Intent.UNKNOWN
    confidence: float = 0.0
    """Of the intent, between 0 and 1."""
    aspects: tuple[Aspect, ...] = ()
    """Asked for, most certain first; empty when the message names none."""
    candidates: tuple[Candidate, ...] = ()
    """Best first, at most ten."""
    in_scope: float = 0.0
    """Confidence between 0 and 1 that some procedure of the catalogue answers the message, by the ranking alone."""
    out_of_scope: float = 0.0
    """Confidence between 0 and 1 that no procedure can answer it, by the words alone: all out-of-scope intents together."""
    procedure_codes: tuple[str, ...] = ()
    """TTHC codes written in the message."""
    dossier_codes: tuple[str, ...] = ()
    """Dossier codes written in the message, in normal form."""
    catalogue_version: int = 0
    """Number of the catalogue version that ranked the candidates; 0 when none was loaded."""
    index_identity: str = ""
    """``Index.identity`` of the index that ranked them; tells whether it is the live one."""
    by: Understander = Understander.SEARCH
    scores: dict[str, float] = field(default_factory=dict)
    """For the trace: features behind the ranking and the scope decision."""
