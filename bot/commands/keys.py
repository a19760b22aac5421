"""``motcua keys``: which values at rest are still sealed with a key before, and seals them with the newest."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable

from tqdm import tqdm

from bot.app.keys import make_resealing
from bot.keys.resealing import Resealing
from bot.migrations.schema import upgrade
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``keys`` with its actions."""
    parser = subparsers.add_parser("keys", help="change the key that seals what is kept at rest")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    one = actions.add_parser("status", help="count the values by the key they are sealed with; changes nothing")
    one.set_defaults(action=_status)
    one = actions.add_parser(
        "reseal",
        help="seal everything with MOTCUA_ENCRYPTION_KEY that is still sealed with MOTCUA_ENCRYPTION_KEY_BEFORE",
        description="Runs beside servers that know both keys; stopped at any moment, it can be started again.",
    )
    one.set_defaults(action=_reseal)
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    transactions = UnitOfWork(open_engine(settings.database_url))
    action: Callable[[Resealing], Awaitable[int]] = args.action
    try:
        resealing = make_resealing(settings, transactions)
        await upgrade(transactions.engine)
        return await action(resealing)
    finally:
        await transactions.close()


async def _status(resealing: Resealing) -> int:
    with tqdm(total=await resealing.sizes(), desc="values", disable=None, file=sys.stderr) as bar:
        counts = [await resealing.count(place, bar.update) for place in resealing.places]
    print(_row("WHERE", "NEWEST KEY", "KEY BEFORE", "UNREADABLE"))
    for one in counts:
        if one.newest or one.before or one.unreadable:
            print(_row(one.name, one.newest, one.before, one.unreadable))
    before, unreadable = sum(one.before for one in counts), sum(one.unreadable for one in counts)
    print(_row("all", sum(one.newest for one in counts), before, unreadable))
    if before:
        print("`motcua keys reseal` seals what is left with the newest key; until then keep the key before.")
    elif not unreadable:
        print("Nothing needs a key before any more: MOTCUA_ENCRYPTION_KEY_BEFORE may be taken out.")
    return _unreadable(unreadable)


async def _reseal(resealing: Resealing) -> int:
    with tqdm(total=await resealing.sizes(), desc="values", disable=None, file=sys.stderr) as bar:
        done = [await resealing.reseal(place, bar.update) for place in resealing.places]
    for one in done:
        if one.done or one.changed_meanwhile:
            print(f"{one.name}: {one.done} sealed anew")
    print(f"{sum(one.done for one in done)} values were sealed with the newest key.")
    if missed := sum(one.changed_meanwhile for one in done):
        print(f"{missed} were changed again and again meanwhile; run it once more.", file=sys.stderr)
        return 1
    return _unreadable(sum(one.unreadable for one in done))


def _unreadable(count: int) -> int:
    if not count:
        return 0
    print(
        f"{count} values open with none of the keys: they were sealed with another one, or are damaged.",
        file=sys.stderr,
    )
    return 1


def _row(where: str, *counts: object) -> str:
    return f"{where:<34}" + "".join(f"{count!s:>12}" for count in counts)
