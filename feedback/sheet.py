"""What an official writes down of feedback that came on paper, at the counter or by telephone (Articles 6 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from feedback.errors import FeedbackError
from feedback.ports import NamesProcedures
from feedback.receipts import new_receipt
from feedback.record import (
    About,
    Book,
    Border,
    Category,
    Classification,
    Consent,
    Form,
    Kind,
    Matter,
    Sender,
    SenderKind,
    Submission,
)
from feedback.requirements import SHORTEST_TEXT, Lack, address_of, mail_of, name_of, phone_of, story_of, tells_enough
from feedback.triage import consistent

CHANNELS = {
    "paper": Form.WRITTEN,
    "counter": Form.WRITTEN,
    "portal": Form.WRITTEN,
    "telephone": Form.PHONE,
    "opinion_sheet": Form.OPINION_SHEET,
}
ON_PAPER = "paper"
"""Version of a consent that stands on the paper, or was said on the telephone."""


class SheetError(FeedbackError):
    """What was written down cannot be entered; the message names what is wrong."""

    def __init__(self, message: str, field: str, lacks: Sequence[Lack] = ()) -> None:
        """Take the message, the sheet's field that is wrong, and what Article 7 asks for that is missing."""
        super().__init__(message)
        self.field = field
        self.lacks = tuple(lacks)


class Said(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One matter, as an official writes it down in the sender's words."""

    text: str
    kind: Kind = Kind.REPORT
    about: About = About.CONDUCT
    category: Category | None = None
    proposal: str = ""
    procedure_code: str = ""
    agency: str = ""
    dossier_code: str = ""
    happened_on: date | None = None

    def classified(self) -> Classification:
        """Return what it is.

        Raises:
            TransitionError: the category is not of what it is about.
        """
        recommends = self.kind is Kind.RECOMMENDATION
        about_rule = Border.RECOMMENDATION if recommends else Border.CONTENT
        border = Border.CONDUCT if self.about is About.CONDUCT and not recommends else about_rule
        found = Classification(border, self.kind, self.about, self.category)
        consistent(found)
        return found


class Sheet(Said, forbid_unknown_fields=True, kw_only=True):
    """The fields of Article 7."""

    came_by: str
    received_at: datetime
    name: str
    address: str
    phone: str = ""
    email: str = ""
    sender: SenderKind = SenderKind.CITIZEN
    may_publish: bool = False


class Second(Said, forbid_unknown_fields=True, kw_only=True):
    """A second matter that becomes a record of its own."""

    accused: str = ""
    """Account of the official complained about."""


async def submission_of(sheet: Sheet, names: NamesProcedures, book: Book, receipt: str = "") -> Submission:
    """Return what is entered.

    Args:
        sheet: as it was written down.
        names: the catalogue.
        book: of this office.
        receipt: its number when it has one, so that the same sheet twice is one record.

    Raises:
        SheetError: a field cannot be right.
        TransitionError: the category is not of what it is about.
    """
    if sheet.came_by not in CHANNELS:
        raise SheetError(f"came_by must be one of {', '.join(CHANNELS)}", "came_by")
    if sheet.received_at.tzinfo is None:
        raise SheetError("received_at needs a time zone, such as 2026-11-26T09:30:00+07:00", "received_at")
    sender = _sender(sheet)
    matter, _ = await matter_of(sheet, names)
    return Submission(
        receipt=receipt or new_receipt(),
        book=book,
        form=CHANNELS[sheet.came_by],
        channel=sheet.came_by,
        matter=matter,
        suggested=sheet.classified(),
        certain=True,
        sender=sender,
        consent=Consent(ON_PAPER, sheet.received_at, sheet.may_publish),
        at=sheet.received_at,
    )


async def matter_of(said: Said, names: NamesProcedures) -> tuple[Matter, str]:
    """Return the matter, and the field of its procedure.

    Raises:
        SheetError: nothing is told, or the procedure is unknown.
    """
    text = story_of(said.text)
    if not tells_enough(text):
        raise SheetError(f"text must say what happened, in at least {SHORTEST_TEXT} signs", "text")
    named = await names.procedure(said.procedure_code) if said.procedure_code else None
    if said.procedure_code and named is None:
        raise SheetError(f"no procedure {said.procedure_code} in the catalogue", "procedure_code")
    matter = Matter(
        text,
        story_of(said.proposal),
        procedure_code=said.procedure_code,
        procedure_name=named.name if named else "",
        agency=said.agency,
        happened_on=said.happened_on,
        dossier_code=said.dossier_code,
    )
    return matter, named.field if named else ""


def _sender(sheet: Sheet) -> Sender:
    """Read who sends by the requirements of Article 7; every one that is not met is named at once."""
    name, address = name_of(sheet.name), address_of(sheet.address)
    phone, email = phone_of(sheet.phone) if sheet.phone else "", mail_of(sheet.email) if sheet.email else ""
    read = {Lack.NAME: name, Lack.ADDRESS: address, Lack.PHONE: phone, Lack.EMAIL: email}
    missing = [lack for lack, value in read.items() if value is None]
    if missing:
        said = f"cannot be right: {', '.join(missing)}; without them it is not received (Article 7)"
        raise SheetError(said, "sender", missing)
    return Sender(name or "", address or "", phone or "", email or "", sheet.sender)
