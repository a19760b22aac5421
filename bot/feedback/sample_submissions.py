"""Makes what senders of sample feedback hand in: invented people, nowhere to write to. Pure."""

from __future__ import annotations

from datetime import datetime

from bot.feedback.sample_words import SampleRecord, SampleWords
from feedback.receipts import new_receipt
from feedback.record import (
    About,
    Book,
    Border,
    Classification,
    Consent,
    Form,
    Kind,
    Matter,
    Sender,
    SenderKind,
    Submission,
)
from feedback.suggesting import NamedProcedure

CONSENT = "sample"
_FORMS = {"telephone": Form.PHONE, "opinion_sheet": Form.OPINION_SHEET}


def submission(words: SampleWords, place: int, procedure: NamedProcedure | None, unit: str, at: datetime) -> Submission:
    """Return what is handed in.

    Args:
        words: of all samples.
        place: which one.
        procedure: as the catalogue names it; ``None`` for none.
        unit: code of the receiving unit.
        at: when it came.
    """
    record = words.records[place]
    matter = Matter(
        record.text,
        record.proposal,
        procedure_code=procedure.code if procedure else "",
        procedure_name=procedure.name if procedure else "",
        agency=unit if record.house else "",
    )
    return Submission(
        receipt=new_receipt(),
        book=Book.TRIAL,
        form=_FORMS.get(record.channel, Form.WRITTEN),
        channel=record.channel,
        matter=matter,
        suggested=Classification(_border(record), record.kind, record.about, record.category),
        certain=record.certain,
        sender=_sender(words, place),
        # The words of those that become public stand as they were sent.
        consent=Consent(CONSENT, at, record.may_publish or bool(record.question)),
        at=at,
        sample=True,
    )


def _border(record: SampleRecord) -> Border:
    if record.kind is Kind.RECOMMENDATION:
        return Border.RECOMMENDATION
    return Border.CONDUCT if record.about is About.CONDUCT else Border.CONTENT


def _sender(words: SampleWords, place: int) -> Sender:
    kind = words.records[place].sender
    names = words.companies if kind is SenderKind.ENTERPRISE else words.names
    address = words.address.format(number=place + 1)
    return Sender(names[place % len(names)], address, f"{words.phones}{place + 1:06}", "", kind)
