"""The register of feedback under Decree 20/2008: records, senders, the bound log, clocks, answers, public items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _access()
    _answer()
    _attachment()
    _deadline()
    _draft()
    _event()
    _follower()
    _log_head()
    _number()
    _outgoing()
    _patience()
    _publication()
    _published_word()
    _record()
    _sender()
    _word()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("feedback_word")
    op.drop_table("feedback_sender")
    op.drop_table("feedback_record")
    op.drop_table("feedback_published_word")
    op.drop_table("feedback_publication")
    op.drop_table("feedback_patience")
    op.drop_table("feedback_outgoing")
    op.drop_table("feedback_number")
    op.drop_table("feedback_log_head")
    op.drop_table("feedback_follower")
    op.drop_table("feedback_event")
    op.drop_table("feedback_draft")
    op.drop_table("feedback_deadline")
    op.drop_table("feedback_attachment")
    op.drop_table("feedback_answer")
    op.drop_table("feedback_access")


def _access() -> None:
    op.create_table(
        "feedback_access",
        sa.Column(
            "person",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Keyed hash of a conversation that proved a second fact",
        ),
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "record", name=op.f("pk_feedback_access")),
    )
    op.create_index("ix_feedback_access_until", "feedback_access", ["until"])


def _answer() -> None:
    op.create_table(
        "feedback_answer",
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="Sealed: the answer and the six criteria with their reasons",
        ),
        sa.Column("drafted_by", sa.String(length=64), nullable=False),
        sa.Column("drafted_at", MOMENT, nullable=False),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("record", "version", name=op.f("pk_feedback_answer")),
    )


def _attachment() -> None:
    op.create_table(
        "feedback_attachment",
        sa.Column(
            "id", sa.String(length=32), nullable=False, comment="Not guessable; also the name of the sealed file"
        ),
        sa.Column("record", sa.Integer(), nullable=True, comment="Null while it belongs to a draft"),
        sa.Column("draft", sa.String(length=32), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False, comment="Sealed: as the sender called it"),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="Media type, by content"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False, comment="Of what is kept, metadata stripped"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="pending, clean or refused, by the scanner"),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_attachment")),
    )
    op.create_index("ix_feedback_attachment_draft", "feedback_attachment", ["draft"])
    op.create_index("ix_feedback_attachment_record", "feedback_attachment", ["record"])


def _deadline() -> None:
    op.create_table(
        "feedback_deadline",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False, comment="Id in the deadline files"),
        sa.Column("province", sa.String(length=8), nullable=True, comment="Whose own rule it is"),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True, comment="Null while the sender is waited for"),
        sa.Column("met_at", MOMENT, nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False, comment="open, met, late (met too late), void"),
        sa.Column("unit", sa.String(length=40), nullable=False, comment="Who is responsible"),
        sa.Column("pauses", sa.Text(), nullable=False, comment="JSON: moments of asking and of answering"),
        sa.Column(
            "reminded", sa.SmallInteger(), nullable=False, comment="0 not yet, 1 soon, 2 overdue, 3 very overdue"
        ),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_deadline")),
    )
    op.create_index("ix_feedback_deadline_open", "feedback_deadline", ["state", "due_at", "rule", "record"])
    op.create_index("ix_feedback_deadline_record", "feedback_deadline", ["record"])


def _draft() -> None:
    op.create_table(
        "feedback_draft",
        sa.Column("id", sa.String(length=32), nullable=False, comment="Not guessable"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column(
            "body", sa.LargeBinary(), nullable=True, comment="Sealed: contact data given on the form page; null before"
        ),
        sa.Column("consent_version", sa.String(length=16), nullable=False),
        sa.Column("consent_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_draft")),
    )
    op.create_index("ix_feedback_draft_conversation", "feedback_draft", ["channel", "account", "conversation"])
    op.create_index("ix_feedback_draft_expires_at", "feedback_draft", ["expires_at"])


def _event() -> None:
    op.create_table(
        "feedback_event",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="1, 2, 3 … over all records; append only",
        ),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False, comment="Account, citizen or system"),
        sa.Column("unit", sa.String(length=40), nullable=False, comment="Of the actor"),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("from_status", sa.String(length=24), nullable=True),
        sa.Column("to_status", sa.String(length=24), nullable=True),
        sa.Column("from_unit", sa.String(length=40), nullable=False),
        sa.Column("to_unit", sa.String(length=40), nullable=False),
        sa.Column(
            "note",
            sa.LargeBinary(),
            nullable=True,
            comment="Sealed: reason and details; may be blanked, its digest stays",
        ),
        sa.Column("note_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_feedback_event")),
    )
    op.create_index("ix_feedback_event_at", "feedback_event", ["at"])
    op.create_index("ix_feedback_event_record", "feedback_event", ["record", "seq"])


def _follower() -> None:
    op.create_table(
        "feedback_follower",
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=128), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("record", "channel", "account", "conversation", name=op.f("pk_feedback_follower")),
    )
    op.create_index("ix_feedback_follower_conversation", "feedback_follower", ["channel", "account", "conversation"])


def _log_head() -> None:
    made = op.create_table(
        "feedback_log_head",
        sa.Column(
            "id",
            sa.SmallInteger(),
            autoincrement=False,
            nullable=False,
            comment="Always 1: the row that writers wait for",
        ),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_log_head")),
    )
    op.bulk_insert(made, [{"id": 1, "seq": 0, "hash": bytes(32)}])


def _number() -> None:
    op.create_table(
        "feedback_number",
        sa.Column("book", sa.String(length=16), nullable=False),
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("book", "year", name=op.f("pk_feedback_number")),
    )


def _outgoing() -> None:
    op.create_table(
        "feedback_outgoing",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=56), nullable=False, comment="The same thing twice is handed on once"),
        sa.Column("what", sa.String(length=8), nullable=False, comment="notice, mail or reminder"),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="Sealed; the row is deleted once the delivery's outbox has it",
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "failed", sa.String(length=80), nullable=True, comment="Why it could not be handed on; null while it waits"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_outgoing")),
        sa.UniqueConstraint("key", name=op.f("uq_feedback_outgoing_key")),
    )


def _patience() -> None:
    op.create_table(
        "feedback_patience",
        sa.Column(
            "subject", sa.LargeBinary(length=32), nullable=False, comment="Keyed hash of who tries, or of which receipt"
        ),
        sa.Column("level", sa.Float(), nullable=False, comment="Tries that still count"),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False, comment="When the next try counts"),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_feedback_patience")),
    )
    op.create_index("ix_feedback_patience_tried_at", "feedback_patience", ["tried_at"])


def _publication() -> None:
    op.create_table(
        "feedback_publication",
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "slug", sa.String(length=16), nullable=False, comment="In the permanent link; tells nothing of the receipt"
        ),
        sa.Column(
            "question",
            sa.Text(),
            nullable=False,
            comment="Redacted by an official; the original stays sealed in the record",
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.String(length=32), nullable=True),
        sa.Column("procedure_name", sa.String(length=500), nullable=True),
        sa.Column("field", sa.String(length=200), nullable=True),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("category", sa.SmallInteger(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("hidden_at", MOMENT, nullable=True),
        sa.Column(
            "hidden_why",
            sa.String(length=16),
            nullable=True,
            comment="One of a few words; never free text, which might tell of somebody",
        ),
        sa.Column("trial", sa.Boolean(), nullable=False, comment="Of a trial: no agency answered"),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_feedback_publication")),
        sa.UniqueConstraint("slug", name=op.f("uq_feedback_publication_slug")),
    )
    op.create_index("ix_feedback_publication_agency", "feedback_publication", ["agency", "published_at"])
    op.create_index("ix_feedback_publication_field", "feedback_publication", ["field", "published_at"])
    op.create_index("ix_feedback_publication_procedure", "feedback_publication", ["procedure_code", "published_at"])
    op.create_index("ix_feedback_publication_published_at", "feedback_publication", ["published_at"])
    op.create_index("ix_feedback_publication_updated_at", "feedback_publication", ["updated_at"])


def _published_word() -> None:
    op.create_table(
        "feedback_published_word",
        sa.Column(
            "word",
            sa.String(length=32),
            nullable=False,
            comment="Folded word of the redacted question, answer and procedure",
        ),
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("word", "record", name=op.f("pk_feedback_published_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_published_word_record", "feedback_published_word", ["record"])


def _record() -> None:
    op.create_table(
        "feedback_record",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "receipt", sa.String(length=16), nullable=False, comment="Number on the sender's receipt; not guessable"
        ),
        sa.Column(
            "book",
            sa.String(length=16),
            nullable=False,
            comment="register, forwarded or trial: each its own series of numbers",
        ),
        sa.Column("year", sa.SmallInteger(), nullable=False, comment="Of entry, by Vietnam's calendar"),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="Số vào sổ: 1, 2, 3 … without a gap within book and year"
        ),
        sa.Column("form", sa.String(length=16), nullable=False, comment="Article 6"),
        sa.Column(
            "channel",
            sa.String(length=16),
            nullable=False,
            comment="Where it came in: a channel, paper, telephone, counter",
        ),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="phan_anh or kien_nghi"),
        sa.Column("about", sa.String(length=16), nullable=False, comment="conduct, content or both"),
        sa.Column(
            "border", sa.String(length=24), nullable=False, comment="What it is, as confirmed or as an official says"
        ),
        sa.Column("category", sa.SmallInteger(), nullable=True, comment="1 to 8 (Article 5); null while nobody said"),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="Sealed: the matter in the sender's words"),
        sa.Column(
            "masked",
            sa.Text(),
            nullable=False,
            comment="The text with personal data masked, for officials' lists and search",
        ),
        sa.Column("procedure_code", sa.String(length=32), nullable=True, comment="Mã TTHC"),
        sa.Column("procedure_name", sa.String(length=500), nullable=True),
        sa.Column(
            "field", sa.String(length=200), nullable=True, comment="Lĩnh vực, as the catalogue named it at entry"
        ),
        sa.Column(
            "agency",
            sa.String(length=40),
            nullable=False,
            comment="Code of the agency it is about; empty for none of ours",
        ),
        sa.Column("unit", sa.String(length=40), nullable=False, comment="Who has it now"),
        sa.Column("officer", sa.String(length=64), nullable=True, comment="Who handles it"),
        sa.Column(
            "accused",
            sa.String(length=64),
            nullable=True,
            comment="Account of the official complained about, when one of ours: never sees the sender",
        ),
        sa.Column("dossier_code", sa.String(length=64), nullable=True),
        sa.Column("days_late", sa.Integer(), nullable=True),
        sa.Column("sender_kind", sa.String(length=16), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False, comment="Vào sổ"),
        sa.Column("clock_from", MOMENT, nullable=False, comment="Sending, or the latest transfer to this body"),
        sa.Column("ended_at", MOMENT, nullable=True, comment="Since when no clock runs"),
        sa.Column("basis", sa.String(length=12), nullable=True, comment="du or chua_du (Article 14.2(b))"),
        sa.Column("outcome", sa.String(length=24), nullable=True, comment="Article 15"),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("split_from", sa.Integer(), nullable=True),
        sa.Column("reopened", sa.SmallInteger(), nullable=False, comment="How often its sender reopened it"),
        sa.Column("satisfied", sa.SmallInteger(), nullable=True, comment="1 to 5, by the sender"),
        sa.Column("publishable", sa.Boolean(), nullable=False, comment="The sender agreed to publication"),
        sa.Column("sample", sa.Boolean(), nullable=False, comment="Made up, for trying out"),
        sa.Column(
            "revision",
            sa.Integer(),
            nullable=False,
            comment="+1 at each step: two officials do not overwrite each other",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_record")),
        sa.UniqueConstraint("book", "year", "number", name=op.f("uq_feedback_record_book_year_number")),
        sa.UniqueConstraint("receipt", name=op.f("uq_feedback_record_receipt")),
    )
    op.create_index("ix_feedback_record_agency", "feedback_record", ["agency", "entered_at"])
    op.create_index("ix_feedback_record_ended_at", "feedback_record", ["ended_at", "entered_at"])
    op.create_index("ix_feedback_record_entered_at", "feedback_record", ["entered_at"])
    op.create_index("ix_feedback_record_field", "feedback_record", ["field", "entered_at"])
    op.create_index("ix_feedback_record_procedure", "feedback_record", ["procedure_code", "entered_at"])
    op.create_index("ix_feedback_record_status", "feedback_record", ["status", "entered_at", "id"])
    op.create_index("ix_feedback_record_unit", "feedback_record", ["unit", "status", "entered_at"])


def _sender() -> None:
    op.create_table(
        "feedback_sender",
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="Sealed: name, address, phone, e-mail (Article 7)"),
        sa.Column(
            "phone_tail",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="Keyed hash over the receipt and the last four digits",
        ),
        sa.Column(
            "channel",
            sa.String(length=16),
            nullable=True,
            comment="Conversation that notices go to; null for paper and telephone",
        ),
        sa.Column("account", sa.String(length=64), nullable=True),
        sa.Column("conversation", sa.String(length=128), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("consent_version", sa.String(length=16), nullable=False, comment="Of the notice that was agreed to"),
        sa.Column("consent_at", MOMENT, nullable=False),
        sa.Column("publish_agreed_at", MOMENT, nullable=True),
        sa.Column(
            "restricted_at", MOMENT, nullable=True, comment="Asked for deletion: from then on it serves the law alone"
        ),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_feedback_sender")),
    )
    op.create_index("ix_feedback_sender_conversation", "feedback_sender", ["channel", "account", "conversation"])


def _word() -> None:
    op.create_table(
        "feedback_word",
        sa.Column(
            "word",
            sa.String(length=33),
            nullable=False,
            comment="Folded word of the masked text; + before one of the public item",
        ),
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("word", "record", name=op.f("pk_feedback_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_word_record", "feedback_word", ["record"])
