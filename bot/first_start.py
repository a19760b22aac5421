"""Makes what a fresh machine lacks: the secret keys, the database, the starter catalogue. Doing it again changes nothing."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from bot.errors import BotError
from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork
from nlu.catalogue.entries import index_of, index_recipe
from nlu.catalogue.starter import load_starter
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import IndexBuilder, Recipe, make_draft, publish, renew_index

KEYS = ("MOTCUA_SIGNING_KEY", "MOTCUA_ENCRYPTION_KEY", "MOTCUA_INTERNAL_KEY")


class StarterError(BotError):
    """The starter catalogue that comes with the program has faults."""


def make_secrets(path: Path) -> bool:
    """Write the keys that ``serve`` needs, readable by the owner alone; return whether they were made now.

    An existing file is left alone: new keys would make all that was stored unreadable.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in KEYS)
    try:
        # Written aside and linked in one step: a killed process leaves no half file, two at once leave one whole.
        aside = path.with_suffix(f".{secrets.token_hex(8)}.new")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(lines)
        try:
            os.link(aside, path)
        finally:
            aside.unlink()
    except FileExistsError:
        return False
    return True


async def prepare_database(
    transactions: UnitOfWork, now: datetime, build: IndexBuilder = index_of, recipe: Recipe = index_recipe
) -> int:
    """Bring the database to its newest form and load the starter catalogue when nothing is live.

    Args:
        transactions: the unit of work.
        now: the present moment.
        build: makes the search index.
        recipe: says what ``build`` makes it with; that of ``index_of`` by default.

    Returns:
        Number of the live catalogue version.

    Raises:
        StarterError: the starter catalogue has faults; all are named.
    """
    await upgrade(transactions.engine)
    async with transactions.read() as session:
        live = await CatalogueStore(session).live_number()
    if live is not None:
        await renew_index(transactions, build, recipe)
        return live
    procedures, faults = load_starter()
    if faults:
        raise StarterError("the starter catalogue has faults: " + "; ".join(map(str, faults)))
    draft = await make_draft(transactions, lambda: procedures, origin="starter catalogue", now=now)
    published = await publish(transactions, build, now=now, number=draft.number)
    return published.number
