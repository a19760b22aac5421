"""``motcua feedback``: the register of feedback under Decree 20/2008, for officials until the console does it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable

from bot.app.clock import present
from bot.app.feedback import make_feedback
from bot.app.officials import actor_of
from bot.commands.feedback_at_hand import AtHand
from bot.commands.feedback_enter import add_enter
from bot.commands.feedback_files import add_files
from bot.commands.feedback_publish import add_publication
from bot.commands.feedback_reading import add_reading
from bot.commands.feedback_reports import add_reports
from bot.commands.feedback_steps import add_answers, add_steps
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating.store import RatingStore
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.actor import SYSTEM
from feedback.working_time.loading import load_working_time
from nlu.catalogue.live import LiveCatalogue


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``feedback`` with its actions."""
    parser = subparsers.add_parser("feedback", help="the register of feedback: read, handle, answer, publish, report")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for add in (add_reading, add_enter, add_steps, add_answers, add_publication, add_files, add_reports):
        add(actions)
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    signing_key, encryption_key = settings.require_keys()
    transactions = UnitOfWork(open_engine(settings.database_url))
    catalogue = LiveCatalogue(transactions)
    ratings = RatingStore(AesGcmCipher(encryption_key.reveal()), signing_key.reveal())
    action: Callable[[Namespace, AtHand], Awaitable[int]] = args.action
    try:
        await catalogue.refresh()
        feedback = make_feedback(settings, catalogue, load_working_time(), ratings)
        actor = await actor_of(settings, transactions, feedback.office, args.actor) if args.actor else SYSTEM
        return await action(args, AtHand(transactions, feedback, actor, present()))
    finally:
        await transactions.close()
