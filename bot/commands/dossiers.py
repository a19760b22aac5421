"""``motcua dossiers``: imports what one-stop systems say about dossiers, and lists what is due, late or a sample."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable

from bot.app.dossiers import make_dossier_store
from bot.commands.dossiers_alerts import add_alerts
from bot.commands.dossiers_at_hand import AtHand
from bot.commands.dossiers_due import add_due
from bot.commands.dossiers_grades import add_grades
from bot.commands.dossiers_import import add_import
from bot.commands.dossiers_samples import add_samples
from bot.commands.dossiers_sources import add_sources
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``dossiers`` with its actions."""
    parser = subparsers.add_parser("dossiers", help="import dossiers, see which are due or late")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add_import(actions)
    add_due(actions)
    add_samples(actions)
    add_alerts(actions)
    add_sources(actions)
    add_grades(actions)
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    store = make_dossier_store(settings)
    transactions = UnitOfWork(open_engine(settings.database_url))
    action: Callable[[Namespace, AtHand], Awaitable[int]] = args.action
    try:
        return await action(args, AtHand(settings, transactions, store))
    finally:
        await transactions.close()
