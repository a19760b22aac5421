"""Lays what the agency set itself where the readers of files find it, and lets a process begin anew when it changed."""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.configuration.kinds import Kind, faults_of, with_file
from bot.configuration.store import ConfigurationStore, Version
from bot.delivery.ports import Transactions
from bot.dialogue.texts import Texts
from bot.settings import Settings

logger = logging.getLogger(__name__)
FOLDER = Path("var/settings")
"""Relative to the working directory, as the secret keys are; written anew by each start from the database."""
SECONDS = 5.0
"""How often a process looks whether something was set."""
QUIET = 30.0
"""For how long nothing more is set before a process begins anew: several kinds of change cost one beginning."""


async def laid_down(
    settings: Settings, transactions: Transactions, texts: Texts, folder: Path = FOLDER
) -> tuple[Settings, int]:
    """Write what holds into files; what this version of the program cannot read is left out, and alarms.

    Args:
        settings: of the operator.
        transactions: of the database that keeps the versions.
        texts: the sentences that an own wording replaces.
        folder: where to.

    Returns:
        The settings with these files, and the number by which ``changed`` knows what was read.
    """
    async with transactions.read() as session:
        newest = await ConfigurationStore().newest(session)
    for kind in Kind:
        version = newest.get(kind)
        faults = faults_of(kind, version.body, texts) if version is not None and version.body else ()
        if faults:
            fault = "; ".join(one.said for one in faults)
            logger.critical("ALARM: the agency's own %s is left out, set it anew on the console: %s", kind.value, fault)
        _lay(folder / f"{kind.value}.yml", None if faults else version)
    return with_own_files(settings, folder), number_of(newest)


def with_own_files(settings: Settings, folder: Path = FOLDER) -> Settings:
    """Return the settings with the files that lie in the folder: what commands read on the machine that serves."""
    for kind in Kind:
        path = folder / f"{kind.value}.yml"
        if path.is_file():
            settings = with_file(settings, kind, path)
    return settings


async def changed(transactions: Transactions, known: int, seconds: float = SECONDS, quiet: float = QUIET) -> None:
    """Return when something was set that was not known, and nothing more for a while: one beginning anew serves all of it.

    Args:
        transactions: of the database that keeps the versions.
        known: number of what was read.
        seconds: between two looks.
        quiet: for how long nothing more may be set.
    """
    last, calm = known, 0.0
    while calm < quiet or last == known:
        await asyncio.sleep(seconds)
        try:
            async with transactions.read() as session:
                newest = await ConfigurationStore().newest(session)
        except (SQLAlchemyError, OSError):
            logger.warning("The database did not say whether something was set; it is asked again.")
            continue
        number = number_of(newest)
        calm = calm + seconds if number == last else 0.0
        last = number


def number_of(newest: Mapping[Kind, Version]) -> int:
    """Return a number that grows with every version."""
    return max((version.id for version in newest.values()), default=0)


def _lay(path: Path, version: Version | None) -> None:
    if version is None or not version.body:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Under a name of its own: processes on one machine begin anew at the same time.
    handle, fresh = tempfile.mkstemp(suffix=".new", dir=path.parent)
    with open(handle, "w", encoding="utf-8") as file:
        file.write(version.body)
    os.replace(fresh, path)
