"""``motcua feedback enter``: what came on paper, at the counter or by the published telephone number (Article 6)."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, text_of
from feedback.receipts import new_receipt
from feedback.record import (
    About,
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


class _Sheet(msgspec.Struct, forbid_unknown_fields=True):
    """The fields of Article 7, as an official writes them down."""

    came_by: str
    received_at: datetime
    name: str
    address: str
    text: str
    phone: str = ""
    email: str = ""
    sender: SenderKind = SenderKind.CITIZEN
    kind: Kind = Kind.REPORT
    about: About = About.CONDUCT
    category: Category | None = None
    proposal: str = ""
    procedure_code: str = ""
    agency: str = ""
    dossier_code: str = ""
    happened_on: date | None = None
    may_publish: bool = False


def add_enter(actions: Any) -> None:
    """Add the action."""
    enter = add_action(actions, "enter", "enter what came on paper or by telephone", _enter, record=False)
    enter.add_argument("file", type=Path, help="YAML with came_by, received_at, name, address, phone, text …")


async def _enter(args: Namespace, hand: AtHand) -> int:
    sheet = _read(args.file)
    submission = await _submission(sheet, args.file, hand)
    async with hand.transactions.write() as session:
        receipt = await hand.feedback.steps.intake.enter(session, hand.actor, submission, hand.at)
    again = "" if receipt.new else "; you entered the same a moment ago, nothing new was made"
    print(f"{receipt.receipt}: number {receipt.number}/{receipt.year} in the book {receipt.book}{again}")
    return 0


def _read(path: Path) -> _Sheet:
    """Read a sheet. Everything is words first: a telephone number or the code of a procedure is no number."""
    try:
        written = yaml.load(text_of(path), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but words
        given = {name: value for name, value in written.items() if value != ""} if type(written) is dict else written
        return msgspec.convert(given, _Sheet, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise InputError(f"{path}: {error}") from error


async def _submission(sheet: _Sheet, path: Path, hand: AtHand) -> Submission:
    if sheet.came_by not in CHANNELS:
        raise InputError(f"{path}: came_by must be one of {', '.join(CHANNELS)}")
    if sheet.received_at.tzinfo is None:
        raise InputError(f"{path}: received_at needs a time zone, such as 2026-11-26T09:30:00+07:00")
    sender, text = _sender(sheet, path), story_of(sheet.text)
    if not tells_enough(text):
        raise InputError(f"{path}: text must say what happened, in at least {SHORTEST_TEXT} signs")
    recommends = sheet.kind is Kind.RECOMMENDATION
    about_rule = Border.RECOMMENDATION if recommends else Border.CONTENT
    border = Border.CONDUCT if sheet.about is About.CONDUCT and not recommends else about_rule
    suggested = Classification(border, sheet.kind, sheet.about, sheet.category)
    consistent(suggested)
    named = await hand.feedback.names.procedure(sheet.procedure_code) if sheet.procedure_code else None
    if sheet.procedure_code and named is None:
        raise InputError(f"{path}: no procedure {sheet.procedure_code} in the catalogue")
    matter = Matter(
        text,
        story_of(sheet.proposal),
        procedure_code=sheet.procedure_code,
        procedure_name=named.name if named else "",
        agency=sheet.agency,
        happened_on=sheet.happened_on,
        dossier_code=sheet.dossier_code,
    )
    return Submission(
        receipt=new_receipt(),
        book=hand.feedback.office.book,
        form=CHANNELS[sheet.came_by],
        channel=sheet.came_by,
        matter=matter,
        suggested=suggested,
        certain=True,
        sender=sender,
        consent=Consent(ON_PAPER, sheet.received_at, sheet.may_publish),
        at=sheet.received_at,
    )


def _sender(sheet: _Sheet, path: Path) -> Sender:
    """Read who sends by the requirements of Article 7; every one that is not met is named at once."""
    name, address = name_of(sheet.name), address_of(sheet.address)
    phone, email = phone_of(sheet.phone) if sheet.phone else "", mail_of(sheet.email) if sheet.email else ""
    read = {Lack.NAME: name, Lack.ADDRESS: address, Lack.PHONE: phone, Lack.EMAIL: email}
    missing = [lack for lack, value in read.items() if value is None]
    if missing:
        raise InputError(f"{path}: cannot be right: {', '.join(missing)}; without them it is not received (Article 7)")
    return Sender(name or "", address or "", phone or "", email or "", sheet.sender)
