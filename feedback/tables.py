"""Tables of the feedback register. No foreign key leaves the package; what tells who somebody is stands sealed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from feedback.columns import NAMES, UtcDateTime

metadata = MetaData(naming_convention=NAMES)

RECEIPT = String(16)
UNIT = String(40)
ACTOR = String(64)
CHANNEL, ACCOUNT, CONVERSATION = String(16), String(64), String(128)
"""As wide as those of the delivery tables; a test compares them."""
_BIG = BigInteger().with_variant(Integer, "sqlite")

record = Table(
    "feedback_record",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("receipt", RECEIPT, nullable=False, unique=True, comment="Number on the sender's receipt; not guessable"),
    Column("book", String(16), nullable=False, comment="register, forwarded or trial: each its own series of numbers"),
    Column("year", SmallInteger, nullable=False, comment="Of entry, by Vietnam's calendar"),
    Column("number", Integer, nullable=False, comment="Số vào sổ: 1, 2, 3 … without a gap within book and year"),
    Column("form", String(16), nullable=False, comment="Article 6"),
    Column("channel", CHANNEL, nullable=False, comment="Where it came in: a channel, paper, telephone, counter"),
    Column("kind", String(16), nullable=False, comment="phan_anh or kien_nghi"),
    Column("about", String(16), nullable=False, comment="conduct, content or both"),
    Column("border", String(24), nullable=False, comment="What it is, as confirmed or as an official says"),
    Column("category", SmallInteger, comment="1 to 8 (Article 5); null while nobody said"),
    Column("status", String(24), nullable=False),
    Column("body", LargeBinary, nullable=False, comment="Sealed: the matter in the sender's words"),
    Column(
        "masked", Text, nullable=False, comment="The text with personal data masked, for officials' lists and search"
    ),
    Column("procedure_code", String(32), comment="Mã TTHC"),
    Column("procedure_name", String(500)),
    Column("field", String(200), comment="Lĩnh vực, as the catalogue named it at entry"),
    Column("agency", UNIT, nullable=False, comment="Code of the agency it is about; empty for none of ours"),
    Column("unit", UNIT, nullable=False, comment="Who has it now"),
    Column("officer", ACTOR, comment="Who handles it"),
    Column(
        "accused", ACTOR, comment="Account of the official complained about, when one of ours: never sees the sender"
    ),
    Column("dossier_code", String(64)),
    Column("days_late", Integer),
    Column("sender_kind", String(16), nullable=False),
    Column("happened_on", Date),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False, comment="Vào sổ"),
    Column("clock_from", UtcDateTime, nullable=False, comment="Sending, or the latest transfer to this body"),
    Column("ended_at", UtcDateTime, comment="Since when no clock runs"),
    Column("basis", String(12), comment="du or chua_du (Article 14.2(b))"),
    Column("outcome", String(24), comment="Article 15"),
    Column("merged_into", Integer),
    Column("split_from", Integer),
    Column("reopened", SmallInteger, nullable=False, comment="How often its sender reopened it"),
    Column("satisfied", SmallInteger, comment="1 to 5, by the sender"),
    Column("publishable", Boolean, nullable=False, comment="The sender agreed to publication"),
    Column("sample", Boolean, nullable=False, comment="Made up, for trying out"),
    Column("revision", Integer, nullable=False, comment="+1 at each step: two officials do not overwrite each other"),
    UniqueConstraint("book", "year", "number"),
    Index("ix_feedback_record_status", "status", "entered_at", "id"),
    Index("ix_feedback_record_ended_at", "ended_at", "entered_at"),
    Index("ix_feedback_record_unit", "unit", "status", "entered_at"),
    Index("ix_feedback_record_officer", "officer", "status", "entered_at"),
    Index("ix_feedback_record_accused", "accused"),
    Index("ix_feedback_record_merged_into", "merged_into"),
    Index("ix_feedback_record_entered_at", "entered_at"),
    Index("ix_feedback_record_procedure", "procedure_code", "entered_at"),
    Index("ix_feedback_record_field", "field", "entered_at"),
    Index("ix_feedback_record_agency", "agency", "entered_at"),
)

sender = Table(
    "feedback_sender",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False, comment="Sealed: name, address, phone, e-mail (Article 7)"),
    Column("phone_tail", LargeBinary(32), comment="Keyed hash over the receipt and the last four digits"),
    Column("channel", CHANNEL, comment="Conversation that notices go to; null for paper and telephone"),
    Column("account", ACCOUNT),
    Column("conversation", CONVERSATION),
    Column("language", String(8), nullable=False),
    Column("consent_version", String(16), nullable=False, comment="Of the notice that was agreed to"),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("publish_agreed_at", UtcDateTime),
    Column("restricted_at", UtcDateTime, comment="Asked for deletion: from then on it serves the law alone"),
    Index("ix_feedback_sender_conversation", "channel", "account", "conversation"),
)

number = Table(
    "feedback_number",
    metadata,
    Column("book", String(16), primary_key=True),
    Column("year", SmallInteger, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

event = Table(
    "feedback_event",
    metadata,
    Column("seq", _BIG, primary_key=True, autoincrement=False, comment="1, 2, 3 … over all records; append only"),
    Column("record", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", ACTOR, nullable=False, comment="Account, citizen or system"),
    Column("unit", UNIT, nullable=False, comment="Of the actor"),
    Column("action", String(24), nullable=False),
    Column("from_status", String(24)),
    Column("to_status", String(24)),
    Column("from_unit", UNIT, nullable=False),
    Column("to_unit", UNIT, nullable=False),
    Column("note", LargeBinary, comment="Sealed: reason and details; may be blanked, its digest stays"),
    Column("note_digest", LargeBinary(32), nullable=False),
    Column("previous", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Index("ix_feedback_event_record", "record", "seq"),
    Index("ix_feedback_event_at", "at"),
)

head = Table(
    "feedback_log_head",
    metadata,
    Column(
        "id", SmallInteger, primary_key=True, autoincrement=False, comment="Always 1: the row that writers wait for"
    ),
    Column("seq", _BIG, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)

deadline = Table(
    "feedback_deadline",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("record", Integer, nullable=False),
    Column("rule", String(40), nullable=False, comment="Id in the deadline files"),
    Column("province", String(8), comment="Whose own rule it is"),
    Column("started_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, comment="Null while the sender is waited for"),
    Column("met_at", UtcDateTime),
    Column("state", String(8), nullable=False, comment="open, met, late (met too late), void"),
    Column("unit", UNIT, nullable=False, comment="Who is responsible"),
    Column("pauses", Text, nullable=False, comment="JSON: moments of asking and of answering"),
    Column("reminded", SmallInteger, nullable=False, comment="0 not yet, 1 soon, 2 overdue, 3 very overdue"),
    Column("sample", Boolean, nullable=False),
    Index("ix_feedback_deadline_record", "record"),
    Index("ix_feedback_deadline_open", "state", "due_at", "rule", "record"),
)

answer = Table(
    "feedback_answer",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("version", SmallInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False, comment="Sealed: the answer and the six criteria with their reasons"),
    Column("drafted_by", ACTOR, nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("whole", Boolean, nullable=False, comment="Has a text and an outcome: somebody may approve it"),
    Column("approved_by", ACTOR),
    Column("approved_at", UtcDateTime),
)

publication = Table(
    "feedback_publication",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column(
        "slug", String(16), nullable=False, unique=True, comment="In the permanent link; tells nothing of the receipt"
    ),
    Column(
        "question", Text, nullable=False, comment="Redacted by an official; the original stays sealed in the record"
    ),
    Column("answer", Text, nullable=False),
    Column("procedure_code", String(32)),
    Column("procedure_name", String(500)),
    Column("field", String(200)),
    Column("agency", UNIT, nullable=False),
    Column("category", SmallInteger),
    Column("published_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("hidden_at", UtcDateTime),
    Column("hidden_why", String(16), comment="One of a few words; never free text, which might tell of somebody"),
    Column("trial", Boolean, nullable=False, comment="Of a trial: no agency answered"),
    Column("sample", Boolean, nullable=False),
    Index("ix_feedback_publication_published_at", "published_at"),
    Index("ix_feedback_publication_procedure", "procedure_code", "published_at"),
    Index("ix_feedback_publication_field", "field", "published_at"),
    Index("ix_feedback_publication_agency", "agency", "published_at"),
    Index("ix_feedback_publication_trial", "record", sqlite_where=text("trial"), postgresql_where=text("trial")),
)

published_word = Table(
    "feedback_published_word",
    metadata,
    Column("word", String(32), primary_key=True, comment="Folded word of the redacted question, answer and procedure"),
    Column("record", Integer, primary_key=True, autoincrement=False),
    Index("ix_feedback_published_word_record", "record"),
    sqlite_with_rowid=False,
)

word = Table(
    "feedback_word",
    metadata,
    Column(
        "word", String(33), primary_key=True, comment="Folded word of the masked text; + before one of the public item"
    ),
    Column("record", Integer, primary_key=True, autoincrement=False),
    Index("ix_feedback_word_record", "record"),
    sqlite_with_rowid=False,
)

follower = Table(
    "feedback_follower",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("channel", CHANNEL, primary_key=True),
    Column("account", ACCOUNT, primary_key=True),
    Column("conversation", CONVERSATION, primary_key=True),
    Column("language", String(8), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Index("ix_feedback_follower_conversation", "channel", "account", "conversation"),
)

attachment = Table(
    "feedback_attachment",
    metadata,
    Column("id", String(32), primary_key=True, comment="Not guessable; also the name of the sealed file"),
    Column("record", Integer, comment="Null while it belongs to a draft"),
    Column("draft", String(32)),
    Column("name", LargeBinary, nullable=False, comment="Sealed: as the sender called it"),
    Column("kind", String(40), nullable=False, comment="Media type, by content"),
    Column("size", Integer, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False, comment="Of what is kept, metadata stripped"),
    Column("state", String(12), nullable=False, comment="pending, clean or refused, by the scanner"),
    Column("stored_at", UtcDateTime, nullable=False),
    Index("ix_feedback_attachment_record", "record"),
    Index("ix_feedback_attachment_draft", "draft"),
)

draft = Table(
    "feedback_draft",
    metadata,
    Column("id", String(32), primary_key=True, comment="Not guessable"),
    Column("channel", CHANNEL, nullable=False),
    Column("account", ACCOUNT, nullable=False),
    Column("conversation", CONVERSATION, nullable=False),
    Column("body", LargeBinary, comment="Sealed: contact data given on the form page; null before"),
    Column("consent_version", String(16), nullable=False),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_feedback_draft_conversation", "channel", "account", "conversation"),
    Index("ix_feedback_draft_expires_at", "expires_at"),
)

outgoing = Table(
    "feedback_outgoing",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(56), nullable=False, unique=True, comment="The same thing twice is handed on once"),
    Column("what", String(8), nullable=False, comment="notice, mail or reminder"),
    Column("body", LargeBinary, nullable=False, comment="Sealed; the row is deleted once the delivery's outbox has it"),
    Column("at", UtcDateTime, nullable=False),
    Column("failed", String(80), comment="Why it could not be handed on; null while it waits"),
    Column(
        "held_until",
        UtcDateTime,
        comment="Not handed on before: the step may be taken back until then; null for at once",
    ),
)

patience = Table(
    "feedback_patience",
    metadata,
    Column("subject", LargeBinary(32), primary_key=True, comment="Keyed hash of who tries, or of which receipt"),
    Column("level", Float, nullable=False, comment="Tries that still count"),
    Column("tried_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False, comment="When the next try counts"),
    Index("ix_feedback_patience_tried_at", "tried_at"),
)

access = Table(
    "feedback_access",
    metadata,
    Column(
        "person", LargeBinary(32), primary_key=True, comment="Keyed hash of a conversation that proved a second fact"
    ),
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("until", UtcDateTime, nullable=False),
    Index("ix_feedback_access_until", "until"),
)
