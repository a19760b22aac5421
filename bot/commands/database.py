"""``motcua db``: brings the database to the newest form."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from bot.migrations.schema import upgrade
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.entries import index_of, index_recipe
from nlu.catalogue.versions import renew_index


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``db``."""
    parser = subparsers.add_parser("db", help="set up or upgrade the database")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("upgrade", help="make the tables, or bring them to the newest form")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Upgrade; doing it again changes nothing."""
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        await upgrade(transactions.engine)
        renewed = await renew_index(transactions, index_of, index_recipe)
    finally:
        await transactions.close()
    print("The database is in its newest form." + (" The search index was built anew." if renewed else ""))
    return 0
