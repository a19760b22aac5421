"""``motcua feedback list|show|verify-log|outgoing``: what stands in the register, and whether it is whole."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import datetime, time, timedelta
from typing import Any

from bot.commands.feedback_at_hand import AtHand, add_action
from feedback.listing import Wanted
from feedback.listing_store import Line
from feedback.record import Status
from feedback.verifying import Anchor, read_anchor, verify
from feedback.working_time.zone import VIETNAM, here

PAGE = 200


def add_reading(actions: Any) -> None:
    """Add the actions."""
    listing = add_action(actions, "list", "list records, the newest first", _list, record=False)
    listing.add_argument("--status", nargs="+", default=[], choices=list(Status), type=Status)
    listing.add_argument("--unit", default="", help="code of who has it")
    listing.add_argument("--agency", default="", help="code of the agency that it is about")
    listing.add_argument("--words", default="", help="with or without accents")
    listing.add_argument("--overdue", action="store_true")
    listing.add_argument("--since", type=day, metavar="YYYY-MM-DD")
    listing.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="last day")
    show = add_action(actions, "show", "show a record with its log", _show)
    show.add_argument("--sender", action="store_true", help="also who sent it: that is written into the log")
    verifying = actions.add_parser("verify-log", help="prove that no entry of the log was changed, added or taken away")
    verifying.add_argument(
        "--anchor", type=_anchor, metavar="HASH[@NUMBER]", help="as printed on a report: is it still in the log?"
    )
    verifying.set_defaults(action=_verify, actor="")
    outgoing = actions.add_parser("outgoing", help="notices and letters that could not leave")
    outgoing.add_argument("--retry", action="store_true", help="let them wait for the delivery again")
    outgoing.set_defaults(action=_outgoing, actor="")


def day(raw: str) -> datetime:
    """Read a day: its beginning in Vietnam."""
    return datetime.combine(datetime.strptime(raw, "%Y-%m-%d").date(), time(), VIETNAM)


def _anchor(raw: str) -> Anchor:
    try:
        return read_anchor(raw)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


async def _list(args: Namespace, hand: AtHand) -> int:
    wanted = Wanted(
        statuses=tuple(args.status),
        unit=args.unit,
        agency=args.agency,
        book=hand.feedback.office.book,
        since=args.since,
        until=args.until + timedelta(days=1) if args.until else None,
        words=args.words or "",
        overdue=args.overdue,
    )
    shown, mark = 0, None
    async with hand.transactions.read() as session:
        while True:
            page = await hand.feedback.listing.page(session, hand.actor, wanted, hand.at, mark, PAGE)
            for line in page.lines:
                print(_line(line, hand))
            shown, mark = shown + len(page.lines), page.next
            if mark is None:
                break
    print(f"{shown} records." if shown else "There are no such records.")
    return 0


def _line(line: Line, hand: AtHand) -> str:
    due = f", due {here(line.due_at):%d/%m/%Y}" if line.due_at else ""
    sample = " [sample]" if line.sample else ""
    head = f"{line.register_number:>9}  {line.receipt}  {here(line.entered_at):%d/%m/%Y}  {line.status}{due}{sample}"
    return f"{head}\n           {hand.name(line.unit)} · {line.kind}/{line.about} · {line.said[:90]}"


async def _show(args: Namespace, hand: AtHand) -> int:
    reading = hand.feedback.steps.reading
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        case = await reading.open(session, hand.actor, record, hand.at)
        if args.sender:
            sent = (await reading.see_sender(session, hand.actor, record, hand.at)).sender
        history = await reading.history(session, hand.actor, record, hand.at)
        deadlines = await hand.feedback.clocks.of(session, case)
        # What files are called may name their sender, as what they show.
        shown = not reading.hides_sender(hand.actor, case, hand.at)
        files = await hand.feedback.attachments.all_of_record(session, record) if shown else ()
    sample = "  [sample: made up]" if case.sample else ""
    print(f"{case.receipt or '-'}  {case.register_number}  {case.status}  {hand.name(case.unit)}{sample}")
    print(f"{case.kind}, {case.about}, category {case.category or '-'}; came by {case.channel} ({case.form})")
    for title, text in (("procedure", case.matter.procedure_name), ("dossier", case.matter.dossier_code)):
        print(f"{title}: {text or '-'}")
    print(f"\n{case.matter.text}\n")
    if case.matter.proposal:
        print(f"Proposal: {case.matter.proposal}\n")
    if args.sender:
        print(f"Sender: {sent.name}; {sent.address}; {sent.phone or '-'}; {sent.email or '-'}\n")
    for number, file in enumerate(files, start=1):
        print(f"file {number}: {file.name} ({file.kind}, {file.size} bytes): {file.state}")
    for one in deadlines:
        due = f"{here(one.due_at):%H:%M %d/%m/%Y}" if one.due_at else "waits for the sender"
        print(f"{one.rule}: {one.state}, {due}")
    for told in history:
        entry = told.entry
        print(f"{here(entry.at):%d/%m/%Y %H:%M}  {entry.actor}  {entry.action} -> {entry.to_status}  {told.why}")
    return 0


async def _verify(args: Namespace, hand: AtHand) -> int:
    async with hand.transactions.read() as session:
        feedback = hand.feedback
        found = [
            one async for one in verify(session, feedback.log, feedback.register, feedback.answers, anchor=args.anchor)
        ]
    async with hand.transactions.read() as session:
        seq, newest = await hand.feedback.log.last(session)
    for one in found:
        print(f"{one.where}: {one.what}")
    faults = sum(one.fault for one in found)
    if faults:
        print(f"{faults} faults: keep this database as it is, and compare it with a backup.")
        return 1
    print(f"Sound: {seq} entries; the newest has the anchor {newest.hex()}@{seq}.")
    return 0


async def _outgoing(args: Namespace, hand: AtHand) -> int:
    async with hand.transactions.write() as session:
        stuck = await hand.feedback.outgoing.stuck(session)
        for one, why in stuck:
            print(f"{one.key}: {why}; it is dropped 30 days after it was to leave")
        if args.retry:
            print(f"{await hand.feedback.outgoing.retry(session)} wait again.")
        elif not stuck:
            print("Everything left.")
    return 0
