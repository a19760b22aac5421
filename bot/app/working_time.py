"""Working time as this installation counts it: the country's, with the files of the provinces that it serves."""

from __future__ import annotations

from bot.errors import BotError
from bot.settings import Settings
from feedback.working_time.errors import DataFaultError
from feedback.working_time.loading import WorkingTime, load_working_time


class WorkingTimeFileError(BotError):
    """A province's own file of days off, office hours or deadlines is wrong; the message says which, where and how."""


def make_working_time(settings: Settings) -> WorkingTime:
    """Load it.

    Raises:
        WorkingTimeFileError: a file of ``MOTCUA_WORKING_TIME_FILES`` is wrong.
    """
    try:
        return load_working_time(settings.working_time_files)
    except DataFaultError as error:
        raise WorkingTimeFileError(f"MOTCUA_WORKING_TIME_FILES: {error}") from error
