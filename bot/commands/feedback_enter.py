"""``motcua feedback enter|supplement|split``: what came on paper, at the counter or by the published telephone number
(Article 6), what was added to it in the same way, and a second matter in it.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, text_of
from feedback.joining import Part
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

Shape = TypeVar("Shape", bound="_Said")


class _Said(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
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


class _Sheet(_Said, forbid_unknown_fields=True, kw_only=True):
    """The fields of Article 7."""

    came_by: str
    received_at: datetime
    name: str
    address: str
    phone: str = ""
    email: str = ""
    sender: SenderKind = SenderKind.CITIZEN
    may_publish: bool = False


class _Second(_Said, forbid_unknown_fields=True, kw_only=True):
    """A second matter that becomes a record of its own."""

    accused: str = ""
    """Account of the official complained about."""


def add_enter(actions: Any) -> None:
    """Add the actions."""
    enter = add_action(actions, "enter", "enter what came on paper or by telephone", _enter, record=False)
    enter.add_argument("file", type=Path, help="YAML with came_by, received_at, name, address, phone, text …")
    more = add_action(actions, "supplement", "take in what its sender added on paper or by telephone", _supplement)
    more.add_argument("file", type=Path, help="text of what was added")
    split = add_action(
        actions, "split", "make a second matter in it a record of its own; its sender is told", _split, why=True
    )
    split.add_argument("file", type=Path, help="YAML with text, kind, about, category, agency, procedure_code …")


async def _enter(args: Namespace, hand: AtHand) -> int:
    sheet = _read(args.file, _Sheet)
    submission = await _submission(sheet, args.file, hand)
    async with hand.transactions.write() as session:
        receipt = await hand.feedback.steps.intake.enter(session, hand.actor, submission, hand.at)
    again = "" if receipt.new else "; you entered the same a moment ago, nothing new was made"
    print(f"{receipt.receipt}: number {receipt.number}/{receipt.year} in the book {receipt.book}{again}")
    return 0


async def _supplement(args: Namespace, hand: AtHand) -> int:
    text = story_of(text_of(args.file))
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        case = await hand.feedback.steps.supplementing.supplement(session, hand.actor, record, text, hand.at)
    print(f"{args.record}: {case.status}, with {hand.name(case.unit)}")
    return 0


async def _split(args: Namespace, hand: AtHand) -> int:
    second = _read(args.file, _Second)
    matter, field = await _matter(second, args.file, hand)
    part = Part(matter, second.classified(), field, second.accused)
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        case = await hand.feedback.steps.joining.split(session, hand.actor, record, part, args.why, hand.at)
    shown = case.receipt or "its receipt is not shown to you"
    print(f"{shown}: number {case.register_number} in the book {case.book}, split from {args.record}")
    return 0


def _read(path: Path, shape: type[Shape]) -> Shape:
    """Read a sheet. Everything is words first: a telephone number or the code of a procedure is no number."""
    try:
        written = yaml.load(text_of(path), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but words
        given = {name: value for name, value in written.items() if value != ""} if type(written) is dict else written
        return msgspec.convert(given, shape, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise InputError(f"{path}: {error}") from error


async def _submission(sheet: _Sheet, path: Path, hand: AtHand) -> Submission:
    if sheet.came_by not in CHANNELS:
        raise InputError(f"{path}: came_by must be one of {', '.join(CHANNELS)}")
    if sheet.received_at.tzinfo is None:
        raise InputError(f"{path}: received_at needs a time zone, such as 2026-11-26T09:30:00+07:00")
    sender = _sender(sheet, path)
    matter, _ = await _matter(sheet, path, hand)
    return Submission(
        receipt=new_receipt(),
        book=hand.feedback.office.book,
        form=CHANNELS[sheet.came_by],
        channel=sheet.came_by,
        matter=matter,
        suggested=sheet.classified(),
        certain=True,
        sender=sender,
        consent=Consent(ON_PAPER, sheet.received_at, sheet.may_publish),
        at=sheet.received_at,
    )


async def _matter(said: _Said, path: Path, hand: AtHand) -> tuple[Matter, str]:
    """Return the matter, and the field of its procedure."""
    text = story_of(said.text)
    if not tells_enough(text):
        raise InputError(f"{path}: text must say what happened, in at least {SHORTEST_TEXT} signs")
    named = await hand.feedback.names.procedure(said.procedure_code) if said.procedure_code else None
    if said.procedure_code and named is None:
        raise InputError(f"{path}: no procedure {said.procedure_code} in the catalogue")
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


def _sender(sheet: _Sheet, path: Path) -> Sender:
    """Read who sends by the requirements of Article 7; every one that is not met is named at once."""
    name, address = name_of(sheet.name), address_of(sheet.address)
    phone, email = phone_of(sheet.phone) if sheet.phone else "", mail_of(sheet.email) if sheet.email else ""
    read = {Lack.NAME: name, Lack.ADDRESS: address, Lack.PHONE: phone, Lack.EMAIL: email}
    missing = [lack for lack, value in read.items() if value is None]
    if missing:
        raise InputError(f"{path}: cannot be right: {', '.join(missing)}; without them it is not received (Article 7)")
    return Sender(name or "", address or "", phone or "", email or "", sheet.sender)
