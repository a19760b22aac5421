"""``motcua privacy``: what people ask about their data, by when it is to be answered, and the answers."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app import make_kept, open_dossiers
from bot.app.clock import present
from bot.app.officials import actor_of
from bot.app.privacy import make_exporting
from bot.commands.feedback_at_hand import InputError, write_private
from bot.delivery.cipher import AesGcmCipher
from bot.migrations.schema import upgrade
from bot.privacy.answering import DataDesk
from bot.privacy.exporting import Exporting
from bot.privacy.request import DataRequest, RequestState
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.actor import Actor
from feedback.working_time.zone import here
from nlu.catalogue.live import LiveCatalogue

UNREADABLE = (
    "(cannot be opened: give the key that was before in MOTCUA_ENCRYPTION_KEY_BEFORE; else ask the person again)"
)


@dataclass(frozen=True)
class _AtHand:
    transactions: UnitOfWork
    desk: DataDesk
    exporting: Exporting
    actor: Actor
    at: datetime


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``privacy`` with its actions."""
    parser = subparsers.add_parser("privacy", help="answer what people ask about their data")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="show the requests that wait, the overdue first")
    listing.add_argument("--all", action="store_true", help="answered and refused ones too")
    listing.set_defaults(action=_list)
    one = actions.add_parser("acknowledge", help="tell the person that the request was received")
    one.set_defaults(action=_step, state=RequestState.ACKNOWLEDGED, words="")
    two = actions.add_parser("answer", help="tell the person what was done")
    two.add_argument("--text", dest="words", required=True, type=_words, help="what the person is told")
    two.set_defaults(action=_step, state=RequestState.ANSWERED)
    three = actions.add_parser(
        "refuse", help="tell the person why it cannot be done; what the law keeps then serves the law alone"
    )
    three.add_argument("--why", dest="words", required=True, type=_words, help="the reason, as the person is told it")
    three.set_defaults(action=_step, state=RequestState.REFUSED)
    four = actions.add_parser("withdrawn", help="note that the person does not ask for it any more")
    four.set_defaults(action=_step, state=RequestState.WITHDRAWN, words="")
    five = actions.add_parser("take-back", help="take an answer or refusal back: it is looked at again")
    five.add_argument("--why", dest="words", required=True, type=_words, help="the reason, as the person is told it")
    five.set_defaults(action=_step, state=RequestState.REOPENED)
    six = actions.add_parser("export", help="write everything that is kept about who asked for a copy")
    six.add_argument("--to", required=True, type=Path, metavar="JSON", help="a new file; nothing is overwritten")
    six.set_defaults(action=_export)
    for stepping in (one, two, three, four, five, six):
        stepping.add_argument("number", type=_number, help="DL-7KQM-2XWP, as `list` shows it")
    for action in (listing, one, two, three, four, five, six):
        action.add_argument(
            "--as",
            dest="actor",
            required=True,
            metavar="ACTOR",
            help="console account, or official of the file about feedback",
        )
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    transactions = UnitOfWork(open_engine(settings.database_url))
    action: Callable[[Namespace, _AtHand], Awaitable[int]] = args.action
    try:
        async with open_dossiers(settings, transactions) as dossiers:
            kept = make_kept(settings, transactions, dossiers, LiveCatalogue(transactions))
        await upgrade(transactions.engine)
        actor = await actor_of(settings, transactions, kept.feedback.office, args.actor)
        desk = DataDesk(kept.data_requests, kept.privacy.holders)
        steps, cipher = kept.feedback.steps, AesGcmCipher(settings.require_keys()[1].reveal())
        exporting = make_exporting(
            kept.data_requests, kept.privacy.holders, kept.feedback.register, steps.reading, cipher
        )
        return await action(args, _AtHand(transactions, desk, exporting, actor, present()))
    finally:
        await transactions.close()


async def _list(args: Namespace, hand: _AtHand) -> int:
    async with hand.transactions.read() as session:
        found = await hand.desk.listed(session, hand.actor, hand.at, ended=args.all)
    for one in found:
        print(_told(one, hand.at))
    late = sum(one.due_at is not None and one.due_at < hand.at for one in found)
    print(f"{sum(not one.state.ended for one in found)} wait, {late} of them overdue.")
    return 0


async def _export(args: Namespace, hand: _AtHand) -> int:
    if args.to.exists():
        raise InputError(f"{args.to} is there already; name a new file")
    async with hand.transactions.write() as session:
        copy = await hand.exporting.copy(session, hand.actor, args.number, hand.at)
    write_private(args.to, json.dumps(copy.data, ensure_ascii=False, indent=2).encode())
    print(f"{args.to}: give it to the person who asked and to nobody else, then delete it.")
    if copy.withheld:
        print(
            f"{copy.withheld} records lie with other units or are not shown to you: ask who holds them for their part."
        )
    return 0


async def _step(args: Namespace, hand: _AtHand) -> int:
    async with hand.transactions.write() as session:
        done = await hand.desk.step(session, hand.actor, args.number, (args.state, args.words), hand.at)
    if not done:
        print(
            f"request {args.number} is not there, or has ended, or this step does not follow on its last one; see `motcua privacy list --all`",
            file=sys.stderr,
        )
        return 1
    print("Noted. A running server tells the person within seconds.")
    return 0


def _told(one: DataRequest, now: datetime) -> str:
    asked, state = one.asked, one.state.value
    due = one.due_at
    if due is None:
        clock = f"ended {_moment(one.ended_at)}"
    else:
        what = "acknowledge" if one.state is RequestState.OPEN else "answer"
        clock = f"{'OVERDUE: ' if due < now else ''}{what} by {_moment(due)}"
        if one.state is RequestState.OPEN:
            clock += f", answer by {_moment(asked.answer_by)}"
    note = "" if one.told else "  (not told yet)"
    words = UNREADABLE if "words" in one.unreadable else asked.words
    answer = UNREADABLE if "answer" in one.unreadable else one.answer
    lines = [f"{asked.number}  {asked.kind.value}  {state}  {clock}  on {one.ref.channel}{note}", f"    {words}"]
    return "\n".join([*lines, *([f"    > {answer}"] if answer else [])])


def _moment(at: datetime | None) -> str:
    return f"{here(at):%Y-%m-%d %H:%M}" if at else "-"


def _number(raw: str) -> str:
    return raw.strip().upper()


def _words(raw: str) -> str:
    if not raw.strip():
        raise ArgumentTypeError("say something")
    return raw.strip()
