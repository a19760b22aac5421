"""``motcua feedback classify|take|forward|ask|…``: steps of officials until the console does them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, text_of, words
from feedback.answer import Verdict
from feedback.record import About, Basis, Border, Category, Classification, Criterion, Kind, Outcome, Requirement
from feedback.triage import OWN_DOORS, Receiver, Said

Step = Callable[[AsyncSession, int], Awaitable[object]]


def add_steps(actions: Any) -> None:
    """Add the actions up to the study of a record and beside it."""
    classify = add_action(actions, "classify", "say what a record is (Articles 3, 5)", _classify)
    classify.add_argument("--kind", choices=list(Kind))
    classify.add_argument("--about", choices=list(About))
    classify.add_argument("--category", type=int, choices=range(1, 9), help="of the eight of Article 5")
    classify.add_argument("--agency", help="code of the agency that it is about")
    classify.add_argument("--accused", help="account of the official complained about, who then never sees the sender")
    classify.add_argument("--why", default="", help="the reason; it stands in the log")
    take = add_action(actions, "take", "give it to a unit to study", _take)
    take.add_argument("--unit", default="", help="code; without it the unit that the office file charges")
    take.add_argument("--officer", default="", help="account of who handles it")
    forward = add_action(actions, "forward", "pass it to the competent agency; its sender is told", _forward, why=True)
    forward.add_argument("--to", required=True, type=words, help="code of the agency")
    forward.add_argument("--name", required=True, type=words, help="its name, as the sender reads it")
    forward.add_argument("--email", default="", help="its published address; without it you send it yourself")
    add_action(actions, "ask", "ask the sender for a supplement; the clocks stand still", _ask, why=True)
    refuse = add_action(actions, "refuse", "do not receive it (Article 7); its sender is told", _refuse, why=True)
    refuse.add_argument("--requirement", required=True, choices=list(Requirement), help="which one is not met")
    redirect = add_action(actions, "redirect", "show the right door: a complaint and the like", _redirect, why=True)
    redirect.add_argument("--door", required=True, choices=sorted(OWN_DOORS))
    add_action(actions, "hold", "keep it and collect further (chưa đủ cơ sở)", _hold, why=True)
    merge = add_action(actions, "merge", "handle it with another record", _merge, why=True)
    merge.add_argument("into", type=words, help="receipt or number of the other record")
    add_action(actions, "undo", "take back the last step that has not left the house", _undo, why=True)


def add_answers(actions: Any) -> None:
    """Add the actions of the answer."""
    assess = add_action(actions, "assess", "test the rule by the six criteria of Article 14", _assess)
    assess.add_argument("file", type=Path, help="YAML: each criterion with `met` and `why`")
    assess.add_argument("--basis", choices=list(Basis), default=Basis.ENOUGH)
    answer = add_action(actions, "answer", "draft the answer", _answer)
    answer.add_argument("file", type=Path, help="text of the answer")
    answer.add_argument("--outcome", required=True, choices=list(Outcome))
    approve = add_action(actions, "approve", "approve the newest draft: it goes to the sender", _approve)
    approve.add_argument("--also", nargs="+", default=[], type=words, help="records that get the same answer")


async def _do(args: Namespace, hand: AtHand, step: Step) -> int:
    async with hand.transactions.write() as session:
        await step(session, await hand.record(session, args.record))
    return await _stands(args.record, hand)


async def _stands(named: str, hand: AtHand) -> int:
    """Say where a record stands, by the name under which the official knows it."""
    async with hand.transactions.read() as session:
        case = await hand.feedback.register.get(session, await hand.record(session, named))
    print(f"{named} (book {case.book}): {case.status}, with {hand.name(case.unit)}")
    return 0


async def _classify(args: Namespace, hand: AtHand) -> int:
    async def step(session: AsyncSession, record: int) -> object:
        case = await hand.feedback.steps.reading.open(session, hand.actor, record, hand.at)
        kind = Kind(args.kind) if args.kind else case.kind
        about = About(args.about) if args.about else case.about
        category = Category(args.category) if args.category else case.category
        said = Said(Classification(_border(kind, about), kind, about, category), args.agency, accused=args.accused)
        return await hand.feedback.steps.triage.classify(session, hand.actor, record, said, hand.at, args.why)

    return await _do(args, hand, step)


def _border(kind: Kind, about: About) -> Border:
    if kind is Kind.RECOMMENDATION:
        return Border.RECOMMENDATION
    return Border.CONDUCT if about is About.CONDUCT else Border.CONTENT


async def _take(args: Namespace, hand: AtHand) -> int:
    triage = hand.feedback.steps.triage
    return await _do(
        args, hand, lambda session, id: triage.take(session, hand.actor, id, hand.at, args.unit, args.officer)
    )


async def _forward(args: Namespace, hand: AtHand) -> int:
    to, triage = Receiver(args.to, args.name, args.email), hand.feedback.steps.triage
    return await _do(args, hand, lambda session, id: triage.forward(session, hand.actor, id, to, args.why, hand.at))


async def _ask(args: Namespace, hand: AtHand) -> int:
    asking = hand.feedback.steps.supplementing
    return await _do(args, hand, lambda session, id: asking.ask_supplement(session, hand.actor, id, args.why, hand.at))


async def _refuse(args: Namespace, hand: AtHand) -> int:
    triage, failed = hand.feedback.steps.triage, Requirement(args.requirement)
    return await _do(args, hand, lambda session, id: triage.refuse(session, hand.actor, id, failed, args.why, hand.at))


async def _redirect(args: Namespace, hand: AtHand) -> int:
    triage, door = hand.feedback.steps.triage, Border(args.door)
    return await _do(args, hand, lambda session, id: triage.redirect(session, hand.actor, id, door, args.why, hand.at))


async def _hold(args: Namespace, hand: AtHand) -> int:
    handling = hand.feedback.steps.handling
    return await _do(args, hand, lambda session, id: handling.hold(session, hand.actor, id, args.why, hand.at))


async def _merge(args: Namespace, hand: AtHand) -> int:
    async def step(session: AsyncSession, record: int) -> object:
        into = await hand.record(session, args.into)
        return await hand.feedback.steps.joining.merge(session, hand.actor, record, into, args.why, hand.at)

    return await _do(args, hand, step)


async def _undo(args: Namespace, hand: AtHand) -> int:
    undoing = hand.feedback.steps.undoing
    return await _do(args, hand, lambda session, id: undoing.undo(session, hand.actor, id, args.why, hand.at))


class _Judged(msgspec.Struct, forbid_unknown_fields=True):
    met: bool
    why: str


async def _assess(args: Namespace, hand: AtHand) -> int:
    try:
        given = msgspec.convert(yaml.safe_load(text_of(args.file)), dict[str, _Judged], strict=True)
        verdicts = [Verdict(Criterion(name), one.met, one.why) for name, one in given.items()]
    except (yaml.YAMLError, msgspec.ValidationError, ValueError) as error:
        raise InputError(
            f"{args.file}: write each criterion with `met: true` or `false`, and `why`: {error}"
        ) from error
    handling, basis = hand.feedback.steps.handling, Basis(args.basis)
    return await _do(args, hand, lambda session, id: handling.assess(session, hand.actor, id, verdicts, hand.at, basis))


async def _answer(args: Namespace, hand: AtHand) -> int:
    text, outcome, handling = text_of(args.file), Outcome(args.outcome), hand.feedback.steps.handling
    return await _do(args, hand, lambda session, id: handling.draft(session, hand.actor, id, text, outcome, hand.at))


async def _approve(args: Namespace, hand: AtHand) -> int:
    async def step(session: AsyncSession, record: int) -> object:
        others = [await hand.record(session, one) for one in args.also]
        return await hand.feedback.steps.answering.answer_many(session, hand.actor, record, others, hand.at)

    await _do(args, hand, step)
    for other in args.also:
        await _stands(other, hand)
    return 0
