"""``motcua feedback publish|hide``: what goes on the public pages, redacted by an official."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.feedback_at_hand import AtHand, InputError, add_action, text_of, write_text
from feedback.publication.item import HiddenWhy
from feedback.publication.service import Redacted
from feedback.record import Status


def add_publication(actions: Any) -> None:
    """Add the actions."""
    propose = add_action(
        actions, "redact", "suggest what to publish of it, masked; writes two files to look through", _redact
    )
    propose.add_argument("folder", type=Path, help="folder for question.txt and answer.txt")
    publish = add_action(actions, "publish", "publish question and answer as you looked them through", _publish)
    publish.add_argument("folder", type=Path, help="folder with question.txt and answer.txt")
    hide = add_action(actions, "hide", "take it off the public pages", _hide)
    hide.add_argument("--because", required=True, choices=list(HiddenWhy))


async def _redact(args: Namespace, hand: AtHand) -> int:
    feedback = hand.feedback
    async with hand.transactions.read() as session:
        record = await hand.record(session, args.record)
        answers = await feedback.steps.reading.answers(session, hand.actor, record, hand.at)
        approved = next((one.answer.text for one in reversed(answers) if one.approved_at), "")
        if not approved:
            raise InputError("there is no approved answer yet; see `approve`")
        proposal = await feedback.publishing.propose(session, hand.actor, record, approved, hand.at)
    for name, part in (("question", proposal.question), ("answer", proposal.answer)):
        write_text(args.folder / f"{name}.txt", part.redacted + "\n")
        print(f"{args.folder / name}.txt: {len(part.masks)} parts masked")
    print("Read both, mask more where needed, then `publish`.")
    return 0


async def _publish(args: Namespace, hand: AtHand) -> int:
    redacted = Redacted(text_of(args.folder / "question.txt"), text_of(args.folder / "answer.txt"))
    feedback = hand.feedback
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        case = await feedback.register.get(session, record)
        if case.status is Status.DECIDED:
            await feedback.steps.answering.to_publish(session, hand.actor, record, hand.at)
        item = await feedback.publishing.publish(session, hand.actor, record, redacted, hand.at)
    print(f"published: {feedback.publishing.link(item.slug)}")
    return 0


async def _hide(args: Namespace, hand: AtHand) -> int:
    async with hand.transactions.write() as session:
        record = await hand.record(session, args.record)
        await hand.feedback.publishing.hide(session, hand.actor, record, HiddenWhy(args.because), hand.at)
    print("It is off the public pages; its link says so.")
    return 0
