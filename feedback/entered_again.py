"""What a sheet says otherwise than the record that has its receipt already. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feedback.case import Case, SenderOf
from feedback.errors import FeedbackError
from feedback.record import Submission
from feedback.supplement import first_words


class OtherContentsError(FeedbackError):
    """A receipt is given already, to something else; nothing was entered."""

    def __init__(self, case: Case, fields: Sequence[str]) -> None:
        """Take the record that has the receipt, and the fields of ``feedback.sheet.Sheet`` that differ from it."""
        super().__init__(f"the receipt is that of record {case.register_number}, which differs in {', '.join(fields)}")
        self.case = case
        self.fields = tuple(fields)


def differing(case: Case, sent: SenderOf, given: Submission, fold: Callable[[str], str]) -> Sequence[str]:
    """Return the fields in which a sheet differs from a record; none for the same sheet, however it is spelt.

    Args:
        case: the record.
        sent: who sent it.
        given: the sheet, as it would be entered.
        fold: writes what is spelt differently alike.
    """
    was, now = case.matter, given.matter
    before, after = sent.sender, given.sender
    pairs = {
        "came_by": (case.channel, given.channel),
        "received_at": (case.submitted_at, given.at),
        "name": (fold(before.name), fold(after.name)),
        "address": (fold(before.address), fold(after.address)),
        "phone": (before.phone, after.phone),
        "email": (before.email, after.email),
        "sender": (before.kind, after.kind),
        "text": (fold(first_words(was.text)), fold(now.text)),
        "proposal": (fold(was.proposal), fold(now.proposal)),
        "kind": (case.kind, given.suggested.kind),
        "about": (case.about, given.suggested.about),
        "category": (case.category, given.suggested.category),
        "procedure_code": (was.procedure_code, now.procedure_code),
        "agency": (was.agency, now.agency),
        "dossier_code": (was.dossier_code, now.dossier_code),
        "happened_on": (was.happened_on, now.happened_on),
        "may_publish": (case.publishable, given.consent.publish),
    }
    return [name for name, (one, other) in pairs.items() if one != other]
