"""Feedback under Decree 20/2008: its stores and services, bound to this house."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app.clock import present
from bot.delivery.cipher import AesGcmCipher
from bot.feedback.held import HeldFeedback
from bot.settings import Settings
from feedback.keeping_store import KeepingStore
from feedback.log_store import LogStore
from feedback.office import Office, load_feedback_office


@dataclass(frozen=True)
class Feedback:
    """What the house has of feedback."""

    office: Office
    log: LogStore
    keeping: KeepingStore
    held: HeldFeedback


def make_feedback(settings: Settings) -> Feedback:
    """Put the services together.

    Raises:
        OfficeFileError: the file about who receives has faults.
    """
    _, encryption_key = settings.require_keys()
    cipher = AesGcmCipher(encryption_key.reveal())
    office = load_feedback_office(settings.feedback.office)
    log = LogStore(cipher)
    keeping = KeepingStore(cipher, log, office.policy)
    return Feedback(office, log, keeping, HeldFeedback(keeping, present))
