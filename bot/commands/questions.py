"""``motcua questions``: what the assistant did not understand, and what an official makes of it."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.commands.person import user_of_this_machine
from bot.commands.questions_review import ReviewSession, told
from bot.commands.terminal import open_terminal
from bot.errors import BotError
from bot.forgetting import forget_questions
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.errors import NoSuchProcedureError
from nlu.catalogue.store import CatalogueStore
from nlu.learning.masking import unmasked
from nlu.learning.review import Reason
from nlu.learning.store import WAITING, Decision, Question, ReviewState, ReviewStore
from nlu.understanding import Aspect, Intent

AGAIN = 10
"""Accepted questions that are still not understood, shown by ``stats``."""


class QuestionsError(BotError):
    """A question cannot be decided like this."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``questions`` with its actions."""
    parser = subparsers.add_parser("questions", help="review what was not understood, so that it is learned")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    states, reasons = [one.value for one in ReviewState], [one.value for one in Reason]
    one = actions.add_parser("list", help="list the questions, those met most often first")
    one.add_argument("--state", choices=states, help="those that wait for a decision by default")
    one.add_argument("--reason", choices=reasons)
    one.add_argument("--limit", type=int, default=50)
    one.add_argument("--json", action="store_true")
    one.set_defaults(action=_list)
    one = actions.add_parser("review", help="decide one after the other, with one key each")
    one.add_argument("--reason", choices=reasons)
    one.add_argument("--limit", type=int, default=200)
    one.set_defaults(action=_review)
    one = actions.add_parser("accept", help="say what a question means")
    one.add_argument("id", type=int)
    one.add_argument("code", help="code of a procedure, or an out-of-scope intent such as out_of_scope_law")
    one.add_argument(
        "--aspect", action="append", choices=[*(one.value for one in Aspect), "none"], help="the recognised by default"
    )
    one.set_defaults(action=_accept)
    one = actions.add_parser("reject", help="say that nothing is to be learned; forget what was accepted")
    one.add_argument("id", type=int)
    one.set_defaults(action=_reject)
    one = actions.add_parser("export", help="write decided questions for `motcua evaluate`")
    one.add_argument("file", type=Path)
    one.set_defaults(action=_export)
    one = actions.add_parser("stats", help="count the questions; show what is still not understood though accepted")
    one.set_defaults(action=_stats)
    for name in ("review", "accept", "reject"):
        actions.choices[name].add_argument("--by", help="who decides; the user of this machine by default")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action; what is too old is deleted first."""
    work = UnitOfWork(open_engine(settings.database_url))
    action: Callable[[Namespace, UnitOfWork], Awaitable[int]] = args.action
    try:
        await forget_questions(work, settings.review_days, datetime.now(UTC))
        return await action(args, work)
    finally:
        await work.close()


class LiveNames:
    """Names of the live catalogue's procedures, read from the database."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    async def name(self, code: str) -> str | None:
        """Return the name of a procedure; ``None`` when the live catalogue holds none of this code."""
        async with self._work.read() as session:
            store = CatalogueStore(session)
            number = await store.live_number()
            found = await store.get_many(number, [code]) if number is not None else []
        return found[0].name if found else None


async def _list(args: Namespace, work: UnitOfWork) -> int:
    states = (ReviewState(args.state),) if args.state else WAITING
    reason = Reason(args.reason) if args.reason else None
    async with work.read() as session:
        found = await ReviewStore(session).find(states, reason, args.limit)
    if args.json:
        print(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
        return 0
    if not found:
        print("There is no such question.")
    for one in found:
        decision = "" if one.decision.state in WAITING else f"  → {told(one.decision)}"
        print(f"{one.id:>6}  {one.reason.value:<16}  {one.count:>5}×  {one.last_seen:%Y-%m-%d}  {one.text}{decision}")
    return 0


async def _review(args: Namespace, work: UnitOfWork) -> int:
    reason = Reason(args.reason) if args.reason else None
    async with work.read() as session:
        found = await ReviewStore(session).find(WAITING, reason, args.limit)
    sitting = ReviewSession(
        work, LiveNames(work), open_terminal(), args.by or user_of_this_machine(), lambda: datetime.now(UTC)
    )
    await sitting.run(found)
    print(f"{sitting.decided} decided. `motcua train` learns from what was accepted.")
    return 0


async def _accept(args: Namespace, work: UnitOfWork) -> int:
    kinds = {intent.value: intent for intent in Intent if intent.out_of_scope}
    kind = kinds.get(args.code)
    if kind is None and await LiveNames(work).name(args.code) is None:
        raise NoSuchProcedureError(
            f"the live catalogue holds no procedure {args.code}; `motcua catalogue search` finds codes"
        )
    async with work.write() as session:
        store = ReviewStore(session)
        question = await store.get(args.id)
        given = tuple(Aspect(name) for name in args.aspect if name != "none") if args.aspect else question.aspects
        code, aspects = ("", ()) if kind else (args.code, given)
        decision = Decision(
            ReviewState.ACCEPTED, code, kind, aspects, args.by or user_of_this_machine(), datetime.now(UTC)
        )
        await store.decide(args.id, decision, before=tuple(ReviewState))
    print(f"Question {args.id}: {told(decision)}")
    return 0


async def _reject(args: Namespace, work: UnitOfWork) -> int:
    decision = Decision(ReviewState.REJECTED, by=args.by or user_of_this_machine(), at=datetime.now(UTC))
    async with work.write() as session:
        await ReviewStore(session).decide(args.id, decision, before=tuple(ReviewState))
    print(f"Question {args.id}: rejected")
    return 0


async def _export(args: Namespace, work: UnitOfWork) -> int:
    async with work.read() as session:
        found = await ReviewStore(session).find((ReviewState.ACCEPTED,))
    lines = [json.dumps(_labelled(one), ensure_ascii=False) + "\n" for one in found if unmasked(one.text)]
    try:
        args.file.write_text("".join(lines), "utf-8")
    except OSError as error:
        raise QuestionsError(f"{args.file} cannot be written: {error.strerror}") from error
    print(f"{len(lines)} questions written to {args.file}")
    return 0


async def _stats(args: Namespace, work: UnitOfWork) -> int:
    async with work.read() as session:
        counts = await ReviewStore(session).counts()
        again = await ReviewStore(session).met_again()
    print("\n".join(_counted(counts)))
    if again:
        print(f"\n{len(again)} accepted questions were met again since, and still not understood:")
        for one in again[:AGAIN]:
            print(f"{one.id:>6}  {one.count:>5}×  {one.text}  → {told(one.decision)}")
    return 0


def _counted(counts: dict[tuple[ReviewState, Reason], tuple[int, int]]) -> Sequence[str]:
    lines = [f"{'':<16}" + "".join(f"{state.value:>10}" for state in ReviewState) + f"{'met':>10}"]
    for reason in Reason:
        cells = [counts.get((state, reason), (0, 0)) for state in ReviewState]
        met = sum(cell[1] for cell in cells)
        lines.append(f"{reason.value:<16}" + "".join(f"{cell[0]:>10}" for cell in cells) + f"{met:>10}")
    return lines


def _plain(question: Question) -> dict[str, Any]:
    decision = question.decision
    return {
        "id": question.id,
        "text": question.text,
        "reason": question.reason.value,
        "count": question.count,
        "first_seen": question.first_seen.isoformat(),
        "last_seen": question.last_seen.isoformat(),
        "candidates": [{"code": one.code, "score": one.score, "name": one.name} for one in question.candidates],
        "aspects": [aspect.value for aspect in question.aspects],
        "context": question.context,
        "suggested": question.suggested,
        "catalogue_version": question.catalogue_version,
        "state": decision.state.value,
        "decided_code": decision.code or (decision.kind.value if decision.kind else ""),
        "decided_aspects": [aspect.value for aspect in decision.aspects],
        "decided_by": decision.by,
    }


def _labelled(question: Question) -> dict[str, Any]:
    """Return a question as ``motcua evaluate`` reads it."""
    decision = question.decision
    return {
        "text": unmasked(question.text),
        "kind": "out_of_scope" if decision.kind else "answer",
        "accept": [decision.code] if decision.code else [],
        "aspect": decision.aspects[0].value if len(decision.aspects) == 1 else "none",
        "source": "review",
    }
