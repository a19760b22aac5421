"""Sample feedback, bound to this house."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.app.house import House
from bot.feedback.sample_words import load_sample_words
from bot.feedback.samples import Loaded, Samples
from bot.tracebacks import where

logger = logging.getLogger(__name__)


async def load_feedback_samples(house: House, now: datetime) -> Loaded:
    """Load what is missing of the sample feedback into a trial that began with it; tell what came of it."""
    feedback = house.kept.feedback
    calendar = house.dossiers.time.hours(feedback.office.province or None).calendar
    samples = Samples(
        load_sample_words(), feedback.steps, feedback.publishing, feedback.names, feedback.office, calendar
    )
    return await samples.load(house.transactions, now)


async def samples_first(house: House, clock: Callable[[], datetime], then: Callable[[], Awaitable[None]]) -> None:
    """Load sample feedback, then do what must not see it half made: reminders of what its next step would meet.

    Args:
        house: the assistant.
        clock: tells the present moment.
        then: done whatever became of the samples; the next start goes on with them.
    """
    try:
        loaded = await load_feedback_samples(house, clock())
        if loaded.steps:
            logger.info("Loaded sample feedback (`motcua feedback list --as mau-tiepnhan` lists it).")
        if loaded.refused:
            logger.warning("%d samples of feedback do not fit this office; they stand where they came.", loaded.refused)
    except Exception as error:
        said = "Sample feedback could not be loaded (%s); the next start goes on with it.\n%s"
        logger.error(said, type(error).__name__, where(error))
    await then()
