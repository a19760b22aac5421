"""Sample feedback, bound to this house."""

from __future__ import annotations

from datetime import datetime

from bot.app.feedback import make_feedback
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating.store import RatingStore
from bot.feedback.sample_words import load_sample_words
from bot.feedback.samples import Samples
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from nlu.catalogue.live import LiveCatalogue


async def load_feedback_samples(settings: Settings, transactions: UnitOfWork, now: datetime) -> int:
    """Load sample feedback into a trial without any feedback; tell how much was loaded.

    Raises:
        OfficeFileError: the file about who receives has faults.
        FeedbackError: this office does not allow what happens in the samples.
    """
    signing_key, encryption_key = settings.require_keys()
    working, catalogue = load_working_time(), LiveCatalogue(transactions)
    ratings = RatingStore(AesGcmCipher(encryption_key.reveal()), signing_key.reveal())
    await catalogue.refresh()
    made = make_feedback(settings, catalogue, working, ratings)
    calendar = working.hours(made.office.province or None).calendar
    samples = Samples(load_sample_words(), made.steps, made.publishing, made.names, made.office, calendar)
    return await samples.load(transactions, now)
