"""What a feedback record (phản ánh, kiến nghị) is, in the words of Decree 20/2008/NĐ-CP. Plain data; no rule stands here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

CONDUCT_CATEGORY = 1
"""The one category of Article 5 that is about what somebody did."""


class Form(StrEnum):
    """How it was made known (Article 6)."""

    WRITTEN = "van_ban"
    """Handed in, by post, or as a data message: e-mail, website, portal, and the published account of the assistant."""
    PHONE = "dien_thoai"
    """Through the published number alone."""
    OPINION_SHEET = "phieu_lay_y_kien"
    """In answer to questions of an agency."""


class Kind(StrEnum):
    """The two kinds of Article 3."""

    REPORT = "phan_anh"
    RECOMMENDATION = "kien_nghi"
    """Has a proposal, or is an initiative for a new rule."""


class About(StrEnum):
    """What it is about: the two go different ways (Articles 9 and 14)."""

    CONDUCT = "conduct"
    """Hành vi: delay, harassment, a rule that was not or wrongly carried out."""
    CONTENT = "content"
    """Nội dung quy định."""
    BOTH = "both"


class Category(IntEnum):
    """The eight contents of Article 5."""

    OBSTACLE = CONDUCT_CATEGORY
    UNREALISTIC = 2
    INCONSISTENT = 3
    UNLAWFUL = 4
    AGAINST_TREATY = 5
    OTHER_PROBLEM = 6
    SOLUTION = 7
    INITIATIVE = 8


class Border(StrEnum):
    """What a text is, as the border of domain law draws it: the first three are registered, the others have another door."""

    CONDUCT = "conduct"
    CONTENT = "content"
    RECOMMENDATION = "kien_nghi"
    COMPLAINT = "khieu_nai"
    """Khiếu nại: asks for the review of a decision or act that hits the writer's own rights."""
    DENUNCIATION = "to_cao"
    """Tố cáo: reports somebody's breach of law."""
    FIELD_REPORT = "field_report"
    """Streets, light, rubbish, noise: to 1022 or the local hotline."""
    LEGAL_QUESTION = "legal_question"
    EMERGENCY = "emergency"
    ADVERT = "advert"
    INSULT = "insult"
    OTHER = "other"


REGISTERED_KINDS = frozenset({Border.CONDUCT, Border.CONTENT, Border.RECOMMENDATION})
"""What Decree 20 lets in."""


class SenderKind(StrEnum):
    """Who sends (Article 3)."""

    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    HOUSEHOLD = "household"
    FOREIGNER = "foreigner"


class Status(StrEnum):
    """How far a record is."""

    NEEDS_TRIAGE = "needs_officer_triage"
    """In the book, but what it is remains in doubt: an official says. Chờ cán bộ phân loại."""
    RECEIVED = "received"
    """In the book (đã vào sổ); an official has not classified it yet."""
    NEEDS_SUPPLEMENT = "needs_supplement"
    """Chờ bổ sung: the clocks that pause stand still."""
    NOT_RECEIVED = "not_received"
    """Không tiếp nhận: fails Article 7."""
    OUT_OF_SCOPE = "out_of_scope"
    """A complaint, a denunciation and the like: shown the right door."""
    FORWARDED = "forwarded"
    """Đã chuyển cơ quan có thẩm quyền."""
    IN_REVIEW = "in_review"
    """Đang nghiên cứu, xử lý."""
    INSUFFICIENT_BASIS = "insufficient_basis"
    """Chưa đủ cơ sở: kept and collected further (Article 14.2)."""
    DECIDED = "decided"
    """Answered; nothing to publish, or not yet said whether."""
    AWAITING_PUBLICATION = "awaiting_publication"
    PUBLISHED = "published"
    REOPENED = "reopened"
    """By its sender, with a reason."""
    MERGED = "merged"
    """Handled with another record, which answers for both."""
    WITHDRAWN = "withdrawn"
    """Its sender took it back."""


ENDED = frozenset(
    {
        Status.NOT_RECEIVED,
        Status.OUT_OF_SCOPE,
        Status.FORWARDED,
        Status.DECIDED,
        Status.PUBLISHED,
        Status.MERGED,
        Status.WITHDRAWN,
    }
)
"""No clock runs any more; a holiday that is added later changes nothing here."""


class Outcome(StrEnum):
    """What comes of a content case (Article 15), or of a conduct case (Article 14.1)."""

    AMEND_OWN = "amend_own"
    """Changes or abolishes an own rule."""
    PROPOSE = "propose"
    """Proposes it to whoever is competent."""
    NEW_RULE = "new_rule"
    EXPLAIN = "explain"
    """The rule stands; why is explained."""
    CONDUCT_FOUND = "conduct_found"
    """The conduct was as described; what was done about it stands in the answer."""
    CONDUCT_NOT_FOUND = "conduct_not_found"


CONDUCT_OUTCOMES = frozenset({Outcome.CONDUCT_FOUND, Outcome.CONDUCT_NOT_FOUND})
"""What comes of a conduct case; the others come of content."""


class Basis(StrEnum):
    """Whether there is enough to decide on (Article 14.2(b))."""

    ENOUGH = "du"
    """Đủ cơ sở."""
    NOT_ENOUGH = "chua_du"
    """Chưa đủ cơ sở."""


class Requirement(StrEnum):
    """What Article 7 asks of feedback: the ground of not receiving it is one that is not met."""

    NAME = "name"
    ADDRESS = "address"
    CONTACT = "contact"
    """Telephone or mailing address."""
    LANGUAGE = "language"
    """In Vietnamese."""
    CONTENT = "content"
    """Clear content."""
    FORM = "form"
    """Not through a published address or number."""


class Criterion(StrEnum):
    """The six tests of Article 14.2(c)."""

    NECESSITY = "necessity"
    LEGALITY = "legality"
    """Reasonableness and legality."""
    SIMPLICITY = "simplicity"
    FEASIBILITY = "feasibility"
    CONSISTENCY = "consistency"
    TREATIES = "treaties"


class Book(StrEnum):
    """Which series of numbers a record stands in."""

    REGISTER = "register"
    """The account is a published address: the agency's own register (sổ tiếp nhận)."""
    FORWARDED = "forwarded"
    """Filled forms that went to the agency's published e-mail; its own register gives the official number."""
    TRIAL = "trial"
    """Practice; no agency sees it."""


@dataclass(frozen=True)
class Address:
    """A conversation that can be written to, as the channels know it."""

    channel: str
    account: str
    conversation: str


@dataclass(frozen=True)
class Sender:
    """Who sends, as Article 7 asks."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    phone: str = field(default="", repr=False)
    """In E.164, or empty: then ``address`` is a mailing address."""
    email: str = field(default="", repr=False)
    kind: SenderKind = SenderKind.CITIZEN


@dataclass(frozen=True)
class Consent:
    """An explicit "Đồng ý", provable."""

    version: str
    """Of the notice that was read."""
    at: datetime
    publish: bool = False
    """Whether the text may be published without the sender's data as it stands; else only after an official's redaction."""
    publish_at: datetime | None = None
    """When that was agreed to; ``None``: with the sending itself."""


@dataclass(frozen=True)
class Matter:
    """What it is about."""

    text: str = field(repr=False)
    """What happened, in the sender's words."""
    proposal: str = field(default="", repr=False)
    procedure_code: str = ""
    procedure_name: str = ""
    """As it was on that day."""
    agency: str = ""
    """Code of the agency that it is about; empty when it is none of the office file."""
    agency_words: str = field(default="", repr=False)
    """As the sender named it."""
    place: str = field(default="", repr=False)
    happened_on: date | None = None
    dossier_code: str = ""
    days_late: int | None = None
    """Of that dossier, when its lateness is what it is about; 0 for unknown."""


@dataclass(frozen=True)
class Classification:
    """Where it stands in Articles 3, 5 and 9."""

    border: Border
    kind: Kind
    about: About
    category: Category | None = None


@dataclass(frozen=True)
class Submission:
    """Everything that a sender hands in at once."""

    receipt: str
    """Number on the receipt, made by ``feedback.receipts``: not guessable, so that a double tap makes one record."""
    book: Book
    form: Form
    channel: str
    """Where it came in: a channel's name, ``paper``, ``telephone``, ``counter``."""
    matter: Matter
    suggested: Classification
    """As the sender confirmed it; an official may say otherwise."""
    certain: bool
    """Whether it is surely one to register: else it waits for an official's triage."""
    sender: Sender = field(repr=False)
    consent: Consent
    at: datetime
    where: Address | None = None
    """Conversation that notices go to; ``None`` for paper and telephone."""
    draft: str = ""
    """Id of the draft whose attachments belong to it."""
    language: str = "vi"
    sample: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the sender gets."""

    id: int
    receipt: str
    book: Book
    year: int
    number: int
    """In the book of the year: 1, 2, 3 … without a gap."""
    status: Status
    new: bool
    """``False`` when the very receipt was there already."""
