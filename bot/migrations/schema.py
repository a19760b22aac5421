"""Brings a database to the newest form of all tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.zalo_oa.tables import metadata as zalo_oa
from bot.checklists.tables import metadata as checklists
from bot.configuration.tables import metadata as configuration
from bot.console.accounts.tables import metadata as accounts
from bot.console.audit.tables import metadata as console_log
from bot.delivery.tables import metadata as delivery
from bot.dossiers.access.tables import metadata as dossier_access
from bot.dossiers.organisations.tables import metadata as organisations
from bot.dossiers.rating.tables import metadata as dossier_ratings
from bot.dossiers.tables import metadata as dossiers
from bot.dossiers.watching.tables import metadata as watching
from bot.errors import BotError
from bot.figures.tables import metadata as figures
from bot.handover.tables import metadata as handover
from bot.jobs.tables import metadata as jobs
from bot.postal.asked_tables import metadata as asked_of_post
from bot.postal.office_tables import metadata as post_offices
from bot.postal.request_tables import metadata as postal_requests
from bot.privacy.tables import metadata as privacy
from bot.rating.tables import metadata as rating
from bot.resume.tables import metadata as resume
from feedback.beside.tables import metadata as beside_feedback
from feedback.reports.daily_tables import metadata as feedback
from nlu.learning.tables import metadata as knowledge

METADATA: tuple[MetaData, ...] = (
    knowledge,
    delivery,
    handover,
    rating,
    zalo_oa,
    resume,
    checklists,
    dossiers,
    dossier_access,
    watching,
    organisations,
    dossier_ratings,
    feedback,
    beside_feedback,
    privacy,
    configuration,
    accounts,
    console_log,
    figures,
    jobs,
    post_offices,
    asked_of_post,
    postal_requests,
)
"""Tables of every package; the migrations must make exactly these."""

LOCK = 7_205_002
"""Number of the PostgreSQL advisory lock under which only one process at a time migrates."""


class MigrationError(BotError):
    """The database could not be brought to the newest form."""


async def upgrade(engine: AsyncEngine) -> None:
    """Apply the migrations that the database lacks, in one transaction.

    Raises:
        MigrationError: when one of them fails; nothing is changed then.
    """
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except (SQLAlchemyError, OSError) as error:
        first_line = str(error).splitlines()[0]
        raise MigrationError(f"the database could not be opened or upgraded: {first_line}") from error


def _upgrade(connection: Connection) -> None:
    # On SQLite any first statement takes the writer's lock.
    first = f"SELECT pg_advisory_xact_lock({LOCK})" if connection.dialect.name == "postgresql" else "SELECT 1"
    connection.exec_driver_sql(first)
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def alembic_config() -> Config:
    """Return Alembic's configuration; there is no ``alembic.ini``."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
